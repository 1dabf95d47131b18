"""What fills the places of the page: each view from the choices on it."""

from typing import Any

import numpy as np
from dash import Input, Output, html

from sim.analysis.labels import unit_labels
from sim.analysis.states import STATES
from sim.dashboard import figures
from sim.dashboard.choice import Choice, choose
from sim.dashboard.parts import table, wide
from sim.dashboard.ranking import FEW, map_title, ranking
from sim.dashboard.sheet import sheet
from sim.dashboard.shelf import Shelf
from sim.dashboard.text_of import group_text, key_rows, shown, title_in
from sim.dashboard.values import band, contrast_rows, has_states, moves, paired_runs, paths, what_is
from sim.dashboard.words import text
from sim.errors import UserError
from sim.plots.classes import Classes
from sim.plots.dorling import layout as dorling
from sim.plots.request import scaled
from sim.words import number, output_title, output_unit, signed

CONTROLS = ("result", "compare", "output", "year", "group", "kommune")
SINGLE = 8  # runs that are drawn as thin lines
NO_FIGURE: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}


def reader(shelf: Shelf) -> Any:
    """A function of the values of the controls and the language -> the Choice."""

    def read(values: Any, lang: str) -> Choice | None:
        asked = {name: str(value) for name, value in zip(CONTROLS, values, strict=True) if value is not None}
        return choose(shelf, {**asked, "lang": str(lang)})

    return read


def inputs(*names: str) -> list[Input]:
    """The controls (those named, or all) as inputs."""
    return [Input(name, "value") for name in names or CONTROLS]


def sentence(problem: UserError, lang: str) -> str:
    """A problem with a result in words."""
    return text("contrast_none", lang) if str(problem) == "pair" else text("damaged", lang, why=str(problem))


def fill_ranking(choice: Choice | None, lang: str, every: bool = False) -> tuple:
    """Table, title and note of the ranking, and what the button below it says."""
    if choice is None:
        return text("no_result", lang), text("title", lang), "", ""
    try:
        found, title, note, count = ranking(choice, every)
    except UserError as problem:
        return sentence(problem, lang), "", "", ""
    return found, title, note, text("few_rows" if every else "all_rows", lang, n=max(count, FEW))


def fill_figure(choice: Choice | None, draw: Any, lang: str) -> tuple:
    """Figure, title, note and what is below; a sentence in the place of the note if it cannot be drawn."""
    if choice is None:
        return NO_FIGURE, "", "", ""
    try:
        return draw(choice)
    except UserError as problem:
        return NO_FIGURE, "", sentence(problem, lang), ""


def fill_contrast(choice: Choice | None, lang: str) -> Any:
    """The card on the difference between two results; nothing if one is shown."""
    if choice is None or choice.other is None:
        return None
    try:
        return html.Section(contrast(choice), className="card")
    except UserError as problem:
        return html.Section(html.P(sentence(problem, lang)), className="card")


def fill_sheet(choice: Choice | None, lang: str) -> Any:
    """The sheet of the chosen kommune."""
    if choice is None:
        return None
    try:
        return sheet(choice)
    except UserError as problem:
        return html.P(sentence(problem, lang))


def register(app: Any, shelf: Shelf) -> None:
    """Joins the views to the page. At first they are filled by the layout, so that one request shows all."""
    read = reader(shelf)
    always = [Input("lang", "data"), Input("stamp", "data")]

    def outputs(name: str, last: str) -> list[Output]:
        below = Output(last, "children")
        return [Output(name, "figure"), Output(f"{name}-title", "children"), Output(f"{name}-note", "children"), below]

    @app.callback(
        Output("ranking", "children"), Output("ranking-title", "children"), Output("ranking-note", "children"),
        Output("more", "children"), *inputs(), Input("more", "n_clicks"), *always, prevent_initial_call=True,
    )  # fmt: skip
    def show_ranking(*values: Any) -> tuple:
        *controls, clicks, lang, _ = values
        return fill_ranking(read(controls, lang), lang, bool((clicks or 0) % 2))

    @app.callback(*outputs("map", "map-key"), *inputs(), *always, prevent_initial_call=True)
    def show_map(*values: Any) -> tuple:
        *controls, lang, _ = values
        return fill_figure(read(controls, lang), draw_map, lang)

    @app.callback(*outputs("fan", "fan-table"), *inputs(*CONTROLS[:5]), *always, prevent_initial_call=True)
    def show_fan(*values: Any) -> tuple:
        *controls, lang, _ = values
        return fill_figure(read([*controls, None], lang), draw_fan, lang)

    @app.callback(*outputs("states", "states-table"), *inputs("result", "group"), *always, prevent_initial_call=True)
    def show_states(result: Any, group: Any, lang: str, _: str) -> tuple:
        return fill_figure(read([result, None, None, None, group, None], lang), draw_states, lang)

    @app.callback(
        Output("contrast", "children"), *inputs("result", "compare", "year", "group"), *always,
        prevent_initial_call=True,
    )  # fmt: skip
    def show_contrast(result: Any, compare: Any, year: Any, group: Any, lang: str, _: str) -> Any:
        return fill_contrast(read([result, compare, None, year, group, None], lang), lang)

    @app.callback(Output("sheet", "children"), *inputs("result", "year", "kommune"), *always, prevent_initial_call=True)
    def show_sheet(result: Any, year: Any, kommune: Any, lang: str, _: str) -> Any:
        return fill_sheet(read([result, None, None, year, None, kommune], lang), lang)


