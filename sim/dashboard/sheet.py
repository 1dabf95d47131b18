"""The sheet of one unit: its start, futures, risk by year beside its group, and what goes with its fund."""

from typing import Any

import numpy as np

from sim.analysis.labels import full_name, unit_labels
from sim.analysis.who import Who
from sim.dashboard.choice import Choice
from sim.dashboard.figures import fan
from sim.dashboard.values import EVENTS, band, cells, choices, drivers, paths, places, what_is
from sim.dashboard.why import reasons
from sim.dashboard.words import text
from sim.plots.request import who_text
from sim.words import number, output_title, output_unit, percent, say

FANS = ("netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct")
START = (*FANS, "investering_pct", "tjenesteniva", "skoler")
SINGLE = 8  # runs that are drawn as thin lines
ROBEK = "sannsynlighet_robek"
SHORT = {ROBEK: "ROBEK", "sannsynlighet_negativ": "result_short", "sannsynlighet_uten_fond": "fund_short"}
Table = dict[str, Any]


def sheet(choice: Choice) -> dict[str, Any]:
    """What is shown of the chosen kommune; an invitation if none is chosen."""
    from sim.plots.futures import compared_with

    lang, stored, code = choice.lang, choice.stored, choice.kommune
    if code is None:
        return {"title": text("sheet_title", lang), "line": text("sheet_none", lang), "fans": [], "tables": []}
    who = Who("unit", full_name(code), (code,))
    group = compared_with(who)
    row = unit_labels().loc[code]
    people = number(float(row["inhabitants"]), 0, lang)
    why = "; ".join(reasons(stored, lang)[code]) or text("why_none", lang)
    return {
        "title": who.name, "why": [text("why", lang).capitalize() + ":", why],
        "line": text("sheet_line", lang, fylke=row["fylke"], people=people, group=who_text(group, lang)),
        "fans": [_fan(choice, code, name, who.name) for name in FANS if name in choices(stored)],
        "tables": [_risk(choice, code, group), _start(choice, code, group), *_drivers(choice, code)],
    }  # fmt: skip


def _fan(choice: Choice, code: str, name: str, called: str) -> dict[str, Any]:
    stored, lang = choice.stored, choice.lang
    runs = paths(stored, name, [code])
    title, unit = output_title(name, lang), output_unit(what_is(stored, name).unit, lang)
    drawn = fan(stored.years, band(runs), runs[:, :SINGLE], 1, lang, choice.year)
    return {"title": title, "note": unit, "label": f"{title}: {called}", "figure": drawn}


def _risk(choice: Choice, code: str, group: Who) -> Table:
    stored, lang = choice.stored, choice.lang
    events = [event for event in EVENTS if event in choices(stored)]
    own, others = places(stored, [code]), places(stored, group.units)
    columns = []
    for event in events:
        of = cells(stored, event, units=[*own, *others]).mean(axis=1)
        columns.append([f"{percent(float(row[0]), lang)} ({percent(float(row[1:].mean()), lang)})" for row in of])
    rows = [[str(year), *cells_] for year, cells_ in zip(stored.years, zip(*columns, strict=True), strict=True)]
    short = [SHORT[event] if event == ROBEK else say(SHORT[event], lang) for event in events]
    return {"title": text("risk_table", lang), "heads": [text("year", lang), *short], "rows": rows}


def _start(choice: Choice, code: str, group: Who) -> Table:
    stored, lang = choice.stored, choice.lang
    rows, own, others = [], places(stored, [code])[0], places(stored, group.units)
    for name in START:
        if name in choices(stored):
            values, what = cells(stored, name, 0), what_is(stored, name)
            low, middle, high = (
                number(float(v), what.decimals, lang) for v in np.quantile(values[:, own], (0.05, 0.5, 0.95))
            )
            usual = float(np.nanmedian(np.nanmedian(values[:, others], axis=0)))
            title = f"{output_title(name, lang)}, {output_unit(what.unit, lang)}"
            rows.append([title, middle, f"{low} – {high}", number(usual, what.decimals, lang)])
    heads = ["", text("middle", lang), "90 %", text("group_median", lang)]
    note = text("spread_drawn" if stored.start == "drawn" else "spread_median", lang)
    return {"title": text("start_table", lang, year=stored.years[0]), "heads": heads, "rows": rows, "note": note}


def _drivers(choice: Choice, code: str) -> list[Table]:
    stored, lang = choice.stored, choice.lang
    found = drivers(stored, code, choice.year)
    if found is None or found.empty:
        return []
    rows = []
    for name, low, high in found.head(6).itertuples(index=False):
        title = str(name)
        if title.startswith("start_"):
            title = text("at_start", lang, what=output_title(title.removeprefix("start_"), lang))
        elif title.startswith("vekst_"):
            title = text("growth", lang, what=output_title(title.removeprefix("vekst_"), lang))
        else:
            title = output_title(title, lang)
        rows.append([title, number(float(low), 1, lang), number(float(high), 1, lang)])
    heads = ["", text("lowest", lang), text("highest", lang)]
    title, note = text("drivers_table", lang, year=choice.year), text("drivers_note", lang)
    return [{"title": title, "heads": heads, "rows": rows, "note": note}]


def worst_run(choice: Choice) -> int:
    """The run in which the chosen kommune has the smallest disposisjonsfond (or result) in the year."""
    stored, code = choice.stored, choice.kommune
    name = next(
        (each for each in ("disposisjonsfond_pct", "netto_driftsresultat_pct") if each in choices(stored)), None
    )
    if code is None or name is None:
        return 0
    return int(np.argmin(cells(stored, name, stored.years.index(choice.year), places(stored, [code]))[:, 0]))
