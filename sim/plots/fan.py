"""Fan charts: what the nation may do, with the official past beside it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.plots.history import HISTORY, official, recommended
from sim.plots.style import DARK, INK, LIGHT, LINE, MIDDLE, MUTED, SMALL, WARN, apart, subtitle
from sim.words import number, output_title, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NDR = "netto_driftsresultat_pct"
PANELS = (  # output, key of its unit in sim.words, decimals of the labels
    (NDR, "of_income", 1),
    ("disposisjonsfond_pct", "end_of_year", 1),
    ("lanegjeld_pct", "end_of_year", 0),
    ("antall_robek", "number_reviewed", 0),
)
WITHOUT_HISTORY = {"lanegjeld_pct": "net_debt_not_drawn", "antall_robek": "no_series"}
PATHS = 3  # single futures drawn: runs 0, 1, 2, chosen before anyone saw them
START = 2014.5  # left end of the axis


def fan(
    ax: "Axes", band: "pd.DataFrame", single: "pd.DataFrame", decimals: int, lang: str = "en", least: float = 1.0
) -> "Axes":
    """Bands of 90 and 50 %, the median and single futures, the last year labelled.

    band: index year, columns p5, p25, p50, p75, p95; single: index year, a column per run; `least`: the axis
    covers so much even where nothing varies.
    """
    years = band.index.to_numpy(float)
    if len(years) == 1:  # one year has no width; give it some
        years, band = np.array([years[0] - 0.3, years[0] + 0.3]), band.iloc[[0, 0]]
    else:
        ax.plot(single.index, single.to_numpy(float), color=MUTED, lw=0.6, alpha=0.75, zorder=3)
    ax.fill_between(years, band["p5"], band["p95"], color=LIGHT, lw=0, zorder=1)
    ax.fill_between(years, band["p25"], band["p75"], color=MIDDLE, lw=0, zorder=2)
    ax.plot(years, band["p50"], color="white", lw=3.4, zorder=4, solid_capstyle="butt")
    ax.plot(years, band["p50"], color=DARK, lw=2.0, zorder=5, solid_capstyle="butt")
    low, high = _limits(ax, least)
    ax.set_ylim(low, high)
    _label_ends(ax, years[-1], band.iloc[-1], decimals, lang)
    return ax


def _limits(ax: "Axes", least: float) -> tuple[float, float]:
    """The data with room above and below, `least` in all; zero if it is near."""
    low, high = ax.dataLim.y0, ax.dataLim.y1
    if 0.0 < low < 0.5 * high:
        low = 0.0
    lacking = max(0.0, least - (high - low))
    room = 0.07 * (high - low)
    if low == 0.0:
        return low, high + room + lacking
    return low - room - 0.5 * lacking, high + room + 0.5 * lacking


def _label_ends(ax: "Axes", last: float, ends: "pd.Series", decimals: int, lang: str) -> None:
    """The last median and the ends of the wide band as numbers; only the median where they do not differ."""
    low, high = ax.get_ylim()
    numbers = {name: number(ends[name], decimals, lang) for name in ("p5", "p50", "p95")}
    names = {"p5": "(5 %)", "p50": say("median", lang), "p95": "(95 %)"}
    if len(set(numbers.values())) == 1:
        names = {"p50": say("median", lang)}
    places = apart([float(ends[name]) for name in names], 0.085 * (high - low))
    lift = max(0.0, low + 0.04 * (high - low) - min(places))  # the lowest stays clear of the years below the axis
    places = [place + lift for place in places]
    for name, place in zip(names, places, strict=True):
        ax.annotate(
            f"{numbers[name]} {names[name]}", (last, place), xytext=(5, 0), textcoords="offset points",
            fontsize=SMALL, color=INK if name == "p50" else MUTED, va="center", annotation_clip=False,
            fontweight="bold" if name == "p50" else "normal",
        )  # fmt: skip


def official_points(ax: "Axes", group: str, output: str) -> "Axes":
    """The official past as dots, joined where years follow each other; hollow: not of this group alone."""
    for variable, form in HISTORY.get((group, output), ()):
        points = official(variable)
        years = np.arange(min(points), max(points) + 1) if points else np.array([])
        values = [points.get(year, np.nan) for year in years]
        face = "white" if form == "hollow" else INK
        ax.plot(years, values, color=INK, lw=0.6, alpha=0.6, zorder=5)
        ax.plot(years, values, ls="", marker="o", ms=3.6, mfc=face, mec=INK, mew=0.9, zorder=6)
    return ax


def fan_figure(
    axes: "np.ndarray", bands: Mapping[str, "pd.DataFrame"], singles: Mapping, group: str, lang: str = "en"
) -> None:
    """Fills four panels (array of axes) with the fans of a group; bands and singles by output."""
    for ax, (output, unit, decimals) in zip(axes.flat, PANELS, strict=True):
        official_points(ax, group, output)
        fan(ax, bands[output], singles[output], decimals, lang)
        subtitle(ax, output_title(output, lang), say(unit, lang))
        _axes(ax, bands[output].index)
        if output == NDR:
            _levels(ax, group, lang)
        if not HISTORY.get((group, output)):
            said = say(WITHOUT_HISTORY[output], lang)
            ax.text(0.02, 0.5, said, transform=ax.transAxes, fontsize=SMALL, color=MUTED, va="center")


def _axes(ax: "Axes", years: "pd.Index") -> None:
    from matplotlib.ticker import MaxNLocator

    end = float(years[-1]) + 0.3
    ax.set_xlim(START, end)
    ax.set_xticks(range(2015, int(end) + 1, 5))
    ax.grid(axis="y")
    low, high = ax.get_ylim()
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=high - low > 6))
    ax.axvline(float(years[0]) - 0.5, color=LINE, lw=0.8, ls=(0, (2, 2)), zorder=0)


def _levels(ax: "Axes", group: str, lang: str) -> None:
    ax.axhline(0.0, color=MUTED, lw=0.8, zorder=2.5)
    level = recommended(group)
    if level is None:
        return
    ax.axhline(level, color=WARN, lw=0.9, ls=(0, (4, 2)), zorder=2.6)
    span = 0.14 * (ax.get_xlim()[1] - START)  # years that the label is long
    points = [point for variable, _ in HISTORY[group, NDR] for point in official(variable).items()]

    def clearance(place: tuple[int, int]) -> float:
        start, side = place
        near = [side * (value - level) for year, value in points if start - 0.5 <= year <= start + span]
        return min([distance for distance in near if distance >= 0.0], default=np.inf)

    start, side = max(((year, side) for side in (1, -1) for year in range(2015, 2022)), key=clearance)
    ax.annotate(
        f"TBU {number(level, 2 if level % 1 else 0, lang)}", (start, level), xytext=(0, 2 * side),
        textcoords="offset points", fontsize=SMALL, color=WARN, va="bottom" if side > 0 else "top",
    )  # fmt: skip


def key(figure: "Figure", group: str, lang: str = "en") -> None:
    """The legend of the whole figure, in one line below its title."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    dot: dict[str, Any] = {"ls": "", "marker": "o", "ms": 4, "mec": INK, "mew": 0.9}
    handles = [
        Line2D([], [], color=DARK, lw=2.0, label=say("key_median", lang)),
        Patch(color=MIDDLE, label=say("key_half", lang)), Patch(color=LIGHT, label=say("key_wide", lang)),
        Line2D([], [], color=MUTED, lw=0.7, label=say("key_single", lang)),
        Line2D([], [], mfc=INK, label=say("key_official" if group == "kommuner" else "key_without_oslo", lang), **dot),
    ]  # fmt: skip
    if group == "kommuner":
        handles.append(Line2D([], [], mfc="white", label=say("key_both", lang), **dot))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.005, 1.0 - 0.36 / figure.get_figheight()),
        frameon=False, ncols=len(handles), fontsize=SMALL, labelcolor=MUTED, columnspacing=1.6,
        handlelength=1.5, handletextpad=0.5, borderpad=0.3,
    )  # fmt: skip
