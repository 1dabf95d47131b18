"""Who wins and who loses by name: a dot per kommune with the spread of its runs."""

from typing import TYPE_CHECKING

from sim.analysis.direction import direction
from sim.plots.differences import WAYS
from sim.plots.style import DARK, INK, LIGHT, MUTED, SMALL, WARN, subtitle
from sim.words import output_title

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS, EACH_SIDE = 3, 12


def winners_panel(ax: "Axes", rows: "pd.DataFrame") -> "Axes":
    """Dot: mean difference; bar: middle 90 % of runs; losers (red) on top. rows: of sim.analysis.winners.extremes."""
    output = str(rows["output"].iloc[0])
    way = direction(output) or 1
    places = list(range(len(rows)))[::-1]
    lost = (way * rows["difference"] < 0.0).to_numpy()
    colours = [WARN if loser else DARK for loser in lost]
    ax.hlines(places, rows["p5"], rows["p95"], color=LIGHT, lw=4.0, zorder=1)
    ax.hlines(places, rows["low"], rows["high"], color=colours, lw=1.4, zorder=2)
    ax.scatter(rows["difference"], places, s=16, c=colours, zorder=3)
    ax.axvline(0.0, color=INK, lw=0.8, zorder=0)
    ax.set_yticks(places, list(rows["name"]))
    ax.set_ylim(-0.7, len(rows) - 0.3)
    ax.grid(axis="x")
    unit = str(rows["unit"].iloc[0])
    unit = "percentage points" if unit.startswith("%") else "probability" if unit == "0/1" else unit
    said = WAYS[direction(output)]
    subtitle(ax, output_title(output), f"{unit}; {said}" if said else unit)
    return ax


def winners_figure(figure: "Figure", chosen: "list[pd.DataFrame]") -> "np.ndarray":
    """A panel per table of `extremes` that has rows, at most MOST_PANELS; a sentence if there is none."""
    shown = [rows for rows in chosen if len(rows)][:MOST_PANELS]
    axes = figure.subplots(1, max(1, len(shown)), squeeze=False).ravel()
    for ax, rows in zip(axes, shown, strict=False):
        winners_panel(ax, rows)
    if not shown:
        axes[0].set_axis_off()
        axes[0].text(
            0.5, 0.5, "No kommune's mean difference stands out from the noise of these runs.",
            ha="center", va="center", fontsize=SMALL + 2, color=MUTED, transform=axes[0].transAxes,
        )  # fmt: skip
    return axes
