"""Published facts: one row each. `slack` is the published uncertainty.

The facts about the start and the decade ahead; those about 2024 and 2025 and about the model's long run are in
facts_years. The rule (sim.validate.fact) was set before looking.
"""

from typing import Any

import numpy as np

from sim.validate.fact import Fact
from sim.validate.measure import (
    both,
    cell,
    costs,
    gross_debt,
    inputs,
    net_debt,
    net_debt_per_inhabitant,
    net_lending,
    ratio,
    spending,
    summed,
    wages,
)
from sim.validate.paths import share

GH27 = "KDD, Grønt hefte 2027, table 3-k (third-party copy)"
NB26 = "Meld. St. 1 (2025-2026), Nasjonalbudsjettet 2026"
CP26 = "TBU and KS, consultation paper 6 March 2026"
SSB = "SSB 13561, revised September 2026"
T39 = NB26 + ", table 3.9 (national accounts)"

START_FACTS: tuple[Fact[Any], ...] = (
    Fact("frie-2026", "Frie inntekter of kommuner 2026", "bn kr", 2026, 455.795, 8.0, GH27 + "; slack: one tax surprise",
         True, summed(2026, "frie_inntekter"), 435.1),
    Fact("frie-2027", "Frie inntekter of kommuner 2027", "bn kr", 2027, 478.254, 8.0, GH27 + "; slack: one tax surprise",
         True, summed(2027, "frie_inntekter"), 455.8),
    Fact("folk-2026", "Inhabitants 1 January 2026", "1 000 persons", 2026, 5627.4, 0.1, "SSB 07459", True,
         summed(2026, "folketall", 1e3)),
    Fact("folk-2035", "Inhabitants 1 January 2035, main alternative", "1 000 persons", 2035, 5893.9, 5.0,
         "SSB 14746 (2026), MMMM", True, summed(2035, "folketall", 1e3), 5627.4),
    Fact("ndr-2025", "Netto driftsresultat of kommuner 2025", "% of revenue", 2025, 2.4, 0.35,
         CP26 + " (2.1 without Oslo, revised)", True, ratio(2025, "netto_driftsresultat"), -0.4),
    Fact("negative-2025", "Kommuner with negative result 2025", "%", 2025, 34.0, 3.0, CP26 + " (sample)", True,
         lambda p: share(p.of(2025, "kommuner")["netto_driftsresultat"] < 0), 58.0),
    Fact("nofund-2025", "Kommuner without disposisjonsfond 2025", "%", 2025, 15.0, 2.0, CP26 + " (sample)", True,
         lambda p: share(p.of(2025, "kommuner")["disposisjonsfond"] <= 0), 12.0),
    Fact("fund6-2024", "Kommuner with a fund above 6 % of revenue", "%", 2024, 70.0, 3.0, NB26 + "; 2024", True,
         lambda p: share(p.of(2025, "kommuner")["disposisjonsfond"] > 0.06 * p.of(2025, "kommuner")["driftsinntekter"])),
    Fact("fund-2024", "Disposisjonsfond of kommuner", "% of revenue", 2024, 11.0, 0.8, NB26 + "; 2024, start is 2025", True,
         ratio(2025, "disposisjonsfond")),
    Fact("debt-2025", "Gross debt of kommuner without pensions 2025", "% of revenue", 2025, 113.0, 5.0,
         "Finansavisen 1 June 2025 (secondary)", True, gross_debt),
    Fact("robek-2026", "Kommuner in ROBEK, April 2026", "kommuner", 2026, 27.0, 0.0, "KDD register 20 April 2026", True,
         lambda p: (p.of(2025, "kommuner")["robek_grunnlag"] > 0).sum(axis=1).astype(float)),
    Fact("robek-2027", "Kommuner in ROBEK after the accounts of 2026: near the last count", "kommuner", 2027, 27.0, 5.0,
         "KDD register 20 April 2026; slack: yearly change 2022-2026", False,
         lambda p: (p.of(2026, "kommuner")["robek_grunnlag"] > 0).sum(axis=1).astype(float), 27.0),
    Fact("merforbruk-2024", "Kommuner with accumulated merforbruk", "kommuner", 2024, 37.0, 4.0, "NRK/KS 2025; 2024", True,
         lambda p: (p.of(2025, "kommuner")["merforbruk"] > 0).sum(axis=1).astype(float)),
    Fact("fylke-ndr-2025", "Netto driftsresultat of fylkeskommuner 2025", "% of revenue", 2025, 4.3, 0.2, SSB, True,
         ratio(2025, "netto_driftsresultat", "fylkeskommuner")),
    Fact("fylke-fund-2025", "Disposisjonsfond of fylkeskommuner 2025", "% of revenue", 2025, 12.7, 0.5, SSB, True,
         ratio(2025, "disposisjonsfond", "fylkeskommuner")),
    Fact("investment-2026", "Gross investment, kommuner and fylkeskommuner 2026", "bn kr", 2026, 115.2, 12.0,
         NB26 + ", table 3.9 (national accounts)", True, both(2026, "investering"), 109.6),
    Fact("interest-2026", "Interest paid, kommuner and fylkeskommuner 2026", "bn kr", 2026, 27.6, 4.0,
         NB26 + ", table 3.9 (national accounts)", True, both(2026, "renteutgifter"), 31.5),
    Fact("income-2026", "Total income, kommuner and fylkeskommuner 2026", "bn kr", 2026, 859.9, 60.0,
         NB26 + ", table 3.9 (another concept: incl. investment grants and property income)", False,
         both(2026, "driftsinntekter", "renteinntekter", "investeringstilskudd"), 833.3),
    Fact("property-2026", "Property tax and other production taxes 2026", "bn kr", 2026, 19.2, 2.0,
         NB26 + ", table 3.9", True, both(2026, "eiendomsskatt"), 18.5),
    Fact("frie-all-2026", "Frie inntekter, kommuner and fylkeskommuner 2026, adopted", "bn kr", 2026, 580.15, 8.0,
         NB26 + ", ch. 3.4 (576) and H-5/25 (+ 4.15); slack: one tax surprise", False, both(2026, "frie_inntekter"), 538.0,
         "Grønt hefte 2027 has 455.8 bn for kommuner, which the start follows; with 108 bn for fylkeskommuner it is 16 bn "
         "below the State's own sum, and what lies between is not in the sources."),
    Fact("tax-2026", "Tax on income and wealth, kommuner and fylkeskommuner 2026", "bn kr", 2026, 303.5, 8.0,
         T39 + " (incl. social premiums); slack: one tax surprise", True, both(2026, "skatt"), 285.9),
    Fact("state-2026", "Transfers from the State 2026", "bn kr", 2026, 370.6, 20.0, T39, False,
         both(2026, "rammetilskudd", "integreringstilskudd", "toppfinansiering", "oremerkede_tilskudd", "mva_kompensasjon", "mva_drift"),
         367.5, "What the national accounts count as transfers beyond grants and compensated VAT is not in the sources."),
    Fact("grant-fylke-2026", "Block grant of fylkeskommuner 2026", "bn kr", 2026, 57.6, 1.5,
         "Saldert budsjett 2026, posts 572.60 and 572.62 (grants.csv); slack: other posts", False,
         both(2026, "rammetilskudd", who="fylkeskommuner"), 54.1),
    Fact("property-income-2026", "Property income 2026", "bn kr", 2026, 30.3, 5.0, T39, False, both(2026, "renteinntekter"),
         32.2, "Table 3.9 has all property income of the sector, of which the sources give no parts; the model has interest received "
         "and dividends alone."),
    Fact("running-2026", "Wages, purchases and transfers to private units 2026", "bn kr", 2026, 763.9, 40.0, T39, False,
         costs, 729.1,
         "Treasury accounts spend about 45 bn less on running costs than table 3.9: at the edge of the slack (see lending-2026)."),
    Fact("wages-2026", "Wages 2026", "bn kr", 2026, 440.1, 25.0, T39 + "; the model: wage share of all but transfers",
         False, wages, 419.0, "A share of running costs, of which treasury accounts have less: see running-2026."),
    Fact("inputs-2026", "Inputs and purchases for households 2026", "bn kr", 2026, 239.9, 15.0,
         T39 + "; the model: the rest of what wages leave", False, inputs, 229.9, "A share of running costs, of which treasury accounts have less: see running-2026."),
    Fact("spending-2026", "Total expenditure 2026", "bn kr", 2026, 913.8, 60.0, T39 + " (another concept)", False, spending,
         878.4),
    Fact("lending-2026", "Net lending 2026", "% of income", 2026, -6.5, 1.5, NB26 + ", table 3.12", False, net_lending, -5.7,
         "Treasury accounts spend about 60 bn less than table 3.9 (45 on running costs, 12 on investment, which is delayed) "
         "and earn about 30 bn less; what the national accounts count beyond them is not known here."),
    Fact("ndr-sector-2025", "Netto driftsresultat, kommuner and fylkeskommuner 2025", "% of revenue", 2025, 2.7, 0.3, CP26,
         True, ratio(2025, "netto_driftsresultat", "all"), 0.1),
    Fact("fund-sector-2024", "Disposisjonsfond, kommuner and fylkeskommuner", "% of revenue", 2024, 11.8, 0.8,
         NB26 + ", figure 3.21; 2024, start is 2025", True, ratio(2025, "disposisjonsfond", "all")),
    Fact("netdebt-2025", "Net debt, kommuner and fylkeskommuner 2025", "% of income", 2025, 52.3, 5.0,
         NB26 + ", figure 3.23", True, net_debt, 55.7, "NB26 subtracts all claims, lending and securities included; the "
         "model knows deposits alone, and its gross debt rests on a secondary source."),
    Fact("fylke-debt-2025", "Net debt of fylkeskommuner without Oslo 2025", "kr per inhabitant", 2025, 17_899.0, 400.0, SSB,
         True, net_debt_per_inhabitant),
    Fact("proposals", "Directors who propose a change of school structure, mean of a term", "%", 2026, 20.0, 5.0, CP26, True,
         lambda p: np.mean([share(p.of(y, "kommuner")["skoleforslag"] > 0) for y in range(2026, 2030)], axis=0)),
    Fact("closures", "Public schools closed a year, mean 2028-2032", "schools", 2030, 45.0, 10.0,
         "Udir 2018-2024: 37-53, about nine of ten public", False,
         lambda p: np.mean([p.of(y, "kommuner")["skoler_nedlagt"].sum(axis=1) for y in range(2028, 2033)], axis=0), 45.0),
    Fact("cell-nature-small", "Fund of small kommuner with natural-resource revenue", "% of revenue", 2024, 20.5, 2.7,
         NB26 + ", table 3.10: havbruk 17.4, energi 22.9", True, cell(True, 0, "disposisjonsfond")),
    Fact("cell-other-small", "Fund of other small kommuner", "% of revenue", 2024, 6.1, 1.5, NB26 + ", table 3.10", True,
         cell(False, 0, "disposisjonsfond")),
    Fact("cell-other-large", "Fund of other large kommuner", "% of revenue", 2024, 10.9, 1.5, NB26 + ", table 3.10", True,
         cell(False, 2, "disposisjonsfond")),
)  # fmt: skip
