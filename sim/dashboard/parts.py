"""Pieces of the page. Text from files goes in as text, never as markup."""

from typing import Any

from dash import html

from sim.dashboard.words import text

LABELS = {  # of the lists, for a reader of Norwegian
    "select_all": "Velg alle", "deselect_all": "Velg ingen", "selected_count": "{num_selected} valgt", "search": "Søk",
    "clear_search": "Tøm søket", "clear_selection": "Fjern valget", "no_options_found": "Ingen treff",
}  # fmt: skip


def labels(lang: str) -> dict[str, str] | None:
    """The words of a list; None: its own, which are English."""
    return LABELS if lang == "nb" else None


def field(label: str, control: Any, name: str, **more: Any) -> html.Div:
    """A control with its label."""
    return html.Div([html.Label(label, htmlFor=name, id=f"{name}-label"), control], className="field", **more)


def drawing(name: str) -> html.Div:
    """A place for a drawing; the browser draws into it, and names it for those who do not see it."""
    return html.Div(id=name, className="drawing", role="img")


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


def framed(name: str, lang: str) -> html.Figure:
    """A headed figure with its downloads, a line of explanation and the same numbers as a table."""
    said = [html.H2(id=f"{name}-title"), html.P(id=f"{name}-note", className="note")]
    inside: list[Any] = [
        html.Figcaption(said), drawing(name),
        html.Details([html.Summary(text("as_table", lang)), html.Div(id=f"{name}-table")]),
    ]  # fmt: skip
    return html.Figure([*inside, downloads(name, name, lang)], className="card")
