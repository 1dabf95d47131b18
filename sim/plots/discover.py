"""Scenario discovery in two panels: how coverage and density trade off, and the box in its two main factors."""

from typing import TYPE_CHECKING

import numpy as np

from sim.plots.style import DARK, INK, LINE, MIDDLE, MUTED, SMALL, WARN, subtitle

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.analysis.discover import Discovery


def path_panel(ax: "Axes", found: "Discovery") -> "Axes":
    """Every box on the way of the first one, and the boxes taken as larger dots with their number."""
    path = np.array(found.boxes[0].path)
    ax.plot(path[:, 0], path[:, 1], color=LINE, lw=1.0, marker="o", ms=3, mfc=MIDDLE, mec="none", zorder=2)
    for number, box in enumerate(found.boxes, 1):
        ax.plot([box.coverage], [box.density], marker="o", ms=9, color=WARN, ls="", zorder=3)
        ax.annotate(str(number), (box.coverage, box.density), ha="center", va="center", fontsize=SMALL, color="white")
    ax.axhline(found.interest.mean(), color=MUTED, lw=0.8, ls=(0, (4, 2)))
    ax.set_xlim(-0.03, 1.03)
    ax.set_ylim(-0.03, 1.06)
    ax.set_xlabel("coverage: share of the cases of interest in the box")
    ax.grid(True)
    subtitle(ax, "Density of the boxes tried", "share of interest in the box; dashed: without a box")
    return ax


def box_panel(ax: "Axes", found: "Discovery") -> "Axes":
    """All points in the two factors that the first box limits most surely (one: against the next)."""
    box, sample = found.boxes[0], found.sample
    order = sorted(box.chance, key=lambda f: box.chance[f])
    rest = [factor for factor in range(len(sample.factors)) if factor not in order]
    across, up = (*order, *rest, order[0])[:2]
    x, y = sample.x[:, across], sample.x[:, up]
    ax.scatter(x[~found.interest], y[~found.interest], s=7, color=MIDDLE, lw=0, zorder=2)
    ax.scatter(x[found.interest], y[found.interest], s=12, color=WARN, marker="D", lw=0, zorder=3)
    ends = []
    for factor, values in ((across, x), (up, y)):
        room = 0.02 * max(float(np.ptp(values)), 1e-12)
        low = box.low[factor] if np.isfinite(box.low[factor]) else values.min() - room
        high = box.high[factor] if np.isfinite(box.high[factor]) else values.max() + room
        ends.append((float(low), float(high)))
    from matplotlib.patches import Rectangle

    (left, right), (bottom, top) = ends
    ax.add_patch(Rectangle((left, bottom), right - left, top - bottom, fill=False, ec=DARK, lw=1.8, zorder=4))
    ax.set_xlabel(sample.factors[across], color=INK)
    others = len(order) - len({across, up} & set(order))
    more = f"; {others} more limits not seen here" if others > 0 else ""
    subtitle(ax, "Box 1", f"{sample.factors[up]} (up) over {sample.factors[across]}; red: of interest{more}")
    return ax
