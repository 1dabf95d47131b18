"""The State: what it knows when it sets the frames, what comes later, and how wide the surprises are."""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.kernel import national
from sim.params import default_rows
from sim.state import NATION_DTYPE
from tests.simulate import advance, opened, run, world
from tests.test_agents_reference import differences, pair

RUNS = 3_000
YEAR = 2028
SERIES = Path(__file__).resolve().parents[1] / "sim" / "data" / "national_series.csv"
# 2.5 and 97.5 % points of chi-square by degrees of freedom, and of t with 10 (tables)
CHI2 = {4: (0.4844, 11.1433), 5: (0.8312, 12.8325), 10: (3.2470, 20.4832)}
T_10 = 2.2281
# deflator: forecast and outcome, per cent (income_system.md § 7.1: May 2018; October 2023, 2024 and 2025)
DEFLATOR = ((2.6, 3.1), (4.3, 5.0), (4.1, 4.0), (3.5, 4.1))


def row(year: int = YEAR, **params: float) -> np.ndarray:
    """Default parameters of a year with some of them changed."""
    found = default_rows([year])[0, 0].copy()
    for name, value in params.items():
        found[name] = value
    return found


@cache
def _moved(items: tuple) -> np.ndarray:
    w, q = world(), row(**dict(items))
    nation = np.zeros(RUNS, NATION_DTYPE)
    nation["alder"] = w.ages[YEAR - 2026, 0]
    for r in range(RUNS):
        national.move_nation(nation[r], q, w.ages, 7, r, YEAR)
    return nation


def moved(**params: float) -> np.ndarray:
    """The nation of many runs after its prices, interest and surprises of one year."""
    return _moved(tuple(params.items()))


@cache
def series(name: str) -> dict[int, float]:
    """A published series by year from the embedded table."""
    with SERIES.open(encoding="utf-8") as file:
        return {int(r["year"]): float(r["value"]) for r in csv.DictReader(file) if r["variable"] == name}


def sd_interval(values: np.ndarray, about: float | None = None) -> tuple[float, float]:
    """The 95 % interval of the standard deviation behind normal observations; `about`: their known mean."""
    free = len(values) - (about is None)
    squares = float(((values - (values.mean() if about is None else about)) ** 2).sum())
    low, high = CHI2[free]
    return math.sqrt(squares / high), math.sqrt(squares / low)


def temporary_surprise() -> np.ndarray:
    """Published temporary tax surprises 2015-2025 as shares of the frie inntekter of their year (NB26 figure 3.20)."""
    free = series("frie_inntekter_adjusted_demography_excl_temporary_tax")
    return np.array([bn / free[year] for year, bn in sorted(series("tax_surprise_temporary").items())])


def against_budget(*names: str) -> np.ndarray:
    """Published deviations 2020-2025 from the adopted budget, bn 2025-kr (NB26 figure 3.25), summed over names."""
    return np.sum([[bn for _, bn in sorted(series(f"{name}_vs_adopted_budget").items())] for name in names], axis=0)


def tax_against_budget() -> np.ndarray:
    return against_budget("tax_surprise_temporary", "tax_surprise_permanent")


def test_the_spread_of_the_temporary_tax_surprise_is_the_published_one_on_the_old_tax_base():
    published = temporary_surprise()
    assert len(published) == 11
    simulated = moved(skatterisiko_skala=1.0)["skatt_midlertidig"].std(ddof=1)
    low, high = sd_interval(published)
    assert low < simulated < high
    assert simulated == pytest.approx(published.std(ddof=1), rel=0.06)
    assert simulated == pytest.approx(0.0154, rel=4 / math.sqrt(2 * RUNS))


@pytest.mark.parametrize("scale", [0.3, 0.75])
def test_the_spread_shrinks_with_the_tax_base(scale):
    small, old = moved(skatterisiko_skala=scale), moved(skatterisiko_skala=1.0)
    for name in ("skatt_midlertidig", "skatt_varig"):
        assert small[name].std() == pytest.approx(scale * old[name].std(), rel=1e-9)