def draw_map(choice: Choice) -> tuple:
    """Figure, title, note and key of the map."""
    lang, of = choice.lang, shown(choice)
    codes, circles = dorling()
    there = set(choice.who.units)
    by_code = dict(zip(choice.stored.units, of.values, strict=True))
    values = np.array([by_code.get(code, np.nan) if code in there else np.nan for code in codes])
    labels = unit_labels()["name"]
    names = [labels[code].split(" - ")[0] for code in codes]
    said = [f"<b>{name}</b><br>{of.said(value, lang)}" for name, value in zip(names, values, strict=True)]
    known = np.isfinite(values).any()
    classes: Classes = of.classes
    figure = figures.cartogram(codes, circles, values, said, classes, names, choice.kommune, lang)
    swatches = [
        html.Span([html.I(style={"background": colour}, **{"aria-hidden": "true"}), words], className="swatch")
        for colour, words in key_rows(of, lang)
    ]
    return figure, map_title(choice, of), text("map_note" if known else "no_map", lang), swatches


def draw_fan(choice: Choice) -> tuple:
    """Figure, title, note and table of the fan chart."""
    lang, what = choice.lang, what_is(choice.stored, choice.output)
    factor, unit, decimals = scaled(what, True, lang)
    if what.kind == "event":
        unit, decimals = text("units", lang), 0 if choice.other is None else 1
    runs = factor * paths(choice.stored, choice.output, choice.who.units, choice.other)
    bands, years = band(runs), choice.stored.years[: len(runs)]
    title = title_in(output_title(choice.output if what.kind != "event" else EVENT_TITLES[choice.output], lang))
    key = "fan_title" if choice.other is None else "fan_title_pair"
    other = "" if choice.other is None else choice.other.title
    figure = figures.fan(years, bands, runs[:, :SINGLE], decimals, lang, year=choice.year)
    rows = [
        [str(year), *(number(float(bands[name][at]), decimals, lang) for name in ("p5", "p25", "p50", "p75", "p95"))]
        for at, year in enumerate(years)
    ]
    said = text(key, lang, what=title[:1].upper() + title[1:], who=group_text(choice), other=other)
    heads = [text("year", lang), "5 %", "25 %", text("middle", lang), "75 %", "95 %"]
    note = text("fan_note", lang, unit=unit[:1].upper() + unit[1:])
    return figure, said, note, wide(table(heads, rows), said)


EVENT_TITLES = {
    "sannsynlighet_robek": "antall_robek", "sannsynlighet_negativ": "antall_negativ",
    "sannsynlighet_uten_fond": "antall_uten_fond",
}  # fmt: skip


def draw_states(choice: Choice) -> tuple:
    """Figure, title, note and table of the moves between states."""
    lang = choice.lang
    if not has_states(choice.stored):
        return NO_FIGURE, "", text("states_none", lang), ""
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
    said = text("states_title", lang, who=group_text(choice))
    heads = [text("from", lang), *names, text("units", lang)]
    return figures.matrix(share, there, lang), said, text("states_note", lang), wide(table(heads, rows), said)


def contrast(choice: Choice) -> list[Any]:
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
    title = text("contrast_title", lang, one=one.title, other=other.title, year=choice.year)
    note = text("contrast_note", lang, who=group_text(choice), runs=paired_runs(one, other))
    return [
        html.H2(title),
        html.P(note, className="note"),
        wide(table(["", text("difference", lang), "95 %"], rows), title),
    ]
