"""What director and council did in the autumn: forecast, gap, speed, options, the adopted budget (behaviour.md § 4)."""

from typing import Any

import numpy as np

from sim.explain.entries import Entry, Page, money, percent
from sim.explain.replay import UnitYear
from sim.measures import MEASURE_INDEX, MEASURES

REGISTERED = "robek_grunnlag"


def council(y: UnitYear) -> list[Entry]:
    """Election, property tax and schools of the year."""
    page, k = Page("council"), y.after
    if y.world["er_fylke"]:
        page.say("valg", "A fylkeskommune has no school structure or property tax to decide on here.")
        return page.entries
    if y.is_election():
        same = k["nytt_flertall"] == 0.0
        loss = percent(y.before["velgertap"] + (y.q["valgtap_robek"] if y.before[REGISTERED] else 0.0), 1)
        outcome = "the majority stays" if same else f"a new majority, the left has {percent(k['venstre_andel'], 0)}"
        page.say("valg", f"Election: decisions of the term cost {loss} of the votes; {outcome}.")
    elif y.is_election(1):
        page.say("valg", "The year before an election: schools and property tax are touched less.")
    old, new = y.before["eiendomsskatt_promille"], k["eiendomsskatt_promille"]
    words = "stays at" if new == old else f"goes from {old:g} to"
    page.final(
        k,
        "eiendomsskatt_promille",
        f"The rate of the property tax {words} {new:g} per mille.",
        "eigedomsskattelova §§ 11, 13",
    )
    page.final(k, "skoleforslag", _school_words(y), "opplaeringslova § 2-6")
    page.final(k, "skoler_foreslatt", "Schools whose closure the director proposed.")
    page.final(k, "skolevedtak", "Schools whose closure the council adopted.")
    page.column(k, "skoler_legges_ned")
    page.column(k, "skoler_apnes")
    page.final(k, "velgertap", "Support lost by decisions since the last election.")
    return page.entries


def _school_words(y: UnitYear) -> str:
    if y.after["skoleforslag"] > 0.0:
        decided = "adopted" if y.after["skolevedtak"] > 0.0 else "rejected; none again before the term is over"
        return f"The director proposed to change the school structure: {decided}."
    if y.year < y.before["skole_sperre_til"]:
        return f"No school proposal before {y.before['skole_sperre_til']:.0f}: one was rejected."
    return "No proposal to change the school structure."


def forecast(y: UnitYear) -> list[Entry]:
    """What the director sees in the autumn of the coming year, before measures."""
    from sim.kernel import notes

    page, k, note = Page("forecast"), y.after, y.work[notes.NOTES]
    coming = y.year + 1
    page.figure(
        "ventet_fond", note[notes.FUND], "kr", f"Disposisjonsfond expected on 31 December {y.year}.", "BRF §§ 4-2, 4-3"
    )
    page.figure(
        "ventet_merforbruk", note[notes.NEW_DEFICIT], "kr", f"New deficit expected in the accounts of {y.year}."
    )
    page.final(k, "budsjett_driftsinntekter", f"Operating revenue expected in {coming}.", "kommuneloven § 14-4")
    page.column(k, "premieavvik_neste", law="BRF § 3-5")
    page.figure(
        "planlagt_avdrag",
        note[notes.AMORTISATION],
        "kr",
        f"Amortisation planned; the least lawful is {money(note[notes.MINIMUM])}.",
        "kommuneloven § 14-18",
    )
    page.column(k, "innbakt_kostnad", "Local cost pressure that is read as lasting.")
    page.final(k, "prognose", f"Forecast of the result of {coming} at unchanged policy.", "kommuneloven § 14-4")
    return page.entries


