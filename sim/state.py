"""What every unit has, what the nation has, and what the world gives: three records.

State is an array of records shaped (runs, units): one record holds all a unit has, so a year touches its
memory once (docs/decisions). `state["disposisjonsfond"]` is the (runs, units) column.
All money is in whole kroner of the year. Stocks are those of 31 December, after the closing of the accounts.
"""

from typing import NamedTuple

import numpy as np

from sim.schema import Column, by_name, record_dtype

FIRST_YEAR = 2026  # the first accounts year that is simulated
LAST_YEAR = 2050  # the last year of the national projection

AGE_GROUPS = ("0-1", "2-5", "6-15", "16-22", "23-66", "67-79", "80-89", "90+")  # of the income system
SECTORS_KOMMUNE = (  # seven sectors of the cost key (Gront hefte 2026) and what lies outside the key
    "grunnskole", "pleie", "barnehage", "kommunehelse", "barnevern", "sosial", "administrasjon", "andre_tjenester",
)  # fmt: skip
SECTORS_FYLKE = (
    "videregaende", "kollektivtransport", "fylkesveg", "tannhelse", "bat_ferje", "administrasjon",
    "andre_tjenester", "ikke_i_bruk",
)  # fmt: skip
N_AGES, N_SECTORS, N_VINTAGES, N_PENSION, N_LAGS = 8, 8, 16, 15, 3
ROBEK_LETTERS = "abcdefg"  # grounds of kommuneloven section 28-1, bit 0 to 6 of `robek_grunnlag`

