"""What a scenario may set. LEVERS: what policy decides, at today's law by default. ASSUMPTIONS: what is uncertain.

Each line: name, default, unit, low, high, source, text; then evidence, whether whole numbers only, the names of
choices, published values by year. A row of all of them per (year, run) is what the kernel reads.
"""

from typing import Any

import numpy as np

from sim.measures import measure_params
from sim.schema import Evidence, Param, by_name, record_dtype


def _lever(
    name: str, default: float, unit: str, low: float, high: float, source: str, text: str,
    evidence: Evidence = "law", **more: Any,
) -> Param:  # fmt: skip
    return Param(name, default, unit, low, high, source, text, evidence, kind="lever", **more)


BHV = "behaviour.md"
LAW = "law.md § 9"

LEVERS = (
    # balance and register
    _lever("dekningsfrist", 2, "years", 1, 10, "kommuneloven § 14-11", "Years allowed to cover a merforbruk.", integer=True),
    _lever("dekningsfrist_kommunestyre", 4, "years", 1, 10, "kommuneloven § 14-11", "Years the council may take in special cases.", integer=True),
    _lever("dekningsfrist_departement", 8, "years", 1, 20, "kommuneloven § 14-11: the ministry may approve more than four years, no maximum stated", "Years from when it arose over which an overdue merforbruk is covered.", evidence="assumption", integer=True),
    _lever("robek", 1, "0/1", 0, 1, "kommuneloven kap. 28", "The register and its control exist.", integer=True, inert=0),
    _lever("robek_c_ar", 2, "years", 0, 10, "kommuneloven § 28-1 c", "Uncovered for more than this many years is ground c.", integer=True),
    _lever("robek_d_terskel", 0.03, "share of driftsinntekter", 0.0, 1.0, "kommuneloven § 28-1 d", "Accumulated merforbruk above this is ground d."),
    _lever("robek_plan_brutt", 0, "0/1", 0, 1, "Act of 1992 § 60 (law.md § 9); not in the Act of 2018", "A broken decision on how deficits are covered is a ground for the register (counted as c).", integer=True, inert=0),
    _lever("robek_utgang", 0, "rule", 0, 1, "kommuneloven § 28-5", "Exit on c, d, g when all is covered, or when below the thresholds.", integer=True, choices=("zero", "below_threshold")),
    _lever("statlig_kontroll", 1, "rule", 0, 2, "kommuneloven § 28-3", "Whose loans and budgets the State controls; a controlled unit can hide no deficit in its budget.", integer=True, choices=("none", "robek_only", "universal")),
    _lever("lanetak_regel", 1, "rule", 0, 3, "kommuneloven § 28-3 (discretion; law.md § 9)", "Loan frame under control: none, net debt constant, statutory investment only, share of plan.", evidence="assumption", integer=True, choices=("no_limit", "zero_net_debt", "statutory_only", "half_of_plan")),
    _lever("fondsskjerming", 1, "0/1", 0, 1, "BRF § 4-2", "Fund use in next year's original budget is shielded in the closing.", integer=True, inert=0),
    _lever("pliktig_fondsbruk", 1, "0/1", 0, 1, "BRF § 4-4", "Unshielded fund must cover earlier merforbruk.", integer=True, inert=0),
    _lever("strykningsrekkefolge", 0, "rule", 0, 1, "BRF § 4-2 sets no order", "Which is struck first.", evidence="assumption", integer=True, choices=("overforing_first", "avsetning_first")),
    _lever("minimumsavdrag_regel", 0, "rule", 0, 2, "kommuneloven § 14-18; Act of 1992 § 50 no. 7", "How the least amortisation is found.", integer=True, choices=("depreciation_2018", "weighted_life_1992", "multiplier")),
    _lever("minimumsavdrag_faktor", 1.0, "factor", 0.0, 3.0, LAW, "Multiplies the minimum under rule `multiplier`."),
    _lever("levetid_ledningsnett", 80, "years", 10, 100, "BRF § 3-4a, from 1 January 2026; 40 before (from memory)", "Life of water and sewage pipes, new ones and those there are.", integer=True),
    _lever("premieavvik_ar", 7, "years", 1, 15, "BRF § 3-5", "Years over which new premieavvik is amortised.", integer=True),
    _lever("vedlikehold_i_balansekrav", 0.0, "share", 0.0, 1.0, BHV + " § 7 no. 16", "Share of the maintenance shortfall that counts in the balance rule.", inert=0),
    _lever("minste_fond", 0.0, "share of revenue", 0.0, 0.5, BHV + " § 7 no. 11", "Mandatory disposisjonsfond: budgets must build up to it.", inert=0),
    # state
    _lever("utjevningsgrad", 0.64, "share", 0.0, 0.64, "income_system.md § 3.1", "Symmetric rate of inntektsutjevning.", evidence="official", by_year=((2025, 0.62),)),
    _lever("utjevning_tillegg", 0.35, "share", 0.0, 0.35, "income_system.md § 3.1", "Extra compensation below the limit.", evidence="official"),
    _lever("utjevning_grense", 0.9, "share of mean", 0.0, 1.0, "income_system.md § 3.1", "Limit of the extra compensation.", evidence="official"),
    _lever("utjevningsgrad_fylke", 0.875, "share", 0.0, 1.0, "income_system.md § 3.3 (from memory)", "Symmetric rate for fylkeskommuner.", evidence="assumption"),
    _lever("demografi_dekning", 1.0, "share", 0.0, 1.5, "income_system.md §§ 7.2, 8; TBU", "Share of the demographic cost (TBU's method, main projection) that the frame compensates from 2028.", evidence="assumption"),
    _lever("realvekst_frie_inntekter", 0.005, "share per year", -0.1, 0.1, "NB26 figure 3.20: underlying growth adjusted for demography, mean 2.6 of 505 bn 2015-2026", "Real growth of the adopted frame beyond demography, mean, from 2028.", evidence="estimate"),
    _lever("normpress", 0.0, "share per year", 0.0, 0.03, "NOU 2026: 1 (Kommunekommisjonen) on norms; no measured rate", "Yearly rise of what statutory services must cost, not paid for by the State.", evidence="assumption", inert=0),
    _lever("kontrakt_i_deflator", 1.0, "share", 0.0, 1.0, "the deflator is an index of what the sector pays", "Share of dearer bus and ferry contracts that the deflator in the frames counts; spread over all units.", evidence="assumption", inert=0),
    _lever("effektivitetskrav", 0.0, "share per year", -0.05, 0.05, LAW, "Yearly real cut of the frame, from 2028.", inert=0),
    _lever("avtale_sannsynlighet", 0.5, "probability", 0.0, 1.0, "H-5/25; income_system.md § 6.2: in 2025 and 2026, two of two years known", "Probability that Stortinget adds to the proposed frames.", evidence="assumption", inert=0),
    _lever("avtale_tillegg", 0.008, "share of frame", 0.0, 0.02, "income_system.md § 6.2: 4.15 of 576 bn for 2026; 6.6 of 540 bn for 2025", "Mean of what an agreement adds.", evidence="estimate"),
    _lever("redning", 1, "rule", 0, 2, "NB26; Prop. 1 S Tillegg 1 (2024-2025)", "Rescue grants in bad years.", evidence="official", integer=True, choices=("none", "equal_per_head", "targeted_without_fund"), inert=0),
    _lever("skatteanslag_skjevhet", 0.004, "share of frie inntekter", -0.05, 0.05, "income_system.md § 7.3: mean +6.7 bn 2015-2025, scaled down after the change of base", "How cautious the national tax forecast is (positive: tax comes in higher).", evidence="assumption"),
    _lever("rente_tillegg", 0.0, "share per year", -0.05, 0.1, BHV + " § 7 no. 10", "Added to the interest path.", inert=0),
    _lever("skjonn_ramme", 1_064e6, "kr of 2027", 0.0, 10e9, "571.64: 1 030 mill in 2026 (grants.csv), + 3.3 %", "Skjonnstilskudd to kommuner; inside the frame.", evidence="official"),
    _lever("skjonn_fordeling", 0, "rule", 0, 2, "571.64; docs/income.md", "Skjonn from 2028: equal per head on top of what published figures give unevenly (today's practice kept), by weak accounts, or held back for a bad year.", evidence="assumption", integer=True, choices=("equal_per_head", "needs_based", "rescue"), inert=0),
    _lever("ingar_k", 400.0, "kr per inhabitant", 0.0, 100_000.0, "income_system.md § 5 (from memory)", "Growth of the grant this far below the mean is made up for (INGAR, from 2028).", evidence="assumption"),
    _lever("vekst_grense", 0.014, "share per year", 0.0, 0.1, "Gront hefte, threshold of veksttilskudd (from memory)", "Growth of inhabitants above which veksttilskudd is paid (until 2027 the published sum stays).", evidence="assumption"),
    _lever("vekst_sats", 48_700.0, "kr of 2027 per inhabitant", 0.0, 300_000.0, "set so that growth to January 2026 gives post 571.66 of 2026 (125.9 mill); Gront hefte about 65 000, with a limit on tax (from memory)", "Veksttilskudd per inhabitant above the threshold.", evidence="assumption"),
    _lever("integrering_dekning", 0.91, "share of cost", 0.0, 1.5, "CP26: just under 91 % in 2024", "What integreringstilskudd covers of the cost of settled refugees.", evidence="official"),
    _lever("topp_dekning", 0.80, "share of cost", 0.0, 1.0, "income_system.md § 9; 575.60", "Share of the cost of resource-intensive users above the threshold that the State pays.", evidence="official"),
    _lever("topp_innslagspunkt", 1.0, "today's = 1", 0.2, 3.0, "income_system.md § 9 (level open)", "Threshold of toppfinansiering; today's follows wages.", evidence="assumption", inert=1),
    _lever("oremerket_til_ramme", 0.0, "share", 0.0, 1.0, LAW, "Share of other earmarked grants moved into the block grant, from 2028.", inert=0),
    _lever("bosetting_anmodning", 13_000, "persons per year", 0.0, 60_000.0, "IMDi; CP26: 13 000 raised to 16 000 in February 2026", "Refugees that kommuner are asked to settle; what is beyond bosetting_framskrevet comes on top of the projection.", evidence="official", by_year=((2026, 16_000),)),
    # services, schools, tax
    _lever("normlettelse", 0.0, "share", 0.0, 0.5, "Kommunekommisjonen, NOU 2026: 1", "How much the statutory floors of services are lowered.", inert=0),
    _lever("privatskole_regime", 1, "rule", 0, 2, "privatskolelova § 2-1; Prop. 80 L (2022-2023); behaviour.md B16", "Approval of a private school where a public one was closed: always, weighed against the kommune's objection (since August 2023), or the kommune decides.", integer=True, choices=("open", "kommune_objects", "veto")),
    _lever("privatskole_trekk", 0.8, "share of mean cost", 0.0, 1.2, BHV + " B18 (interested party)", "Deduction in the grant per private pupil.", evidence="estimate"),
    _lever("skoletilskudd", 0.5e6, "kr per school", 0.0, 5e6, BHV + " B19", "Grant per primary school, lost on closure.", evidence="estimate"),
    _lever("eiendomsskatt_tak", 4.0, "per mille", 0.0, 7.0, "eigedomsskattelova § 11", "Highest rate on homes and holiday homes."),
    _lever("eiendomsskatt_tak_annet", 7.0, "per mille", 0.0, 7.0, "eigedomsskattelova § 11", "Highest rate on other property."),
    _lever("eiendomsskatt_steg", 1.0, "per mille per year", 0.0, 7.0, "eigedomsskattelova § 13", "Highest rise of the rate in a year."),
    # elections, councils, networks, mergers
    _lever("valgperiode", 4, "years", 3, 6, "valgloven: every fourth year; " + BHV + " § 7 no. 13", "Years between local elections, from that of 2027 on.", integer=True),
    _lever("valghensyn", 1, "0/1", 0, 1, BHV + " findings 7, 8; § 7 no. 13", "Unpopular decisions cost votes, are avoided before elections, and a rejected school plan rests until after the next.", evidence="assumption", integer=True, inert=0),
    _lever("delegering", 0.0, "share", 0.0, 1.0, BHV + " A12, § 7 no. 14; kommuneloven § 14-3", "How much of its amendment a council without majority leaves to the administration.", evidence="assumption", inert=0),
    _lever("nabonettverk", 0, "rule", 0, 2, BHV + " § 7 no. 18", "Whom kommuner imitate.", evidence="assumption", integer=True, choices=("nearest", "peers", "both")),
    _lever("sammenslaing_grense", 0.0, "inhabitants", 0.0, 20_000.0, BHV + " A17, § 7 no. 15; inndelingslova", "Kommuner below this are to merge with their nearest neighbour (set it in the years before; the merger is not carried out).", inert=0),
    _lever("bussanbud_pris", 0.30, "share", -0.5, 1.0, BHV + " § 7 no. 17", "Price rise of a renewed bus contract.", evidence="estimate"),
    _lever("ferjeanbud_pris", 0.30, "share", -0.5, 1.0, "as for buses; sources stop", "Price rise of a renewed ferry contract.", evidence="assumption"),
    _lever("befolkningsalternativ", 0, "rule", 0, 2, "SSB 14746", "National projection.", evidence="official", integer=True, choices=("main", "low", "high")),
)  # fmt: skip