def test_the_mean_of_the_temporary_tax_surprise_is_the_caution_of_the_forecast():
    published = temporary_surprise()
    simulated = moved()["skatt_midlertidig"]
    error = simulated.std() / math.sqrt(RUNS)
    assert abs(simulated.mean() - row()["skatteanslag_skjevhet"]) < 4 * error
    half = T_10 * published.std(ddof=1) / math.sqrt(len(published))
    assert published.mean() - half < simulated.mean() < published.mean() + half


def test_the_spread_of_all_tax_surprises_against_the_budget_is_within_the_published_interval():
    n = moved(skatterisiko_skala=1.0)
    free = series("frie_inntekter_adjusted_demography_excl_temporary_tax")[2025]
    low, high = sd_interval(tax_against_budget())
    assert low < (n["skatt_varig"] + n["skatt_midlertidig"]).std() * free < high


def test_the_spread_of_the_cost_surprise_is_within_the_published_interval():
    state = opened(1)
    spending = state.units["utgifter"].sum() / 1e9  # bn kr of 2025: what the surprise falls on
    low, high = sd_interval(against_budget("cost_surprise"))
    assert low < moved()["kostnad_overraskelse"].std() * spending < high


def test_the_spread_of_the_deflator_surprise_is_within_the_published_interval():
    errors = np.array([(outcome - forecast) / 100 for forecast, outcome in DEFLATOR])
    n = moved()
    low, high = sd_interval(errors, about=0.0)
    assert low < (n["deflator"] - n["deflator_anslag"]).std() < high


def test_tax_and_cost_surprises_are_correlated_as_the_published_ones():
    published = np.corrcoef(tax_against_budget(), against_budget("cost_surprise"))[0, 1]
    centre, half = math.atanh(published), 1.96 / math.sqrt(6 - 3)
    n = moved()
    simulated = np.corrcoef(n["skatt_varig"] + n["skatt_midlertidig"], n["kostnad_overraskelse"])[0, 1]
    assert math.tanh(centre - half) < simulated < math.tanh(centre + half)
    assert abs(math.atanh(simulated) - math.atanh(0.8)) < 4 / math.sqrt(RUNS - 3)


def test_a_fat_tail_keeps_the_size_of_the_shocks_and_makes_the_extreme_ones_more_common():
    thin, fat = moved()["skatt_varig"], moved(fet_hale=1)["skatt_varig"]
    limit = 3.5 * thin.std()
    assert (np.abs(fat) > limit).sum() > 3 * (np.abs(thin) > limit).sum() + 5
    assert fat.std() == pytest.approx(thin.std(), rel=0.2)


@pytest.mark.parametrize("spread", [0.0, 0.01, 0.03])
def test_surprises_to_wages_and_prices_weighted_by_the_wage_share_are_the_deflator_surprise(spread):
    n, q = moved(lonn_pris_spredning=spread), row()
    share = q["lonnsandel"]
    assert np.allclose(share * n["lonnsvekst"] + (1 - share) * n["prisvekst"], n["deflator"], atol=1e-15, rtol=1e-12)
    wages, prices = n["lonnsvekst"] - q["lonnsvekst"], n["prisvekst"] - q["prisvekst"]
    assert (wages - prices).std() == pytest.approx(spread, rel=0.06, abs=1e-15)
    assert np.array_equal(n["deflator"], moved(lonn_pris_spredning=0.0)["deflator"])


def test_the_forecast_deflator_of_nb26_follows_from_its_wages_and_prices():
    assert national.expected_prices(row(lonnsvekst=0.040, prisvekst=0.026)) == pytest.approx(0.035, abs=5e-4)
    assert national.expected_prices(row(2026)) == pytest.approx(0.041, abs=5e-4)  # May 2026
    assert national.expected_prices(row(2040)) == pytest.approx(0.030, abs=5e-4)


# what the State announces


