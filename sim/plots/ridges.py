"""The distribution of any output over the units of a group, year by year."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.distribution import counts_in_bins, quantiles, smooth
from sim.analysis.quantity import quantities, unit_runs
from sim.plots.request import Request, lower, scaled
from sim.plots.spread import ridges
from sim.plots.style import MUTED, footer, heading, new_figure, subtitle

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BINS = 240  # between the ends of what is shown
SHOWN = (0.01, 0.99)  # quantiles at the ends of the axis
SMOOTH = 3.5  # bins


def ridges_of(request: Request) -> "Figure | None":
    """A ridge per year, every unit of the group in every run counted once; None with too little to show.

    The ends of the axis are the 1 and 99 % quantiles over all years; what lies beyond counts in the medians.
    """
    results = request.material.results
    known = quantities(results)
    default = next((name for name in ("netto_driftsresultat_pct", "tjenesteniva") if name in known), None)
    if (request.output is None and default is None) or len(request.who.units) < 2:
        return None
    what = request.quantity(default or "")
    if what.kind == "event":
        return None
    factor, unit, decimals = scaled(what, False, request.lang)
    values = {
        year: factor * unit_runs(results, what, year).loc[list(request.who.units)].to_numpy().ravel()
        for year in results.years
    }
    every = np.concatenate([found[np.isfinite(found)] for found in values.values()])
    low, high = np.quantile(every, SHOWN) if len(every) else (0.0, 0.0)
    if not high > low:
        return None
    width = (high - low) / BINS
    edges = low - BINS * width + width * np.arange(3 * BINS + 1)
    years = np.repeat(list(values), [len(found) for found in values.values()])
    counts = counts_in_bins(years, np.concatenate(list(values.values())), edges)
    medians = quantiles(counts, (0.5,))[0.5]
    density = smooth(counts, SMOOTH).loc[:, low - width : high]
    figure = new_figure(8.6, 7.2)
    ax = figure.subplots()
    split = 0.0 if low < 0.0 < high else None
    ridges(ax, density, medians, split, lambda year: request.number(medians[year], decimals))
    if split is not None:
        ax.axvline(0.0, color=MUTED, lw=0.8, zorder=1.5)
    ax.set_xlim(low, high)
    subtitle(ax, request.named(what), unit)
    figure.subplots_adjust(left=0.065, right=0.91, top=0.84, bottom=0.11)
    heading(
        figure,
        request.say(
            "ridges_title", title=request.material.title, what=lower(request.named(what)), group=request.who_text,
            period=request.material.period,
        ),
        request.say("ridges_below"),
    )  # fmt: skip
    footer(figure, [request.material.origin, request.say("constructed")])
    return figure
