"""Figures of the page as plain dictionaries for plotly.js: what is drawn can be tested without a browser."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.states import STATES
from sim.dashboard.words import text
from sim.plots.classes import Classes
from sim.plots.style import DARK, INK, LIGHT, LINE, MIDDLE, MUTED, STEPS, WARN, ink_on
from sim.words import number

FONT = {"family": "system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, sans-serif", "size": 13, "color": INK}
TURN = np.linspace(0.0, 2.0 * np.pi, 25)
Figure = dict[str, Any]


def layout(lang: str, height: int, **more: Any) -> Figure:
    """What all figures have in common; no animation, no logo, nothing that is fetched."""
    return {
        "font": FONT, "height": height, "margin": {"l": 48, "r": 12, "t": 8, "b": 32}, "paper_bgcolor": "white",
        "plot_bgcolor": "white", "showlegend": False, "separators": ", " if lang == "nb" else ".,", "dragmode": False,
        "hoverlabel": {"bgcolor": "white", "bordercolor": LINE, "font": {**FONT, "color": INK}}, **more,
    }  # fmt: skip


def fan(
    years: Sequence[int], bands: dict[str, np.ndarray], single: np.ndarray, decimals: int, lang: str,
    height: int = 300, year: int | None = None, share: bool = False,
) -> Figure:  # fmt: skip
    """Median, middle 50 and 90 % of runs, and single runs (years, some). `share`: only the mean, as a line."""
    x = list(years)
    data: list[Figure] = []
    if not share:
        for low, high, colour in (("p5", "p95", LIGHT), ("p25", "p75", MIDDLE)):
            data.append({
                "type": "scatter", "x": [*x, *reversed(x)], "mode": "lines", "line": {"width": 0},
                "y": [*_list(bands[low]), *reversed(_list(bands[high]))], "fill": "toself", "fillcolor": colour,
                "hoverinfo": "skip",
            })  # fmt: skip
        for path in single.T:
            line = {"width": 0.8, "color": MUTED}
            data.append({
                "type": "scatter", "x": x, "y": _list(path), "mode": "lines", "line": line, "opacity": 0.4,
                "hoverinfo": "skip",
            })  # fmt: skip
    middle = bands["mean" if share else "p50"]
    said = [_said(bands, at, decimals, lang, share) for at in range(len(x))]
    data.append({
        "type": "scatter", "x": x, "y": _list(middle), "mode": "lines+markers", "line": {"width": 2.5, "color": DARK},
        "marker": {"size": 6, "color": DARK}, "text": said, "hovertemplate": "<b>%{x}</b><br>%{text}<extra></extra>",
    })  # fmt: skip
    least = min(0.0, *(float(np.nanmin(values)) for values in bands.values()))
    shapes = [] if year is None else [{
        "type": "line", "x0": year, "x1": year, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }]  # fmt: skip
    axis = {
        "gridcolor": "#ececec",
        "zerolinecolor": WARN if least < 0.0 else LINE,
        "automargin": True,
        "fixedrange": True,
    }
    return {"data": data, "layout": layout(
        lang, height, shapes=shapes, hovermode="x",
        xaxis={**axis, "tickformat": "d", "dtick": 1 if len(x) < 7 else 2, "showgrid": False, "zeroline": False},
        yaxis={**axis, "rangemode": "tozero" if share else "normal"},
    )}  # fmt: skip


def _said(bands: dict[str, np.ndarray], at: int, decimals: int, lang: str, share: bool) -> str:
    if share:
        return number(float(bands["mean"][at]), decimals, lang)
    middle, low, high = (number(float(bands[name][at]), decimals, lang) for name in ("p50", "p5", "p95"))
    return text("fan_hover", lang, middle=middle, low=low, high=high)


def _list(values: np.ndarray) -> list[float | None]:
    return [None if value != value else round(float(value), 6) for value in values]


def cartogram(
    codes: Sequence[str], circles: Any, values: np.ndarray, said: Sequence[str], classes: Classes, names: Sequence[str],
    chosen: str | None, lang: str,
) -> Figure:  # fmt: skip
    """A circle per kommune in the colour of its class; areas by inhabitants; names where they fit."""
    colours = np.array([classes.colour(float(value)) for value in values])
    data: list[Figure] = []
    for colour in dict.fromkeys(colours):
        x, y = _rings(circles, np.flatnonzero(colours == colour))
        data.append({
            "type": "scatter", "x": x, "y": y, "mode": "lines", "fill": "toself", "fillcolor": colour,
            "line": {"color": "#8a99a6", "width": 0.6}, "hoverinfo": "skip",
        })  # fmt: skip
    if chosen in codes:
        x, y = _rings(circles, np.array([list(codes).index(str(chosen))]))
        line = {"color": WARN, "width": 3.5}
        data.append({"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip"})
    per_km = 720.0 / (np.ptp(circles.y) + 2.0 * circles.radius.max())  # px
    letters = np.array([len(name) for name in names])
    big = np.flatnonzero(6.0 * letters < 2.0 * circles.radius * per_km)
    data.append({
        "type": "scatter", "x": circles.x[big].round(1).tolist(), "y": circles.y[big].round(1).tolist(), "mode": "text",
        "text": [names[int(at)] for at in big], "hoverinfo": "skip",
        "textfont": {"size": 10, "color": [ink_on(colours[at]) for at in big]},
    })  # fmt: skip
    data.append({
        "type": "scatter", "x": circles.x.round(1).tolist(), "y": circles.y.round(1).tolist(), "mode": "markers",
        "marker": {"size": np.maximum(6.0, circles.radius * 0.7).round(1).tolist(), "opacity": 0, "color": DARK},
        "customdata": list(codes), "text": list(said), "hovertemplate": "%{text}<extra></extra>",
    })  # fmt: skip
    axis = {"visible": False, "fixedrange": True}
    return {"data": data, "layout": layout(
        lang, 720, hovermode="closest", margin={"l": 0, "r": 0, "t": 0, "b": 0}, xaxis=axis,
        yaxis={**axis, "scaleanchor": "x"},
    )}  # fmt: skip


def _rings(circles: Any, which: np.ndarray) -> tuple[list[float | None], list[float | None]]:
    """The outlines of some circles, one after another with gaps between."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at in which:
        x += [*(circles.x[at] + circles.radius[at] * np.cos(TURN)).round(1).tolist(), None]
        y += [*(circles.y[at] + circles.radius[at] * np.sin(TURN)).round(1).tolist(), None]
    return x, y


