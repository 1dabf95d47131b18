"""The rules a case may name: what each takes and gives, in one place."""

from sim.cases import compute
from sim.cases.declare import LARGEST, LAST_YEAR, Field, Result, Rule
from sim.kernel.constraints import TEACHER_NORM

BRF = "budsjett- og regnskapsforskriften"
KL = "kommuneloven"
IMPLIED_HORIZON = 35.0  # years: the example of KDD's letter of 31 January 2024
AMOUNT = "amount, any one unit"


def amount(name: str, text: str) -> Field:
    return Field(name, AMOUNT, text)


def signed(name: str, text: str) -> Field:
    return Field(name, AMOUNT, text, low=-LARGEST)


def year_field(text: str) -> Field:
    return Field("year", "year", text, high=LAST_YEAR, whole=True)


DRIFT_RESULTS = (
    Result("budsjettavvik", AMOUNT, "Post 8 of § 5-9; positive is a surplus."),
    Result("strykning_overforing", AMOUNT, "Struck transfer to investment, § 4-2."),
    Result("strykning_avsetning", AMOUNT, "Struck allocation to disposisjonsfond, § 4-2."),
    Result("strykning_dekning", AMOUNT, "Struck coverage of earlier merforbruk, § 4-2."),
    Result("strykning_bruk", AMOUNT, "Struck use of disposisjonsfond, § 4-3."),
    Result("nytt_merforbruk", AMOUNT, "Deficit of the year that must be covered, kommuneloven § 14-11."),
    Result("disposisjonsfond", AMOUNT, "On 31 December."),
    Result("overforing_investering", AMOUNT, "As finally booked."),
    Result("avsetning_disposisjonsfond", AMOUNT, "As finally booked."),
    Result("bruk_disposisjonsfond", AMOUNT, "As finally booked."),
    Result("dekning_tidligere_merforbruk", AMOUNT, "As finally booked."),
    Result("merforbruk", AMOUNT, "On 31 December by year of origin; zero years are left out.", "years"),
)
INVESTMENT_RESULTS = (
    Result("budsjettavvik", AMOUNT, "Positive is uncovered, negative undisposed."),
    Result("strykning_lan", AMOUNT, "Struck use of loans, § 4-6."),
    Result("strykning_overforing", AMOUNT, "Struck transfer from operations, § 4-6."),
    Result("strykning_bruk", AMOUNT, "Struck use of ubundet investeringsfond, § 4-6."),
    Result("avsetning_ubundet", AMOUNT, "Allocation to ubundet investeringsfond as finally booked."),
    Result("udekket", AMOUNT, "Goes on next year's investment budget, kommuneloven § 14-11."),
)
RESERVED = amount("overforing_investering_bundet", "The part of the transfer reserved by law or contract.")

