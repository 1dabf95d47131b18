"""Where the unit stands, its income, operations and investment, and what became of the budget (BRF §§ 5-4 to 5-6)."""

from sim.explain.entries import Entry, Page, money, percent
from sim.explain.replay import UnitYear
from sim.measures import MEASURE_INDEX, MEASURES
from sim.outputs import OUTPUTS
from sim.state import SECTORS_FYLKE, SECTORS_KOMMUNE, STATE

# by declaration: a grant that the income system learns is shown without a change here
GRANTS = tuple(c.name for c in STATE if c.unit == "kr" and "part of rammetilskudd" in c.text.lower())


def opening(y: UnitYear) -> list[Entry]:
    """Where the unit stands on 1 January."""
    page, k = Page("opening"), y.before
    page.column(y.after, "folketall", f"Inhabitants 1 January {y.year}.", output="folketall")
    page.column(k, "disposisjonsfond", f"Disposisjonsfond 1 January {y.year}.")
    page.column(k, "lanegjeld", "Loan debt for own purposes.", "kommuneloven § 14-17")
    page.column(k, "merforbruk", "Deficits of earlier years not yet covered.", "kommuneloven § 14-11")
    page.column(k, "investeringsko")
    page.column(k, "vedlikeholdsetterslep")
    page.entries += _character(y)
    return page.entries


def _character(y: UnitYear) -> list[Entry]:
    """What stays with the unit from year to year, set at the start and renewed in part at elections."""
    page, k, source = Page("opening"), y.before, "behaviour.md § 4.5"
    words = f"Lasting weakness against other kommuner: {k['svakhet']:+.2f} sd (above 0 is weak)."
    page.column(k, "svakhet", words, source)
    over = k["egen_overskridelse"]
    page.column(k, "egen_overskridelse", f"Its budgets overrun by {percent(over)} of revenue beyond the mean.", source)
    drift = k["egen_drift"]
    page.column(k, "egen_drift", f"Its spending drifts by {percent(drift)} of revenue a year beyond the mean.", source)
    done = k["gjennomforing"]
    page.column(k, "gjennomforing", f"It carries out {percent(done, 0)} of the savings that it adopts.", source)
    own = y.q["fondsmal"] * k["fondsmal_faktor"]
    words = f"Its own norm for disposisjonsfond; it has {percent(k['disposisjonsfond'] / k['driftsinntekter'])}."
    page.figure("eget_fondsmal", own, "share of revenue", words, "behaviour.md A9")
    if y.after["sammenslaing"] > 0.0:
        role = "is to merge with" if y.after["sammenslaing"] == 1.0 else "is to be joined by"
        page.say(
            "sammenslaing", f"It {role} a neighbour: overspending in operations or investment.", "behaviour.md A17"
        )
    return page.entries


def income(y: UnitYear) -> list[Entry]:
    """Gross operating revenue of the year, down to its parts."""
    page, k = Page("income"), y.after
    if y.world["er_fylke"] == 0:
        parts = float(sum(k[name] for name in GRANTS))
        for name in GRANTS:
            if k[name] != 0.0:
                page.final(k, name, into="rammetilskudd")
        rest = float(k["rammetilskudd"]) - parts
        if rest != 0.0:
            page.figure("ovrig_rammetilskudd", rest, "kr", "Rest of the block grant.", into="rammetilskudd")
        page.final(k, "rammetilskudd", into="frie_inntekter", total=True)
    else:
        page.final(k, "rammetilskudd", into="frie_inntekter")
    page.final(k, "skatt", into="frie_inntekter")
    page.final(k, "frie_inntekter", into="driftsinntekter", total=True)
    if y.in_oslo:
        moved = k["fordeling_oslo"] - y.before["fordeling_oslo"]
        words = "Moved here from Oslo's other unit (below 0: to it), part of ovrige_inntekter"
        page.final(k, "fordeling_oslo", f"{words}; new this year: {money(moved)}.", "kommuneloven § 1-4")
    for name in ("eiendomsskatt", "gebyrer", "naturinntekter", "ovrige_inntekter"):
        law = {"eiendomsskatt": "eigedomsskattelova §§ 11, 13", "gebyrer": "kommuneloven § 15-1"}.get(name, "")
        page.final(k, name, law=law, into="driftsinntekter")
    page.final(k, "driftsinntekter", into="", total=True)
    return page.entries