def matrix(share: np.ndarray, there: np.ndarray, lang: str) -> Figure:
    """States this year (rows) and next year (columns); darker is more."""
    names = [text(f"state_{state}", lang) for state in STATES]
    shown = np.where(np.isfinite(share), share, 0.0)
    limits = (0.05, 0.15, 0.4, 0.7)
    steps = np.searchsorted(limits, shown, side="right")
    scale = [[place, STEPS[at]] for at in range(5) for place in (at / 5, (at + 1) / 5)]
    notes = [
        {
            "x": column, "y": row, "text": "–" if share[row, column] != share[row, column]
            else f"{number(100.0 * share[row, column], 0, lang)} %", "showarrow": False,
            "font": {"color": ink_on(STEPS[steps[row, column]]), "size": 14},
        }
        for row in range(len(STATES)) for column in range(len(STATES))
    ]  # fmt: skip
    rows = [f"{name}<br>({number(float(count), 0, lang)})" for name, count in zip(names, there, strict=True)]
    data = [{
        "type": "heatmap", "z": steps.tolist(), "zmin": -0.5, "zmax": 4.5, "colorscale": scale, "showscale": False,
        "xgap": 3, "ygap": 3, "hoverinfo": "skip",
    }]  # fmt: skip
    places = list(range(len(STATES)))
    axis = {"tickvals": places, "fixedrange": True, "showgrid": False, "zeroline": False, "ticks": ""}
    return {"data": data, "layout": layout(
        lang, 300, annotations=notes, margin={"l": 96, "r": 4, "t": 34, "b": 4},
        xaxis={**axis, "ticktext": names, "side": "top"}, yaxis={**axis, "ticktext": rows, "autorange": "reversed"},
    )}  # fmt: skip
