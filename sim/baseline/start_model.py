"""World.start: medians and spreads that the draw of the start accounts uses, one record per unit."""

import numpy as np

from sim.baseline import finance
from sim.baseline.income import Income
from sim.baseline.parameters import BEHOV_PER_INNBYGGER, MERFORBRUK_2024
from sim.baseline.people import Kommuner
from sim.baseline.sources import Sources

NEVER = -9.0  # a standard normal below this does not occur: the fund is not empty
NOTHING = 1e-9  # a share of revenue that rounds to no kroner
# property tax: how often and how much by type, relative; scaled to the national share and sum
ESKATT_OFTEN = np.array([0.73, 0.95, 0.85])
ESKATT_SHARE = np.array([0.030, 0.080, 0.035])  # of frie inntekter
ESKATT_WELL_OFF = np.array([-0.8, 0.0, -0.2])  # log per unit of the tax index: suburbs have it less
# what leaves revenue before services: amortisation, net interest, amortised premieavvik (shares of revenue)
FINANCE_SHARE = 0.036 + 0.028 + 0.010


def expected_key_spending(s: Sources) -> float:
    """Expected spending of all kommuner in the seven sectors of the cost key 2025, kr."""
    revenue = s.frie_2025_sum / s.value["andel_frie"]
    services = 1.0 - s.value["vedlikehold"] - s.value["ndr_uten_oslo"] - FINANCE_SHARE
    return revenue * services * (1.0 - s.value["andel_andre_tjenester"])


def start_kommuner(start: np.ndarray, robek: np.ndarray, s: Sources, k: Kommuner, got: Income) -> None:
    """Fill the records of kommuner. Oslo comes first in code order: its accounts of 2025 are published."""
    oslo = np.array([code == "0301" for code in s.codes])
    start["folketall_2025"] = s.in_2025
    start["alder"], start["alder_sd"] = k.ages.persons, k.ages.log_sd
    start["skatt"], start["inntektsutjevning"], start["frie_inntekter"] = got[:3]
    known = s.county_revenue[0] - s.oslo_county_revenue(got.frie_2025[0])
    start["driftsinntekter_kjent"] = np.where(oslo, known, 0.0)
    _revenue(start, s, k, got.frie_2025, oslo)
    revenue = np.where(oslo, known, got.frie_2025 / s.value["andel_frie"])
    _result_and_fund(start, robek, s, k, revenue, oslo)
    start["gjeld_log"] = finance.debt(k.growth[:, :10].mean(1), revenue, oslo, s.value)
    start["gjeld_sd"] = s.value["lanegjeld_spredning"]
    start["ubrukt"], start["utlan"] = s.value["ubrukte_lanemidler"], s.value["utlansgjeld"]
    start["investering"] = s.value["investering"]
    net_debt = np.where(oslo, s.county_debt[0], np.nan)
    if s.supplied_debt is not None:
        net_debt = np.where(np.isnan(s.supplied_debt), net_debt, s.supplied_debt)
    given = ~np.isnan(net_debt)
    start["gjeld_log"][given] = np.log(np.maximum(net_debt[given] + s.value["ubrukte_lanemidler"], 0.01))
    start["gjeld_sd"][given] = 0.0
    start["standard"] = expected_key_spending(s) / (BEHOV_PER_INNBYGGER * k.persons.sum())
    _schools(start, s, k)
    size = np.log10(k.persons / 10_000.0)
    start["fragmentering"] = np.clip(s.value["fragmentering"] + 0.05 * size, 0.5, 0.9)
    start["kapasitet"] = np.clip(s.value["kapasitet"] + 0.2 * size, 0.1, 0.95)


def _revenue(start: np.ndarray, s: Sources, k: Kommuner, frie: np.ndarray, oslo: np.ndarray) -> None:
    """Revenue besides frie inntekter, such that the expected sums are the national ones."""
    v = s.value
    start["type_energi"], start["type_havbruk"] = k.p_type[:, 1], k.p_type[:, 2]
    natur = np.log([v["natur_andre"], v["natur_energi"], v["natur_havbruk"]])
    start["natur_log"], start["natur_sd"] = natur, v["natur_spredning"]
    chance = ESKATT_OFTEN * np.exp(np.outer(s.tax_index - 1.0, ESKATT_WELL_OFF))
    chance = np.minimum(chance * v["eiendomsskatt_andel_kommuner"] / (k.p_type * chance).sum(1).mean(), 0.98)
    chance[oslo] = 1.0  # Oslo has had property tax since 2016
    start["eskatt_sannsynlighet"] = chance
    likeliest = chance[np.arange(len(chance)), k.types]
    start["eskatt_grense"] = np.quantile(likeliest, 1.0 - v["eiendomsskatt_andel_kommuner"])
    expected = frie @ (k.p_type * chance * ESKATT_SHARE).sum(1) * np.exp(v["eskatt_spredning"] ** 2 / 2.0)
    start["eskatt_log"] = np.log(ESKATT_SHARE * v["eiendomsskatt_sum"] / expected)
    start["gebyr"] = v["gebyr_andel"]
    natural = frie @ (k.p_type * np.exp(natur + v["natur_spredning"] ** 2 / 2.0)).sum(1)
    rest = frie.sum() * (1.0 / v["andel_frie"] - 1.0 - v["gebyr_andel"]) - natural - v["eiendomsskatt_sum"]
    start["ovrige_log"] = np.log(rest / frie.sum()) - v["ovrige_spredning"] ** 2 / 2.0
    start["ovrige_sd"] = v["ovrige_spredning"]


