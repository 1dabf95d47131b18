"""The ranking: units of the group, most at risk first, each with its reasons."""

from typing import Any

import numpy as np

from sim.dashboard.choice import Choice, names
from sim.dashboard.text_of import Shown, shown
from sim.dashboard.why import reasons
from sim.dashboard.words import text

FEW = 15


def order_of(choice: Choice, of: Shown) -> list[int]:
    """Places of the units of the group, the most at risk first; of a difference those that change most."""
    inside = np.flatnonzero(np.isin(choice.stored.units, choice.who.units) & np.isfinite(of.values))
    if of.differs:
        return sorted(inside, key=lambda at: (-abs(of.values[at]), choice.stored.units[at]))
    up = 1.0 if of.lowest_first else -1.0
    return sorted(inside, key=lambda at: (up * of.values[at], choice.stored.units[at]))


def rows(choice: Choice) -> tuple[Shown, list[tuple[str, str, float, list[str]]]]:
    """kommunenummer, name, value and reasons, in the order of the ranking."""
    of = shown(choice)
    why = reasons(choice.stored, choice.lang)
    units, called = choice.stored.units, names()
    return of, [(units[at], called[units[at]], float(of.values[at]), why[units[at]]) for at in order_of(choice, of)]


def heading(choice: Choice, of: Shown) -> tuple[str, str]:
    """Title and note of the ranking."""
    key = "rank_title_low" if of.lowest_first else "rank_title"
    if choice.other is not None:
        said = text("rank_change", choice.lang, what=of.title, year=choice.year, other=choice.other.called(choice.lang))
        return said, text("rank_note_pair", choice.lang)
    note = "rank_note" if of.event else "rank_note_value"
    return text(key, choice.lang, what=of.title, year=choice.year), text(note, choice.lang)


def ranking(choice: Choice) -> dict[str, Any]:
    """Title, note, heads and a row per unit: kommunenummer, name, value in words, length of its bar in %, reasons."""
    of, found = rows(choice)
    lang = choice.lang
    widest = max((abs(value) for _, _, value, _ in found), default=0.0) or 1.0
    body = [
        [code, name, of.said(value, lang), round(100.0 * value / widest), "; ".join(why) or text("why_none", lang)]
        for code, name, value, why in found
    ]
    title, note = heading(choice, of)
    unit = of.unit
    heads = ["", text("kommune_head", lang), unit if len(unit) < 28 else unit[:28], text("why", lang)]
    more = [text("all_rows", lang, n=len(found)), text("few_rows", lang)] if len(found) > FEW else []
    return {"title": title, "note": note, "heads": heads, "rows": body, "few": FEW, "more": more}
