"""What every unit has, what the nation has, and what the world gives: three records.

State is an array of records shaped (runs, units): one record holds all a unit has, so a year touches its
memory once (docs/decisions). `state["disposisjonsfond"]` is the (runs, units) column.
All money is in whole kroner of the year. Stocks are those of 31 December, after the closing of the accounts.
"""

from typing import NamedTuple

import numpy as np

from sim.dimensions import (
    AGE_GROUPS,
    FIRST_YEAR,
    LAST_YEAR,
    N_AGES,
    N_LAGS,
    N_PENSION,
    N_SECTORS,
    N_VINTAGES,
    ROBEK_LETTERS,
    SECTORS_FYLKE,
    SECTORS_KOMMUNE,
)
from sim.nation import NATION
from sim.schema import Column, by_name, record_dtype
from sim.world import WORLD

__all__ = [
    "AGE_GROUPS", "FIRST_YEAR", "LAST_YEAR", "NATION", "NATION_COLUMNS", "NATION_DTYPE", "N_AGES", "N_LAGS", "N_PENSION",
    "N_SECTORS", "N_VINTAGES", "ROBEK_LETTERS", "SECTORS_FYLKE", "SECTORS_KOMMUNE", "STATE", "STATE_COLUMNS", "STATE_DTYPE",
    "WORLD", "WORLD_COLUMNS", "WORLD_DTYPE", "State", "World", "new_state",
]  # fmt: skip

