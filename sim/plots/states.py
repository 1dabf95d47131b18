"""Healthy, drawing on reserves, in deficit, in ROBEK: who goes where, as bands and as a table."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.states import STATES, flows, has_states, shares, states, transitions
from sim.plots.material import MOST_RUNS
from sim.plots.request import Request
from sim.plots.style import INK, MUTED, NORMAL, SMALL, STEPS, apart, footer, halo, heading, ink_on, new_figure
from sim.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

COLOURS = {"healthy": "#cfe1ef", "fund": "#7fb0d6", "deficit": "#c2661f", "robek": "#7a2b05"}
COLUMNS = 5  # years drawn at most
WIDTH = 0.12  # of a column, in distances between columns
SPACE = 0.045  # between the blocks of a column, in its height


def chosen_years(years: Sequence[int], most: int = COLUMNS) -> list[int]:
    """At most so many of the years, evenly, with the first and the last."""
    places = np.linspace(0, len(years) - 1, min(most, len(years))).round().astype(int)
    return [years[at] for at in dict.fromkeys(places.tolist())]


def alluvial(
    ax: "Axes",
    count: np.ndarray,
    moved: np.ndarray,
    years: Sequence[int],
    said: Callable[[float], str],
    lang: str = "en",
) -> "Axes":
    """A column of blocks per year and a band per move between two columns, as wide as the number that makes it.

    count: (years, 4) number of units by state of STATES; moved: (years - 1, 4, 4).
    """  # fmt: skip
    total = float(count[0].sum())
    space = SPACE * total
    tops = np.zeros_like(count)  # lower edge of every block, ROBEK lowest
    for row in range(len(count)):
        stacked = np.cumsum([0.0, *(count[row, state] + space for state in (3, 2, 1))])
        tops[row, [3, 2, 1, 0]] = stacked
    for step, table in enumerate(moved):
        out, into = tops[step].copy(), tops[step + 1].copy()
        for start in (3, 2, 1, 0):
            for end in (3, 2, 1, 0):
                size = float(table[start, end])
                if size > 0.0:
                    _band(ax, step, out[start], into[end], size, COLOURS[STATES[start]])
                out[start] += size
                into[end] += size
    for row in range(len(count)):
        for state, name in enumerate(STATES):
            ax.bar(
                row, count[row, state], WIDTH, bottom=tops[row, state], color=COLOURS[name], ec=INK, lw=0.4, zorder=4
            )
        _numbers(ax, row, tops[row] + count[row] / 2, count[row], said, total)
    last = tops[-1] + count[-1] / 2
    places = apart([float(place) for place in last], 0.052 * (total + 3 * space))
    for state, name in enumerate(STATES):
        ax.annotate(
            say(name, lang), (len(count) - 1 + WIDTH / 2, places[state]), xytext=(38, 0), textcoords="offset points",
            fontsize=NORMAL, fontweight="bold", va="center", color=INK, annotation_clip=False,
        )  # fmt: skip
    ax.set_xlim(-0.3, max(len(count) - 1, 0.6) + 0.1)
    ax.set_ylim(-0.02 * total, total + 3.6 * space)
    ax.set_xticks(range(len(years)), [str(year) for year in years], fontsize=NORMAL)
    ax.set_yticks([])
    ax.spines["bottom"].set_visible(False)
    return ax


def _numbers(ax: "Axes", row: int, middle: np.ndarray, count: np.ndarray, said: Callable, total: float) -> None:
    places = apart([float(place) for place in middle], 0.052 * total * (1 + 3 * SPACE))
    for state in range(len(STATES)):
        ax.annotate(
            said(float(count[state])), (row + WIDTH / 2, places[state]), xytext=(4, 0), textcoords="offset points",
            fontsize=SMALL, va="center", color=INK, zorder=6, annotation_clip=False, path_effects=halo(),
        )  # fmt: skip


def _band(ax: "Axes", step: int, low: float, high: float, size: float, colour: str) -> None:
    """From (step, low) to (step + 1, high), `size` wide, with soft bends."""
    way = np.linspace(0.0, 1.0, 40)
    bend = way * way * (3.0 - 2.0 * way)
    x = step + WIDTH / 2 + way * (1.0 - WIDTH)
    y = low + (high - low) * bend
    ax.fill_between(x, y, y + size, color=colour, alpha=0.62, lw=0, zorder=2)


def matrix(ax: "Axes", share: "pd.DataFrame", said: Callable[[float], str], lang: str = "en") -> "Axes":
    """The share of each row that is in each column a year later, in shades and numbers; rows sum to 1."""
    n = len(share)
    for i, row in enumerate(share.to_numpy(float)):
        for j, value in enumerate(row):
            known = np.isfinite(value)
            colour = STEPS[int(np.searchsorted((0.05, 0.2, 0.45, 0.7), value))] if known else "#efefef"
            ax.add_patch(_box(j, i, colour))
            ax.text(j + 0.5, i + 0.5, said(value) if known else "–", ha="center", va="center", fontsize=10.5,
                    color=ink_on(colour), zorder=3)  # fmt: skip
    names = [say(name, lang) for name in share.index]
    ax.set_xlim(0, n)
    ax.set_ylim(n, 0)
    ax.set_xticks([at + 0.5 for at in range(n)], names, fontsize=NORMAL, color=INK)
    ax.set_yticks([at + 0.5 for at in range(n)], names, fontsize=NORMAL, color=INK)
    ax.tick_params(length=0, bottom=False, top=False, labelbottom=False, labeltop=True)
    ax.spines["bottom"].set_visible(False)
    return ax


def _box(x: float, y: float, colour: str) -> "Rectangle":
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), 1, 1, fc=colour, ec="white", lw=2.0, zorder=2)


def states_of(request: Request) -> "Figure | None":
    """The alluvial diagram; None if the panel has not what the states are made of, or for one unit."""
    results = request.material.results
    if not has_states(results) or len(request.who.units) < 2:
        return None
    years = chosen_years(results.years)
    of = states(results, list(request.who.units), MOST_RUNS)[[results.years.index(year) for year in years]]
    figure = new_figure(10.0, 6.4)
    ax = figure.subplots()
    alluvial(
        ax, shares(of), flows(of), years, lambda value: request.number(value, 0 if value >= 10 else 1), request.lang
    )
    figure.subplots_adjust(left=0.0, right=0.785, top=0.875, bottom=0.115)
    heading(
        figure, request.say("states_title", title=request.material.title, who=request.who_text),
        request.say("states_below"),
    )  # fmt: skip
    footer(figure, [request.material.origin + _which(request), request.say("constructed")])
    return figure


def moves_of(request: Request) -> "Figure | None":
    """The matrix of moves from a year to the next; None as for `states_of`."""
    from sim.words import percent

    results = request.material.results
    if not has_states(results) or len(results.years) < 2:
        return None
    share = transitions(states(results, list(request.who.units), MOST_RUNS))
    figure = new_figure(8.6, 5.2)
    ax = figure.subplots()
    matrix(ax, share, lambda value: percent(value, request.lang), request.lang)
    figure.subplots_adjust(left=0.20, right=0.985, top=0.755, bottom=0.125)
    ax.annotate(f"{request.say('next_year')} →", (0.0, 1.0), xycoords="axes fraction", xytext=(0, 24),
                textcoords="offset points", fontsize=SMALL, color=MUTED, va="bottom")  # fmt: skip
    heading(
        figure, request.say("moves_title", title=request.material.title, period=request.material.period),
        request.say("moves_of_one" if request.who.kind == "unit" else "moves_below", who=request.who_text),
    )  # fmt: skip
    footer(figure, [request.material.origin + _which(request), request.say("constructed")])
    return figure


def _which(request: Request) -> str:
    """Which runs are counted, if not all."""
    if request.material.results.runs <= MOST_RUNS:
        return ""
    return f" {request.say('counted', which=request.say('first_runs', n=request.number(MOST_RUNS)))}"
