"""Proposal and council: the director's pace, what the council makes of it and why, and what the law asks at least."""

from collections.abc import Iterator

from sim.explain.entries import Entry, Page, money, percent
from sim.explain.replay import UnitYear

REGISTERED = "robek_grunnlag"


def speed(y: UnitYear) -> list[Entry]:
    """The share of the gap that is closed in a year, proposed, amended and adopted, and the relief that follows."""
    page, k = Page("speed"), y.after
    consolidates = k["konsoliderer"] > 0.0
    if consolidates:
        _director(page, y)
        _council(page, y)
    else:
        page.say("ingen_fart", "No consolidation: neither director nor council asks for relief by themselves.")
    words = f"{percent(k['tilpasningsfart'], 0)} of the gap is closed in a year, at the pace that the council takes."
    page.final(k, "tilpasningsfart", words if consolidates else "No pace: nothing is to be closed.")
    floors = list(least_relief(y))
    for name, amount, words, law in floors:
        page.figure(name, amount, "kr", words, law)
    cap = f"at most {percent(y.q['innsparing_tak'])} of revenue, more where law or plan demand it"
    words = f": {cap}" if consolidates or floors else ""
    page.final(k, "foreslatt_innsparing", f"Relief that the director proposed{words}.", "kommuneloven § 14-4")
    page.final(k, "vedtatt_innsparing", f"Relief that the council adopted: {_amended(y)}.", "behaviour.md § 4.1")
    return page.entries


def _director(page: Page, y: UnitYear) -> None:
    from sim.kernel import notes
    from sim.kernel.budget import adjustment_speed, register_threat

    k, q, note = y.adopted, y.q, y.work[notes.NOTES]
    income, fund, standing = float(k["driftsinntekter"]), float(note[notes.FUND]), float(note[notes.STANDING])
    low, high = percent(q["alfa_lav"], 0), percent(q["alfa_hoy"], 0)
    if k["gap"] > 0.0:
        years = fund / (k["gap"] * income)
        words = f"Years the fund would last: {years:.1f}. {low} a year with a full fund, {high} without."
        page.figure("ar_med_fond", years, "years", words, "behaviour.md A1-A3")
    if k["fartsfaktor"] != 1.0:
        words = f"By size: times {k['fartsfaktor']:.2f} against a kommune of 10 000."
        page.column(k, "fartsfaktor", words)
    threat = register_threat(q, standing, income)
    if k[REGISTERED]:
        page.say("robek_fart", f"Registered in ROBEK: times {q['robek_fart']:.3g}.", "behaviour.md C13")
    elif threat > 0.0:
        words = f"How near the register is: times {1.0 + q['robek_forventning'] * threat:.3g}."
        page.figure("robek_trussel", threat, "share", words, "behaviour.md finding 4")
    proposed = adjustment_speed(k, q, float(k["gap"]), fund * (1.0 / income), threat)
    words = f"The director's pace: {percent(proposed, 0)} of the gap."
    page.figure("direktorens_fart", proposed, "share per year", words, "behaviour.md § 4.2")


def _council(page: Page, y: UnitYear) -> None:
    from sim.kernel.council import LEFT_MEAN, council_share

    k, q = y.adopted, y.q
    factors = [
        ("fragmentering", f"fragmentation {k['fragmentering']:.2f}",
         1.0 - q["fragmentering_fart"] * k["fragmentering"]),
        ("kapasitet", f"capacity {k['kapasitet']:.2f}", 1.0 - q["kapasitet_fart"] * (1.0 - k["kapasitet"])),
        ("venstre", f"the left has {percent(k['venstre_andel'], 0)}",
         max(0.0, 1.0 - q["venstre_fart"] * (k["venstre_andel"] - LEFT_MEAN))),
    ]  # fmt: skip
    near = y.is_election(1)
    if near and q["valghensyn"] > 0.0:
        factors.append(("valg", f"an election in {y.year + 1}", float(q["valgar_fart"])))
    product = 1.0
    for name, words, factor in factors:
        product *= factor
        page.figure(f"radets_{name}", factor, "factor", f"The council, {words}: times {factor:.3f}.")
    share = council_share(k, q, near)
    given = f", of which {percent(share - product, 0)} delegated back" if share > product + 1e-12 else ""
    words = f"What the council takes of the director's pace: {percent(share, 0)}{given}."
    page.figure("radets_andel", share, "share", words, "behaviour.md finding 11, A12")


def least_relief(y: UnitYear) -> Iterator[tuple[str, float, str, str]]:
    """What is asked for whatever director and council want: name, kr, words and paragraph; nothing of 0 kr."""
    from sim.kernel import notes

    k, q, note = y.adopted, y.q, y.work[notes.NOTES]
    income, fund, due, usable = k["driftsinntekter"], note[notes.FUND], note[notes.DUE], note[notes.USABLE]
    planned = y.booked["tiltaksplan"]
    if planned > 0.0 and (note[notes.STANDING] > 0.0 or y.booked[REGISTERED] > 0):
        bound = min(q["tiltaksplan_binding"] * planned, 2.0 * q["innsparing_tak"] * income)
        words = f"Bound by last year's plan: {percent(q['tiltaksplan_binding'], 0)} of the {money(planned)} it named."
        yield "bundet_av_plan", bound, words, "kommuneloven §§ 14-3, 28-4"
    buffer = 0.25 * max(0.0, q["minste_fond"] * income - fund)
    if buffer > 0.0:
        wanted = max(0.0, min(due + buffer - k["prognose"], q["innsparing_tak"] * income))
        yield "krav_minste_fond", wanted, "For the mandatory fund, a quarter of what is missing a year.", "minste_fond"
    must = due - k["prognose"] - usable
    if must > 0.0:
        most = min(2.0 * q["innsparing_tak"], must / income)
        words = f"Forecast and fund leave {money(must)} open with the coverage due: of that {percent(most, 1)} of "
        words += "revenue and all that may not wait must be found."
        yield "krav_balanse", must, words, "kommuneloven §§ 14-4, 14-11"


def _amended(y: UnitYear) -> str:
    k, income = y.adopted, y.adopted["driftsinntekter"]
    proposed, adopted = float(k["foreslatt_innsparing"]), float(k["vedtatt_innsparing"])
    own = min(k["tilpasningsfart"] * k["gap"], y.q["innsparing_tak"]) * income if k["konsoliderer"] > 0.0 else 0.0
    if proposed <= 0.0:
        return "none was proposed"
    by_law = "what law or plan demand at least" if adopted > own + 1.0 else ""
    if adopted < proposed:
        return f"{percent(adopted / proposed, 0)} of the proposal{', ' + by_law if by_law else ''}"
    if by_law:
        return f"as proposed, {by_law}"
    return "as proposed, since even the council's pace reaches the cap"