_ALL = (
    Rule(
        "close_accounts",
        f"{BRF} §§ 4-1 to 4-4",
        (
            year_field("The accounts year."),
            signed("netto_driftsresultat", "Net operating result."),
            amount("avsetning_bundne", "Allocation to restricted funds."),
            amount("bruk_bundne", "Use of restricted funds."),
            amount("overforing_investering", "Budgeted transfer to investment."),
            RESERVED,
            amount("avsetning_disposisjonsfond", "Budgeted allocation to disposisjonsfond."),
            amount("bruk_disposisjonsfond", "Budgeted use of disposisjonsfond."),
            amount("dekning_tidligere_merforbruk", "Budgeted coverage of earlier merforbruk."),
            amount("disposisjonsfond", "On 1 January."),
            Field("merforbruk", AMOUNT, "On 1 January by year of origin.", "years"),
            amount("bruk_disposisjonsfond_neste_budsjett", "Use of the fund in next year's original budget."),
        ),
        DRIFT_RESULTS,
        compute.close_accounts,
    ),
    Rule(
        "close_investment",
        f"{BRF} §§ 4-5 and 4-6",
        (
            signed("netto_utgifter", "Expenditure less income before loans."),
            amount("avsetning_bundne", "Allocation to restricted investment funds."),
            amount("bruk_bundne", "Use of restricted investment funds."),
            amount("bruk_lan", "Budgeted use of loans."),
            amount("overforing_investering", "Budgeted transfer from operations."),
            RESERVED,
            amount("avsetning_ubundet", "Budgeted allocation to ubundet investeringsfond."),
            amount("bruk_ubundet", "Budgeted use of ubundet investeringsfond."),
            amount("dekning", "Coverage of an earlier uncovered amount."),
        ),
        INVESTMENT_RESULTS,
        compute.close_investment,
    ),
    Rule(
        "minimumsavdrag",
        f"{KL} § 14-18; KDD, 31 January 2024",
        (
            amount("avskrivninger", "Depreciation of the year."),
            amount("lanegjeld", "Debt on 1 January without on-lending."),
            amount("bokfort_verdi", "Depreciable assets on 1 January."),
            Field("tilbakebetalingstid", "years", "Implied repayment time where the book value is 0.",
                  low=1.0, high=1000.0, default=IMPLIED_HORIZON),
        ),
        (Result("minimumsavdrag", AMOUNT, "Least amortisation, not rounded."),),
        compute.minimumsavdrag,
    ),
    Rule(
        "robek",
        f"{KL} §§ 28-1 and 28-5",
        (
            year_field("Year of the accounts."),
            Field("merforbruk", AMOUNT, "On 31 December by year of origin.", "years"),
            amount("driftsinntekter", "Operating revenue of the year."),
            signed("budsjett_balanse", "Balance of the original budget; below 0 is ground a."),
            Field("okonomiplan_balanse", AMOUNT, "Balance of each plan year; below 0 is ground b.", "list",
                  low=-LARGEST, longest=4),
            Field("planlagt_dekning", "year", "Planned year of coverage by year of origin.", "years",
                  high=LAST_YEAR, whole=True),
            Field("budsjett_i_tide", "", "Budget and plan adopted in time.", "flag", default=True),
            Field("regnskap_i_tide", "", "Accounts adopted in time.", "flag", default=True),
            Field("registrert", "letters", "Grounds in the register before.", "letters"),
        ),
        (
            Result("grunnlag", "letters", "Grounds found now.", "letters"),
            Result("registrert", "letters", "Grounds in the register after entry and exit.", "letters"),
        ),
        compute.robek,
    ),
    Rule(
        "income_equalisation",
        "income system of kommuner (KDD)",
        (
            Field("skatt_per_innbygger", "kr", "Tax per inhabitant of each unit.", "list"),
            Field("innbyggere", "persons", "Inhabitants of each unit on 1 January.", "list"),
            Field("rate", "share", "Symmetric rate.", high=1.0),
            Field("landsgjennomsnitt", "kr", "National mean; 0 or left out: of these units.", optional=True),
            Field("trekk_per_innbygger", "kr", "Uniform deduction; left out: of these units.", optional=True),
        ),
        (
            Result("utjevning_per_innbygger", "kr", "Net equalisation of each unit.", "list"),
            Result("trekk_per_innbygger", "kr", "Uniform deduction."),
        ),
        compute.income_equalisation,
    ),
    Rule(
        "expenditure_index",
        "cost key of kommuner (Grønt hefte)",
        (
            Field("year", "year", "Budget year.", high=LAST_YEAR, whole=True, default=2026.0),
            Field("dki", "1 = mean", "Index by sector.", "table", high=1000.0,
                  names=tuple(compute.SECTOR_NAMES)),
        ),
        (Result("utgiftsbehov", "1 = mean", "Index of expenditure need."),),
        compute.expenditure_index,
    ),
    Rule(
        "premieavvik",
        f"{BRF} § 3-5",
        (
            signed("premie", "Pension premium of the year."),
            signed("kostnad", "Net pension cost of the year."),
            Field("years", "years", "Over which it is reversed.", low=1.0, high=15.0, default=7.0,
                  whole=True),
            Field("horizon", "years", "How many years to list; left out: until it is reversed.", high=1000.0,
                  whole=True, optional=True),
        ),
        (Result("effekt", AMOUNT, "On netto driftsresultat in year t, t+1, ...; not rounded.", "list"),),
        compute.premieavvik,
    ),
    Rule(
        "property_tax",
        "eigedomsskattelova §§ 8 A-2, 11 and 13",
        (
            amount("bolig_marked", "Market value of homes."),
            amount("naering_grunnlag", "Other taxable value."),
            Field("years", "years", "From the first year of the tax.", high=1000.0, whole=True),
        ),
        (
            Result("skatt_bolig", AMOUNT, "By year, raised as fast as the law allows.", "list"),
            Result("skatt_naering", AMOUNT, "By year, raised as fast as the law allows.", "list"),
        ),
        compute.property_tax,
    ),
    Rule(
        "loan_ceiling",
        f"{KL} § 14-15",
        (
            amount("brutto_investering", "Gross investment in own assets."),
            amount("mva_kompensert", "VAT of it that is compensated."),
        ),
        (Result("laneramme", AMOUNT, "Most that may be borrowed."),),
        compute.loan_ceiling,
    ),
    Rule(
        "teacher_norm",
        "opplæringsforskrifta § 12-19",
        (
            Field("elever", "pupils", "By year group 1-4, 5-7, 8-10.", "list"),
            Field("norm", "pupils per teacher", "By year group.", "list", low=1e-6,
                  default=TEACHER_NORM),
        ),
        (Result("larere", "teachers", "Sum over year groups, not rounded."),),
        compute.teacher_norm,
    ),
    Rule(
        "private_school_deduction",
        "deduction for pupils in private schools (KDD)",
        (
            Field("trekk_per_elev", "kr", "National rate."),
            Field("elever", "pupils", "Who go to private schools."),
            Field("innbyggere", "persons", "Of the kommune."),
            Field("innbyggere_landet", "persons", "Of the country; 0: nothing is shared out again."),
        ),
        (Result("endring_rammetilskudd", "kr", "Change in the grant, own share of the pot included."),),
        compute.private_school_deduction,
    ),
    Rule(
        "demographic_cost",
        "TBU: change in cost at constant standard and coverage",
        (
            Field("befolkning_start", "persons", "By age group.", "table"),
            Field("befolkning_slutt", "persons", "By age group.", "table"),
            Field("enhetskostnad", "kr", "Per person by age group.", "table"),
        ),
        (Result("merutgift", "kr", "Added cost."),),
        compute.demographic_cost,
    ),
)  # fmt: skip
RULES = {rule.name: rule for rule in _ALL}
