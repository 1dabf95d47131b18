"""Paired contrasts: how far two scenarios lie apart, year by year, with the interval over runs."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.paired import must_pair, paired_band
from sim.analysis.quantity import quantities
from sim.plots.request import Request, finer, scaled
from sim.plots.style import DARK, INK, LIGHT, MUTED, SMALL, WARN, apart, footer, heading, new_figure, subtitle
from sim.words import output_title, signed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = ("netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "robek")


NOTHING = 1e-4  # below which a difference is none, in the unit shown


def contrast(ax: "Axes", table: "pd.DataFrame", said: Callable[[float], str] = signed, colour: str = DARK) -> "Axes":
    """A point (median) and a line (low to high) per year, zero marked, the last year's numbers beside it.

    table: columns year, median, low, high, in the unit shown; `said` prints a value. Hollow: the interval holds
    zero.
    """
    ax.axhline(0.0, color=MUTED, lw=0.9, zorder=1)
    years = table["year"].to_numpy(float)
    low, middle, high = (table[name].to_numpy(float) for name in ("low", "median", "high"))
    ax.vlines(years, low, high, color=colour, lw=2.2, alpha=0.45, zorder=2)
    sure = (low > 0.0) | (high < 0.0)
    for chosen, face in ((sure, colour), (~sure, "white")):
        ax.plot(years[chosen], middle[chosen], ls="", marker="o", ms=5.5, mfc=face, mec=colour, mew=1.3, zorder=3)
    reach = float(np.nanmax(np.abs([low, high])))
    reach = reach if reach > NOTHING else 1.0
    edge = (min(0.0, float(np.nanmin(low))) - 0.12 * reach, max(0.0, float(np.nanmax(high))) + 0.12 * reach)
    ax.set_ylim(*edge)
    ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    _ends(ax, low[-1], middle[-1], high[-1], said)
    ax.set_xticks(years, [f"{year:.0f}" for year in years])
    if len(years) > 5:
        ax.set_xticks([year for year in years if (years[-1] - year) % 3 == 0])
    ax.grid(axis="y", color=LIGHT)
    return ax


def _ends(ax: "Axes", low: float, middle: float, high: float, said: Callable[[float], str]) -> None:
    bottom, top = ax.get_ylim()
    texts = [said(low), said(middle), said(high)]
    if len(set(texts)) == 1:
        places, texts = [middle], texts[:1]
    else:
        places = apart([low, middle, high], 0.085 * (top - bottom))
    for at, (place, text) in enumerate(zip(places, texts, strict=True)):
        bold = at == 1 or len(texts) == 1
        ax.annotate(
            text, (ax.get_xlim()[1], place), xytext=(4, 0), textcoords="offset points", fontsize=SMALL, va="center",
            color=INK if bold else MUTED, fontweight="bold" if bold else "normal", annotation_clip=False,
        )  # fmt: skip


def contrast_of(request: Request) -> "Figure | None":
    """The differences of the headline outputs (or of the one asked for); None without a second result."""
    if request.other is None:
        return None
    one, other = request.material.results, request.other.results
    must_pair(one, other)
    known = quantities(one).keys() & quantities(other).keys()
    names = [request.quantity(SHOWN[0]).name] if request.output else [name for name in SHOWN if name in known]
    if not names:
        return None
    figure = new_figure(10.0, 6.6 if len(names) > 2 else 4.6)
    axes = figure.subplots(2 if len(names) > 2 else 1, 2 if len(names) > 1 else 1, squeeze=False)
    for ax, name in zip(axes.flat, names, strict=False):
        what = quantities(one)[name]
        factor, unit, decimals = scaled(what, len(request.who.units) > 1, request.lang)
        table = paired_band(one, other, what, list(request.who.units))
        if what.kind == "event" and len(request.who.units) == 1:  # a unit is in the register or not: show the share
            table = table.assign(median=table["mean"], low=table["mean"], high=table["mean"])
        table[["median", "low", "high"]] *= factor
        places = decimals if table["high"].abs().max() >= 10 else finer(decimals, unit)
        contrast(ax, table, partial(signed, decimals=places, lang=request.lang), WARN if what.kind == "event" else DARK)
        subtitle(ax, output_title(name, request.lang), request.say("difference_in", unit=unit))
    for ax in list(axes.flat)[len(names) :]:
        ax.set_visible(False)
    top = 0.815 if len(names) > 2 else 0.74
    figure.subplots_adjust(
        left=0.06, right=0.93, top=top, bottom=0.115 if len(names) > 2 else 0.16, hspace=0.5, wspace=0.32
    )
    heading(
        figure,
        request.say(
            "contrast_title", one=request.material.short, other=request.other.short, who=request.who_text,
            period=request.material.period,
        ),
        request.say("contrast_below"),
    )  # fmt: skip
    compared = request.say("compared", name=request.other.results.manifest["name"], digest=request.other.digest)
    footer(figure, [request.material.origin, compared])
    return figure
