"""What fills the places of the page: the view of the choices on it, as words and numbers that the browser draws."""

from typing import Any

import numpy as np
from dash import Input, Output

from sim.analysis.labels import unit_labels
from sim.analysis.states import STATES
from sim.dashboard import figures
from sim.dashboard.choice import Choice, choose
from sim.dashboard.kept import Kept
from sim.dashboard.ranking import ranking
from sim.dashboard.sheet import sheet
from sim.dashboard.shelf import Shelf
from sim.dashboard.text_of import group_text, key_rows, shown, title_in
from sim.dashboard.values import band, contrast_rows, has_states, moves, paired_runs, paths, what_is
from sim.dashboard.words import text
from sim.errors import UserError
from sim.plots.dorling import layout as dorling
from sim.plots.request import scaled
from sim.words import number, output_title, output_unit, signed

CONTROLS = ("result", "compare", "output", "year", "group", "kommune")
SINGLE = 8  # runs that are drawn as thin lines
KEPT = Kept(128)  # finished views: going back and forth costs nothing
View = dict[str, Any]


def reader(shelf: Shelf) -> Any:
    """A function of the values of the controls and the language -> the Choice."""

    def read(values: Any, lang: str) -> Choice | None:
        asked = {name: str(value) for name, value in zip(CONTROLS, values, strict=True) if value is not None}
        return choose(shelf, {**asked, "lang": str(lang)})

    return read


def register(app: Any, shelf: Shelf) -> None:
    """Joins the views to the page. At first they are filled by the layout, so that one request shows all."""
    read = reader(shelf)
    always = [Input("lang", "data"), Input("stamp", "data")]

    @app.callback(
        Output("view", "data"), *(Input(name, "value") for name in CONTROLS[:5]), *always, prevent_initial_call=True
    )
    def show(result: Any, compare: Any, output: Any, year: Any, group: Any, lang: str, _: str) -> View:
        return view(read([result, compare, output, year, group, None], lang), lang)

    @app.callback(
        Output("sheet-data", "data"), *(Input(name, "value") for name in ("result", "year", "kommune")), *always,
        prevent_initial_call=True,
    )  # fmt: skip
    def show_sheet(result: Any, year: Any, kommune: Any, lang: str, _: str) -> View:
        return sheet_of(read([result, None, None, year, None, kommune], lang), lang)


def view(choice: Choice | None, lang: str) -> View:
    """Ranking, map, fan, states and difference; a sentence in the place of what cannot be shown."""
    if choice is None:
        problem = {"problem": text("no_result", lang)}
        return {"ranking": problem, "map": {}, "fan": {}, "states": {}, "contrast": None}
    other = choice.other and (str(choice.other.folder), choice.other.stamp)
    key = choice.stored.folder, choice.stored.stamp, other, choice.output, choice.year, choice.who, lang
    return KEPT.get(key, lambda: _view(choice))


def sheet_of(choice: Choice | None, lang: str) -> View:
    """The sheet of the chosen kommune."""
    if choice is None:
        return {}
    key = "sheet", choice.stored.folder, choice.stored.stamp, choice.year, choice.kommune, lang
    return KEPT.get(key, lambda: _or_problem(sheet, choice))


def _view(choice: Choice) -> View:
    parts = {"ranking": ranking, "map": draw_map, "fan": draw_fan, "states": draw_states}
    found: View = {name: _or_problem(make, choice) for name, make in parts.items()}
    return {**found, "contrast": None if choice.other is None else _or_problem(contrast, choice)}


def _or_problem(make: Any, choice: Choice) -> View:
    try:
        return make(choice)
    except UserError as problem:
        why, lang = str(problem), choice.lang
        return {"problem": text("contrast_none", lang) if why == "pair" else text("damaged", lang, why=why)}


def map_circles() -> list[list[Any]]:
    """Number, short name, place and size of every circle of the map."""
    codes, places = dorling()
    labels = unit_labels()["name"]
    return figures.circles(codes, [labels[code].split(" - ")[0] for code in codes], places)