# 16-18 per person aged 16-22, relative to 2026: the 13-15 of three years before (national_age_projection.csv), for
# 2027 the births of 2010 against those of 2007 (SSB 05803, from memory)
_PUPILS = (
    1.0, 1.0071, 0.9956, 0.978, 0.9678, 0.9659, 0.9637, 0.9745, 0.9734, 0.9655, 0.9559, 0.9558, 0.9691, 0.9673, 0.974,
    0.9586, 0.9833, 0.998, 1.0001, 1.0021, 1.0004, 0.9973, 0.9962, 0.9968, 0.9971,
)  # fmt: skip
PUPILS = tuple((2026 + t, share) for t, share in enumerate(_PUPILS))

ASSUMPTIONS = (
    # national economy
    Param("lonnsvekst", 0.034, "share per year", -0.02, 0.15, "NB26 table 2.3: 4.0 % in 2026, 3.5 % in 2027; raised alike with prices to the deflator of May 2026 (4.1 %)", "Expected wage growth.", by_year=((2026, 0.046), (2027, 0.039))),
    Param("prisvekst", 0.0227, "share per year", -0.02, 0.15, "NB26 table 2.3 and income_system.md § 7.1: 2.6 % in 2026, 2.3 % in 2027; raised alike with wages", "Expected price growth of what is bought.", by_year=((2026, 0.032), (2027, 0.0277))),
    Param("lonnsandel", 0.645, "share of costs", 0.5, 0.8, "income_system.md § 7.1: wages of wages, inputs and purchases, NB26 table 3.9", "Weight of wages in the deflator.", evidence="estimate"),
    Param("lonn_pris_spredning", 0.01, "share", 0.0, 0.05, "wage less price growth 2024-2027 in NB26 table 2.3: 1.2 to 2.5 points", "Standard deviation of the surprise to wages relative to prices.", inert=0),
    Param("rente_bane", 0.033, "share per year", 0.0, 0.12, "NB26: money market 4.0 % in 2026, 3.6 % in 2027", "Expected money market rate.", by_year=((2026, 0.040), (2027, 0.036))),
    Param("rente_spredning", 0.006, "share", 0.0, 0.03, "Norges Bank 2010-2025: yearly changes", "Standard deviation of the yearly rate shock."),
    Param("rente_treghet", 0.75, "share", 0.0, 0.99, "Norges Bank 2010-2025", "Persistence of a rate shock."),
    Param("rentepaslag", -0.003, "share", -0.02, 0.03, "NB26 table 3.9: interest 31.5 bn in 2025, 27.6 bn in 2026; part is fixed at older rates", "Mean loan rate above the money market."),
    Param("rente_fast", 0.5, "share", 0.0, 1.0, "kommune debt portfolios", "Share of the loan rate that follows with a lag of a year."),
    Param("skatt_spredning_midlertidig", 0.0154, "share of frie inntekter", 0.0, 0.05, "income_system.md § 7.3", "Standard deviation of the tax surprise after RNB, old tax base.", evidence="official"),
    Param("skatt_spredning_varig", 0.012, "share of frie inntekter", 0.0, 0.05, "income_system.md § 7.3, permanent part 2020-2025", "Standard deviation of the tax surprise before RNB, old tax base.", evidence="estimate"),
    Param("skatterisiko_skala", 0.75, "factor", 0.3, 1.0, "income_system.md § 7.3: open after 2025", "Tax risk after the change of base."),
    Param("kostnad_spredning", 0.010, "share", 0.0, 0.04, "income_system.md §§ 7.1, 7.3", "Standard deviation of the cost surprise.", evidence="estimate"),
    Param("kostnad_gitt", 0.0, "share", -0.1, 0.1, "observed in a backtest: deflator less the deflator expected in the adopted budget", "Cost surprise that is given, beside the one that is drawn.", inert=0),
    Param("skatt_kostnad_korrelasjon", 0.8, "correlation", -1.0, 1.0, "income_system.md § 7.3, n = 6", "Correlation of tax and cost surprises.", evidence="estimate"),
    Param("fet_hale", 0, "0/1", 0, 1, "income_system.md § 7.3: skewed by 2021/22", "National shocks from a t distribution with 4 degrees of freedom.", integer=True),
    Param("redning_terskel", 0.005, "share of revenue", -0.02, 0.03, "extra grants 2020, 2021, 2023, 2024 (NB26 fig. 3.25)", "A rescue may come when the sector's result is expected below this."),
    Param("redning_sannsynlighet", 0.6, "probability", 0.0, 1.0, "4 of 6 years 2020-2025", "Probability of a rescue in a bad year."),
    Param("redning_andel", 0.5, "share", 0.0, 1.0, "5 bn of an 8.5 bn shortfall in 2024", "Share of the shortfall that a rescue covers."),
    Param("redning_gitt", 0.0, "kr", 0.0, 50e9, "observed in a backtest: extra grants to kommuner in the year", "Rescue grant that is given, beside the one that the rule gives.", inert=0),
    Param("redningsforventning", 0.0, "share", 0.0, 1.0, BHV + " § 7 no. 3; no Norwegian estimate", "Share of an expected rescue that a kommune counts in its budget when the coming year looks bad.", inert=0),
    Param("avtale_spredning", 0.3, "log", 0.0, 1.0, "income_system.md § 6.2: 0.7 and 1.2 % in two years", "Spread of what an agreement adds."),
    Param("avtale_kjent", 0.5, "share", 0.0, 1.0, "agreements come in late November and December, as budgets are adopted", "Share of an addition that kommuner know of when they adopt their budgets."),
    Param("spu_spredning", 0.002, "share of frame", 0.0, 0.01, "fund of about 20 000 bn, sd 12 % a year, 3 % rule: 70 bn of room, smoothed over years; a fifth to kommuner and fylkeskommuner would be 0.6 % at once", "Standard deviation of what the fund's value (SPU) adds to the real growth of the frames.", inert=0),
    Param("befolkning_spredning", 1.0, "factor", 0.0, 2.0, "SSB 14746: low and high", "Scale of national population uncertainty (1: low and high are the 10 and 90 % points).", inert=0),
    Param("lokal_vekst_spredning", 0.004, "log per year", 0.0, 0.02, "SSB projection errors by size", "Standard deviation of local population growth."),
    Param("lokal_vekst_treghet", 0.6, "share", 0.0, 0.99, "SSB projection errors", "Persistence of local growth shocks."),
    Param("fylke_vekst_spredning", 0.001, "log per year", 0.0, 0.01, "docs/demography.md; sources stop", "Standard deviation of a shock to the growth of all kommuner of a fylke."),
    Param("fylke_vekst_treghet", 0.7, "share", 0.0, 0.99, "docs/demography.md; sources stop", "Persistence of the growth shocks of a fylke."),
    Param("innvandring_spredning", 6_500, "persons per year", 0.0, 30_000.0, "demographic cost announced and actual 2006-2020 (NB20 figure 3.7A): error 0.41-0.55 bn; docs/demography.md", "Standard deviation of the surprise to net immigration."),
    Param("innvandring_treghet", 0.5, "share", 0.0, 0.95, "docs/demography.md: net immigration moves in spells", "Persistence of net immigration beyond the path."),
    Param("fodsler_spredning", 0.02, "share", 0.0, 0.1, "docs/demography.md; with the two others gives the published error", "Standard deviation of the surprise to births of a year."),
    Param("dodsfall_spredning", 0.025, "share", 0.0, 0.15, "docs/demography.md; with the two others gives the published error", "Standard deviation of the surprise to deaths of those above 67."),
    Param("alder_vedvarer", 0.75, "share", 0.0, 1.0, "docs/demography.md", "Share of a kommune's migration by age that keeps its age structure below 67 in place; 0: flows alone."),
    Param("bosetting_framskrevet", 13_000, "persons per year", 0.0, 60_000.0, "SSB 14746 does not say; taken equal to the request (CP26)", "Refugees settled inside the national projection.", by_year=((2026, 16_000),)),
    Param("videreflytting", 0.2, "share", 0.0, 0.8, "secondary moves of refugees; sources stop", "Share of newly settled refugees who move on to central kommuner within the year."),
    Param("flytting_tjeneste", 0.0, "growth per year per unit of service level", 0.0, 0.1, BHV + "; off by default", "Migration towards better services than at the start.", inert=0),
    Param("flytting_skatt", 0.0, "growth per year per per mille", 0.0, 0.01, BHV + "; off by default", "Migration away from a higher property tax than at the start.", inert=0),
    # needs beyond ageing
    Param("omsorg_under_50_vekst", 0.0226, "share per year", 0.0, 0.06, "CP26: hours of care per head under 50 rose 25 % in ten years", "Growth of hours of care per person under 50.", evidence="estimate", inert=0),
    Param("spesialundervisning_vekst", 0.0184, "share per year", 0.0, 0.06, "CP26: hours of special education per pupil rose 20 % in ten years", "Growth of hours of special education per pupil.", evidence="estimate", inert=0),
    Param("ressurskrevende_vekst", 0.0, "share per year", 0.0, 0.06, "no published rate", "Growth of resource-intensive users per inhabitant, beyond care under 50.", inert=0),
    # local shocks
    Param("lokal_skatt_spredning", 0.015, "log", 0.0, 0.1, "KOSTRA own tax", "Standard deviation of a shock to own tax base."),
    Param("lokal_skatt_treghet", 0.85, "share", 0.0, 0.999, "KOSTRA own tax", "Persistence of own tax base."),
    Param("natur_spredning", 0.18, "log", 0.0, 1.0, "power and aquaculture revenue 2019-2025", "Standard deviation of natural-resource revenue."),
    Param("natur_treghet", 0.6, "share", 0.0, 0.99, "power price", "Persistence of natural-resource revenue."),
    Param("varig_kostnad_spredning", 0.0065, "share of revenue", 0.0, 0.03, BHV + " § 4.5: 0.72-1.50 pp with reversion", "Standard deviation of the persistent local cost shock."),
    Param("varig_kostnad_treghet", 0.80, "share", 0.0, 0.99, BHV + " F5: latent correlation 0.37", "Persistence of local cost pressure."),
    Param("forbigaende_spredning", 0.018, "share of revenue", 0.0, 0.05, BHV + " § 4.5: mean 1.79, best sets 1.48-2.26 pp", "Standard deviation of the transitory local result shock."),
    Param("storrelse_spredning", 0.12, "elasticity", 0.0, 0.5, "NB26 table 3.10: small kommuner vary more", "Local risk falls with population to this power (1 at 10 000)."),
    Param("svakhet_samvariasjon", 0.7, "correlation", 0.0, 0.9, BHV + " § 4.5 lesson (a), F5, F7: the weak stay weak", "Correlation of a kommune's lasting weakness with a weak fund and result at the start."),
    Param("svakhet_varer", 0.8, "correlation", 0.3, 1.0, BHV + " F12: half of kommuner in ROBEK at some time 2001-2018; C12: spells up to 20 years", "How much of a unit's lasting weakness survives an election.", inert=1),
    Param("overskridelse_spredning", 0.009, "share of revenue", 0.0, 0.015, BHV + " § 4.5 lesson (a): heterogeneous structural drift; C12 durations", "Standard deviation between units of lasting overruns of their own budgets.", inert=0),
    Param("overskridelse_skjevhet", 0.4, "skewness", 0.0, 0.8, BHV + " § 4.5 lesson (a): a weak tail, not a weak half", "How much longer the tail of large overruns is; 0: symmetric.", inert=0),
    Param("utgiftsdrift_spredning", 0.0005, "share of revenue per year", 0.0, 0.004, BHV + " § 4.5: drift 0-0.59 pp", "Standard deviation between units of lasting spending drift.", inert=0),
    Param("gjennomforing", 0.8, "share", 0.4, 1.0, "no Norwegian estimate; compare the realised share of school savings, B14", "Mean share of adopted savings in staffing and services that is carried out in the budget year.", inert=1),
    Param("gjennomforing_spredning", 0.1, "share", 0.0, 0.3, "no Norwegian estimate", "How much less of them a kommune carries out that is one standard deviation weaker.", inert=0),
    Param("overskridelse", 0.005, "share of revenue", 0.0, 0.03, BHV + " A14: 10 bn in 2024", "Mean overrun of the budget when it is tight."),
    Param("tertialkorreksjon", 0.3, "share", 0.0, 1.0, "kommuneloven § 14-5; CP26", "Share of a shortfall corrected in the year by cheap staffing."),
    Param("premie_niva", 0.11, "share of revenue", 0.0, 0.3, "pension premium, accounts notes", "Pension premium."),
    Param("premieavvik_niva", 0.10, "share of premium", -0.5, 0.5, "Stavanger 2020: 12 %", "Mean premieavvik."),
    Param("premieavvik_spredning", 0.08, "share of premium", 0.0, 0.5, "Stavanger 2020-2021", "Standard deviation of premieavvik."),
    # forecast and gap
    Param("mal_ndr", 0.0175, "share of revenue", 0.0, 0.06, "TBU; CP26", "Target result of kommuner.", evidence="official"),
    Param("mal_ndr_fylke", 0.04, "share of revenue", 0.0, 0.08, "TBU", "Target result of fylkeskommuner.", evidence="official"),
    Param("fondsmal", 0.08, "share of revenue", 0.02, 0.2, "law.md § 8: 5-10 % from memory", "Own norm for disposisjonsfond."),
    Param("fondsmal_egen", 0.5, "weight", 0.0, 1.0, BHV + " § 4.5 lesson (a): slower re-saving by the weak", "Weight of the fund at the start in a unit's own norm for it, set at the start; 0: the same norm for all.", inert=0),
    Param("fond_avbygging", 0.3, "share per year", 0.0, 0.5, BHV + " A9: long-run elasticities of spending and net debt are 1", "Share of the fund above the own norm that pays for investment in a year, instead of loans.", inert=0),
    Param("fondsoppbygging", 0.0078, "share of revenue", 0.0, 0.02, BHV + " § 4.5 (0.48-0.90 pp)", "Extra target when the fund is empty."),
    Param("dekning_vekt", 0.5, "share", 0.0, 1.0, BHV + " § 4.2", "Weight of coverage D/h in the target."),
    Param("robek_mal", 0.005, "share of revenue", 0.0, 0.02, BHV + " § 4.2", "Extra target of a registered unit."),
    Param("skatteanslag_forsiktighet", 0.006, "share of frie inntekter", -0.01, 0.02, BHV + " § 4.2 (cautious tax forecast), F24", "How far below the national forecast a unit budgets its frie inntekter.", inert=0),
    Param("prognosefeil", 0.007, "share of revenue", 0.0, 0.03, BHV + " § 4.2: 0.4-1 pp", "Standard deviation of the director's forecast error."),
    Param("kjent_i_desember", 0.7, "share", 0.0, 1.0, "kommuneloven § 14-5: two reports a year", "Share of the year's passing cost shock that is known when the next budget is adopted."),
    Param("varig_tolkning", 0.6, "share", 0.0, 1.0, BHV + " § 4.2: 0.4-0.8", "Share of last year's shock that is read as permanent.", inert=0),
    Param("alfa_lav", 0.25, "share per year", 0.05, 0.4, BHV + " A1", "Speed with a comfortable fund."),
    Param("alfa_hoy", 0.73, "share per year", 0.4, 1.0, BHV + " A2", "Speed without a fund."),
    Param("kappa", 2.0, "years", 0.5, 4.0, BHV + " § 4.2", "Years of cover at which urgency is one half."),
    Param("kappa_bredde", 0.8, "years", 0.1, 2.0, BHV + " § 4.2", "Width of the urgency curve."),
    Param("storrelse_fart", -0.05, "elasticity", -0.15, 0.0, BHV + " A3", "Speed with respect to population (1 at 10 000)."),
    Param("robek_fart", 1.15, "factor", 1.0, 1.4, BHV + " C13", "Speed of a registered unit.", inert=1),
    Param("robek_forventning", 0.25, "share", 0.0, 1.0, BHV + " finding 4: stronger adjustment with past deficits, also without entry", "How much faster a unit with deficits adjusts before it is registered, at the threshold of ground d.", inert=0),
    Param("fragmentering_fart", 0.2, "share", 0.0, 0.5, BHV + " finding 11", "How much full fragmentation slows.", inert=0),
    Param("kapasitet_fart", 0.2, "share", 0.0, 0.5, BHV + " A12", "How much weak administration slows.", inert=0),
    Param("venstre_fart", 0.2, "share per share", 0.0, 1.0, "no estimate; the left prefers revenue to cuts (" + BHV + " C7)", "How much a larger left slows cuts.", inert=0),
    Param("mindretall_grense", 0.76, "index", 0.3, 1.0, "councils above the mean fragmentation; sources stop", "Fragmentation above which no majority governs."),
    Param("valgar_fart", 0.85, "factor", 0.5, 1.0, BHV + " § 4.2", "Speed in the budget of an election year.", inert=1),
    Param("innsparing_tak", 0.0142, "share of revenue", 0.005, 0.03, BHV + " § 4.5", "Most relief in a year."),
    Param("gap_start", 0.0075, "share of revenue", 0.0, 0.03, BHV + " § 4.2", "Gap at which consolidation starts."),
    Param("gap_stopp", 0.0025, "share of revenue", 0.0, 0.03, BHV + " § 4.2", "Gap at which consolidation stops."),
    Param("vekst_av_rom", 0.5, "share", 0.0, 1.0, BHV + " A9, F24", "Share of room above target spent in the next budget, after two good years.", inert=0),
    Param("gjenoppretting_hoy", 0.8, "weight", 0.2, 2.0, BHV + " finding 3, [24]: what is restored is not the mirror of what was cut", "Weight of administration, culture, infrastructure when room is spent.", inert=1),
    Param("gjenoppretting_middels", 1.0, "weight", 0.2, 2.0, BHV + " finding 3", "The same of kindergarten and health, and of fylkeskommuner.", inert=1),
    Param("gjenoppretting_lav", 1.1, "weight", 0.2, 2.0, BHV + " finding 3", "The same of education, care, social services, child protection.", inert=1),
    Param("utgiftsdrift", 0.003, "share of revenue per year", 0.0, 0.01, BHV + " § 4.5", "Spending drift when not consolidating."),
    Param("demografi_opp", 0.8, "share", 0.0, 1.0, BHV + " finding 10", "Share of a rise in need that the next budget follows."),
    Param("demografi_ned", 0.35, "share", 0.0, 1.0, BHV + " finding 10", "Share of a fall in need that the next budget follows.", inert=1),
    Param("bemanning_tilbakeslag", 0.45, "share per year", 0.0, 1.0, BHV + " § 4.3: 30-60 %", "Rebound of cheap staffing savings.", inert=0),
    Param("bemanning_slitasje", 0.1, "kr per kr", 0.0, 0.4, BHV + " § 4.3 (sick leave and quality, optional)", "Yearly cost of a krone saved by cheap staffing, while it lasts.", inert=0),
    Param("budsjett_med_merforbruk", 0.25, "share", 0.0, 1.0, "5 of 27 registered on ground a, April 2026", "Probability that a shortfall no measure covers is adopted as an open deficit; else as an optimistic estimate.", evidence="estimate"),
    Param("plan_dekning", 0.03, "share of revenue per year", 0.005, 0.2, "KL § 14-11; judged from units that cover 3 % within two years", "Most coverage of earlier deficits that a financial plan promises in one year."),
    Param("plan_tiltak_tak", 0.02, "share of revenue per year", 0.0, 0.05, "KL § 14-4; KDD-22: unspecified savings do not count", "Most named savings that a financial plan adds in one year."),
    Param("tiltaksplan_binding", 0.5, "share", 0.0, 1.0, "KL §§ 14-3, 14-5, 28-4; no estimate of how far plans are followed", "Share of the savings planned for a year that bind its budget, for a unit with deficits or in ROBEK.", inert=0),
    Param("sen_behandling", 0.002, "probability", 0.0, 0.1, "REG-26: one f in 357", "Accounts or budget not adopted in time."),
    # investment, debt, assets
    Param("investering_niva", 0.125, "share of revenue", 0.0, 0.4, "NB26: sector 13.8 % in 2025", "Planned gross investment of kommuner.", evidence="estimate"),
    Param("investering_niva_fylke", 0.19, "share of revenue", 0.0, 0.4, "20.6 of 98.1 bn in 2021", "Planned gross investment of fylkeskommuner.", evidence="estimate"),
    Param("investering_vekst_vekt", 1.5, "factor", 0.0, 5.0, "investment follows population", "Extra investment per unit of population growth."),
    Param("investering_utsettelse", 0.12, "share", 0.0, 0.5, "budgeted against realised investment", "Mean share of the budgeted investment that is not made in the year."),
    Param("investering_tilskudd", 0.28, "share", 0.0, 0.8, "VAT compensation, grants, sales", "Share of gross investment of kommuner financed by grants and VAT compensation."),
    Param("investering_tilskudd_fylke", 0.45, "share", 0.0, 0.9, "net debt grew with revenue 2020-2025 (SSB 13561); grants, tolls and VAT compensation", "The same for fylkeskommuner."),
    Param("mva_andel", 0.14, "share", 0.0, 0.25, "kommuneloven § 14-15: compensated VAT", "Compensated VAT in gross investment; not capitalised."),
    Param("start_forbigaende", 0.4, "share", 0.0, 1.0, BHV + " F5: correlation of 2024 and 2025 results 0.37", "Share of a kommune's deviating result of 2025 that was passing."),
    Param("avskrivbar_andel", 0.9, "share", 0.0, 1.0, "accounts notes", "Share of net investment that is depreciable."),
    Param("levetid", 28.0, "years", 10.0, 60.0, "Molde 2020: 26; Fraena 2016: 27.9; KDD-24: 35", "Weighted life of the assets: the rule of 1992, and the horizon where there is no book value."),
    Param("levetid_nye", 40.0, "years", 15.0, 50.0, "BRF § 3-4: 5 to 50 years; with investment growing 4 % a year the remaining life of a pool is then 25", "Mean life of new depreciable assets other than pipes."),
    Param("ledningsnett_andel", 0.1, "share", 0.0, 0.3, "no source: water and sewage in the assets of kommuner", "Share of pipes in depreciable assets, old and new (kommuner).", inert=0),
    Param("egenfinansiering", 0.5, "share of planned result", 0.0, 1.0, "Stavanger 2021: 45 %; sector 2014-2023: results of 2.9 %, fund from 6.9 to 13.5 % of revenue: about half (derived)", "Share of a positive planned result that is transferred to investment."),
    Param("avdrag_over_minimum", 0.05, "share", 0.0, 0.5, "Molde 2020: 1.6 % above; Fraena 2016: 2.8 %", "Amortisation above the minimum when not under pressure."),
    Param("egenfinansiering_fylke", 0.8, "share of planned result", 0.3, 1.0, "SSB 13561, 2020-2025: results of 25 % of revenue in five years, disposisjonsfond from 13.0 to 12.7 %", "The same for fylkeskommuner.", evidence="estimate"),
    Param("ko_retur", 0.35, "share per year", 0.0, 1.0, BHV + " finding 2", "Share of the queue of postponed investment that returns in a year."),
    Param("etterslep_retur", 0.05, "share per year", 0.0, 0.5, BHV + " A16", "Share of the maintenance backlog that becomes investment in a year."),
    Param("bundne_strom", 0.004, "share of revenue", 0.0, 0.05, "Stavanger 2021", "Gross flow into and out of restricted funds."),
    Param("likviditet_rente", 0.9, "factor", 0.0, 1.2, "interest received 14 bn in 2024", "Deposit rate relative to the money market."),
    # services and schools
    Param("gulv_grunnskole", 0.90, "share of standard", 0.0, 1.0, BHV + " § 4.4; OPPF § 12-19", "Floor."),
    Param("gulv_pleie", 0.90, "share of standard", 0.0, 1.0, BHV + " § 4.4", "Floor."),
    Param("gulv_barnehage", 0.93, "share of standard", 0.0, 1.0, BHV + " § 4.4; BHL § 26", "Floor."),
    Param("gulv_kommunehelse", 0.88, "share of standard", 0.0, 1.0, BHV + " § 4.4", "Floor."),
    Param("gulv_barnevern", 0.92, "share of standard", 0.0, 1.0, BHV + " § 4.4", "Floor."),
    Param("gulv_sosial", 0.92, "share of standard", 0.0, 1.0, BHV + " § 4.4", "Floor."),
    Param("gulv_administrasjon", 0.75, "share of standard", 0.0, 1.0, BHV + " § 4.4", "Floor."),
    Param("gulv_andre", 0.60, "share of standard", 0.0, 1.0, BHV + " § 4.4: culture 0.55, roads 0.70", "Floor."),
    Param("gulv_fylke", 0.85, "share of standard", 0.0, 1.0, BHV + " § 4.4", "Floor of the services of fylkeskommuner."),
    Param("kutt_hoy", 1.6, "elasticity", 1.4, 1.8, BHV + " A8", "Cut vector: administration, culture, infrastructure."),
    Param("kutt_middels", 1.0, "elasticity", 0.9, 1.1, BHV + " A8", "Cut vector: kindergarten, health."),
    Param("kutt_lav", 0.65, "elasticity", 0.5, 0.8, BHV + " A8", "Cut vector: education, care, social, child protection."),
    Param("skole_s0", -1.05, "logit", -4.5, 0.0, BHV + " § 4.5 (-1.99 where the other terms below are left out)", "Proposal of a school change: constant."),
    Param("skole_s1", 0.40, "logit per pp", 0.0, 0.6, BHV + " § 4.5", "Proposal: the gap."),
    Param("skole_s2", 0.3, "logit", 0.0, 2.0, BHV + " § 4.3", "Proposal: share of very small schools."),
    Param("skole_s3", 0.15, "logit per % per year", 0.0, 1.0, BHV + " § 4.3", "Proposal: decline of pupils."),
    Param("skole_s4", 0.5, "logit", 0.0, 2.0, BHV + " § 4.3", "Proposal: registered in ROBEK."),
    Param("skole_s5", 0.5, "logit", 0.0, 2.0, BHV + " § 4.3, C6", "Proposal: share of neighbours acting.", inert=0),
    Param("skole_s6", 0.5, "logit", 0.0, 2.0, BHV + " finding 8", "Proposal avoided in the budget before an election.", inert=0),
    Param("skole_s7", 0.5, "logit", 0.0, 2.0, BHV + " finding 11", "Proposal: fragmentation.", inert=0),
    Param("skole_s8", 0.5, "logit", 0.0, 2.0, BHV + " § 4.3", "Proposal: expected leak to private schools.", inert=0),
    Param("skole_s9", 1.0, "logit per share", 0.0, 3.0, BHV + " §§ 4.3, 7 no. 6", "Proposal: share of the saving lost in grants.", inert=0),
    Param("skole_s10", 0.5, "logit", 0.0, 2.0, BHV + " § 4.4", "Proposal: what is above the floors of services does not suffice.", inert=0),
    Param("skole_s11", 0.4, "logit", 0.0, 1.5, "a choice among more; set by the rates of " + BHV + " B2", "Proposal: more schools to choose from.", inert=0),
    Param("skole_hvile", 0.5, "probability", 0.0, 1.0, BHV + " § 4.3: Kinn, Eidskog", "A rejected plan rests until the year after the next election; else it may come back at once.", inert=0),
    Param("skole_plan", 0.55, "probability", 0.0, 0.8, "NRK October 2024: 78 schools at risk in 197 replies; Bergen 7 (" + BHV + " B8, F10)", "That a plan closes one more school, each time; at most a third of all."),
    Param("vedtak_protest", 0.25, "logit per school", 0.0, 1.0, BHV + " § 4.3: lower for visible protest", "Adoption: more schools in the plan.", inert=0),
    Param("vedtak_fragmentering", 2.0, "logit per index", 0.0, 6.0, BHV + " finding 11", "Adoption: fragmentation.", inert=0),
    Param("vedtak_valgar", 0.3, "logit", 0.0, 2.0, BHV + " finding 8: Kinn, Eidskog", "Adoption: there is an election next year.", inert=0),
    Param("vedtak_kapasitet", 1.0, "logit per index", 0.0, 4.0, BHV + " A12", "Adoption: administrative capacity.", inert=0),
    Param("skole_vedtak", 0.45, "probability", 0.2, 0.7, BHV + " B8", "Adoption given a proposal.", evidence="estimate"),
    Param("skole_realisering", 0.65, "share", 0.0, 1.0, BHV + " B14: 0.3-0.8, prior 0.55 with what is spent again", "Realised share of the expected saving."),
    Param("skole_gjenbruk", 0.15, "share", 0.0, 0.8, BHV + " finding 9: Lolland, savings spent on more lessons", "Share of a realised saving that is spent again on schools from the second budget on.", inert=0),
    Param("skole_apning", 0.008, "probability per school", 0.0, 0.02, BHV + " B3: 0.7 % of the stock, half of it private", "Opening of a public school where pupils are as many as the year before.", evidence="estimate", inert=0),
    Param("skole_apning_vekst", 1.0, "share per % per year", 0.0, 2.0, "schools are built where pupils become more; sources stop", "Opening: growth of pupils.", inert=0),
    Param("skole_realisering_spredning", 0.35, "share", 0.0, 1.0, BHV + " B14: 10-20 % at or below zero", "Its standard deviation."),
    Param("skole_fast_kostnad", 3.5e6, "kr of 2025 per school", 0.5e6, 8e6, BHV + " B11", "Yearly cost of having one more small school."),
    Param("skole_mottak_bygg", 25e6, "kr of 2025 per school", 0.0, 60e6, BHV + " B12: capital takes 5 of 28 points of the saving, 0.6 mill a year, 14 mill at 4.5 %; B9: built for the lags of two and three years", "Building at the receiving school for one that closes with a lag.", inert=0),
    Param("skole_omstilling", 0.5, "years of saving", 0.0, 3.0, BHV + " § 4.3", "Transition cost."),
    Param("privat_erstatning", 0.10, "probability", 0.0, 0.5, BHV + " B15", "A private school replaces a closed one."),
    Param("privat_godkjenning_mot", 0.05, "probability", 0.0, 1.0, BHV + " B16: 0 of 20, so about 1 in 22", "Approval against the kommune's objection.", evidence="estimate"),
    Param("privat_innsigelse", 0.6, "probability", 0.0, 1.0, BHV + " B16", "The kommune objects to a private replacement."),
    # taxes and politics
    Param("eskatt_bolig_andel", 0.6, "share", 0.3, 0.9, BHV + " C2: homes and cabins 7.1 bn of about 14 bn in 2017, all kommuner", "Share of homes and holiday homes in the base of the property tax."),
    Param("eskatt_bolig_energi", 0.2, "share", 0.0, 0.5, "the base of power kommuner is mostly plants; no published split", "The same in kommuner with power revenue."),
    Param("eskatt_innforing", 0.02, "probability", 0.0, 0.1, BHV + " C4: 1-4 % under stress", "Yearly introduction of property tax under stress."),
    Param("eskatt_heving", 0.15, "probability", 0.0, 0.5, BHV + " C2", "Yearly raise under stress where it exists."),
    Param("eskatt_avvikling", 0.005, "probability", 0.0, 0.02, BHV + " C4", "Yearly abolition without stress."),
    Param("eskatt_venstre", 1.0, "logit per share", 0.0, 4.0, BHV + " C7", "More property tax with a larger left.", inert=0),
    Param("eskatt_gap", 0.2, "logit per pp", 0.0, 1.0, BHV + " § 4.3", "More property tax with a wider gap.", inert=0),
    Param("eskatt_nabo", 4.0, "logit per share", 0.0, 12.0, BHV + " C5: sign", "More property tax, new or raised, where more of the network have it than of the country.", inert=0),
    Param("valgtap_robek", 0.03, "share of votes", 0.0, 0.1, BHV + " C14", "Loss at the polls from ROBEK.", evidence="estimate", inert=0),
    Param("valgtap_skole", 0.01, "share of votes", 0.0, 0.05, BHV + " B20", "Loss in districts with a school proposal.", evidence="estimate", inert=0),
    Param("valgtap_eskatt", 0.01, "share of votes", 0.0, 0.05, BHV + " § 4.4", "Loss from new property tax.", inert=0),
    Param("valgtap_kutt", 0.5, "share of votes per share of revenue", 0.0, 3.0, BHV + " § 4.4: sign", "Loss from cuts across the board.", inert=0),
    Param("valg_utslag", 16.6, "logit per share of votes", 0.0, 40.0, BHV + " C14: 3 points of votes go with 0.12 of re-election", "How a loss moves the odds of a new majority.", evidence="estimate", inert=0),
    Param("maktskifte", 0.35, "probability", 0.0, 1.0, "majority changes at local elections", "Change of majority at an election without losses."),
    Param("naboeffekt", 0.25, "share", 0.0, 0.5, BHV + " § 4.4", "Weight of imitation.", inert=0),
    Param("nabo_norm", 0.1, "share per year", 0.0, 0.5, BHV + " C6: sign", "Pace towards the service level of the network, times naboeffekt.", inert=0),
    Param("sammenslaing_drift", 0.01, "share of revenue", 0.0, 0.05, BHV + " A17: sign", "Overrun of a small kommune that is to merge."),
    Param("sammenslaing_investering", 0.15, "share of the plan", 0.0, 1.0, BHV + " A17: sign", "Investment beyond the budget of kommuner that are to merge."),
    # fylkeskommuner
    Param("bussanbud_andel", 0.10, "share per year", 0.0, 0.5, BHV + " § 7 no. 17", "Share of bus contracts renewed each year."),
    Param("ferjeanbud_andel", 0.10, "share per year", 0.0, 0.5, "as for buses: contracts of about ten years", "Share of ferry contracts renewed each year."),
    Param("ferje_kontrakt_andel", 0.9, "share", 0.0, 1.0, "ferries are run by contract", "Share of boats and ferries bought by contract."),
    Param("kontrakt_fornyet", 0.4, "share", 0.0, 1.0, "prices rose from 2022; a tenth of the contracts in each of 2022-2025", "Share of bus and ferry contracts that had today's prices at the start.", inert=1),
    Param("fullforing_vekst", 0.0, "share per year", 0.0, 0.03, "new duties are to be paid for in full (KDD on State governance of kommuner); what is not covered has no source", "Growth of the cost of upper secondary from the completion reform beyond what the frame covers, from the budget of 2027.", inert=0),
    Param("fylkesveg_beredskap", 0.005, "share per year", 0.0, 0.05, "no source: a requirement without a published cost", "Yearly growth of the cost of county roads from preparedness, from the budget of 2027.", inert=0),
    Param("elever_andel", 0.9971, "2026 = 1", 0.8, 1.2, "SSB 14746 (2024, 2026), MMMM: 13-15 three years before, against 16-22", "Pupils of upper secondary (16-18) per person aged 16-22.", evidence="estimate", by_year=PUPILS),
    Param("buss_kontrakt_andel", 0.75, "share", 0.0, 1.0, "contracts in public transport", "Share of public transport bought by contract."),
    *measure_params(),
)  # fmt: skip

PARAMS = by_name((*LEVERS, *ASSUMPTIONS))
ROW_DTYPE = record_dtype((*LEVERS, *ASSUMPTIONS))


def default_value(param: Param, year: int) -> float:
    """The value of today's law, or the published or assumed one, in that year."""
    return dict(param.by_year).get(year, param.default)


def default_rows(years: list[int], runs: int = 1) -> np.ndarray:
    """Rows (years, runs) of ROW_DTYPE with every parameter at its default."""
    rows = np.zeros((len(years), runs), ROW_DTYPE)
    for name, param in PARAMS.items():
        for index, year in enumerate(years):
            rows[name][index] = default_value(param, year)
    return rows
