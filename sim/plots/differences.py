"""Two scenarios run by run: the paired difference over the years, one panel per output."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.direction import direction
from sim.plots.style import DARK, INK, LIGHT, MIDDLE, MUTED, SMALL, WARN, subtitle
from sim.words import output_title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS = 9
WAYS = {1: "higher is better", -1: "lower is better", 0: ""}


def contrast_panel(ax: "Axes", rows: "pd.DataFrame") -> "Axes":
    """Middle 90 and 50 % of the paired differences, their median, and the mean with its 95 % interval as a bar.

    rows: of one output and group of sim.analysis.contrast, by year (column).
    """
    rows = rows.sort_values("year")
    years = rows["year"].to_numpy(float)
    if len(rows) == 1:
        rows = rows.iloc[[0, 0]]
        years = years[0] + np.array([-0.3, 0.3])
    ax.fill_between(years, rows["p5"], rows["p95"], color=LIGHT, lw=0, zorder=1)
    ax.fill_between(years, rows["p25"], rows["p75"], color=MIDDLE, lw=0, zorder=2)
    ax.plot(years, rows["p50"], color=DARK, lw=1.8, zorder=4)
    ax.axhline(0.0, color=INK, lw=0.8, zorder=3)
    ax.vlines(years, rows["low"], rows["high"], color=WARN, lw=2.2, zorder=5)
    ax.plot(years, rows["difference"], ls="", marker="o", ms=2.8, color=WARN, zorder=6)
    output, unit = str(rows["output"].iloc[0]), str(rows["unit"].iloc[0])
    way = WAYS[direction(output)]
    unit = "percentage points of driftsinntekter" if unit.startswith("%") else unit
    subtitle(ax, output_title(output), f"{unit}; {way}" if way else unit)
    ax.grid(axis="y")
    low, high = ax.get_ylim()
    least = 1e-9 + 0.02 * float(np.nanmax(np.abs(rows[["mean_a", "mean_b"]].to_numpy()), initial=0.0)) * 0.01
    if high - low < least:  # no difference worth an axis: keep rounding noise from looking like one
        ax.set_ylim(-least, least)
    ax.margins(x=0.03)
    first, last = int(rows["year"].iloc[0]), int(rows["year"].iloc[-1])
    ax.set_xticks(sorted({first, (first + last) // 2, last}))
    return ax


def contrast_figure(figure: "Figure", national: "pd.DataFrame", group: str) -> "np.ndarray":
    """A panel per output of the group, at most MOST_PANELS; returns the axes. national: of Comparison."""
    rows = national[(national["gruppe"] == group) & (national["runs"] > 0)]
    outputs = list(dict.fromkeys(rows["output"]))[:MOST_PANELS]
    across = min(3, max(1, len(outputs)))
    axes = np.atleast_1d(figure.subplots(-(-max(1, len(outputs)) // across), across, squeeze=False)).ravel()
    for ax, output in zip(axes, outputs, strict=False):
        contrast_panel(ax, rows[rows["output"] == output])
    for ax in axes[len(outputs) :]:
        ax.set_visible(False)
    return axes


def contrast_key(figure: "Figure") -> None:
    """The legend of the whole figure, in one line below its heading."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Line2D([], [], color=WARN, marker="o", ms=3, lw=2.2, label="mean, 95 % interval"),
        Line2D([], [], color=DARK, lw=1.8, label="median over runs"),
        Patch(color=MIDDLE, label="middle 50 % of runs"), Patch(color=LIGHT, label="middle 90 %"),
    ]  # fmt: skip
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.005, 1.0 - 0.58 / figure.get_figheight()),
        frameon=False, ncols=len(handles), fontsize=SMALL, labelcolor=MUTED, columnspacing=1.6,
        handlelength=1.5, handletextpad=0.5, borderpad=0.3,
    )  # fmt: skip