def draw_map(choice: Choice) -> View:
    """Title, note, key and colours of the map."""
    lang, of = choice.lang, shown(choice)
    codes, there = dorling()[0], set(choice.who.units)
    by_code = dict(zip(choice.stored.units, of.values, strict=True))
    values = np.array([by_code.get(code, np.nan) if code in there else np.nan for code in codes])
    said = [of.said(value, lang) for value in values]
    key, other = ("map_title", "") if choice.other is None else ("map_title_pair", choice.other.called(lang))
    title = text(key, lang, what=title_in(of.title), year=choice.year, other=other)
    note = text("map_note" if np.isfinite(values).any() else "no_map", lang)
    unit = text("share_of_runs", lang) if of.event and choice.other is None else of.unit
    note = text("map_unit", lang, unit=unit[:1].upper() + unit[1:], note=note)
    return {
        "title": title, "note": note, "label": text("map_label", lang, what=title_in(of.title), year=choice.year),
        "key": key_rows(of, lang), "figure": figures.cartogram(values, said, of.classes),
    }  # fmt: skip


def draw_fan(choice: Choice) -> View:
    """Title, note, drawing and table of the fan chart."""
    lang, what = choice.lang, what_is(choice.stored, choice.output)
    factor, unit, decimals = scaled(what, True, lang)
    if what.kind == "event":
        unit, decimals = text("units", lang), 0 if choice.other is None else 1
    runs = factor * paths(choice.stored, choice.output, choice.who.units, choice.other)
    bands, years = band(runs), choice.stored.years[: len(runs)]
    title = title_in(output_title(choice.output if what.kind != "event" else EVENT_TITLES[choice.output], lang))
    key = "fan_title" if choice.other is None else "fan_title_pair"
    other = "" if choice.other is None else choice.other.called(lang)
    rows = [
        [str(year), *(number(float(bands[name][at]), decimals, lang) for name in ("p5", "p25", "p50", "p75", "p95"))]
        for at, year in enumerate(years)
    ]
    return {
        "title": text(key, lang, what=title[:1].upper() + title[1:], who=group_text(choice), other=other),
        "note": text("fan_note", lang, unit=unit[:1].upper() + unit[1:]), "label": text("fan_label", lang, what=title),
        "figure": figures.fan(years, bands, runs[:, :SINGLE], decimals, lang, choice.year),
        "heads": [text("year", lang), "5 %", "25 %", text("middle", lang), "75 %", "95 %"], "rows": rows,
    }  # fmt: skip


EVENT_TITLES = {
    "sannsynlighet_robek": "antall_robek", "sannsynlighet_negativ": "antall_negativ",
    "sannsynlighet_uten_fond": "antall_uten_fond",
}  # fmt: skip


def draw_states(choice: Choice) -> View:
    """Title, note, drawing and table of the moves between states."""
    lang = choice.lang
    if not has_states(choice.stored):
        return {"problem": text("states_none", lang)}
    share, there = moves(choice.stored, choice.who.units)
    names = [text(f"state_{state}", lang) for state in STATES]
    rows = [
        [
            name,
            *(f"{number(100.0 * float(value), 1, lang)} %" for value in share[at]),
            number(float(there[at]), 1, lang),
        ]
        for at, name in enumerate(names)
    ]
    return {
        "title": text("states_title", lang, who=group_text(choice)), "note": text("states_note", lang),
        "label": text("states_label", lang), "figure": figures.matrix(names, share, there, lang),
        "heads": [text("from", lang), *names, text("units", lang)], "rows": rows,
    }  # fmt: skip


def contrast(choice: Choice) -> View:
    """Title, note and table of what differs between two results. UserError if they cannot be paired."""
    lang, one, other = choice.lang, choice.stored, choice.other
    assert other is not None
    rows = []
    for name, mean, low, high in contrast_rows(one, other, choice.who.units, choice.year):
        what = what_is(one, name)
        event = what.kind == "event"
        unit = text("units", lang) if event else output_unit(what.unit, lang)
        decimals = 1 if event else max(what.decimals, 2)
        title = output_title(EVENT_TITLES.get(name, name), lang)
        ends = f"({signed(low, decimals, lang)} – {signed(high, decimals, lang)})"
        rows.append([f"{title}, {unit}", signed(mean, decimals, lang), ends])
    return {
        "title": text("contrast_title", lang, one=one.called(lang), other=other.called(lang), year=choice.year),
        "note": text("contrast_note", lang, who=group_text(choice), runs=paired_runs(one, other)),
        "heads": ["", text("difference", lang), "95 %"], "rows": rows,
    }  # fmt: skip
