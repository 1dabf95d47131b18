"""Which measures are used: one small panel each on the same scale."""

from typing import TYPE_CHECKING

from sim.plots.style import DARK, INK, LIGHT, MIDDLE, MUTED, SMALL, WARN
from sim.words import measure_title, number, say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes


def measure_panel(
    ax: "Axes", rows: "pd.DataFrame", title: str, units_in_all: float, alarm: bool, lang: str = "en"
) -> "Axes":
    """Bars: mean relief by year; whisker: middle 50 % of runs; the number of units that adopted it above.

    rows: by year (index), columns pct, pct_p25, pct_p75 (% of driftsinntekter) and units (mean number). A property tax
    that falls on balance gives relief below 0; the panel says so.
    """
    years = rows.index.to_numpy()
    ax.bar(years, rows["pct"], width=0.78, color=WARN if alarm else MIDDLE, lw=0, zorder=2)
    ax.vlines(years, rows["pct_p25"], rows["pct_p75"], color=DARK if not alarm else INK, lw=0.9, zorder=3)
    ax.axhline(0.0, color=MUTED, lw=0.8, zorder=4)
    ax.set_title(title, pad=16, fontsize=8.5)
    first, last = rows["units"].iloc[0], rows["units"].iloc[-1]
    said = number(last, 0, lang) if len(rows) == 1 else f"{number(first, 0, lang)} → {number(last, 0, lang)}"
    below = say("of_units", lang, said=said, n=number(units_in_all, 0, lang))
    ax.annotate(
        below, (0.0, 1.0), xycoords="axes fraction", xytext=(0, 5), textcoords="offset points", fontsize=SMALL,
        color=MUTED, va="bottom",
    )  # fmt: skip
    if (rows["pct"] < 0.0).any():  # only a tax can: rates that are lowered
        ax.set_xlabel(say("rates_lowered", lang), fontsize=SMALL, color=MUTED, labelpad=-8)  # between the years
    ax.set_facecolor("white" if not alarm else "#fdf6f2")
    ax.grid(axis="y", color=LIGHT)
    ax.set_xticks([years[0], years[-1]] if len(years) > 1 else [years[0]])
    ax.spines["bottom"].set_visible(False)
    ax.margins(x=0.02)
    return ax


def measures_figure(axes: "np.ndarray", table: "pd.DataFrame", units_in_all: float, lang: str = "en") -> None:
    """Fills the panels with the measures that are used, largest first, the open deficit last.

    table: rows of one group of sim.analysis.measures.measures_by_year.
    """
    used = table.groupby("measure")["units"].transform("max") > 0
    size = table[used | (table["measure"] == "merforbruk")].groupby("measure")["pct"].mean()
    names = sorted(size.index, key=lambda name: (name == "merforbruk", -size[name], name))
    for ax, name in zip(axes.flat, names, strict=False):
        rows = table[table["measure"] == name].set_index("year").sort_index()
        measure_panel(ax, rows, measure_title(name, lang), units_in_all, name == "merforbruk", lang)
    for ax in list(axes.flat)[len(names) :]:
        ax.set_visible(False)
    for ax in axes.flat:
        ax.tick_params(axis="y", labelleft=ax.get_subplotspec().is_first_col())
