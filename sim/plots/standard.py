"""The figures of every result: fans of the nation, how kommuner differ, which measures are used."""

from typing import TYPE_CHECKING

from sim.analysis.bands import band, paths
from sim.analysis.distribution import quantiles, smooth
from sim.analysis.measures import measures_by_year
from sim.plots.fan import PANELS, PATHS, fan_figure, key
from sim.plots.futures import futures_of, output_of
from sim.plots.material import MOST_RUNS
from sim.plots.measures import measures_figure
from sim.plots.request import Request
from sim.plots.ridges import ridges_of
from sim.plots.spread import WINDOWS, spread_figure
from sim.plots.style import footer, heading, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def fan_of(request: Request) -> "Figure | None":
    """Four fans: result, fund, debt, register; with the official past of all kommuner or fylkeskommuner."""
    if request.output is not None:
        return output_of(request)
    if request.who.kind != "all":
        return futures_of(request)
    material, group = request.material, request.who.name
    figure = new_figure(10.0, 7.4)
    axes = figure.subplots(2, 2)
    bands = {output: band(material.bands, group, output) for output, *_ in PANELS}
    singles = {output: paths(material.national, group, output, range(PATHS)) for output, *_ in PANELS}
    fan_figure(axes, bands, singles, group, request.lang)
    figure.subplots_adjust(left=0.045, right=0.915, top=0.84, bottom=0.105, hspace=0.42, wspace=0.30)
    heading(figure, f"{material.title}: {material.units_in(group)} {request.say(group)}, {material.period}")
    key(figure, group, request.lang)
    footer(figure, [f"{material.origin} {request.say('as_one')}", request.say("history")])
    return figure


def spread_of(request: Request) -> "Figure | None":
    """How the units of a group differ; None if the panel has not what is needed."""
    if request.output is not None or request.who.kind != "all" or request.who.name != "kommuner":
        return ridges_of(request)
    material, group = request.material, request.who.name
    counts = material.counts()
    if counts is None:
        return None
    figure = new_figure(10.0, 7.4)
    axes = figure.subplots(1, 2)
    density, medians = {}, {}
    for output, window in WINDOWS.items():
        density[output] = smooth(counts[output], window.smoothing / window.bin)
        medians[output] = quantiles(counts[output], (0.5,))[0.5]
    rows = material.national[material.national["gruppe"] == group]
    events = rows.groupby("year")[["andel_negativ", "andel_uten_fond"]].mean()
    events.columns = [name.removeprefix("andel_") for name in events.columns]
    spread_figure(axes, density, medians, events, request.lang)
    figure.subplots_adjust(left=0.055, right=0.935, top=0.845, bottom=0.105, wspace=0.24)
    runs = min(material.results.runs, MOST_RUNS)
    whole = runs == material.results.runs
    which = request.say("all_runs") if whole else request.say("first_runs", n=request.number(runs))
    heading(
        figure,
        request.say("spread_title", title=material.title, group=request.say(group), period=material.period),
        request.say("spread_below", which=which),
    )  # fmt: skip
    footer(figure, [material.origin, request.say("constructed")])
    return figure


def measures_of(request: Request) -> "Figure | None":
    """Which measures a group uses; None about anything but all kommuner or all fylkeskommuner."""
    if request.who.kind != "all":
        return None
    material, group = request.material, request.who.name
    figure = new_figure(10.0, 5.4)
    axes = figure.subplots(2, 5, sharey=True)
    table = measures_by_year(material.national)
    measures_figure(axes, table[table["gruppe"] == group], material.units_in(group), request.lang)
    figure.subplots_adjust(left=0.045, right=0.985, top=0.775, bottom=0.125, hspace=0.55, wspace=0.14)
    heading(
        figure,
        request.say("measures_title", title=material.title, group=request.say(group), period=material.period),
        request.say("measures_below"),
    )  # fmt: skip
    footer(figure, [material.origin, request.say("measures_open")])
    return figure
