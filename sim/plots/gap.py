"""The waterfall of a typical gap: what has to be found in a budget, and which measure finds how much of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.analysis.measures import OPEN, measures_by_year
from sim.plots.request import Request
from sim.plots.style import DARK, INK, LINE, MIDDLE, MUTED, SMALL, WARN, footer, heading, new_figure
from sim.words import measure_title, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SMALL_SHARE = 0.005  # of the gap: measures below it in size are left out


def waterfall(ax: "Axes", rows: "pd.DataFrame", said: Callable[[float], str], lang: str = "en") -> "Axes":
    """A bar for the whole gap, then one per measure where the one before it ended, the open deficit last.

    rows: index measure, columns pct (share of the gap that it closes) and units (mean number); `said` prints a
    value. A measure below zero (a tax that falls) widens the gap.
    """
    whole = float(rows["pct"].sum())
    keep = rows[(rows["pct"].abs() >= SMALL_SHARE * abs(whole)) | (rows.index == OPEN)]
    order = sorted(keep.index, key=lambda name: (name == OPEN, -keep.loc[name, "pct"], name))
    names = [say("gap_whole", lang), *(measure_title(name, lang) for name in order)]
    ax.barh(0, whole, height=0.62, color=DARK, zorder=3)
    edge, low, high = whole, 0.0, whole
    for place, name in enumerate(order, start=1):
        value = float(keep.loc[name, "pct"])
        start = edge if name != OPEN else value
        colour = WARN if name == OPEN or value < 0.0 else MIDDLE
        left = min(start, start - value)
        low, high = min(low, left), max(high, left + abs(value))
        ax.barh(place, abs(value), left=left, height=0.62, color=colour, zorder=3)
        ax.plot([edge, edge], [place - 1 + 0.31, place + 0.31], color=MUTED, lw=0.7, zorder=2)
        text = f"{said(value)}  ({keep.loc[name, 'units']:.0f})"
        ax.annotate(text, (left + abs(value), place), xytext=(5, 0), textcoords="offset points", fontsize=SMALL,
                    va="center", color=INK)  # fmt: skip
        edge = start - value
    ax.annotate(said(whole), (whole, 0), xytext=(5, 0), textcoords="offset points", fontsize=SMALL, va="center",
                color=INK, fontweight="bold")  # fmt: skip
    ax.set_yticks(range(len(names)), names, fontsize=8.5, color=INK)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(low, high + max(0.16 * (high - low), 1e-6))
    ax.axvline(0.0, color=LINE, lw=0.8)
    ax.spines["bottom"].set_visible(False)
    ax.set_xticks([])
    return ax


def gap_of(request: Request) -> "Figure | None":
    """The gap of a group in one year; None about anything but all kommuner or all fylkeskommuner."""
    if request.who.kind != "all":
        return None
    table = measures_by_year(request.material.national)
    rows = table[(table["gruppe"] == request.who.name) & (table["year"] == request.last)].set_index("measure")
    if not float(rows["pct"].sum()) > 0.0:
        return None
    figure = new_figure(10.0, 4.9)
    ax = figure.subplots()
    waterfall(ax, rows, lambda value: request.number(value, 2), request.lang)
    figure.subplots_adjust(left=0.205, right=0.985, top=0.835, bottom=0.11)
    group = request.say(request.who.name)
    heading(
        figure, request.say("gap_title", title=request.material.title, group=group, year=request.last),
        request.say("gap_below"),
    )  # fmt: skip
    footer(figure, [request.material.origin, request.say("measures_open")])
    return figure
