"""Ranked lists as dots with intervals: winners and losers, most at risk, what moves an output."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.plots.style import DARK, INK, LIGHT, LINE, MIDDLE, MUTED, SMALL, WARN

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


NOTHING = 1e-4  # below which a span is none, in the unit shown


def ranked(ax: "Axes", rows: "pd.DataFrame", said: Callable[[float], str], colour: str = DARK) -> "Axes":
    """A line per row, the first on top: name, point (median) and line (low to high), the median as a number.

    rows: index names, columns median, low, high.
    """
    places = np.arange(len(rows))[::-1]
    for place, (low, middle, high) in zip(places, rows[["low", "median", "high"]].to_numpy(float), strict=True):
        ax.plot([low, high], [place, place], color=colour, lw=2.2, alpha=0.4, zorder=2, solid_capstyle="butt")
        ax.plot(middle, place, marker="o", ms=5.5, mfc=colour, mec="white", mew=0.5, zorder=3)
        ax.annotate(said(middle), (1.0, place), xycoords=("axes fraction", "data"), xytext=(6, 0), fontsize=SMALL,
                    textcoords="offset points", va="center", color=INK, annotation_clip=False)  # fmt: skip
    _names(ax, places, list(rows.index))
    low, high = ax.dataLim.intervalx
    room = 0.04 * (high - low) if high - low > NOTHING else 1.0
    ax.set_xlim(min(low - room, -room), max(high + room, room))
    ax.axvline(0.0, color=MUTED, lw=0.9, zorder=1)
    return ax


def _names(ax: "Axes", places: np.ndarray, names: Sequence[str]) -> None:
    ax.set_yticks(places, names, fontsize=SMALL + 0.5, color=INK)
    ax.set_ylim(-0.7, len(names) - 0.3)
    ax.grid(axis="x")
    for place in places:
        ax.axhline(place, color=LIGHT, lw=0.5, zorder=0)


def risks(
    ax: "Axes", rows: "pd.DataFrame", said: Callable[[float], str], heads: Sequence[str], width: float = 0.135
) -> "Axes":
    """A line per unit, the first on top: its probability (point), that of the first year (hollow), two more.

    rows: index names, columns last, first (shares) and two more, printed at the right below `heads`.
    """
    places = np.arange(len(rows))[::-1]
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        ax.plot([row["first"], row["last"]], [place, place], color=MIDDLE, lw=1.4, zorder=2)
        ax.plot(row["first"], place, marker="o", ms=5, mfc="white", mec=DARK, mew=1.0, zorder=3)
        ax.plot(row["last"], place, marker="o", ms=6.5, mfc=WARN, mec="white", mew=0.5, zorder=4)
        values = [row["last"], *row.iloc[2:]]
        for at, value in enumerate(values):
            ax.annotate(
                said(value), (1.02 + (at + 0.5) * width, place), xycoords=("axes fraction", "data"), fontsize=SMALL,
                va="center", ha="center", color=INK if at == 0 else MUTED, annotation_clip=False,
                fontweight="bold" if at == 0 else "normal",
            )  # fmt: skip
    for at, head in enumerate(heads):
        ax.annotate(
            head, (1.02 + (at + 0.5) * width, 1.0), xycoords="axes fraction", xytext=(0, 4), fontsize=SMALL,
            textcoords="offset points", ha="center", va="bottom", color=MUTED, annotation_clip=False,
        )  # fmt: skip
    _names(ax, places, list(rows.index))
    top = max(float(rows[["first", "last"]].to_numpy().max()), 0.05)
    ax.set_xlim(-0.02 * top, 1.04 * top)
    return ax


def tornado(ax: "Axes", rows: "pd.DataFrame", middle: float, said: Callable[[float], str]) -> "Axes":
    """A bar per factor from `middle` to its low and its high value, the widest on top.

    rows: columns factor (name), low, high: the outcome where the factor is low and where it is high.
    """
    span = (rows["high"] - rows["low"]).abs()
    rows = rows.iloc[np.argsort(-span.to_numpy(), kind="stable")]
    places = np.arange(len(rows))[::-1]
    ends = rows[["low", "high"]].to_numpy(float)
    reach = float(np.abs(ends - middle).max())
    reach = reach if reach > NOTHING else 1.0
    for place, (low, high) in zip(places, ends, strict=True):
        for value, colour in ((low, MIDDLE), (high, DARK)):
            ax.barh(place, value - middle, left=middle, height=0.62, color=colour, lw=0, zorder=2)
        left, right = sorted([(low, "low"), (high, "high")])
        for value, side in ((left[0], -1), (right[0], 1)):
            outer = min(value, middle) if side < 0 else max(value, middle)
            ax.annotate(said(value), (outer, place), xytext=(5 * side, 0), textcoords="offset points", fontsize=SMALL,
                        va="center", ha="left" if side > 0 else "right", color=INK)  # fmt: skip
    _names(ax, places, list(rows["factor"]))
    ax.axvline(middle, color=INK, lw=1.0, zorder=3)
    ax.set_xlim(middle - 1.3 * reach, middle + 1.3 * reach)
    ax.spines["bottom"].set_color(LINE)
    return ax