STATE = (
    # people
    Column("alder", "persons 1 January", "Inhabitants by the eight age groups of the income system.", (N_AGES,)),
    Column("folketall", "persons 1 January", "Inhabitants; the sum of the age groups."),
    Column("folketall_forrige", "persons 1 January", "Inhabitants the year before."),
    Column("folketall_juli", "persons 1 July of the year before", "Inhabitants that grants are counted on: between the two 1 January."),
    Column("risikofaktor", "factor", "Local risk relative to a unit of 10 000 inhabitants; set at the start."),
    Column("vekstrisiko", "factor", "The same of the growth of inhabitants; set at the start."),
    Column("fartsfaktor", "factor", "Speed of adjustment relative to 10 000 inhabitants; set at the start."),
    Column("lokal_vekst", "log", "Persistent deviation of the unit's population growth from its projection; of a fylke for all of it."),
    Column("flytting_start", "share per year", "Growth that services and property tax gave at the start: in the projection."),
    # income of the accounts year
    Column("skatt", "kr", "Tax on income and wealth incl. naturressursskatt, booked."),
    Column("inntektsutjevning", "kr", "Net income equalisation of the year; part of rammetilskudd."),
    Column("rammetilskudd", "kr", "Block grant incl. inntektsutjevning."),
    Column("frie_inntekter", "kr", "Tax plus block grant."),
    Column("innbyggertilskudd", "kr", "Part of rammetilskudd: the same amount per inhabitant (kommuner, as all parts)."),
    Column("utgiftsutjevning", "kr", "Part of rammetilskudd: need beyond the mean; sums to zero."),
    Column("trekk_private_skoler", "kr", "Part of rammetilskudd: deduction for pupils in private schools; below 0."),
    Column("trekk_nedlagte_skoler", "kr", "Part of rammetilskudd: grants per school of those closed since the start, less those of new ones."),
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
    Column("selvkost_kapital", "kr", "Part of gebyrer: depreciation and calculated interest of what fees pay for."),
    Column("selvkost_andel", "share", "Share of the depreciable assets that fees pay for; set at the start."),
    Column("naturinntekter", "kr", "Power, concession and aquaculture revenue outside the equalisation."),
    Column("ovrige_inntekter", "kr", "Earmarked grants, reimbursements, user charges and other revenue."),
    Column("integreringstilskudd", "kr", "Part of ovrige_inntekter: grant for refugees settled in the last five years."),
    Column("toppfinansiering", "kr", "Part of ovrige_inntekter: grant for resource-intensive users."),
    Column("oremerkede_tilskudd", "kr", "Part of ovrige_inntekter: other earmarked grants."),
    Column("mva_drift", "kr", "Part of ovrige_inntekter: compensated VAT on running costs."),
    Column("fordeling_oslo", "kr", "Part of ovrige_inntekter: what Oslo moves between its two units; sums to zero."),
    Column("brukerbetaling_refusjoner", "kr", "Part of ovrige_inntekter: user charges, reimbursements and all else."),
    Column("oremerket_grunnlag", "kr", "Other earmarked grants before a part is moved into the block grant."),
    Column("oremerket_innlemmet", "kr", "What of them has been moved into the block grant (kommuner)."),
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
    Column("avskrivningssats", "share", "Depreciation per book value: 1 over the mean remaining life; moves with new assets."),
    Column("anleggsmidler", "kr", "Book value of depreciable fixed assets."),
    Column("andre_anleggsmidler", "kr", "Land and other assets that are not depreciated."),
    Column("investeringsniva", "factor", "The unit's own investment level relative to the norm; set at the start."),
    Column("investeringsko", "kr", "Postponed investment waiting to be made."),
    Column("vedlikeholdsetterslep", "kr", "Maintenance backlog, and replacement that a controlled unit could not finance."),
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
    Column("budsjett_bruk_til_investering", "kr", "Part of it that goes on to investment; not shielded."),
    Column("budsjett_dekning", "kr", "Budgeted coverage of earlier merforbruk."),
    Column("budsjett_investering", "kr", "Budgeted gross investment."),
    Column("budsjett_balanse", "kr", "Balance of the original budget; below 0 is adopted with merforbruk (ground a)."),
    Column("plan_balanse", "kr", "Weakest year of the okonomiplan; below 0 is ground b, 0 is in balance."),
    Column("plan_resultat", "kr", "Planned netto driftsresultat of the weakest year of the okonomiplan, planned measures counted."),
    Column("tiltaksplan", "kr", "Saving that the plan names for the budget after the next."),
    Column("plan_brutt", "0/1", "The accounts covered less of the earlier deficits than decided."),
    Column("plan_for_sent", "0/1", "The plan covers a deficit later than the register allows (ground c, plan branch)."),
    Column("plan_dekning_ar", "year", "Year in which the plan covers the last of the old deficits (0: none)."),
    # register and control
    Column("robek_grunnlag", "bits", "Grounds a to g on which the unit is registered (bit 0 to 6).", integer=True),
    Column("lanekontroll", "0/1", "Loans need approval (§ 28-3): registered, or a ground has occurred."),
    Column("ar_i_robek", "years", "Years in the register in the present spell."),
    # what stays with a unit; set at the start
    Column("svakhet", "sd", "Lasting weakness relative to other kommuner, correlated with a weak start."),
    Column("egen_overskridelse", "share of revenue", "Lasting overrun of the unit's own budgets beyond the mean."),
    Column("egen_drift", "share of revenue per year", "Lasting spending drift of the unit beyond the mean."),
    Column("gjennomforing", "share", "Share of adopted savings that the unit carries out in the budget year."),
    Column("fondsmal_faktor", "factor", "The unit's own norm for disposisjonsfond relative to fondsmal."),
    # decision
    Column("ikke_gjennomfort", "kr", "Adopted savings of the coming year that will not be carried out."),
    Column("innbakt_kostnad", "share of revenue", "Local cost pressure that the budget takes into account."),
    Column("foreslatt_innsparing", "kr", "Relief that the director proposed for the coming year."),
    Column("vedtatt_innsparing", "kr", "Relief that the council adopted: the proposal as amended."),
    Column("innsparing", "kr", "What the measures of the coming year are to give, use of the fund included."),
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
    Column("skoler_apnes", "schools", "Public schools that open in the coming year."),
    Column("skoler_apnet", "schools", "Public schools opened this year."),
    Column("elever_nedlagt", "pupils", "Pupils of the schools that closed this year."),
    Column("elever_lengre_vei", "share of pupils", "Live where the nearest school has closed since the start; public pupils."),
    Column("skolevei_okning", "km", "Way to school, one way, beyond that of the start: mean of public pupils; constructed."),
    Column("skoler_foreslatt", "schools", "Closures that the director proposed this year."),
    Column("skoleforslag", "0/1", "The director proposed a change of school structure this year."),
    Column("skolevedtak", "schools", "Closures adopted by the council this year."),
    Column("skole_sperre_til", "year", "No new school proposal before this year."),
    # tax and politics
    Column("eiendomsskatt_promille", "per mille", "Rate of the property tax."),
    Column("eiendomsskatt_grunnlag", "kr", "Taxable value."),
    Column("eiendomsskatt_bolig_andel", "share", "Share of homes and holiday homes in it; set at the start."),
    Column("venstre_andel", "share", "Share of the left in the council."),
    Column("fragmentering", "index 0-1", "Party fragmentation of the council."),
    Column("kapasitet", "index 0-1", "Administrative capacity."),
    Column("velgertap", "share of votes", "Support lost by decisions since the last election."),
    Column("nytt_flertall", "0/1", "The election of this year gave a new majority."),
    Column("sammenslaing", "0/1/2", "Before a merger (lever): 1 the small one, 2 the one it joins."),
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
