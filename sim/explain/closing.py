"""February to June: how the accounts were closed, deficits covered and the budget revised (BRF kap. 4)."""

from typing import Any

import numpy as np

from sim.explain.entries import Entry, Page, money
from sim.explain.replay import UnitYear
from sim.state import STATE_COLUMNS


def closing(y: UnitYear) -> list[Entry]:
    """February: the operating account closed post by post (BRF §§ 4-1 to 4-4, 5-9)."""
    page, k, booked = Page("closing"), y.after, y.booked
    post: dict[str, Any] = {"into": "budsjettavvik"}
    page.final(k, "netto_driftsresultat", **post)
    page.final(k, "avsetning_bundne", law="kommuneloven § 14-10", sign=-1, **post)
    page.final(k, "bruk_bundne", law="kommuneloven § 14-10", **post)
    page.column(
        booked,
        "overforing_investering",
        "Budgeted transfer to investment.",
        "BRF § 4-1",
        named="budsjettert_overforing",
        sign=-1,
        **post,
    )
    page.column(
        booked,
        "avsetning_disposisjonsfond",
        "Budgeted allocation to disposisjonsfond.",
        "BRF § 4-1",
        named="budsjettert_avsetning",
        sign=-1,
        **post,
    )
    page.column(
        booked,
        "bruk_disposisjonsfond",
        "Budgeted use of disposisjonsfond.",
        "BRF § 4-1",
        named="budsjettert_bruk",
        **post,
    )
    page.column(
        booked,
        "dekning_tidligere_merforbruk",
        "Budgeted coverage of earlier merforbruk.",
        "BRF § 4-1",
        named="budsjettert_dekning",
        sign=-1,
        **post,
    )
    page.final(k, "budsjettavvik", law="BRF § 5-9 post 8", into="etter_avslutning", total=True)
    page.entries += _balanced(y)
    return page.entries


def _balanced(y: UnitYear) -> list[Entry]:
    """From post 8 to nothing left: what was struck, what the fund gave or got, what was covered beyond the budget."""
    page, k, booked = Page("closing"), y.after, y.booked
    rest: dict[str, Any] = {"into": "etter_avslutning"}
    page.final(k, "strykning_overforing", law="BRF § 4-2", **rest)
    page.final(k, "strykning_avsetning", law="BRF § 4-2", **rest)
    page.final(k, "strykning_dekning", law="BRF § 4-2", **rest)
    page.final(k, "strykning_bruk", law="BRF § 4-3", sign=-1, **rest)
    used_next = y.adopted["budsjett_bruk_disposisjonsfond"] - y.adopted["budsjett_bruk_til_investering"]
    shield = used_next if y.q["fondsskjerming"] > 0.0 else 0.0
    page.figure(
        "skjerming",
        shield,
        "kr",
        f"Of the fund, shielded by its use in the original budget of {y.year + 1}.",
        "BRF § 4-2",
    )
    used = k["bruk_disposisjonsfond"] - booked["bruk_disposisjonsfond"] + k["strykning_bruk"]
    page.figure("bruk_ved_avslutning", used, "kr", "Use of disposisjonsfond in the closing.", "BRF §§ 4-2, 4-4", **rest)
    saved = k["avsetning_disposisjonsfond"] - booked["avsetning_disposisjonsfond"] + k["strykning_avsetning"]
    page.figure(
        "avsetning_ved_avslutning",
        saved,
        "kr",
        "Allocation to disposisjonsfond in the closing.",
        "BRF § 4-3",
        sign=-1,
        **rest,
    )
    name = "dekning_tidligere_merforbruk"
    covered = k[name] - booked[name] + k["strykning_dekning"]
    page.figure(
        "dekning_ved_avslutning",
        covered,
        "kr",
        "Coverage of earlier merforbruk in the closing.",
        "BRF §§ 4-3, 4-4",
        sign=-1,
        **rest,
    )
    page.figure(
        "etter_avslutning",
        0.0 - k["nytt_merforbruk"],
        "kr",
        "Left after the closing: nothing, or a deficit that must be covered.",
        "kommuneloven § 14-11",
        total=True,
    )
    page.final(k, "nytt_merforbruk", law="kommuneloven § 14-11")
    page.figure(
        "disposisjonsfond_for",
        y.before["disposisjonsfond"],
        "kr",
        "Disposisjonsfond before the closing.",
        into="disposisjonsfond",
    )
    page.final(k, "avsetning_disposisjonsfond", into="disposisjonsfond")
    page.final(k, "bruk_disposisjonsfond", into="disposisjonsfond", sign=-1)
    page.final(k, "disposisjonsfond", total=True)
    return page.entries


