"""Any output as a fan: one group or unit large, or small multiples of groups on one scale."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.quantity import many_group_paths, quantities, spread
from sim.analysis.who import everyone, groups_of
from sim.plots.request import Request, lower, scaled, short_name
from sim.plots.style import DARK, INK, LIGHT, MIDDLE, MUTED, SMALL, WARN, footer, heading, new_figure, subtitle

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ACROSS = {"size": 3, "sentralitet": 3, "fylke": 5}


def small_fan(ax: "Axes", band: "pd.DataFrame", reference: "pd.Series | None" = None, share: bool = False) -> "Axes":
    """Bands, median and, in grey, a line to compare with. band: index year, columns p5 ... p95 and mean; `share`:
    only the mean is drawn, as a line: the band of a thing that is or is not says nothing."""
    years = band.index.to_numpy(float)
    if len(years) == 1:
        years, band = np.array([years[0] - 0.3, years[0] + 0.3]), band.iloc[[0, 0]]
        reference = None if reference is None else reference.iloc[[0, 0]]
    if not share:
        ax.fill_between(years, band["p5"], band["p95"], color=LIGHT, lw=0, zorder=1)
        ax.fill_between(years, band["p25"], band["p75"], color=MIDDLE, lw=0, zorder=2)
    line = band["mean" if share else "p50"]
    if reference is not None:
        ax.plot(years, reference, color="white", lw=2.6, zorder=2.8)
        ax.plot(years, reference, color=MUTED, lw=1.2, ls=(0, (4, 1.5)), zorder=3)
    ax.plot(years, line, color="white", lw=3.2, zorder=4)
    ax.plot(years, line, color=WARN if share else DARK, lw=1.9, zorder=5)
    return ax


def groups_of_request(request: Request) -> "Figure | None":
    """Small multiples of the groups; None for a single unit, or if the panel has nothing to show."""
    names = ("netto_driftsresultat_pct", *request.material.results.outputs)
    default = next((name for name in names if name in quantities(request.material.results)), None)
    if default is None or request.who.kind == "unit":
        return None
    what = request.quantity(default)
    groups = groups_of(request.by)
    factor, unit, decimals = scaled(what, True, request.lang)
    every = many_group_paths(request.material.results, what, [who.units for who in (*groups, everyone())])
    *bands, whole_band = [factor * spread(paths) for paths in every]
    whole = None if what.kind in ("sum", "event") else whole_band["p50"]
    across = ACROSS[request.by]
    down = -(-len(groups) // across)
    figure = new_figure(10.0, 1.75 + 1.85 * down)
    axes = figure.subplots(down, across, squeeze=False, sharex=True, sharey=what.kind not in ("sum",))
    for ax, who, band in zip(axes.flat, groups, bands, strict=False):
        small_fan(ax, band, whole)
        subtitle(ax, short_name(who, request.lang),
                 request.say("n_units", n=len(who.units)))  # fmt: skip
        _last(ax, band, request, decimals)
        if what.name == "netto_driftsresultat_pct":
            ax.axhline(0.0, color=MUTED, lw=0.8, zorder=2.5)
        ax.grid(axis="y")
        years = request.material.results.years
        ax.set_xticks(sorted({years[0], years[-1]}))
    for ax in list(axes.flat)[len(groups) :]:
        ax.set_visible(False)
    tall = figure.get_figheight()
    figure.subplots_adjust(left=0.055, right=0.945, top=1 - 1.25 / tall, bottom=0.68 / tall, hspace=0.62, wspace=0.34)
    title = request.say(
        "groups_title", title=request.material.title, what=lower(request.named(what)), period=request.material.period
    )
    heading(
        figure,
        title,
        f"{unit[:1].upper()}{unit[1:]}. " + request.say("groups_below" if whole is not None else "groups_alone"),
    )
    footer(figure, [request.material.origin, request.say("constructed")])
    return figure


def _last(ax: "Axes", band: "pd.DataFrame", request: Request, decimals: int) -> None:
    last = band.index[-1] + (0.3 if len(band) == 1 else 0.0)
    ax.annotate(request.number(band["p50"].iloc[-1], decimals), (last, band["p50"].iloc[-1]), xytext=(4, 0),
                textcoords="offset points", fontsize=SMALL, fontweight="bold", color=INK, va="center",
                annotation_clip=False)  # fmt: skip
