"""The futures of one unit or group: four fans beside what it is compared with, or one output large."""

from typing import TYPE_CHECKING

from sim.analysis.labels import unit_labels
from sim.analysis.quantity import Quantity, group_paths, quantities, spread, unit_runs
from sim.analysis.who import Who, everyone, groups_of
from sim.plots.fan import PATHS, fan
from sim.plots.groups import small_fan
from sim.plots.request import Request, lower, scaled, who_text
from sim.plots.style import INK, MUTED, SMALL, apart, footer, heading, new_figure, subtitle
from sim.words import percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = ("netto_driftsresultat_pct", "disposisjonsfond_pct", "lanegjeld_pct", "robek")


def compared_with(who: Who) -> Who:
    """What a unit is held against: kommuner of its size, all fylkeskommuner; a group: all kommuner."""
    if who.kind != "unit":
        return everyone("fylkeskommuner" if who.name == "fylkeskommuner" else "kommuner")
    if len(who.code) == 2:
        return everyone("fylkeskommuner")
    size = unit_labels().loc[who.code, "size"]
    return next(group for group in groups_of("size") if group.name == size)


def typical(request: Request, what: Quantity, who: Who) -> "pd.Series":
    """By year, the median over the units of `who` of their medians over runs; of an event the mean share."""
    import pandas as pd

    found = {}
    for year in request.material.results.years:
        runs = unit_runs(request.material.results, what, year).loc[list(who.units)]
        found[year] = runs.mean(axis=1).mean() if what.kind == "event" else runs.median(axis=1).median()
    return pd.Series(found)


def futures_of(request: Request) -> "Figure | None":
    """Four fans of a unit, or of a group that has no official past; None if the panel has none of them."""
    known = quantities(request.material.results)
    names = [name for name in SHOWN if name in known]
    if not names:
        return None
    beside = compared_with(request.who)
    figure = new_figure(10.0, 7.0)
    axes = figure.subplots(2, 2)
    for ax, name in zip(axes.flat, names, strict=False):
        future(ax, request, known[name], beside)
    for ax in list(axes.flat)[len(names) :]:
        ax.set_visible(False)
    figure.subplots_adjust(left=0.05, right=0.885, top=0.84, bottom=0.11, hspace=0.42, wspace=0.42)
    key = "futures_title" if request.who.kind == "unit" else "futures_group_title"
    heading(
        figure, request.say(key, who=request.who_text, title=request.material.title, period=request.material.period),
        request.say("futures_below", beside=who_text(beside, request.lang)),
    )  # fmt: skip
    footer(figure, [request.material.origin, request.say("constructed")])
    return figure


def future(ax: "Axes", request: Request, what: Quantity, beside: Who | None) -> "Axes":
    """One fan of the request's unit or group, in grey the median of `beside`, the last values as numbers."""
    one = len(request.who.units) == 1
    factor, unit, decimals = scaled(what, not one, request.lang)
    paths = factor * group_paths(request.material.results, what, request.who.units)
    band, share = spread(paths), what.kind == "event" and one
    fits = beside is not None and what.kind in ("ratio", "level", "event") and (one or what.kind != "event")
    reference = factor * typical(request, what, beside) if fits and beside is not None else None
    small_fan(ax, band, reference, share)
    if not share and len(band) > 1:
        for run in list(paths)[:PATHS]:
            ax.plot(paths.index, paths[run], color=MUTED, lw=0.5, alpha=0.7, zorder=3.2)
    subtitle(ax, request.named(what), unit)
    low, high = float(ax.dataLim.y0), float(ax.dataLim.y1)
    if share or (low > 0.0 and low < 0.5 * high):
        low = 0.0
    room = 0.06 * max(high - low, 1.0 if share else 1e-9)
    ax.set_ylim(low - (0.0 if low == 0.0 else room), max(high, 5.0 if share else high) + room)
    if low < 0.0 < high:
        ax.axhline(0.0, color=MUTED, lw=0.8, zorder=2.5)
    _numbers(ax, request, band, reference, decimals, share)
    ax.grid(axis="y")
    years = list(paths.index)
    ax.set_xticks([year for year in years if (years[-1] - year) % 3 == 0])
    return ax


def _numbers(
    ax: "Axes", request: Request, band: "pd.DataFrame", reference: "pd.Series | None", decimals: int, share: bool
) -> None:
    """The last median and ends at the right edge, and that of the group in grey."""
    end = band.iloc[-1]
    low, high = ax.get_ylim()
    rows = [(end["mean"], percent(end["mean"] / 100.0, request.lang), "bold")] if share else [
        (end["p5"], f"{request.number(end['p5'], decimals)} (5 %)", "normal"),
        (end["p50"], f"{request.number(end['p50'], decimals)} {request.say('median')}", "bold"),
        (end["p95"], f"{request.number(end['p95'], decimals)} (95 %)", "normal"),
    ]  # fmt: skip
    if reference is not None:
        value = float(reference.iloc[-1])
        text = percent(value / 100.0, request.lang) if share else request.number(value, decimals)
        rows.append((value, f"{text} {request.say('group_short')}", "italic"))
    places = apart([float(value) for value, *_ in rows], 0.085 * (high - low))
    lift = max(0.0, low + 0.03 * (high - low) - min(places))
    last = float(band.index[-1]) + (0.3 if len(band) == 1 else 0.0)
    for (_, text, style), place in zip(rows, places, strict=True):
        ax.annotate(
            text, (last, place + lift), xytext=(6, 0), textcoords="offset points", fontsize=SMALL, va="center",
            color=INK if style == "bold" else MUTED, fontweight="bold" if style == "bold" else "normal",
            fontstyle="italic" if style == "italic" else "normal", annotation_clip=False,
        )  # fmt: skip


def output_of(request: Request) -> "Figure | None":
    """The fan of the one output asked for, large, with single futures."""
    what = request.quantity(SHOWN[0])
    one = len(request.who.units) == 1
    factor, unit, decimals = scaled(what, not one, request.lang)
    paths = factor * group_paths(request.material.results, what, request.who.units)
    figure = new_figure(8.6, 5.2)
    ax = figure.subplots()
    below = request.say("output_below")
    if what.kind == "event" and one:
        beside = compared_with(request.who)
        future(ax, request, what, beside)
        below = request.say("share_below", beside=who_text(beside, request.lang))
    else:
        fan(ax, spread(paths), paths[list(paths)[:PATHS]], decimals, request.lang, 4.0 * 10.0**-decimals)
        ax.grid(axis="y")
        subtitle(ax, request.named(what), unit)
        ax.set_xticks([year for year in paths.index if (paths.index[-1] - year) % 3 == 0])
    figure.subplots_adjust(left=0.085, right=0.85, top=0.745, bottom=0.175)
    title = request.say(
        "output_title", who=request.who_text, what=lower(request.named(what)), title=request.material.title,
        period=request.material.period,
    )  # fmt: skip
    heading(figure, title, below)
    footer(figure, [request.material.origin, request.say("constructed")])
    return figure