def coverage(y: UnitYear) -> list[Entry]:
    """Earlier deficits by the year they arose, oldest first: what was covered and what is left (§ 14-11)."""
    page, k = Page("coverage"), y.after
    now = _by_year(k["merforbruk_argang"], y.year)
    law = "kommuneloven § 14-11"
    for arose, amount in sorted(_by_year(y.booked["merforbruk_argang"], y.year - 1).items()):
        left = now.get(arose, 0.0)
        page.figure(
            f"merforbruk_{arose}_dekket",
            amount - left,
            "kr",
            f"Covered of the {money(amount)} left of {arose}.",
            law,
            into="dekning_tidligere_merforbruk",
        )
    page.final(k, "dekning_tidligere_merforbruk", total=True)
    for arose, left in sorted(now.items()):
        page.figure(f"merforbruk_{arose}", left, "kr", f"Left of the deficit of {arose}.", law, into="merforbruk")
    page.final(k, "merforbruk", law=law, total=True)
    return page.entries


def _by_year(vintages: np.ndarray, year: int) -> dict[int, float]:
    """Deficits by the year they arose, from vintages by age in `year`; the last place holds what is older too."""
    return {year - age: float(amount) for age, amount in enumerate(vintages) if amount > 0.0}


def council_june(y: UnitYear) -> list[Entry]:
    """By 30 June the council decides how a deficit is covered: the budget of the coming year as revised."""
    page, before, after = Page("council_june"), y.closed, y.revised
    changed = [n for n in ("budsjett_dekning", "budsjett_avsetning", "budsjett_overforing") if before[n] != after[n]]
    if not changed:
        words = "Nothing is left to cover" if y.closed["merforbruk"] <= 0.0 else "The adopted coverage stands"
        page.say("revidert", f"{words}: the budget of {y.year + 1} is not revised.", "kommuneloven §§ 14-5, 14-11")
    for name in changed:
        law = "kommuneloven §§ 14-5(4), 14-11"
        page.column(
            after,
            name,
            f"{STATE_COLUMNS[name].text.rstrip('.')} of {y.year + 1}, revised from {money(before[name])}.",
            law,
        )
    return page.entries


def close_investment(y: UnitYear) -> list[Entry]:
    """The investment account is closed last (BRF §§ 4-5, 4-6)."""
    page, k, zero = Page("close_investment"), y.after, y.revised
    paid: dict[str, Any] = {"into": "finansiering"}
    page.final(k, "investeringstilskudd", **paid)
    page.final(k, "bruk_av_lan", law="BRF § 4-6", **paid)
    page.final(k, "overforing_investering", law="BRF § 4-1", **paid)
    used = zero["ubundet_investeringsfond"] - k["ubundet_investeringsfond"]
    page.figure(
        "bruk_ubundet_investeringsfond",
        used,
        "kr",
        "Use of the unrestricted investment fund, net.",
        "BRF §§ 4-5, 4-6",
        **paid,
    )
    page.figure(
        "endring_udekket",
        k["udekket_investering"] - zero["udekket_investering"],
        "kr",
        "Rise of what is uncovered.",
        "BRF § 4-5",
        **paid,
    )
    page.final(
        k, "investering", named="finansiering", text="Gross investment, paid for by the lines above.", total=True
    )
    page.final(
        k, "lanegjeld", "Loan debt 31 December: last year's, new loans, less amortisation.", "kommuneloven § 14-17"
    )
    page.final(k, "ubrukte_lanemidler")
    return page.entries
