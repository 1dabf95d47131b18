"""How kommuner differ: the whole distribution by year, not only its mean."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.plots.style import DARK, INK, MIDDLE, MUTED, SMALL, WARN, subtitle
from sim.words import number, output_title, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

OVERLAP = 1.75  # height of the highest ridge, in distances between ridges


@dataclass(frozen=True)
class Window:
    """Where a ratio is counted and shown, all in % of driftsinntekter."""

    counted: tuple[float, float]
    shown: tuple[float, float]
    bin: float
    smoothing: float  # standard deviation


WINDOWS = {
    "netto_driftsresultat": Window((-80.0, 80.0), (-9.0, 11.0), 0.2, 0.35),
    "disposisjonsfond": Window((0.0, 400.0), (0.0, 55.0), 0.5, 0.8),
}


def ridges(
    ax: "Axes",
    density: "pd.DataFrame",
    medians: "pd.Series",
    split: float | None,
    label: Callable[[int], str],
) -> "Axes":
    """One ridge per year, the first on top; dark below `split`; `label(year)` stands at the right.

    density: rows years, columns left edges of equally wide bins; medians: by year.
    """
    places = density.columns.to_numpy(float)
    middle = places + (places[1] - places[0]) / 2
    below = np.append(middle[middle < split], split) if split is not None else middle[:0]
    scale = OVERLAP / max(float(density.to_numpy().max()), 1e-12)
    years = list(density.index)
    for row, year in enumerate(years):
        base = float(len(years) - 1 - row)
        height = density.loc[year].to_numpy(float) * scale
        order = 2.0 + 0.01 * row
        ax.fill_between(middle, base, base + height, color=MIDDLE, lw=0, zorder=order)
        dark = np.interp(below, middle, height)
        ax.fill_between(below, base, base + dark, color=WARN, lw=0, zorder=order + 0.001)
        ax.plot(middle, base + height, color="white", lw=1.6, zorder=order + 0.002)
        ax.plot(middle, base + height, color=DARK, lw=0.8, zorder=order + 0.003)
        top = np.interp(medians[year], middle, height)
        ax.plot([medians[year]] * 2, [base, base + top], color=DARK, lw=1.6, zorder=order + 0.004)
        ax.annotate(
            label(year), (1.0, base), xycoords=("axes fraction", "data"), xytext=(4, 1), fontsize=SMALL,
            textcoords="offset points", color=INK, va="bottom", annotation_clip=False,
        )  # fmt: skip
    ax.set_ylim(-0.15, len(years) - 1 + OVERLAP * 1.06)
    ax.set_yticks([float(len(years) - 1 - row) for row in range(len(years))], [str(year) for year in years])
    ax.grid(axis="x")
    return ax


def side_heading(ax: "Axes", text: str) -> None:
    """What the labels right of the ridges are."""
    ax.annotate(
        text, (1.0, 1.0), xycoords="axes fraction", xytext=(4, 6), textcoords="offset points", fontsize=SMALL,
        fontweight="bold", va="bottom", annotation_clip=False,
    )  # fmt: skip


def spread_figure(axes: "np.ndarray", density: dict, medians: dict, events: "pd.DataFrame", lang: str = "en") -> None:
    """Fills two panels. density and medians by output; events: by year, the shares at the right."""
    from matplotlib.ticker import MultipleLocator

    panels = (
        ("netto_driftsresultat", "ridge_result", 0.0),
        ("disposisjonsfond", "ridge_fund", None),
    )
    sides = (("negativ", "side_negative"), ("uten_fond", "side_without"))
    for ax, (output, unit, split), (event, side) in zip(axes.flat, panels, sides, strict=True):
        low, high = WINDOWS[output].shown
        seen = density[output].loc[:, low - 1 : high + 1]
        share = {year: f"{number(100 * events.loc[year, event], 0, lang)} %" for year in seen.index}
        ridges(ax, seen, medians[output], split, share.__getitem__)
        ax.set_xlim(low, high)
        ax.xaxis.set_major_locator(MultipleLocator(5 if split is not None else 10))
        subtitle(ax, output_title(output, lang), say(unit, lang))
        side_heading(ax, say(side, lang))
    axes.flat[0].axvline(0.0, color=MUTED, lw=0.8, zorder=1.5)
