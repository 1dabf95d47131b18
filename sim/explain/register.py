"""ROBEK: what the two reviews found, on which ground of kommuneloven § 28-1, and what follows (§§ 28-3, 28-5)."""

from typing import Any

from sim.explain.entries import Entry, Page, money, percent
from sim.explain.replay import UnitYear
from sim.state import ROBEK_LETTERS

GROUNDS = {
    "a": "the budget was adopted with merforbruk",
    "b": "the okonomiplan was adopted with merforbruk",
    "c": "a merforbruk is not covered within the years allowed, or is planned to be covered later",
    "d": "accumulated merforbruk is above the threshold",
    "e": "budget or okonomiplan were not adopted in time",
    "f": "the accounts were not adopted in time",
    "g": "a merged kommune takes over so large a merforbruk that it needs control",
}


def letters(bits: int) -> str:
    """The letters of a set of grounds: 20 is 'ce'."""
    return "".join(letter for bit, letter in enumerate(ROBEK_LETTERS) if bits >> bit & 1)


def january(y: UnitYear) -> list[Entry]:
    """The review of the original budget and plan: grounds a, b, e and the plan branch of c."""
    page = Page("january")
    _moves(page, int(y.adopted["robek_grunnlag"]), int(y.reviewed["robek_grunnlag"]))
    return page.entries


def june(y: UnitYear) -> list[Entry]:
    """The review of the accounts: grounds c, d, f, entry and exit."""
    page, k = Page("june"), y.after
    if k["merforbruk"] > 0.0:
        share, limit = k["merforbruk"] / k["driftsinntekter"], y.q["robek_d_terskel"]
        side = "above" if k["merforbruk"] > limit * k["driftsinntekter"] else "not above"
        page.figure(
            "merforbruk_pct",
            100.0 * share,
            "% of driftsinntekter",
            f"Accumulated merforbruk {money(k['merforbruk'])} is {percent(share)} of revenue, {side} "
            f"{percent(limit, 0)}.",
            "kommuneloven § 28-1 d",
            output="merforbruk_pct",
        )
        oldest = max(age for age, amount in enumerate(k["merforbruk_argang"]) if amount > 0.0)
        allowed = y.q["robek_c_ar"] + y.q["dekningsfrist_tillegg"]
        page.figure(
            "merforbruk_alder",
            oldest,
            "years",
            f"The oldest deficit arose {oldest} years before; at {allowed:.0f} it is ground c.",
            "kommuneloven § 28-1 c",
            output="merforbruk_alder",
        )
    if k["plan_brutt"] > 0.0:
        page.say("plan_brutt", "Less was covered than the council had decided.", "kommuneloven § 14-3")
    _moves(page, int(y.reviewed["robek_grunnlag"]), int(k["robek_grunnlag"]))
    page.final(k, "robek_grunnlag", _standing(k), "kommuneloven §§ 28-1, 28-5")
    page.figure("robek", k["robek_grunnlag"] > 0, "0/1", "Registered in ROBEK after the review.", output="robek")
    page.final(k, "ar_i_robek")
    page.final(k, "lanekontroll", law="kommuneloven § 28-3")
    return page.entries


def _moves(page: Page, before: int, after: int) -> None:
    """A sentence for each ground that came or lapsed."""
    for bit, letter in enumerate(ROBEK_LETTERS):
        was, now = before >> bit & 1, after >> bit & 1
        if now and not was:
            page.say(f"grunn_{letter}", f"Ground {letter} enters: {GROUNDS[letter]}.", f"kommuneloven § 28-1 {letter}")
        elif was and not now:
            page.say(f"grunn_{letter}", f"Ground {letter} lapses.", "kommuneloven § 28-5")
    if before == after:
        stands = f"grounds {', '.join(letters(after))} stand" if after else "no ground"
        page.say("uendret", f"Nothing changes: {stands}.", "kommuneloven §§ 28-1, 28-5")


def _standing(k: Any) -> str:
    bits = int(k["robek_grunnlag"])
    if not bits:
        return "Not registered: no ground."
    return f"Registered on {', '.join(letters(bits))}, in the {_ordinal(int(k['ar_i_robek']))} year."


def _ordinal(number: int) -> str:
    last = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"
