"""What the start model assumes: published anchors, and choices that no table here gives. One line each.

`low` to `high` is the range in which the value is thought to lie; docs/start_accounts.md is generated from this.
"""

from sim.schema import Param, by_name

BHV, INC, LAW = "behaviour.md", "income_system.md", "law.md"
NB26 = "Nasjonalbudsjettet 2026"
KR = "kr per inhabitant"
SHARE = "share of revenue"


def _known(name: str, value: float, unit: str, source: str, text: str) -> Param:
    """A published figure: no range."""
    return Param(name, value, unit, value, value, source, text, evidence="official")


START_PARAMS = (
    # people
    _known("folketall_2026", 5_627_400, "persons", "SSB 07459, 1 January 2026", "Inhabitants."),
    Param("innvandring_0", 1.008, "factor", 1.0, 1.02, "net immigration of infants", "One-year-olds per infant a year before."),
    Param("innvandring_20", 1.02, "factor", 0.99, 1.05, "net immigration of young adults", "Aged 20-22 per aged 17-19 three years before."),
    Param("dki_stoy", 0.003, "index", 0.0005, 0.01, "rounding, population of 1 July against 1 January", "Noise of a sector index as an observation of ages."),
    # income 2025
    _known("skatt_2025", 42_269.577, KR, "KDD, lopende inntektsutjevning 2025 (national_series.csv)", "Mean tax of kommuner."),
    _known("rammetilskudd_2025", 198_659.6e6, "kr", "DFO, chapter 571, accounts 2025 (grants.csv)", "Block grant to kommuner, sum."),
    _known("rammetilskudd_2026", 207_502.2e6, "kr", "DFO, chapter 571, revised budget 2026 (grants.csv)", "Block grant to kommuner, sum."),
    _known("innbyggertilskudd_2025", 31_469.73, KR, INC + " § 5", "Grant per inhabitant before redistribution."),
    _known("utjevningstrekk_2025", 378.1382, KR, INC + " § 3.2", "Uniform deduction of the income equalisation."),
    Param("skatt_vekst_2027", 1.044, "factor", 1.02, 1.07, "frie inntekter of kommuner + 4.9 % (Gront hefte 2027), inhabitants + 0.5 %", "Growth of tax per inhabitant 2026-27."),
    Param("faste_andel", 0.0265, "share of block grant", 0.02, 0.03, INC + " § 5: posts 61-67 of 571, 5.3 of 202 bn in 2026", "Grants outside the innbyggertilskudd."),
    Param("behov_per_innbygger", 75_000, KR, 73_000, 76_000, INC + " § 4.1", "B: national need per inhabitant, 2025.", evidence="estimate"),
    Param("prisvekst_2027", 1.0754, "factor", 1.06, 1.09, "deflator 4.1 % in 2026 (May 2026), 3.3 % in 2027", "Prices of 2027 against 2025.", evidence="estimate"),
    _known("deflator_2025", 0.047, "share", "Finansdepartementet, May 2026, with pension costs", "Cost growth of 2025."),
    _known("deflator_2026", 0.041, "share", "Finansdepartementet, May 2026", "Cost growth expected of 2026."),
    _known("rente_2026", 0.040, "share per year", NB26 + " table 2.3", "Money market rate expected of 2026."),
    Param("andel_frie", 0.72, SHARE, 0.69, 0.74, "538 bn / 72.7 % = 740 bn for the sector (NB26 table 3.12); 706 bn in 2024 (NOU 2024: 23) grown as table 3.9 gives 748 bn; less fylkeskommuner 140 bn", "Frie inntekter of operating revenue, kommuner.", evidence="estimate"),
    Param("fylke_vekst_2026", 1.061, "factor", 1.05, 1.075, "deflator 4.1 % and 2.15 bn (H-5/25)", "Growth of frie inntekter of fylkeskommuner."),
    Param("fylke_vekst_2027", 1.0493, "factor", 1.03, 1.06, "as kommuner, Gront hefte 2027", "Growth of frie inntekter of fylkeskommuner."),
    Param("eiendomsskatt_sum", 17.6e9, "kr", 15e9, 18.5e9, NB26 + " table 3.9: production taxes 18.5 bn in 2025", "Property tax, all kommuner.", evidence="estimate"),
    Param("eiendomsskatt_andel_kommuner", 0.78, "share of kommuner", 0.65, 0.9, BHV + " C1 (sources conflict)", "Kommuner with property tax.", evidence="estimate"),
    Param("eskatt_spredning", 0.5, "log", 0.2, 0.8, "between kommuner that have it", "Spread of property tax."),
    Param("gebyr_andel", 0.077, "share of frie inntekter", 0.05, 0.1, "self-cost services, about 33 bn", "Fees at self-cost."),
    Param("ovrige_spredning", 0.12, "log", 0.05, 0.25, "between kommuner", "Spread of earmarked grants, reimbursements and other revenue."),
    _known("integrering_2025", 3_447.9, KR, "671.60, accounts 2025: 19 402.8 mill (national_series.csv)", "Integreringstilskudd."),
    _known("topp_2025", 2_369.8, KR, "575.60, accounts 2025: 13 335.9 mill (grants.csv)", "Toppfinansiering."),
    Param("oremerket_andel", 0.175, "share of other revenue", 0.1, 0.27, "14 bn (8-22) of 80 bn: enslige mindrearige and norskopplaering 3.7 bn (income_system.md § 5), others about 10 bn", "Other earmarked grants, of other revenue without integreringstilskudd and toppfinansiering."),
    Param("oremerket_andel_fylke", 0.2, "share of other revenue", 0.1, 0.35, "assumption: the sources give no earmarked grants of fylkeskommuner", "Earmarked grants of fylkeskommuner, of other revenue."),
    Param("mva_drift_andel", 0.0235, SHARE, 0.015, 0.03, INC + " § 5: 32.7 bn compensated VAT in 2025, less 14 % of investment of about 107 bn, over 755 bn of revenue", "Compensated VAT on running costs.", evidence="estimate"),
    Param("mva_andel", 0.14, "share of investment", 0.0, 0.25, "kommuneloven § 14-15", "Compensated VAT in gross investment."),
    # grants inside the frame, 2026 (grants.csv) and the rules that share them out
    _known("distrikt_sor_2026", 812.0e6, "kr", "571.61, adopted", "Distriktstilskudd Sor-Norge."),
    _known("distrikt_nord_2026", 2_670.7e6, "kr", "571.62, adopted", "Nord-Norge- og Namdalstilskudd."),
    _known("skjonn_2026", 1_030.0e6, "kr", "571.64, adopted", "Skjonnstilskudd."),
    _known("vekst_2026", 125.9e6, "kr", "571.66, adopted", "Veksttilskudd."),
    _known("storby_2026", 688.4e6, "kr", "571.67, adopted", "Storbytilskudd."),
    Param("pris_tilskudd_2027", 1.033, "factor", 1.02, 1.05, "deflator of 2027", "Grants of 2027 against 2026.", evidence="estimate"),
    _known("smakommune_2025", 6_794_000, "kr", INC + " § 5, observed", "Fixed amount to a very small kommune in Sor-Norge, 2025."),
    Param("smakommune_grense", 3_200, "persons", 3_000, 3_500, "Gront hefte (from memory)", "Below this a kommune is very small."),
    Param("smakommune_skatt", 120, "per cent of mean", 110, 130, "Gront hefte (from memory)", "Above this tax it gets no fixed amount (Sor-Norge)."),
    Param("nord_troms", 2.0, "rate of Nordland = 1", 1.5, 2.5, "Gront hefte (from memory)", "Rate per inhabitant in Troms."),
    Param("nord_finnmark", 4.5, "rate of Nordland = 1", 3.5, 5.5, "Gront hefte (from memory)", "Rate per inhabitant in Finnmark."),
    Param("sor_sentralitet_6", 2.0, "rate of class 5 = 1", 1.0, 4.0, "distriktsindeks (schedule open)", "Rate per inhabitant of the least central kommuner in Sor-Norge."),
    Param("natur_energi", 0.095, "share of frie inntekter", 0.05, 0.15, NB26 + " table 3.10: above 2.5 % of revenue", "Median power revenue of an energi kommune."),
    Param("natur_havbruk", 0.065, "share of frie inntekter", 0.04, 0.1, NB26 + " table 3.10: above 2.5 % of revenue", "Median aquaculture revenue of a havbruk kommune."),
    Param("natur_andre", 0.005, "share of frie inntekter", 0.0, 0.02, NB26 + " table 3.10: below 2.5 % of revenue", "Median natural-resource revenue of other kommuner."),
    Param("natur_spredning", 0.55, "log", 0.3, 0.8, "between kommuner of a type", "Spread of natural-resource revenue."),
    # result and fund
    _known("ndr_uten_oslo", 0.021, SHARE, "SSB 12134, revised 2025", "Result of kommuner without Oslo."),
    _known("andel_negativ", 0.34, "share of kommuner", "KS 2025 (CP26)", "Negative result in 2025 (sample)."),
    _known("andel_negativ_2024", 206 / 357, "share of kommuner", NB26 + " box 3.9", "Negative result in 2024."),
    Param("ndr_korrelasjon", 0.37, "correlation", 0.30, 0.44, BHV + " F5", "Latent correlation of results 2024 and 2025.", evidence="estimate"),
    Param("ndr_treghet_celle", 0.3, "share", 0.0, 0.6, BHV + " F6: the weakest improved most", "How much of a cell's distance from the mean in 2024 remains in 2025."),
    Param("ndr_skjevhet", 0.85, "g", 0.6, 1.0, NB26 + " box 3.9: cells of table 3.10 with 206 of 357 negative and Aukra at 29.5 % need it", "Right skew of results in energi and havbruk."),
    Param("ndr_skjevhet_andre", 0.05, "g", 0.0, 0.2, "cells of 2024 against 206 of 357 negative", "Right skew of results in other kommuner."),
    Param("ndr_storrelse", -0.20, "elasticity", -0.3, -0.1, NB26 + " box 3.9: small kommuner vary more", "Spread of results with population."),
    Param("ndr_robek", -0.010, SHARE, -0.03, 0.0, "deficits that are not covered", "Result of registered kommuner on c or d, against their cell."),
    Param("ndr_robek_ab", -0.015, SHARE, -0.04, 0.0, "a budget or plan adopted with merforbruk", "Further distance with letters a or b."),
    Param("fond_niva", 1.02, "factor", 0.95, 1.1, "11.0 % in 2024; NDR 2.1 % in 2025, part of it transferred to investment", "Disposisjonsfond 2025 against 2024, per cent of revenue."),
    Param("andel_uten_fond", 0.15, "share of kommuner", 0.13, 0.17, "KS 2025 (CP26), sample", "No disposisjonsfond in 2025.", evidence="official"),
    Param("fond_spredning", 0.60, "log", 0.4, 0.8, "70 % above 6 % of revenue (NB26)", "Spread of the fund in other kommuner.", evidence="estimate"),
    Param("fond_spredning_natur", 0.75, "log", 0.5, 1.0, "Aukra 178.5 % in 2024 (NB26)", "Spread of the fund in energi and havbruk.", evidence="estimate"),
    Param("fond_ndr_korrelasjon", 0.4, "correlation", 0.2, 0.6, NB26 + " table 3.10: cells with better results have more", "Fund and result."),
    Param("andel_merforbruk_uten_fond", 0.55, "probability", 0.3, 0.8, BHV + " F9: 37 with merforbruk in 2024", "Of unregistered kommuner without fund: merforbruk is possible."),
    Param("merforbruk_median", 0.03, SHARE, 0.015, 0.06, "ground d: above 3 %; Moskenes 96 % in 2024", "Median of merforbruk above the threshold, registered on d."),
    Param("merforbruk_spredning", 0.8, "log", 0.4, 1.2, "ground d", "Its spread."),
    # debt and assets
    Param("lanegjeld", 0.95, SHARE, 0.85, 1.05, INC + " § 6.3: gross 1.13 with on-lending (secondary)", "Own loan debt of kommuner without Oslo.", evidence="estimate"),
    Param("lanegjeld_spredning", 0.33, "log", 0.2, 0.5, "KOSTRA, between kommuner", "Spread of debt."),
    Param("utlansgjeld", 0.16, SHARE, 0.1, 0.2, INC + " § 6.3: gross debt less own debt", "On-lending (startlan)."),
    Param("ubrukte_lanemidler", 0.04, SHARE, 0.02, 0.06, "accounts notes", "Unused loan proceeds."),
    Param("gjeld_per_bokfort", 0.88, "ratio", 0.75, 1.0, LAW + " § 7.1: Molde 2020, 0.895", "Loan debt per book value of depreciable assets.", evidence="estimate"),
    Param("gjeld_per_bokfort_spredning", 0.18, "log", 0.1, 0.3, "between kommuner", "Its spread."),
    Param("levetid", 28.0, "years", 24.0, 33.0, LAW + " § 7.1: Molde 2020, 26.0; Fraena 2016, 27.9", "Remaining life: book value per depreciation.", evidence="estimate"),
    Param("levetid_spredning", 0.10, "log", 0.05, 0.2, "between kommuner", "Its spread."),
    Param("avdrag_over_minimum", 0.05, "share", 0.0, 0.15, LAW + " § 7.1: Molde 1.6 %, Fraena 2.8 % above", "Mean amortisation above the minimum.", evidence="estimate"),
    Param("avdrag_spredning", 0.7, "log", 0.3, 1.0, "between kommuner", "Spread of what is paid above the minimum."),
    Param("andre_anleggsmidler", 0.18, "share of depreciable", 0.05, 0.4, "accounts notes", "Land and other assets without depreciation."),
    Param("bundne_fond", 0.045, SHARE, 0.03, 0.07, "accounts", "Restricted operating funds."),
    Param("ubundet_investeringsfond", 0.015, SHARE, 0.0, 0.04, "accounts", "Unrestricted investment fund."),
    Param("bundet_investeringsfond", 0.008, SHARE, 0.0, 0.02, "accounts", "Restricted investment fund."),
    Param("bundne_spredning", 0.5, "log", 0.3, 0.8, "between kommuner", "Spread of restricted funds."),
    Param("ubundet_spredning", 0.9, "log", 0.5, 1.2, "between kommuner", "Spread of the unrestricted investment fund."),
    Param("ubrukte_spredning", 0.6, "log", 0.3, 1.0, "between kommuner", "Spread of unused loan proceeds."),
    Param("investering", 0.135, SHARE, 0.12, 0.15, NB26 + " table 3.12: 13.8 % of the sector", "Gross investment 2025, kommuner.", evidence="estimate"),
    Param("investering_fylke", 0.18, SHARE, 0.15, 0.22, "20.6 of 98.1 bn in 2021", "Gross investment 2025, fylkeskommuner.", evidence="estimate"),
    Param("investering_spredning", 0.35, "log", 0.2, 0.5, "between kommuner and years", "Its spread."),
    Param("investering_tilskudd", 0.28, "share of investment", 0.2, 0.35, "VAT compensation, grants, sales", "Financing of investment without loans and own funds."),
    Param("rente_2025", 0.044, "share per year", 0.042, 0.046, NB26 + " table 2.3", "Money market rate.", evidence="official"),
    Param("rentepaslag", -0.002, "share per year", -0.006, 0.006, INC + " § 6.3: effective 4 % in 2024", "Rate on own debt above money market.", evidence="estimate"),
    Param("innskuddsfaktor", 0.9, "factor", 0.8, 1.0, INC + " § 6.3: interest received 14 bn in 2024", "Deposit rate per money market rate."),
    Param("utbytte", 0.004, SHARE, 0.0, 0.01, INC + " § 6.3: interest received 14 bn in 2024", "Dividends, all units."),
    Param("premieavvik", 0.011, SHARE, 0.0, 0.02, LAW + " § 7.1: Stavanger 2020, premium 11 % of revenue, 12 % of it", "Mean premieavvik of a year."),
    Param("premieavvik_spredning", 0.008, SHARE, 0.003, 0.015, LAW + " § 7.1: Stavanger 2020-21", "Spread of premieavvik."),
    # spending and services
    Param("andel_andre_tjenester", 0.20, "share of spending", 0.15, 0.25, "culture, roads, planning, self-cost and other services", "Services outside the cost key."),
    Param("andre_elastisitet", 0.6, "elasticity", 0.2, 1.0, BHV + " A7: culture and infrastructure are the elastic services", "Their share with spending per need."),
    Param("smak", 0.06, "log", 0.03, 0.1, "KOMMODE: local tastes", "Spread of spending per need between sectors."),
    Param("vedlikehold", 0.025, SHARE, 0.015, 0.035, BHV + " A15: well below the norm", "Maintenance."),
    Param("vedlikehold_spredning", 0.3, "log", 0.1, 0.5, "between kommuner", "Its spread."),
    Param("etterslep", 0.09, SHARE, 0.03, 0.3, BHV + " A15, [82]", "Maintenance backlog."),
    Param("etterslep_spredning", 0.6, "log", 0.3, 0.9, "between kommuner", "Its spread."),
    Param("offentlige_skoler", 2_420, "schools", 2_350, 2_500, "2 712 in 2023/24 with private ones (Udir), about 25 fewer a year, private about 250", "Public primary schools, autumn 2025.", evidence="estimate"),
    Param("privat_andel", 0.048, "share of pupils", 0.04, 0.055, "Udir 2024", "Pupils in private primary schools.", evidence="estimate"),
    Param("privat_spredning", 0.5, "log", 0.3, 0.8, "between kommuner", "Spread of the private share."),
    Param("skole_elastisitet", 0.78, "elasticity", 0.7, 0.85, BHV + " B2: 653 schools of kommuner below 5 000 in 2013, 156 closed since, about 225 such kommuner: 2.3 each", "Number of schools with pupils.", evidence="estimate"),
    Param("skole_reise", 0.20, "log per sd", 0.1, 0.3, BHV + " B2, B13", "Number of schools with remoteness."),
    Param("skole_spredning", 0.30, "log", 0.15, 0.4, "local school structure", "Spread of the number of schools."),
    Param("venstre_andel", 0.37, "share", 0.3, 0.45, "local elections 2023", "Mean share of the left."),
    Param("venstre_spredning", 0.12, "share", 0.08, 0.16, "local elections 2023", "Its spread."),
    Param("fragmentering", 0.76, "index", 0.7, 0.8, "1 - sum of squared seat shares", "Mean fragmentation at 10 000 inhabitants."),
    Param("fragmentering_spredning", 0.06, "index", 0.03, 0.1, "local elections 2023", "Its spread."),
    Param("kapasitet", 0.5, "index", 0.4, 0.6, BHV + " A12", "Mean administrative capacity at 10 000 inhabitants."),
    Param("kapasitet_spredning", 0.12, "index", 0.05, 0.2, BHV + " A12", "Its spread."),
)  # fmt: skip