STATE = (
    # people
    Column("alder", "persons 1 January", "Inhabitants by the eight age groups of the income system.", (N_AGES,)),
    Column("folketall", "persons 1 January", "Inhabitants; the sum of the age groups."),
    Column("folketall_forrige", "persons 1 January", "Inhabitants the year before."),
    Column("risikofaktor", "factor", "Local risk relative to a unit of 10 000 inhabitants; set at the start."),
    Column("fartsfaktor", "factor", "Speed of adjustment relative to 10 000 inhabitants; set at the start."),
    Column("lokal_vekst", "log", "Persistent deviation of the unit's population growth from its projection; of a fylke for all of it."),
    Column("flytting_start", "share per year", "Growth that services and property tax gave at the start: in the projection."),
    # income of the accounts year
    Column("skatt", "kr", "Tax on income and wealth incl. naturressursskatt, booked."),
    Column("inntektsutjevning", "kr", "Net income equalisation of the year; part of rammetilskudd."),
    Column("rammetilskudd", "kr", "Block grant incl. inntektsutjevning."),
    Column("frie_inntekter", "kr", "Tax plus block grant."),
    Column("innbyggertilskudd", "kr", "Part of rammetilskudd: the same amount per inhabitant (kommuner, as all parts)."),
    Column("utgiftsutjevning", "kr", "Part of rammetilskudd: need beyond the mean, with the deduction for private schools."),
    Column("distriktstilskudd_sor", "kr", "Part of rammetilskudd: small and remote kommuner in Sor-Norge."),
    Column("distriktstilskudd_nord", "kr", "Part of rammetilskudd: Nordland, Troms, Finnmark and Namdalen."),
    Column("veksttilskudd", "kr", "Part of rammetilskudd: growth of inhabitants above the threshold."),
    Column("storbytilskudd", "kr", "Part of rammetilskudd: the largest cities."),
    Column("skjonnstilskudd", "kr", "Part of rammetilskudd: skjonn, by the lever skjonn_fordeling."),
    Column("saerskilt_fordeling", "kr", "Part of rammetilskudd: what the published grant has beyond the rules."),
    Column("saerskilt_grunnlag", "kr of 2027", "What saerskilt_fordeling is from 2028, before prices."),
    Column("inntektsgaranti", "kr", "Part of rammetilskudd: INGAR, net of its financing; sums to zero."),
    Column("tilskudd_per_innbygger", "kr per inhabitant", "Grant whose growth INGAR looks at."),
    Column("vekst_snitt", "share per year", "Growth of inhabitants, mean of about three years."),
    Column("redning", "kr", "Rescue grant of the year; part of rammetilskudd."),
    Column("gebyr_okning", "kr", "Rise of fees adopted for the coming year."),
    Column("eiendomsskatt", "kr", "Property tax."),
    Column("gebyrer", "kr", "Fees at self-cost (kommuneloven § 15-1)."),
    Column("naturinntekter", "kr", "Power, concession and aquaculture revenue outside the equalisation."),
    Column("ovrige_inntekter", "kr", "Earmarked grants, reimbursements, user charges and other revenue."),
    Column("integreringstilskudd", "kr", "Part of ovrige_inntekter: grant for refugees settled in the last five years."),
    Column("toppfinansiering", "kr", "Part of ovrige_inntekter: grant for resource-intensive users."),
    Column("oremerkede_tilskudd", "kr", "Part of ovrige_inntekter: other earmarked grants."),
    Column("brukerbetaling_refusjoner", "kr", "Part of ovrige_inntekter: user charges, reimbursements and all else."),
    Column("oremerket_grunnlag", "kr", "Other earmarked grants before a part is moved into the block grant."),
    Column("oremerket_innlemmet", "kr", "What of them has been moved into the block grant."),
    Column("driftsinntekter", "kr", "Gross operating revenue (brutto driftsinntekter)."),
    # operating account of the year, BRF §§ 5-4, 5-6
    Column("utgifter", "kr", "Gross operating spending by sector, without avskrivninger and maintenance.", (N_SECTORS,)),
    Column("vedlikehold", "kr", "Maintenance of buildings and roads."),
    Column("merkostnad", "kr", "Local cost pressure and overruns: what the services cost above the normal price."),
    Column("tertialkorreksjon", "kr", "Spending held back in the year by cheap staffing."),
    Column("premie_over_kostnad", "kr", "Pension premium paid above net pension cost: the premieavvik of the year."),
    Column("premieavvik_effekt", "kr", "Effect of the pension premium deviation on netto driftsresultat (BRF § 3-5)."),
    Column("omstillingskostnad", "kr", "One-off cost of restructuring."),
    Column("driftsutgifter", "kr", "Operating spending without avskrivninger, net of premieavvik_effekt."),
    Column("avskrivninger", "kr", "Depreciation; reversed by motpost avskrivninger, neutral in the result."),
    Column("innskudd", "kr", "Deposits that bear interest, mean of the year."),
    Column("renteinntekter", "kr", "Interest on deposits and dividends."),
    Column("utbytte", "kr", "Dividends; part of renteinntekter (BRF § 5-6)."),
    Column("renteutgifter", "kr", "Interest on loan debt."),
    Column("avdrag", "kr", "Amortisation booked in the operating account."),
    Column("minimumsavdrag", "kr", "Least amortisation, kommuneloven § 14-18."),
    Column("brutto_driftsresultat", "kr", "driftsinntekter - driftsutgifter - avskrivninger (BRF § 5-6)."),
    Column("netto_driftsresultat", "kr", "Net operating result (BRF § 5-6)."),
    # dispositions as finally booked, BRF kap. 4
    Column("budsjettavvik", "kr", "Post 8 of BRF § 5-9: the result after budgeted dispositions."),
    Column("avsetning_bundne", "kr", "Allocation to restricted operating funds."),
    Column("bruk_bundne", "kr", "Use of restricted operating funds."),
    Column("overforing_investering", "kr", "Transfer from operations to investment as finally booked."),
    Column("avsetning_disposisjonsfond", "kr", "Allocation to disposisjonsfond as finally booked."),
    Column("bruk_disposisjonsfond", "kr", "Use of disposisjonsfond as finally booked."),
    Column("dekning_tidligere_merforbruk", "kr", "Coverage of earlier merforbruk as finally booked."),
    Column("strykning_overforing", "kr", "Struck transfer to investment (§ 4-2)."),
    Column("strykning_avsetning", "kr", "Struck allocation to disposisjonsfond (§ 4-2)."),
    Column("strykning_dekning", "kr", "Struck coverage of earlier merforbruk (§ 4-2)."),
    Column("strykning_bruk", "kr", "Struck use of disposisjonsfond (§ 4-3)."),
    Column("nytt_merforbruk", "kr", "Deficit of the year carried to kommuneloven § 14-11."),
    # funds and deficits on 31 December
    Column("disposisjonsfond", "kr", "Free operating reserve."),
    Column("bundne_fond", "kr", "Restricted operating funds."),
    Column("ubundet_investeringsfond", "kr", "Unrestricted investment fund."),
    Column("bundet_investeringsfond", "kr", "Restricted investment fund."),
    Column("merforbruk_argang", "kr", "Uncovered merforbruk by age: 0 = arose this accounts year.", (N_VINTAGES,)),
    Column("merforbruk", "kr", "Accumulated uncovered merforbruk."),
    Column("udekket_investering", "kr", "Uncovered amount of the investment account (BRF § 4-5)."),
    Column("arbeidskapital", "kr", "Working capital, carried forward by flows (identity I10)."),
    # investment, assets and debt
    Column("investering", "kr", "Gross investment of the year."),
    Column("investeringstilskudd", "kr", "VAT compensation, grants and sales that finance investment."),
    Column("mva_kompensasjon", "kr", "Compensated VAT; part of investeringstilskudd."),
    Column("bruk_av_lan", "kr", "Use of loans in the investment account as finally booked."),
    Column("laneopptak", "kr", "New loans taken up."),
    Column("lanegjeld", "kr", "Loan debt for own purposes, without on-lending (§ 14-17)."),
    Column("utlansgjeld", "kr", "Debt for on-lending."),
    Column("ubrukte_lanemidler", "kr", "Unused loan proceeds, memorandum account (BRF § 2-6)."),
    Column("avskrivningssats", "share", "Depreciation per book value: 1 over the mean remaining life; set at the start."),
    Column("anleggsmidler", "kr", "Book value of depreciable fixed assets."),
    Column("andre_anleggsmidler", "kr", "Land and other assets that are not depreciated."),
    Column("investeringsniva", "factor", "The unit's own investment level relative to the norm; set at the start."),
    Column("investeringsko", "kr", "Postponed investment waiting to be made."),
    Column("vedlikeholdsetterslep", "kr", "Maintenance backlog."),
    Column("premieavvik_argang", "kr", "Original premieavvik by age in years (0 = this year).", (N_PENSION,)),
    Column("premieavvik_neste", "kr", "Amortisation of premieavvik that falls on next year."),
    Column("premieavvik_ar_argang", "years", "Years over which each of them is amortised.", (N_PENSION,)),
    Column("premieavvik", "kr", "Pension premium deviation not yet amortised (asset positive)."),
    # the original budget for the coming year
    Column("budsjett_utgifter", "kr", "Budgeted spending by sector.", (N_SECTORS,)),
    Column("budsjett_omstilling", "kr", "One-off cost of restructuring in the coming year."),
    Column("vedlikeholdsnorm", "kr", "Maintenance that keeps the buildings as they are."),
    Column("budsjett_vedlikehold", "kr", "Budgeted maintenance."),
    Column("budsjett_driftsinntekter", "kr", "Budgeted operating revenue."),
    Column("budsjett_resultat", "kr", "Budgeted netto driftsresultat."),
    Column("budsjett_avdrag", "kr", "Budgeted amortisation."),
    Column("budsjett_overforing", "kr", "Budgeted transfer to investment."),
    Column("budsjett_avsetning", "kr", "Budgeted allocation to disposisjonsfond."),
    Column("budsjett_bruk_disposisjonsfond", "kr", "Budgeted use of disposisjonsfond: the shield of § 4-2."),
    Column("budsjett_dekning", "kr", "Budgeted coverage of earlier merforbruk."),
    Column("budsjett_investering", "kr", "Budgeted gross investment."),
    Column("budsjett_balanse", "kr", "Balance of the original budget; below 0 is adopted with merforbruk (ground a)."),
    Column("plan_balanse", "kr", "Weakest year of the okonomiplan; below 0 is ground b."),
    Column("plan_for_sent", "0/1", "The plan covers a deficit later than the register allows (ground c, plan branch)."),
    Column("plan_dekning_ar", "year", "Year in which the plan covers the last of the old deficits (0: none)."),
    # register and control
    Column("robek_grunnlag", "bits", "Grounds a to g on which the unit is registered (bit 0 to 6).", integer=True),
    Column("lanekontroll", "0/1", "Loans need approval (§ 28-3): registered, or a ground has occurred."),
    Column("ar_i_robek", "years", "Years in the register in the present spell."),
    # decision
    Column("innbakt_kostnad", "share of revenue", "Local cost pressure that the budget takes into account."),
    Column("innsparing", "kr", "Relief adopted for the coming year."),
    Column("rom_over_gulv", "kr", "What services have above their floors, when measures were last chosen."),
    Column("prognose", "kr", "The director's forecast of next year's result before measures."),
    Column("gap", "share of revenue", "Perceived gap between target and forecast."),
    Column("tilpasningsfart", "share per year", "Speed with which the gap is closed."),
    Column("sent_kjent", "kr", "Cost of the year that December did not know of yet."),
    Column("avvik_siste", "share of revenue", "Local cost deviation of the year."),
    Column("konsoliderer", "0/1", "The unit is consolidating (start and stop thresholds differ)."),
    Column("gode_ar", "years", "Years in a row without a gap."),
    Column("tiltak", "kr", "Amount adopted by measure for the coming year (order of sim.measures).", (10,)),
    Column("bemanningskutt", "kr", "Cheap staffing savings in force, which rebound."),
    Column("lokal_skatt", "log", "Persistent deviation of own tax per inhabitant from the start."),
    Column("lokal_kostnad", "share of revenue", "Persistent local cost pressure."),
    Column("lokal_natur", "log", "Persistent deviation of natural-resource revenue."),
    # services
    Column("kontraktspris", "2025 = 1", "Price of public-transport contracts relative to other prices (fylkeskommuner)."),
    Column("ferjepris", "2025 = 1", "The same of ferry contracts."),
    Column("behov", "kr of 2025", "Spending need by sector at the national 2025 standard.", (N_SECTORS,)),
    Column("behov_2027", "kr of 2025", "Total need in 2027: the base of a fylkeskommune's share of the frame."),
    Column("behovsvekst", "share", "Growth of need by sector since the year before.", (N_SECTORS,)),
    Column("tjenesteniva", "1 = national 2025 standard", "Real spending per need by sector.", (N_SECTORS,)),
    Column("skoler", "schools", "Public primary schools."),
    Column("elever", "pupils", "Pupils in public primary schools."),
    Column("privatelever", "pupils", "Pupils in private primary schools."),
    Column("privatelever_start", "pupils", "The same at the start: what the published grants include."),
    Column("skoler_start", "schools", "Public schools at the start: what the published grants include."),
    Column("skoler_vedtatt", "schools", "Closures adopted and due in 1, 2 and 3 years.", (N_LAGS,)),
    Column("skoler_nedlagt", "schools", "Schools closed this year."),
    Column("skoler_legges_ned", "schools", "Schools that close in the coming year."),
    Column("privatelever_neste", "pupils", "Pupils who go to a private replacement school in the coming year."),
    Column("privatelever_nye", "pupils", "Pupils who went to a private replacement school this year."),
    Column("skolesparing_neste", "kr", "The rest of the saving of this year's closures (7/12 comes next year)."),
    Column("skoleforslag", "0/1", "The director proposed a change of school structure this year."),
    Column("skolevedtak", "schools", "Closures adopted by the council this year."),
    Column("skole_sperre_til", "year", "No new school proposal before this year."),
    # tax and politics
    Column("eiendomsskatt_promille", "per mille", "Rate of the property tax."),
    Column("eiendomsskatt_grunnlag", "kr", "Taxable value."),
    Column("venstre_andel", "share", "Share of the left in the council."),
    Column("fragmentering", "index 0-1", "Party fragmentation of the council."),
    Column("kapasitet", "index 0-1", "Administrative capacity."),
    Column("velgertap", "share of votes", "Support lost by decisions since the last election."),
)