def gap(y: UnitYear) -> list[Entry]:
    """The distance between the result that is aimed at and the forecast, and whether it is acted on."""
    from sim.kernel import notes

    page, k, note = Page("gap"), y.after, y.work[notes.NOTES]
    income = k["driftsinntekter"]
    target = k["gap"] + k["prognose"] / income
    page.figure(
        "mal",
        target,
        "share of revenue",
        f"Result aimed at: {percent(target)} of revenue, {money(target * income)}.",
        into="gap",
    )
    share = k["prognose"] / income
    page.figure("prognose_andel", share, "share of revenue", f"Forecast: {percent(share)}.", into="gap", sign=-1)
    page.final(k, "gap", f"Gap: {percent(k['gap'])} of revenue, {money(k['gap'] * income)}.", total=True)
    page.figure(
        "skyldig_dekning",
        note[notes.DUE],
        "kr",
        "Coverage of deficits that the budget owes at least.",
        "kommuneloven §§ 14-10, 14-11",
    )
    page.figure("ventet_udekket", note[notes.STANDING], "kr", "Deficits expected to stand.", "kommuneloven § 14-11")
    was, now = y.before["konsoliderer"] > 0.0, k["konsoliderer"] > 0.0
    limit = f"it starts above {percent(y.q['gap_start'])} and stops below {percent(y.q['gap_stopp'])}"
    verb = ("goes on" if was else "starts") if now else ("stops" if was else "is not called for")
    page.final(k, "konsoliderer", f"Consolidation {verb}: {limit} (behaviour.md § 4.2).")
    return page.entries


def speed(y: UnitYear) -> list[Entry]:
    """The share of the gap that is closed in a year, and the relief asked for."""
    from sim.kernel import notes

    page, k, note = Page("speed"), y.after, y.work[notes.NOTES]
    income = k["driftsinntekter"]
    if k["konsoliderer"] > 0.0 and k["gap"] > 0.0:
        years = note[notes.FUND] / (k["gap"] * income)
        low, high = percent(y.q["alfa_lav"], 0), percent(y.q["alfa_hoy"], 0)
        page.figure(
            "ar_med_fond",
            years,
            "years",
            f"Years the fund would last: {years:.1f}. {low} a year with a full fund, {high} without.",
        )
        if y.booked[REGISTERED]:
            page.say("robek_fart", f"Registered in ROBEK: times {y.q['robek_fart']:g}.", "behaviour.md C13")
        if y.is_election(1) and y.q["valghensyn"] > 0.0:
            page.say("valgar_fart", f"An election next year: the council takes {y.q['valgar_fart']:g} of the pace.",
                     "behaviour.md § 4.2")  # fmt: skip
    words = f"{percent(k['tilpasningsfart'], 0)} of the gap is closed in a year, at the pace that the council takes."
    page.final(k, "tilpasningsfart", words)
    words = f"normally at most {percent(y.q['innsparing_tak'])} of revenue, more where the law's balance demands it"
    page.final(k, "foreslatt_innsparing", f"Relief that the director proposed: {words}.", "kommuneloven § 14-4")
    cut = k["foreslatt_innsparing"] > k["vedtatt_innsparing"]
    amended = f"{percent(k['vedtatt_innsparing'] / k['foreslatt_innsparing'], 0)} of it" if cut else "as proposed"
    page.final(k, "vedtatt_innsparing", f"Relief that the council adopted: {amended}.", "behaviour.md § 4.1")
    return page.entries


def options(y: UnitYear) -> list[Entry]:
    """Every measure: price of the first krone, rise of the price, cap, what was proposed and what was adopted."""
    from sim.kernel import notes
    from sim.kernel.portfolio import EASE, N_CONTINUOUS, PRICE

    page, k = Page("options"), y.after
    krone, chosen = 0.01 * k["driftsinntekter"], y.work[notes.NOTES, notes.RELIEF] > 0.0
    proposal = _mix(y, k["foreslatt_innsparing"] / krone)
    if not chosen:
        page.say("ingen", "No relief is asked for: the continuous measures are not weighed against each other.")
    for measure in MEASURES:
        at = MEASURE_INDEX[measure.name]
        adopted = {"output": f"tiltak_{measure.name}", "law": measure.source}
        if at >= N_CONTINUOUS:
            page.figure(f"tiltak_{measure.name}", k["tiltak"][at], "kr", f"{measure.text} Adopted.", **adopted)
            continue
        if chosen:
            price, slope = y.norms[PRICE, at], 1.0 / y.norms[EASE, at]
            page.figure(f"{measure.name}_kost", price, "relative price", "Price of the first krone.")
            page.figure(f"{measure.name}_helning", slope, "relative price per 1 % of revenue", "Rise of the price.")
            page.figure(f"{measure.name}_tak", y.work[notes.CAP, at] * krone, "kr", "Cap.")
            page.figure(f"{measure.name}_foreslatt", proposal[at] * krone, "kr", "The director's mix: the cheapest.")
            page.figure(f"{measure.name}_valgt", y.work[notes.AMOUNT, at] * krone, "kr", "The council's mix.")
        page.figure(
            f"tiltak_{measure.name}", k["tiltak"][at], "kr", f"{measure.text} Adopted.", into="innsparing", **adopted
        )
    page.final(k, "innsparing", "Relief adopted, continuous measures together.", total=True)
    return page.entries


