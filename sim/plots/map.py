"""The map of a result: any output or probability in any year, or the difference between two scenarios."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.labels import full_name, unit_labels
from sim.analysis.paired import must_pair, paired_units
from sim.analysis.quantity import spread, unit_runs
from sim.analysis.risk import EVENTS
from sim.analysis.who import everyone
from sim.plots.cartogram import cartogram, group_names, scale
from sim.plots.classes import Classes, diverging, sequential, shares
from sim.plots.dorling import layout, radii
from sim.plots.request import Request, finer, lower, scaled
from sim.plots.style import BELOW, INK, MUTED, NORMAL, SMALL, footer, heading, new_figure, text_fits
from sim.words import number, output_title, percent, signed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.store import Results

LISTED = 10
SIZES = (5_000, 50_000, 500_000)  # inhabitants of the circles in the key


def map_values(request: Request) -> tuple["pd.Series", str, int, str]:
    """Value by kommunenummer, unit, decimals and what is said of the colour."""
    name, year, other = request.output or EVENTS[0], request.last, request.other
    if name in EVENTS:
        values = _probability(request.material.results, name, year)
        if other is not None:
            must_pair(request.material.results, other.results)
            values = values - _probability(other.results, name, year)
        return 100.0 * values, "%", 0, request.say("map_of_share")
    what = request.quantity(EVENTS[0])
    if other is not None:
        table = paired_units(request.material.results, other.results, what, year)
    else:
        table = spread(unit_runs(request.material.results, what, year))
    factor, unit, decimals = scaled(what, False, request.lang)
    values = table["mean" if what.kind == "event" else "p50"]
    said = "map_of_share" if what.kind == "event" else "map_of_median"
    return factor * values, unit, decimals, request.say(said)


def _probability(results: "Results", name: str, year: int) -> "pd.Series":
    rows = results.units()
    rows = rows[rows["year"] == year]
    return rows.set_index(rows["kommunenummer"].astype(str))[name].astype(float)


def map_of(request: Request) -> "Figure | None":
    """A circle per kommune in the colour of its value, a key, and the ten that stand out; None of fylkeskommuner."""
    if all(len(code) == 2 for code in request.who.units):
        return None
    values, unit, decimals, said = map_values(request)
    codes, places = layout()
    labels = unit_labels().loc[list(codes)]
    here = values.reindex(list(codes)).to_numpy(float)
    chosen = np.isin(codes, request.who.units)
    shown = np.where(chosen, here, np.nan)
    differs = request.other is not None
    known = shown[np.isfinite(shown)]
    signs = differs or bool(len(known) and known.min() < 0.0 < known.max())
    event = unit == "%" or said == request.say("map_of_share")
    classes = diverging(known) if signs else shares() if event else sequential(known)
    figure = new_figure(8.6, 10.2)
    ax = figure.add_axes((0.01, 0.065, 0.98, 0.845))
    fylke = labels["fylkesnummer"].to_numpy(str)
    short = [name.split(" - ")[0] for name in labels["name"]]
    colours = [classes.colour(value) for value in shown]
    cartogram(ax, places, colours, fylke, short, np.isin(colours, BELOW) if signs else None)
    boxes = [_colour_key(ax, classes, unit, decimals, request, signs), _list(ax, shown, codes, request, unit, decimals)]
    group_names(ax, places, fylke, dict(zip(fylke, labels["fylke"].str.split(" - ").str[0], strict=True)), boxes)
    name = output_title(request.output or EVENTS[0], request.lang)
    below = request.say("map_below") + "\n" + said
    if request.other is not None:
        below = (
            request.say("map_below")
            + "\n"
            + request.say("map_change", one=request.material.short, other=request.other.short)
        )
    heading(figure, _heading(request, lower(name)), below)
    lines = [request.material.origin, request.say("constructed")]
    if request.other is not None:
        lines[0] += " " + request.say(
            "compared", name=request.other.results.manifest["name"], digest=request.other.digest
        )
    footer(figure, lines)
    return figure


def _heading(request: Request, what: str) -> str:
    """Scenario or difference, output, who if not all kommuner, year."""
    title = request.material.title
    if request.other is not None:
        title = f"{request.material.short} – {request.other.short}"
    if request.who == everyone():
        return request.say("map_title", title=title, what=what, year=request.last)
    return request.say("map_title_of", title=title, what=what, who=request.who_text, year=request.last)


def _write(
    ax: "Axes", place: tuple[float, float], lines: Sequence[tuple[str, str]]
) -> tuple[float, float, float, float]:
    """Lines of (text, weight) downwards from a place in km; the box they fill, in km."""
    step, wide = 1.62 * SMALL * ax.figure.dpi / 72.0 / scale(ax), 0.0
    x, y = place
    for at, (text, weight) in enumerate(lines):
        ax.text(x, y - at * step, text, fontsize=SMALL, color=INK if weight == "bold" else MUTED, fontweight=weight,
                va="top", zorder=8)  # fmt: skip
        wide = max(wide, 1.1 * text_fits(ax, text, SMALL)[0] / scale(ax))
    return x - 5.0, y - len(lines) * step - 5.0, x + wide + 5.0, y + 5.0


def _colour_key(
    ax: "Axes", classes: Classes, unit: str, decimals: int, request: Request, signs: bool
) -> tuple[float, float, float, float]:
    """The classes of colour and the sizes of circles, in the empty sea at the upper left."""
    from matplotlib.patches import Circle

    left, top = ax.get_xlim()[0], ax.get_ylim()[1]
    step, x, y = 1.75 * NORMAL * ax.figure.dpi / 72.0 / scale(ax), left + 22.0, top - 12.0
    texts = class_texts(classes, decimals, request.lang, signs)
    ax.text(x - 10.0, y, unit, fontsize=SMALL, color=INK, fontweight="bold", va="top", zorder=8)
    y -= 1.3 * step
    wide = text_fits(ax, unit, SMALL)[0] / scale(ax)
    for colour, text in reversed(list(zip(classes.colours, texts, strict=True))):
        ring = signs and colour in BELOW
        ax.add_patch(
            Circle((x, y), 0.34 * step, fc=colour, ec=INK if ring else "white", lw=0.9 if ring else 0.25, zorder=8)
        )
        ax.text(x + 0.75 * step, y, text, fontsize=SMALL, color=MUTED, va="center", zorder=8)
        wide = max(wide, 0.75 * step + text_fits(ax, text, SMALL)[0] / scale(ax))
        y -= step
    if signs:
        ax.text(x - 10.0, y + 0.2 * step, request.say("ring"), fontsize=SMALL, color=MUTED, va="top", zorder=8)
        y -= step
    y -= 0.2 * step
    *small, large = [float(radius) for radius in radii(np.array(SIZES, float))]
    for people, r in zip(SIZES, (*small, large), strict=True):
        y -= max(r, 0.4 * step)
        ax.add_patch(Circle((x - 10.0 + large, y), r, fc="white", ec=MUTED, lw=0.7, zorder=8))
        said = request.say("inhabitants", n=request.number(people))
        ax.text(x + 2 * large, y, said, fontsize=SMALL, color=MUTED, va="center", zorder=8)
        y -= max(r, 0.4 * step) + 6.0
    return left, y, x + wide + 260.0, top


def class_texts(classes: Classes, decimals: int, lang: str, signs: bool) -> list[str]:
    """What each class of colour holds, lowest first."""
    limits = classes.limits
    if not limits:
        return [number(0.0, 0, lang)]
    while decimals < 3 and len({round(limit, decimals) for limit in limits}) < len(limits):
        decimals += 1
    said = [(signed if signs else number)(limit, decimals, lang) for limit in limits]
    between = [f"{low} … {high}" for low, high in pairwise(said)]
    return [f"< {said[0]}", *between, f"≥ {said[-1]}"]


def _list(
    ax: "Axes", shown: np.ndarray, codes: Sequence[str], request: Request, unit: str, decimals: int
) -> tuple[float, float, float, float]:
    """The ten with the highest values (or largest differences), in the empty corner at the lower right."""
    known = np.flatnonzero(np.isfinite(shown)).tolist()
    size = np.abs(shown) if request.other is not None else shown
    order = sorted(known, key=lambda at: (-size[at], codes[at]))[:LISTED]
    order = [at for at in order if size[at] > 0.0]
    key = "ten_differ" if request.other is not None else "ten_highest" if len(known) > 1 else "only_one"
    lines = [(request.say(key, n=len(order)), "bold")]
    places = finer(decimals, unit) if request.other is not None else decimals
    for at in order:
        said = (signed if request.other is not None else number)(shown[at], places, request.lang)
        if unit == "%" and request.other is None:
            said = percent(shown[at] / 100.0, request.lang)
        lines.append((f"{full_name(codes[at])}  {said}", "normal"))
    right, low = ax.get_xlim()[1], ax.get_ylim()[0]
    step = 1.62 * SMALL * ax.figure.dpi / 72.0 / scale(ax)
    longest = max((text_fits(ax, text, SMALL)[0] / scale(ax) for text, _ in lines), default=0.0)
    return _write(ax, (right - 1.12 * longest - 12.0, low + step * (len(lines) + 1)), lines)