def announced(runs: int = 400, **params: float) -> np.ndarray:
    """The nation of many runs after the same autumn, with a frame of 500 and 110 bn."""
    w, q = world(), row(**params)
    nation = np.zeros(runs, NATION_DTYPE)
    nation["alder"], nation["folketall"] = w.ages[2, 0], w.ages[2, 0].sum()
    nation["ramme"], nation["ramme_fylke"], nation["prisnivaa_tilskudd"] = 500e9, 110e9, 1.1
    nation["elever_andel"] = 1.0
    for r in range(runs):
        national.announce_next_year(nation[r], q, w.unit_cost, w.ages, 7, r, 2027)
    return nation


def test_the_proposal_is_prices_demography_and_real_growth_less_what_agreements_add_on_average():
    n, q = announced(3, spu_spredning=0.0, kontrakt_i_deflator=0.0), row()
    real = q["realvekst_frie_inntekter"] - q["avtale_sannsynlighet"] * q["avtale_tillegg"]
    expected = (1 + n["prisanslag_neste"]) * (1 + real + 1.1 * n["demografi"] / 500e9) - 1
    assert np.allclose(n["vekst_forslag"], expected, rtol=1e-12)


def test_agreements_only_add_and_the_adopted_growth_is_on_average_the_parameter():
    n, q = announced(RUNS, spu_spredning=0.0), row()
    without = announced(1, spu_spredning=0.0, avtale_sannsynlighet=0.0)
    assert (n["vekst_neste"] >= n["vekst_forslag"]).all()
    agreed = n["tillegg_avtale"] > 0
    assert agreed.mean() == pytest.approx(q["avtale_sannsynlighet"], abs=4 * 0.5 / math.sqrt(RUNS))
    error = n["vekst_neste"].std() / math.sqrt(RUNS)
    assert abs(n["vekst_neste"].mean() - without["vekst_neste"][0]) < 4 * error
    assert without["vekst_neste"][0] == without["vekst_forslag"][0] == without["vekst_ventet"][0]


@pytest.mark.parametrize(("known", "column"), [(0.0, "vekst_forslag"), (1.0, "vekst_neste")])
def test_kommuner_count_on_the_proposal_and_what_they_know_of_the_agreement(known, column):
    n = announced(50, avtale_kjent=known, avtale_sannsynlighet=1.0)
    assert np.allclose(n["vekst_ventet"], n[column], rtol=1e-12, atol=1e-15)
    half = announced(50, avtale_sannsynlighet=1.0)
    assert (half["vekst_forslag"] < half["vekst_ventet"]).all()
    assert (half["vekst_ventet"] < half["vekst_neste"]).all()


@pytest.mark.parametrize("spread", [0.0, 0.002, 0.008])
def test_the_value_of_the_fund_moves_both_frames_by_its_spread(spread):
    n = announced(2_000, spu_spredning=spread, avtale_sannsynlighet=0.0)
    assert n["rom_fond"].std() == pytest.approx(spread, rel=0.08, abs=1e-15)
    calm = announced(1, spu_spredning=0.0, avtale_sannsynlighet=0.0)
    for name in ("vekst_neste", "vekst_neste_fylke"):
        prices = 1 + calm["prisanslag_neste"]
        assert np.allclose(n[name] - calm[name], prices * n["rom_fond"], atol=1e-14)


def test_a_frame_is_last_years_with_the_permanent_surprise_and_the_announced_growth():
    state = opened(3)
    last: np.ndarray | None = None
    for year, _, after, _ in advance(state, 5):
        if last is not None and year >= 2028:
            for name, growth in (("ramme", "vekst_neste"), ("ramme_fylke", "vekst_neste_fylke")):
                expected = last[name] * (1 + last["skatt_varig"]) * (1 + last[growth])
                assert np.allclose(after.nation[name], expected, rtol=1e-12)
        last = after.nation.copy()