NATION = (
    Column("alder", "persons", "Inhabitants by age group, sum of kommuner.", (N_AGES,)),
    Column("folketall", "persons", "Inhabitants, sum of kommuner."),
    Column("aldersvekst", "factor", "Growth of each age group to 1 January of the year.", (N_AGES,)),
    Column("vekst_mot_hovedalternativ", "factor", "National growth of this run's path relative to the main alternative."),
    Column("alder_avvik", "persons", "Distance of the nation's age groups from this run's path: surprises and refugees.", (N_AGES,)),
    Column("innvandring_avvik", "persons", "Net immigration of the year beyond the path."),
    Column("bosatt_utover", "persons", "Refugees settled in the year beyond those in the projection; counted next 1 January."),
    Column("omsorg_under_50", "2026 = 1", "Hours of care per person under 50."),
    Column("spesialundervisning", "2026 = 1", "Hours of special education per pupil."),
    Column("ressurskrevende", "2026 = 1", "Resource-intensive users per inhabitant."),
    Column("befolkning_z", "sd", "Where this run's population path lies between low and high national growth."),
    Column("prisindeks", "2025 = 1", "Kommunal deflator."),
    Column("deflator", "share", "Cost growth of the year, realised."),
    Column("deflator_anslag", "share", "Cost growth of the year, forecast in the budget."),
    Column("prisanslag_neste", "share", "Cost growth forecast for the coming year."),
    Column("rente", "share per year", "Money market rate, mean of the year."),
    Column("rente_neste", "share per year", "Rate expected for the coming year."),
    Column("pris_faste", "2027 = 1", "Price level of the grants that are fixed in real terms."),
    Column("vekst_hovedalternativ", "factor", "Expected national growth to next 1 January, main alternative."),
    Column("rente_forrige", "share per year", "Money market rate of the year before."),
    Column("rente_avvik", "share", "Persistent deviation of the rate from its path."),
    Column("vekst_neste", "share", "Nominal growth of kommuner's frame announced for the coming year."),
    Column("vekst_neste_fylke", "share", "The same for fylkeskommuner."),
    Column("demografi", "kr of 2025", "Expected demographic cost of kommuner to the coming 1 January (TBU's method)."),
    Column("demografi_fylke", "kr of 2025", "The same for fylkeskommuner."),
    Column("redning_per_innbygger", "kr per inhabitant", "Rescue grant per inhabitant who gets it."),
    Column("skatt_niva_fylke", "kr per inhabitant", "Tax level of fylkeskommuner."),
    Column("skatt_niva", "kr per inhabitant", "Tax level of kommuner without temporary surprises."),
    Column("skatt_per_innbygger", "kr per inhabitant", "Mean tax per inhabitant of kommuner, realised."),
    Column("utjevningstrekk", "kr per inhabitant", "Uniform deduction that closes the income equalisation."),
    Column("skatt_varig", "share of frie inntekter", "Tax surprise before RNB, permanent."),
    Column("skatt_varig_forrige", "share of frie inntekter", "The same, the year before: it is in this year's frame."),
    Column("skatt_midlertidig", "share of frie inntekter", "Tax surprise after RNB, one year."),
    Column("kostnad_overraskelse", "share", "Cost surprise of the year."),
    Column("ramme", "kr", "Frame of frie inntekter for kommuner, as set for the year."),
    Column("ramme_fylke", "kr", "Frame of frie inntekter for fylkeskommuner, as set for the year."),
    Column("ekstra_bevilgning", "kr", "Rescue grant to kommuner in the year."),
    Column("prisnivaa_tilskudd", "2025 = 1", "Price level that grants are set in: forecasts, not realised prices."),
    Column("behov_per_innbygger", "kr of 2025", "National need per inhabitant in the sectors of the cost key."),
    Column("innbyggertilskudd", "kr per inhabitant", "Grant per inhabitant before redistribution."),
    Column("tilskudd_snitt", "kr per inhabitant", "Mean grant whose growth INGAR looks at."),
    Column("ingar_trekk", "kr per inhabitant", "Uniform deduction that pays for INGAR."),
    Column("skjonn_holdt", "kr", "Skjonn held back for a bad year."),
    Column("bosatt_argang", "persons", "Refugees settled this year and in the four years before.", (5,)),
    Column("pris_oremerkede", "2026 = 1", "Price level of earmarked grants."),
    Column("integrering", "kr per inhabitant", "Integreringstilskudd."),
    Column("toppfinansiering", "kr per inhabitant", "Toppfinansiering."),
    Column("bosetting_kostnad", "kr per inhabitant", "Cost of refugees settled in the last five years."),
    Column("bosetting_endring", "kr per inhabitant", "Change of that cost to the coming year beyond prices."),
    Column("tilskudd_endring", "kr per inhabitant", "The same of integreringstilskudd and toppfinansiering."),
    Column("oremerket_grunnlag", "kr", "Other earmarked grants before a part is moved into the block grant."),
    Column("oremerket_innlemmet", "kr", "What of them has been moved into the block grant."),
    Column("innlemming_endring", "share", "Change to the coming year of the share that is moved."),
    Column("standard", "kr per kr of need", "Spending per need of 2025 by sector, kommuner: the national standard.", (N_SECTORS,)),
    Column("standard_fylke", "kr per kr of need", "The same for fylkeskommuner.", (N_SECTORS,)),
    Column("resultat_siste", "share of revenue", "Netto driftsresultat of kommuner the year before, sector."),
    Column("lonnsvekst", "share", "Wage growth of the year, realised."),
    Column("prisvekst", "share", "Price growth of what kommuner and fylkeskommuner buy, realised."),
    Column("rom_fond", "share of frame", "Real growth of the coming year's frames that the fund's value gives room for (SPU)."),
    Column("tillegg_avtale", "share of frame", "What Stortinget adds to the proposal for the coming year."),
    Column("kontraktsvekst", "share", "What renewed contracts of the coming year add to the costs of the whole sector."),
    Column("vekst_forslag", "share", "Nominal growth of kommuner's frame as proposed in October for the coming year."),
    Column("vekst_ventet", "share", "The growth that kommuner count on in their budgets for the coming year."),
    Column("vekst_ventet_fylke", "share", "The same for fylkeskommuner."),
    Column("ventet_redning", "kr per inhabitant", "Rescue that kommuner count on in the coming year."),
    Column("tidligere_start", "years", "How many years before 2026 the first simulated year is: 0, or a backtest.", integer=True),
    Column("normkostnad", "2025 = 1", "What statutory services must cost per need: raised by norms in law."),
    Column("elever_andel", "2026 = 1", "Pupils of upper secondary, 16-18, per person aged 16-22."),
)

