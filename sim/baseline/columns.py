"""The record of the start model: what the draw of the start accounts needs (sim.kernel.start)."""

from sim.baseline.parameters import DRAWN, PARAMS
from sim.schema import Column, record_dtype
from sim.state import N_AGES, N_SECTORS

START = (
    Column("folketall_2025", "persons", "Inhabitants 1 January 2025."),
    Column("alder", "persons 1 January 2026", "Age groups, supplied or constructed mean.", (N_AGES,)),
    Column("alder_sd", "log", "Spread of a constructed age group; 0 if known.", (N_AGES,)),
    # revenue of 2025
    Column("skatt", "kr", "Tax 2025."),
    Column("inntektsutjevning", "kr", "Net income equalisation 2025."),
    Column("frie_inntekter", "kr", "Tax and block grant 2025."),
    Column("driftsinntekter_kjent", "kr", "Operating revenue where it is known; else 0."),
    Column("type_energi", "probability", "The kommune is energi in table 3.10."),
    Column("type_havbruk", "probability", "The kommune is havbruk in table 3.10."),
    Column("natur_log", "log share of frie inntekter", "Median natural-resource revenue by type.", (3,)),
    Column("natur_sd", "log", "Its spread."),
    Column("eskatt_sannsynlighet", "probability", "The kommune has property tax, by type.", (3,)),
    Column("eskatt_grense", "probability", "In the median start those at or above it have property tax."),
    Column("eskatt_log", "log share of frie inntekter", "Median property tax where there is one.", (3,)),
    Column("gebyr", "share of frie inntekter", "Fees at self-cost."),
    Column("ovrige_log", "log share of frie inntekter", "Median other revenue."),
    Column("ovrige_sd", "log", "Its spread."),
    # result and funds, shares of operating revenue
    Column("ndr", "share of revenue", "Median result by type.", (3,)),
    Column("ndr_skala", "share of revenue", "Scale of the result; 0 if known."),
    Column("ndr_skjevhet", "g", "Skew of the result by type.", (3,)),
    Column("fond_log", "log share of revenue", "Median disposisjonsfond by type where there is one.", (3,)),
    Column("fond_sd", "log", "Its spread by type; 0 if known.", (3,)),
    Column("fond_terskel", "standard normal", "Below this the fund is empty."),
    Column("merforbruk_log", "log share of revenue", "Median of merforbruk above the threshold of ground d."),
    Column("merforbruk_sd", "log", "Its spread."),
    # debt and assets
    Column("gjeld_log", "log share of revenue", "Median own loan debt."),
    Column("gjeld_sd", "log", "Its spread; 0 if known."),
    Column("ubrukt", "share of revenue", "Mean unused loan proceeds."),
    Column("utlan", "share of revenue", "On-lending."),
    Column("investering", "share of revenue", "Median gross investment 2025."),
    # services
    Column("utgiftsandel", "share of spending", "Spending of a fylkeskommune by sector.", (N_SECTORS,)),
    Column("standard", "kr per kr of need", "Expected national spending per need in the cost key."),
    Column("skoler_log", "log", "Median number of public primary schools."),
    Column("skoler_sd", "log", "Its spread; 0 if known."),
    Column("privat_log", "log share of pupils", "Median share of pupils in private schools."),
    Column("privat_sd", "log", "Its spread; 0 if known."),
    Column("fragmentering", "index", "Mean party fragmentation."),
    Column("kapasitet", "index", "Mean administrative capacity."),
    # the calendar and the earmarked grants of the nation
    Column("tidligere_start", "years", "Years from the first simulated year to 2026 (backtest).", integer=True),
    Column("bosatt", "persons", "Refugees settled in the start year and in the four years before.", (5,)),
    Column("pris_oremerkede", "2026 = 1", "Price level of earmarked grants in the first simulated year."),
    *(Column(name, PARAMS[name].unit, PARAMS[name].text) for name in DRAWN),
)  # fmt: skip
START_DTYPE = record_dtype(START)