def _result_and_fund(
    start: np.ndarray, robek: np.ndarray, s: Sources, k: Kommuner, revenue: np.ndarray, oslo: np.ndarray
) -> None:
    result = finance.results(k.p_type, k.size, k.persons, revenue, s.cells, robek, oslo, s.value)
    start["ndr"], start["ndr_skala"], start["ndr_skjevhet"] = result
    fund = finance.funds(k.p_type, k.size, revenue, s.cells, robek, oslo, s.codes, s.value)
    start["fond_log"], start["fond_sd"], start["fond_terskel"] = fund
    start["merforbruk_log"], start["merforbruk_sd"] = (
        np.log(s.value["merforbruk_median"]),
        s.value["merforbruk_spredning"],
    )
    for code, share in MERFORBRUK_2024.items():
        at = s.codes.index(code)
        start["merforbruk_log"][at], start["merforbruk_sd"][at] = np.log(share), 0.05
    start["ndr"][oslo], start["ndr_skala"][oslo] = s.county_ndr[0], 0.0
    start["fond_log"][oslo], start["fond_sd"][oslo] = np.log(s.county_fund[0]), 0.0
    start["fond_terskel"][oslo] = NEVER


def _schools(start: np.ndarray, s: Sources, k: Kommuner) -> None:
    """Schools grow slower than pupils and with remoteness; their sum is the national number."""
    pupils = k.ages.persons[:, 2]
    far = 1.0 - s.centrality / 1000.0
    far = (far - far.mean()) / far.std()
    schools = pupils ** s.value["skole_elastisitet"] * np.exp(s.value["skole_reise"] * far)
    for _ in range(20):  # at least one each
        schools *= s.value["offentlige_skoler"] / np.maximum(schools, 1.0).sum()
    start["skoler_log"] = np.log(schools) - s.value["skole_spredning"] ** 2 / 2.0
    start["skoler_sd"] = s.value["skole_spredning"]
    private = np.exp(-0.35 * far)
    private *= s.value["privat_andel"] * pupils.sum() / (private @ pupils)
    start["privat_log"] = np.log(private) - s.value["privat_spredning"] ** 2 / 2.0
    start["privat_sd"] = s.value["privat_spredning"]
    if s.supplied_schools is None:
        return
    given = ~np.isnan(s.supplied_schools[:, 0])
    number, public, other = s.supplied_schools[given].T
    start["skoler_log"][given], start["skoler_sd"][given] = np.log(number), 0.0
    start["privat_log"][given] = np.log(np.maximum(other / (public + other), NOTHING))
    start["privat_sd"][given] = 0.0


def start_counties(
    start: np.ndarray, s: Sources, got: Income, ages: np.ndarray, revenue: np.ndarray, shares: np.ndarray
) -> None:
    """Fill the records of fylkeskommuner: published accounts of 2025, so nothing of them is drawn.

    Oslo's two parts have the same ratios to revenue.
    """
    start["folketall_2025"], start["alder"] = s.county_in_2025, ages
    start["skatt"], start["inntektsutjevning"], start["frie_inntekter"] = got[:3]
    start["driftsinntekter_kjent"] = np.rint(revenue)
    start["natur_log"] = start["eskatt_log"] = start["privat_log"] = np.log(NOTHING)
    start["eskatt_grense"] = 1.0
    start["ndr"], start["ndr_skjevhet"] = s.county_ndr[:, None], 0.1
    start["fond_log"], start["fond_terskel"] = np.log(s.county_fund)[:, None], NEVER
    start["merforbruk_log"] = NEVER
    start["integrering_2025"] = start["topp_2025"] = 0.0  # grants of kommuner
    start["oremerket_andel"] = s.value["oremerket_andel_fylke"]
    start["ubrukt"] = s.value["ubrukte_lanemidler"]
    start["gjeld_log"] = np.log(s.county_debt + s.value["ubrukte_lanemidler"])
    start["investering"] = s.value["investering_fylke"]
    start["utgiftsandel"] = shares
    start["fragmentering"], start["kapasitet"] = 0.8, 0.8