# what the compiled draw itself reads: carried in every record of World.start
DRAWN = (
    "skatt_2025", "innbyggertilskudd_2025", "utjevningstrekk_2025", "deflator_2025", "deflator_2026", "rente_2026",
    "eskatt_spredning", "fond_ndr_korrelasjon", "andel_merforbruk_uten_fond", "gjeld_per_bokfort",
    "gjeld_per_bokfort_spredning", "levetid", "levetid_spredning", "avdrag_over_minimum", "avdrag_spredning",
    "andre_anleggsmidler", "bundne_fond", "ubundet_investeringsfond", "bundet_investeringsfond", "bundne_spredning",
    "ubundet_spredning", "ubrukte_spredning", "investering_spredning", "investering_tilskudd", "rente_2025",
    "rentepaslag", "integrering_2025", "topp_2025", "oremerket_andel", "mva_drift_andel", "mva_andel", "innskuddsfaktor", "utbytte", "premieavvik", "premieavvik_spredning", "andel_andre_tjenester",
    "andre_elastisitet", "smak", "vedlikehold", "vedlikehold_spredning", "etterslep", "etterslep_spredning",
    "venstre_andel", "venstre_spredning", "fragmentering_spredning", "kapasitet_spredning",
)  # fmt: skip

PARAMS = by_name(START_PARAMS)
VALUE = {name: param.default for name, param in PARAMS.items()}

BEHOV_PER_INNBYGGER = VALUE["behov_per_innbygger"]
UTJEVNINGSGRAD = {2025: 0.62, 2026: 0.64, 2027: 0.64}  # income_system.md § 3.1
UTJEVNING_TILLEGG, UTJEVNING_GRENSE = 0.35, 0.9
UTJEVNINGSGRAD_FYLKE = 0.875  # from memory; income_system.md § 3.3

# Oslo and Stavanger 2025, rammetilskudd before inntektsutjevning (Gront hefte 2025, income_system.md § 5), kr
RAMME_FOR_UTJEVNING_2025 = {"0301": 18_950_015_000.0, "1103": 4_335_570_000.0}
# extremes of the accounts 2024 named in Nasjonalbudsjettet 2026 box 3.9: disposisjonsfond as share of revenue
FOND_2024 = {"1547": 1.785}  # Aukra
MERFORBRUK_2024 = {"1874": 0.956}  # Moskenes
