"""Pieces of the page: tables, headed figures, buttons. Text from files goes in as text, never as markup."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from sim.dashboard.words import text

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


LABELS = {  # of the lists, for a reader of Norwegian
    "select_all": "Velg alle", "deselect_all": "Velg ingen", "selected_count": "{num_selected} valgt", "search": "Søk",
    "clear_search": "Tøm søket", "clear_selection": "Fjern valget", "no_options_found": "Ingen treff",
}  # fmt: skip


def labels(lang: str) -> dict[str, str] | None:
    """The words of a list; None: its own, which are English."""
    return LABELS if lang == "nb" else None


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]], caption: str = "", numeric_from: int = 1) -> html.Table:
    """A table: the first column heads its rows, columns from `numeric_from` are set to the right."""
    kind = ["number" if at >= numeric_from else "" for at in range(len(heads))]
    head = html.Tr([html.Th(words, scope="col", className=kind[at]) for at, words in enumerate(heads)])
    body = [
        html.Tr([
            html.Th(cell, scope="row") if at == 0 else html.Td(cell, className=kind[at]) for at, cell in enumerate(row)
        ])
        for row in rows
    ]  # fmt: skip
    first = [html.Caption(caption)] if caption else []
    return html.Table([*first, html.Thead(head), html.Tbody(body)])


def wide(content: Any, label: str) -> html.Div:
    """Something that scrolls sideways in itself, by keyboard too."""
    return html.Div(content, className="wide", tabIndex="0", role="region", **{"aria-label": label})


def field(label: str, control: Any, name: str, **more: Any) -> html.Div:
    """A control with its label."""
    return html.Div([html.Label(label, htmlFor=name, id=f"{name}-label"), control], className="field", **more)


def downloads(figure: str | None, data: str, lang: str) -> html.Div:
    """Buttons for a figure (SVG, PNG) and a link to the numbers behind it."""
    said = text(f"download_{data}", lang)
    buttons = [] if figure is None else [
        html.Button(text(kind, lang), type="button", className="quiet", **{
            "data-figure": figure, "data-format": kind, "aria-label": f"{said}: {kind.upper()}",
        })
        for kind in ("svg", "png")
    ]  # fmt: skip
    link = html.A(text("csv", lang), href=f"csv/{data}", className="quiet", **{
        "data-csv": data, "aria-label": f"{said}: CSV",
    })  # fmt: skip
    return html.Div([*buttons, link], className="downloads")


def graph(name: str, height: int, figure: Any = None) -> dcc.Graph:
    """An empty figure with a place of its own, so that nothing jumps when it comes."""
    empty = {"data": [], "layout": {"height": height, "xaxis": {"visible": False}, "yaxis": {"visible": False}}}
    return dcc.Graph(id=name, figure=figure or empty, config=CONFIG, style={"height": f"{height}px"})


def framed(name: str, height: int, lang: str, first: tuple) -> html.Figure:
    """A headed figure with its downloads, a line of explanation and the same numbers as a table.

    first: figure, title, note and table that it holds at first.
    """
    figure, title, note, numbers = first
    said = [html.H2(title, id=f"{name}-title"), html.P(note, id=f"{name}-note", className="note")]
    inside: list[Any] = [
        html.Figcaption(said),
        html.Div(graph(name, height, figure), role="img", id=f"{name}-image", **{"aria-labelledby": f"{name}-title"}),
        html.Details([html.Summary(text("as_table", lang)), html.Div(numbers, id=f"{name}-table")]),
    ]
    return html.Figure([*inside, downloads(name, name, lang)], className="card")