WORLD = (
    Column("kode", "code", "kommunenummer or fylkesnummer as a number: the address of chance.", integer=True),
    Column("er_fylke", "0/1", "1 for a fylkeskommune.", integer=True),
    Column("fylke", "index", "Which of the 15 fylker, 0 to 14.", integer=True),
    Column("folketall_start", "persons", "Inhabitants 1 January 2026."),
    Column("vekst", "factor", "Projected growth of inhabitants from 1 January of 2026 + k to the next.", (25,)),
    Column("skatteindeks", "1 = national mean", "Own tax per inhabitant relative to the mean."),
    Column("frie_2026", "kr", "Published frie inntekter 2026."),
    Column("frie_2027", "kr", "Published frie inntekter 2027."),
    Column("ramme_2026", "kr", "Block grant without inntektsutjevning 2026 that makes frie_2026 at the expected tax."),
    Column("ramme_2027", "kr", "The same for 2027."),
    Column("faste_tilskudd", "kr of 2027", "Grants outside the innbyggertilskudd and the cost key, kept in real terms."),
    Column("storby_sats", "kr of 2027 per inhabitant", "Rate of storbytilskudd; 0 for all but the largest cities."),
    Column("distrikt_sats", "kr of 2027 per inhabitant", "Rate of distriktstilskudd."),
    Column("distrikt_fast", "kr of 2027", "Fixed amount of distriktstilskudd to a very small kommune."),
    Column("distrikt_nord", "0/1", "1 if distriktstilskudd is that of Nord-Norge and Namdalen.", integer=True),
    Column("behovsindeks", "country = 1", "Published index of need of 2026, country = 1 over the people of 2027."),
    Column("saerskilt", "kr of 2027", "What is left of faste_tilskudd after the grants that follow a rule."),
    Column("behov_rest", "kr of 2025 per inhabitant", "Need per inhabitant not carried by age.", (N_SECTORS,)),
    Column("sentralitet", "class 1-6", "SSB centrality."),
    Column("naturtype", "0/1/2", "Revenue type: 0 other, 1 energi, 2 havbruk.", integer=True),
    Column("lon", "degrees", "Mean point, east."),
    Column("lat", "degrees", "Mean point, north."),
    Column("robek_start", "bits", "Grounds in the register of 20 April 2026.", integer=True),
    Column("naboer", "unit index", "The eight nearest units of the same kind.", (8,), integer=True),
)

STATE_DTYPE = record_dtype(STATE)
NATION_DTYPE = record_dtype(NATION)
WORLD_DTYPE = record_dtype(WORLD)
STATE_COLUMNS = by_name(STATE)
NATION_COLUMNS = by_name(NATION)
WORLD_COLUMNS = by_name(WORLD)


class State(NamedTuple):
    """`units` (runs, units) of STATE_DTYPE and `nation` (runs,) of NATION_DTYPE."""

    units: np.ndarray
    nation: np.ndarray


class World(NamedTuple):
    """What no run changes. Built by sim.baseline; the arrays the kernel reads.

    units: (units,) of WORLD_DTYPE. start: (units,) record of the start model (sim.kernel.start).
    unit_cost: (2, sectors, ages) kr of 2025 per person, for kommuner and fylkeskommuner.
    ages: (years from 2025 to 2050, 3, ages) persons 1 January in the national projection: main, low, high.
    """

    units: np.ndarray
    start: np.ndarray
    unit_cost: np.ndarray
    ages: np.ndarray


def new_state(runs: int, units: int) -> State:
    """A State of zeros."""
    return State(np.zeros((runs, units), STATE_DTYPE), np.zeros(runs, NATION_DTYPE))
