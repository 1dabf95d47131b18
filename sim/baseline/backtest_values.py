"""What the start model assumes of 2023 in place of 2025: the backtest's start accounts. One line each.

A name is that of sim.baseline.parameters, whose text names 2025, 2026 and 2027; here the start year is 2023 and the
two published years are 2024 and 2025. Frie inntekter are those of the tasks of 2023: what the State moved into the
frames later (cheaper kindergartens above all) is in neither frame nor spending.
"""

from sim.baseline.parameters import KR, NB26, SHARE, VALUE
from sim.schema import Param, by_name

SERIES = "national_series.csv"
FINANCE = "SSB 13561 (fylkeskommuner_finance.csv)"


def _seen(name: str, value: float, unit: str, source: str, text: str) -> Param:
    return Param(name, value, unit, value, value, source, text, evidence="official")


INHABITANTS = {2023: 5_488_984, 2024: 5_550_203}  # 1 January: SSB 07459 (2023 from memory) and SSB 14288
FRIE_2023 = 38_348.6139 * INHABITANTS[2023] + 167_380.0e6  # tax and block grant as KDD and DFO have them, kr
GROWTH_2024 = (1.0 - 0.017) * 1.050  # real growth of frie inntekter and deflator, NB26 table 3.12, same tasks
GROWTH_2025 = (1.0 + 0.044) * 1.040  # the same; both without pension costs
TAX_SURPRISE = {2024: -8.5 / 506.5, 2025: -0.6 / 545.0}  # of frie inntekter, against the adopted budget (NB26 ch. 3.4)
# kr to kommuner that no budget counted on. 2024: Prop. 1 S Tillegg 1 (2024-2025). 2025: RNB, 1.4 bn, and half of the
# 5.6 bn that came on top of the October proposal in November and December 2024, as budgets were adopted (avtale_kjent)
EXTRA_GRANT = {2024: 4.3e9, 2025: 1.4e9 + 0.5 * 5.6e9}
FRAME_2024 = FRIE_2023 * GROWTH_2024 / (1.0 + TAX_SURPRISE[2024]) - EXTRA_GRANT[2024]  # as adopted in December 2023
FRAME_2025 = FRIE_2023 * GROWTH_2024 * GROWTH_2025 / (1.0 + TAX_SURPRISE[2025]) - EXTRA_GRANT[2025]
# KDD's tax per inhabitant, without the surprise: it is `surprise` of the frame, not of tax
TAX_2024 = 38_444.4135 - TAX_SURPRISE[2024] * FRAME_2024 / INHABITANTS[2024]
TAX_2025 = 42_269.577 - TAX_SURPRISE[2025] * FRAME_2025 / 5_594_340