def _mix(y: UnitYear, relief: float) -> np.ndarray:
    """The cheapest mix, per cent of revenue, for a relief in per cent of revenue, by the kernel's own rule."""
    from sim.kernel import notes
    from sim.kernel.portfolio import EASE, PRICE, choose

    amounts = np.zeros(y.work.shape[1])
    if y.work[notes.NOTES, notes.RELIEF] > 0.0:
        choose(float(relief), y.norms[PRICE], y.norms[EASE], y.work[notes.CAP], amounts)
    return amounts


def budget(y: UnitYear) -> list[Entry]:
    """The original budget of the coming year: what was proposed and adopted, and how it balances."""
    page, k = Page("budget"), y.adopted
    page.entries += _planned_result(y)
    into: dict[str, Any] = {"into": "budsjett_balanse"}
    page.final(k, "budsjett_bruk_disposisjonsfond", law="BRF § 4-2", **into)
    page.column(k, "budsjett_dekning", law="kommuneloven § 14-11", sign=-1, **into)
    page.column(k, "budsjett_overforing", sign=-1, **into)
    page.column(k, "budsjett_avsetning", sign=-1, **into)
    page.final(
        k,
        "budsjett_balanse",
        "Balance of the original budget; below 0 is ground a.",
        "kommuneloven § 28-1 a",
        total=True,
    )
    page.column(
        k, "budsjett_bruk_til_investering", "Of the use of the fund: for investment, not shielded.", "BRF § 4-2"
    )
    page.final(k, "plan_balanse", "Weakest year of the okonomiplan; below 0 is ground b.", "kommuneloven § 28-1 b")
    page.column(k, "plan_resultat", law="kommuneloven § 14-4")
    page.column(k, "tiltaksplan", law="kommuneloven § 28-4")
    page.column(k, "ikke_gjennomfort")
    page.final(k, "budsjett_investering")
    if k["plan_dekning_ar"] > 0.0:
        late = "later than the register allows" if k["plan_for_sent"] > 0.0 else "in time"
        page.column(
            k,
            "plan_dekning_ar",
            f"The plan covers the last of the old deficits in {k['plan_dekning_ar']:.0f}: {late}.",
            "kommuneloven §§ 14-11, 28-1 c",
        )
    return page.entries


def _planned_result(y: UnitYear) -> list[Entry]:
    """From the forecast to the budgeted result: measures, room that is spent, and an estimate that will not hold."""
    from sim.kernel.portfolio import FOND, INVESTERING, MERFORBRUK, N_CONTINUOUS

    page, k = Page("budget"), y.adopted
    into: dict[str, Any] = {"into": "budsjett_resultat"}
    page.final(k, "prognose", f"Forecast of {y.year + 1} at unchanged policy.", **into)
    rest = k["budsjett_resultat"] - k["prognose"]
    for measure in MEASURES[:N_CONTINUOUS]:
        at = MEASURE_INDEX[measure.name]
        if at not in (FOND, INVESTERING):  # they improve no result of the budget year
            amount, words = k["tiltak"][at], measure.text.split(" (")[0].rstrip(".")
            page.figure(f"virkning_{measure.name}", amount, "kr", f"{words}.", measure.source, **into)
            rest -= amount
    hidden = k["tiltak"][MERFORBRUK] if k["budsjett_balanse"] == 0.0 else 0.0
    page.figure(
        "optimistisk_anslag", hidden, "kr", "An estimate of revenue that will not hold.", "kommuneloven § 14-4", **into
    )
    page.figure(
        "brukt_rom", rest - hidden, "kr", "Room above the target that is spent on services.", "behaviour.md A9", **into
    )
    law = "kommuneloven §§ 14-4, 14-10"
    words = f"Budgeted netto driftsresultat of {y.year + 1}."
    page.final(k, "budsjett_resultat", words, law, into="budsjett_balanse", total=True)
    return page.entries