def operations(y: UnitYear) -> list[Entry]:
    """Spending by sector, gross and net result (BRF § 5-6)."""
    page, k = Page("operations"), y.after
    sectors = SECTORS_FYLKE if y.world["er_fylke"] else SECTORS_KOMMUNE
    for at, sector in enumerate(sectors):
        if k["utgifter"][at] != 0.0:
            output = f"utgifter_{sector}" if f"utgifter_{sector}" in OUTPUTS else ""
            page.figure(
                output or sector,
                k["utgifter"][at],
                "kr",
                f"Spending on {sector}.",
                output=output,
                into="driftsutgifter",
            )
    page.final(k, "vedlikehold", into="driftsutgifter")
    page.entries += _local_costs(y)
    page.final(k, "merkostnad", into="driftsutgifter", total=True)
    page.final(k, "omstillingskostnad", into="driftsutgifter")
    page.column(k, "premie_over_kostnad", law="BRF § 3-5", into="driftsutgifter")
    page.final(k, "premieavvik_effekt", law="BRF § 3-5", into="driftsutgifter", sign=-1)
    page.final(k, "driftsutgifter", total=True)
    page.final(
        k, "tertialkorreksjon", "Held back in the year, already taken out of the spending above.", "kommuneloven § 14-5"
    )
    page.final(k, "driftsinntekter", into="brutto_driftsresultat")
    page.figure(
        "driftsutgifter_fra", k["driftsutgifter"], "kr", "Less driftsutgifter.", into="brutto_driftsresultat", sign=-1
    )
    page.final(k, "avskrivninger", law="BRF § 3-4", into="brutto_driftsresultat", sign=-1)
    page.final(k, "brutto_driftsresultat", law="BRF § 5-6", into="netto_driftsresultat", total=True)
    page.figure(
        "motpost_avskrivninger",
        k["avskrivninger"],
        "kr",
        "Depreciation is neutral: its counter-entry.",
        "BRF § 3-4",
        into="netto_driftsresultat",
    )
    page.final(k, "renteinntekter", into="netto_driftsresultat")
    page.final(k, "renteutgifter", into="netto_driftsresultat", sign=-1)
    page.final(
        k,
        "avdrag",
        f"Amortisation; the least lawful is {money(k['minimumsavdrag'])}.",
        "kommuneloven § 14-18",
        into="netto_driftsresultat",
        sign=-1,
    )
    page.final(k, "netto_driftsresultat", law="BRF § 5-6", total=True)
    share = 100.0 * k["netto_driftsresultat"] / k["driftsinntekter"]
    page.figure(
        "netto_driftsresultat_pct",
        share,
        "% of driftsinntekter",
        "The same as a share of revenue.",
        output="netto_driftsresultat_pct",
    )
    return page.entries


def _local_costs(y: UnitYear) -> list[Entry]:
    """What merkostnad is made of: chance, overruns, savings not carried out and wear of vacancies."""
    from sim.kernel.revenue import kr

    page, k, into = Page("operations"), y.after, {"into": "merkostnad"}
    base = float(k["driftsinntekter"] - (k["fordeling_oslo"] - y.before["fordeling_oslo"]))  # as it was in the year
    late = y.before["ikke_gjennomfort"]
    worn = float(kr(float(y.q["bemanning_slitasje"] * y.before["bemanningskutt"])))
    chance = float(kr(float(base * k["avvik_siste"])))
    lasting = float(kr(float(base * k["lokal_kostnad"])))
    page.figure("lokal_kostnad_kr", lasting, "kr", "Local costs that last for some years.", **into)
    page.figure("forbigaende_kr", chance - lasting, "kr", "Local costs of this year only.", **into)
    rest = k["merkostnad"] - chance - late - worn
    words = "Overruns of the budget: the mean and the unit's own."
    page.figure("overskridelse_kr", rest, "kr", words, "behaviour.md § 4.5", **into)
    page.figure(
        "ikke_gjennomfort_kr", late, "kr", f"Savings in the budget of {y.year} that were not carried out.", **into
    )
    page.figure("slitasje_kr", worn, "kr", "Vacancies wear out those who are left.", **into)
    return page.entries


def investment(y: UnitYear) -> list[Entry]:
    """Gross investment and how it was paid for until the investment account is closed."""
    from sim.kernel.step import DELAY

    page, k = Page("investment"), y.after
    page.column(y.before, "budsjett_investering", f"Gross investment in the budget of {y.year}.")
    page.final(k, "investering")
    page.final(k, "investeringstilskudd", law="kommuneloven § 14-15")
    page.final(k, "laneopptak", law="kommuneloven §§ 14-14, 14-15")
    held = y.q["investering_utsettelse"] * max(0.0, 1.0 + 0.5 * y.shocks[DELAY])
    page.figure("utsettelse", held, "share", "Delay of projects: this share of the plan is not made in the year.")
    short = y.before["budsjett_investering"] * (1.0 - held) - k["investering"]
    if short > 1.0:
        words = f"{money(short)} were not made because loans, transfer and funds do not pay for more."
        page.say("ikke_rad", words, "kommuneloven §§ 14-14 to 14-16, 28-3")
    if y.before["lanekontroll"] > 0.0:
        page.say("lanekontroll", "Loans of the year needed approval.", "kommuneloven § 28-3")
    return page.entries


def realised(y: UnitYear) -> list[Entry]:
    """What became of the budget of the year: measures adopted a year ago, budget (as revised) beside accounts."""
    page, budget, k = Page("realised"), y.before, y.after
    for measure in MEASURES:
        amount = budget["tiltak"][MEASURE_INDEX[measure.name]]
        if amount != 0.0:
            words = f"In the budget of {y.year}: {measure.text.split(' (')[0].rstrip('.').lower()}."
            page.figure(f"vedtatt_{measure.name}", amount, "kr", words)
    for planned, name, words in (
        ("budsjett_driftsinntekter", "driftsinntekter", "revenue"),
        ("budsjett_resultat", "netto_driftsresultat", "netto driftsresultat"),
        ("budsjett_investering", "investering", "gross investment"),
    ):
        page.final(k, name, f"Accounts of {y.year}: {words}.", into=f"avvik_{name}")
        page.column(budget, planned, f"Budget of {y.year}: {words}.", into=f"avvik_{name}", sign=-1)
        page.figure(f"avvik_{name}", k[name] - budget[planned], "kr", f"Off the budget: {words}.", total=True)
    share = k["avvik_siste"]
    words = f"{percent(share)} of revenue, of which {percent(budget['innbakt_kostnad'])} were in the budget"
    page.figure("avvik_siste", share, "share of revenue", f"Local costs above the normal price: {words}.")
    return page.entries
