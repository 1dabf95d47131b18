"""The ranking: units of the group, most at risk first, each with its reasons."""

from typing import Any

import numpy as np
from dash import html

from sim.dashboard.choice import Choice, names
from sim.dashboard.text_of import Shown, shown, title_in
from sim.dashboard.why import reasons
from sim.dashboard.words import text
from sim.words import number

FEW = 15


def order_of(choice: Choice, of: Shown) -> list[int]:
    """Places of the units of the group, the most at risk first; of a difference what worsens most first."""
    inside = np.flatnonzero(np.isin(choice.stored.units, choice.who.units) & np.isfinite(of.values))
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
        said = text("rank_change", choice.lang, what=of.title, year=choice.year, other=choice.other.title)
        return said, text("rank_note_pair", choice.lang)
    note = "rank_note" if of.event else "rank_note_value"
    return text(key, choice.lang, what=of.title, year=choice.year), text(note, choice.lang)


def ranking(choice: Choice, every: bool) -> tuple[Any, str, str, int]:
    """The table with a button per kommune, its title and note, and the number of all rows."""
    of, found = rows(choice)
    lang = choice.lang
    widest = max((abs(value) for _, _, value, _ in found), default=0.0) or 1.0
    body = []
    for at, (code, name, value, why) in enumerate(found if every else found[:FEW]):
        current = {"aria-current": "true"} if code == choice.kommune else {}
        button = html.Button(
            name, id={"type": "pick", "code": code}, type="button", n_clicks=0, className="name", **current
        )
        width = f"{100.0 * abs(value) / widest:.0f}%"
        bar = html.Span(
            className="bar" + (" minus" if value < 0 else ""), style={"width": width}, **{"aria-hidden": "true"}
        )
        body.append(html.Tr([
            html.Td(number(at + 1, 0, lang), className="place", role="cell"),
            html.Th(button, scope="row", role="rowheader"),
            html.Td([html.Span(of.said(value, lang)), html.Span(bar, className="track")],
                    className="number", role="cell"),
            html.Td("; ".join(why) or text("why_none", lang), className="why", role="cell"),
        ], role="row"))  # fmt: skip
    title, note = heading(choice, of)
    unit = of.unit if not of.event else "%"
    heads = ["", text("kommune_head", lang), unit if len(unit) < 28 else unit[:28], text("why", lang)]
    head = html.Tr([html.Th(words, scope="col") for words in heads])
    return (
        html.Table([html.Thead(head), html.Tbody(body, role="rowgroup")], className="ranking", role="table"),
        title,
        note,
        len(found),
    )


def map_title(choice: Choice, of: Shown) -> str:
    """Title of the map."""
    return text("map_title", choice.lang, what=title_in(of.title), year=choice.year)
