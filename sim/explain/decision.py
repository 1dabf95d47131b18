"""What the director saw and the council adopted: forecast, gap, options, the original budget (behaviour.md § 4)."""

from typing import Any

import numpy as np

from sim.explain.entries import Entry, Page, money, percent
from sim.explain.replay import UnitYear
from sim.measures import MEASURE_INDEX, MEASURES


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
    page.entries += _target(y, target)
    page.figure(
        "mal",
        target,
        "share of revenue",
        f"Result aimed at: {percent(target)} of revenue, {money(target * income)}.",
        into="gap",
        total=True,
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


def _target(y: UnitYear, target: float) -> list[Entry]:
    """What the aim is made of: norm, what is missing in the fund, coverage, the register."""
    from sim.kernel import notes

    page, k, q, note = Page("gap"), y.adopted, y.q, y.work[notes.NOTES]
    norm = float(q["mal_ndr_fylke"] if y.is_county else q["mal_ndr"])
    page.figure("mal_norm", norm, "share of revenue", f"Norm of the result: {percent(norm)}.", "behaviour.md § 4.2",
                into="mal")  # fmt: skip
    covered = float(q["dekning_vekt"] * note[notes.DUE] / k["driftsinntekter"])
    register = float(q["robek_mal"]) if k["robek_grunnlag"] > 0 else 0.0
    own = q["fondsmal"] * k["fondsmal_faktor"]
    words = f"To build up the fund towards the unit's own norm of {percent(own, 1)} of revenue."
    rest = target - norm - covered - register
    page.figure("mal_fond", rest, "share of revenue", words, into="mal")
    page.figure("mal_dekning", covered, "share of revenue", "For the coverage that is due.", into="mal")
    page.figure("mal_robek", register, "share of revenue", "In the register.", "behaviour.md C13", into="mal")
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
    missing = k["vedtatt_innsparing"] - krone * float(y.work[notes.AMOUNT, :N_CONTINUOUS].sum()) if chosen else 0.0
    if missing > 1.0:
        words = f"All caps together fall {money(missing)} short of the relief adopted"
        page.figure("utenfor_tak", missing, "kr", f"{words}: fund, coverage or an open deficit must give.")
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
    page.column(k, "ikke_gjennomfort")
    page.final(k, "budsjett_investering")
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