def test_the_underlying_growth_of_the_frames_varies_as_the_published_one_and_has_its_mean():
    level = np.array([bn for _, bn in sorted(series("frie_inntekter_adjusted_demography_excl_temporary_tax").items())])
    published = np.diff(level) / level[:-1]  # 2016-2026, real, adjusted for tasks and demography
    assert len(published) == 11
    known, later = announced(RUNS), moved()
    real = (1 + known["vekst_neste"]) / (1 + known["prisanslag_neste"]) - 1 - 1.1 * known["demografi"] / 500e9
    growth = real + later["skatt_varig"]
    low, high = sd_interval(published)
    assert low < growth.std() < high
    half = T_10 * published.std(ddof=1) / math.sqrt(len(published))
    assert published.mean() - half < growth.mean() < published.mean() + half
    assert growth.mean() == pytest.approx(row()["realvekst_frie_inntekter"], abs=4 * growth.std() / math.sqrt(RUNS))


# what kommuner may count on, and what law may cost


def test_nobody_counts_on_a_rescue_by_default_and_an_expected_one_enters_budgets_in_bad_years():
    bad = {"redning_terskel": 0.03, "redning_sannsynlighet": 0.6}
    prudent, hopeful = run(years=1, **bad), run(years=1, redningsforventning=1.0, **bad)
    assert (prudent.nation["ventet_redning"] == 0).all()
    assert (hopeful.nation["ventet_redning"] > 0).any()
    more = hopeful.units["budsjett_driftsinntekter"] - prudent.units["budsjett_driftsinntekter"]
    per_head = hopeful.nation["ventet_redning"][:, None] * hopeful.units["folketall"][:, :357]
    # a few differ in fees as well: they counted on one in the budget of 2026 too
    assert (np.abs(more[:, :357] - per_head) <= 1.0).mean() > 0.95
    assert (more[:, 358:] == 0).all()  # Oslo's county tasks share the purse of a kommune


def test_no_rescue_is_expected_where_none_is_given_and_a_targeted_one_only_without_fund():
    bad = {"redning_terskel": 0.03, "redningsforventning": 1.0}
    assert (run(years=1, redning=0, **bad).nation["ventet_redning"] == 0).all()
    k = opened(1).units[0, :2].copy()
    k["folketall"], k["disposisjonsfond"] = 1_000, (0.0, 1e6)
    n, w = np.zeros(1, NATION_DTYPE)[0], world().units
    n["ventet_redning"] = 250.5
    assert national.counted_on(k[0], w[0], n, row(redning=2)) == 250_500
    assert national.counted_on(k[1], w[1], n, row(redning=2)) == 0
    assert national.counted_on(k[1], w[1], n, row(redning=1)) == 250_500


def test_pressure_from_norms_raises_statutory_services_and_lowers_results_without_more_income():
    free, pressed = (run(years=4, runs=1, kontrakt_i_deflator=0.0, normpress=rise) for rise in (0.0, 0.01))
    assert pressed.nation["normkostnad"] == pytest.approx(1.01**4)
    assert (free.nation["normkostnad"] == 1).all()
    assert np.array_equal(free.nation["ramme"], pressed.nation["ramme"])
    statutory = [s for s in range(8) if national.is_statutory(s, False)]
    assert statutory == [0, 1, 2, 3, 4, 5]
    spent = [k.units["utgifter"][0, :357] for k in (free, pressed)]
    assert spent[1][:, statutory].sum() > 1.005 * spent[0][:, statutory].sum()
    assert spent[1][:, 7].sum() < 1.005 * spent[0][:, 7].sum()
    result = [k.units["netto_driftsresultat"][0, :357].sum() for k in (free, pressed)]
    assert result[1] < result[0] - 1e9


def test_plain_python_agrees_where_the_choices_of_the_state_are_all_in_use():
    model, plain = pair(
        2, redningsforventning=1.0, redning_terskel=0.03, normpress=0.01, avtale_sannsynlighet=1.0, avtale_kjent=0.2,
        spu_spredning=0.01, fylkesveg_beredskap=0.03, fullforing_vekst=0.02, kontrakt_i_deflator=0.5,
        bussanbud_pris=-0.2,
    )  # fmt: skip
    for _ in range(3):
        model.step()
        plain.step()
        assert differences(model, plain) == [], model.year
    assert model.nation.ventet_redning > 0 and model.nation.normkostnad > 1.02