BACKTEST_PARAMS = (
    _seen("skatt_2025", 38_348.6139, KR, "KDD, lopende inntektsutjevning 2023 (" + SERIES + ")", "Mean tax of kommuner 2023."),
    _seen("rammetilskudd_2025", 167_380.0e6, "kr", "DFO, chapter 571, accounts 2023 (grants.csv)", "Block grant to kommuner 2023, sum."),
    Param("rammetilskudd_2026", FRAME_2024 - TAX_2024 * INHABITANTS[2024], "kr", 170e9, 182e9, "frame of 2024 as adopted less expected tax; KDD had 176.1 bn (grants.csv)", "Block grant to kommuner 2024 as adopted, sum.", evidence="estimate"),
    Param("skatt_vekst_2027", TAX_2025 / TAX_2024, "factor", 1.04, 1.10, "KDD 2024 and 2025 without the surprises", "Growth of expected tax per inhabitant 2024-25.", evidence="estimate"),
    _seen("innbyggertilskudd_2025", 28_076.91, KR, "income_system.md § 5", "Grant per inhabitant before redistribution, 2023."),
    _seen("utjevningstrekk_2025", 515.4846, KR, "income_system.md § 3.2", "Uniform deduction 2023."),
    _seen("deflator_2025", 0.043, "share", NB26 + " table 3.12", "Cost growth of 2023."),
    _seen("deflator_2026", 0.043, "share", "deflator_vintage 2024: 4.3 (" + SERIES + ")", "Cost growth expected of 2024 in the adopted budget."),
    Param("rente_2025", 0.041, "share per year", 0.038, 0.043, "policy rate 3.55 (" + SERIES + ", secondary); money market about 0.6 above", "Money market rate 2023.", evidence="estimate"),
    _seen("rente_2026", 0.047, "share per year", NB26 + " table 2.3", "Money market rate of 2024."),
    Param("andel_frie", 0.72 * 72.0 / 72.7, SHARE, 0.69, 0.74, "as in 2025, times the sector's 72.0 against 72.7 % (NB26 table 3.12)", "Frie inntekter of operating revenue 2023, kommuner.", evidence="estimate"),
    Param("fylke_vekst_2026", 1.0583, "factor", 1.05, 1.065, FINANCE + ": 16 955 against 16 472 kr per inhabitant, inhabitants + 1.1 %, tax surprise taken out", "Growth of adopted frie inntekter of fylkeskommuner 2023-24."),
    Param("fylke_vekst_2027", 1.0786, "factor", 1.07, 1.09, FINANCE + ": 18 429 against 16 955 kr per inhabitant, inhabitants + 0.8 %, tax surprises taken out", "The same 2024-25."),
    Param("eiendomsskatt_sum", 17.6e9 * 17.626 / 18.539, "kr", 15e9, 18e9, NB26 + " table 3.9: production taxes 2023 and 2025", "Property tax 2023.", evidence="estimate"),
    _seen("integrering_2025", 18_026.3e6 / INHABITANTS[2023], KR, "671.60, accounts 2023 (" + SERIES + ")", "Integreringstilskudd 2023."),
    _seen("topp_2025", 11_606.5e6 / INHABITANTS[2023], KR, "575.60, accounts 2023 (grants.csv)", "Toppfinansiering 2023."),
    Param("ndr_uten_oslo", 0.0107, SHARE, 0.009, 0.0125, "sector 1.3 %, fylkeskommuner 4.2 % of a seventh of revenue, Oslo -0.8 % (" + SERIES + ", " + FINANCE + ")", "Result of kommuner without Oslo 2023.", evidence="estimate"),
    Param("andel_negativ", 0.44, "share of kommuner", 0.42, 0.50, "NOU 2024: 23: nearly half", "Negative result 2023.", evidence="estimate"),
    Param("ndr_treghet_celle", 0.7, "share", 0.4, 1.0, "high power prices in 2022 and 2023: cells of 2023 nearer to those of 2024 than those of 2025", "How much of a cell's distance from the mean in 2024 was there in 2023."),
    Param("fond_niva", 1.20, "factor", 1.16, 1.24, "sector 13.5 %, fylkeskommuner 15.3 %: kommuner 13.2 %, against 11.0 % in 2024", "Disposisjonsfond 2023 against 2024, per cent of revenue.", evidence="estimate"),
    Param("andel_uten_fond", 0.11, "share of kommuner", 0.08, 0.12, "12 % in 2024, after a bad year; 22 of 357 in the register", "No disposisjonsfond 2023."),
    Param("lanegjeld", VALUE["lanegjeld"] * 51.6 / 52.3, SHARE, 0.85, 1.05, "as in 2025, times net debt of the sector (" + SERIES + ")", "Own loan debt 2023.", evidence="estimate"),
    Param("investering", VALUE["investering"] * 13.7 / 13.8, SHARE, 0.12, 0.15, "as in 2025, times gross investment of the sector (" + SERIES + ")", "Gross investment 2023, kommuner.", evidence="estimate"),
    Param("offentlige_skoler", 2_460, "schools", 2_430, 2_500, "2 712 in 2023/24 (Udir), about 250 private", "Public primary schools, autumn 2023.", evidence="estimate"),
)  # fmt: skip
VALUE_2023 = {**VALUE, **{name: param.default for name, param in by_name(BACKTEST_PARAMS).items()}}
SETTLED_2023 = (33_500.0, 31_500.0, 4_700.0, 3_500.0, 4_800.0)  # refugees 2023, 2022 ... (IMDi, from memory)
INTEGRERING_2024, TOPP_2024, TOPP_2025 = 21_504.5e6, 13_504.5e6, 13_335.9e6  # accounts, kr (national_series, grants)
SETTLED_2024, SETTLED_2025 = 21_200.0, 14_500.0
RATES = (0.60, 0.60, 0.62)  # of inntektsutjevning 2023, 2024, 2025 (national_series.csv)
