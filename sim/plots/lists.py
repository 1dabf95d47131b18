"""The figures that rank: winners and losers, the kommuner most at risk, what moves an output."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.drivers import low_and_high, national_factors, unit_factors
from sim.analysis.labels import full_name
from sim.analysis.paired import paired_units
from sim.analysis.quantity import Quantity, group_paths, quantities, spread, unit_runs
from sim.analysis.risk import EVENTS, top_risk
from sim.plots.dots import ranked, risks, tornado
from sim.plots.request import Request, finer, lower, scaled
from sim.plots.style import DARK, MIDDLE, SMALL, WARN, footer, heading, new_figure, subtitle
from sim.words import output_title, percent, say, signed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

EACH, LISTED = 12, 20
FEWEST = 20  # runs from which a fifth of them says anything


def changes(request: Request, what: Quantity) -> "pd.DataFrame":
    """p5 ... p95 and mean per unit: against the other result in the year, else from the first year to it."""
    results = request.material.results
    if request.other is not None:
        return paired_units(results, request.other.results, what, request.last)
    return spread(unit_runs(results, what, request.last) - unit_runs(results, what, results.years[0]))


def winners_of(request: Request) -> "Figure | None":
    """The units with the largest rise and the largest fall; None if there are fewer than two, or one year only."""
    results = request.material.results
    if len(request.who.units) < 2 or (request.other is None and request.last == results.years[0]):
        return None
    default = next((name for name in ("netto_driftsresultat_pct", "tjenesteniva") if _has(request, name)), None)
    what = request.quantity(default or results.outputs[0])
    table = changes(request, what).reindex(list(request.who.units))
    key = "mean" if what.kind == "event" else "p50"
    factor, unit, decimals = scaled(what, False, request.lang)
    decimals = finer(decimals, unit) if request.other is not None else decimals
    table = (table * factor).rename(columns={"p5": "low", "p95": "high"}).assign(median=factor * table[key])
    if what.kind == "event":
        table = table.assign(low=table["median"], high=table["median"])
    table.index = [full_name(code) for code in table.index]
    order = table.sort_values("median", kind="stable")
    each = min(EACH, len(order) // 2)
    figure = new_figure(10.0, 2.0 + 0.27 * each)
    axes = figure.subplots(1, 2)
    for ax, rows, head, colour in (
        (axes[0], order.iloc[::-1].head(each), "highest", DARK), (axes[1], order.head(each), "lowest", WARN),
    ):  # fmt: skip
        ranked(ax, rows, lambda value: signed(value, decimals, request.lang), colour)
        subtitle(ax, request.say(head, n=each), unit)
        ax.locator_params(axis="x", nbins=4)  # small differences have long labels
    tall = figure.get_figheight()
    figure.subplots_adjust(left=0.165, right=0.935, top=1 - 1.22 / tall, bottom=0.72 / tall, wspace=0.68)
    names = {"one": request.material.short, "other": request.other.short} if request.other is not None else {}
    below = request.say(
        "winners_between" if names else "winners_change", first=results.years[0], last=request.last, **names
    )
    heading(figure, request.say("winners_title", title=request.material.title, what=lower(request.named(what))), below)
    _foot(figure, request)
    return figure


def ranking_of(request: Request) -> "Figure | None":
    """The units of the group with the highest probability of ROBEK in the year, or, where nobody has any, of a
    result below zero or of no fund; None if nobody has any of those."""
    units = request.material.results.units()
    units = units[units["kommunenummer"].astype(str).isin(request.who.units)]
    ranked_by = next((event for event in EVENTS if (units.loc[units["year"] == request.last, event] > 0.0).any()), "")
    if not ranked_by:
        return None
    order = (ranked_by, *(event for event in EVENTS if event != ranked_by))
    rows = top_risk(units, request.last, LISTED, ranked_by)
    first = units[units["year"] == request.material.results.years[0]]
    begun = dict(zip(first["kommunenummer"].astype(str), first[ranked_by], strict=True))
    rows = rows.rename(columns={ranked_by: "last"}).assign(first=rows["kommunenummer"].map(begun))
    rows.index = [full_name(code) for code in rows["kommunenummer"]]
    figure = new_figure(10.0, 1.95 + 0.25 * len(rows))
    ax = figure.subplots()
    short = dict(zip(EVENTS, ("ROBEK", request.say("result_short"), request.say("fund_short")), strict=True))
    heads = [f"{short[order[0]]} {request.last}", *(short[event] for event in order[1:])]
    risks(ax, rows[["last", "first", *order[1:]]], lambda value: percent(value, request.lang), heads)
    ticks = [tick for tick in ax.get_xticks() if 0.0 <= tick <= ax.get_xlim()[1]]
    ax.set_xticks(ticks, [percent(round(tick, 6), request.lang) for tick in ticks])
    title = request.say(f"ranking_{ranked_by}", title=request.material.title, year=request.last)
    if request.who.kind == "unit":
        title = request.say("risk_of_one", title=request.material.title, who=request.who_text, year=request.last)
    tall = figure.get_figheight()
    figure.subplots_adjust(left=0.19, right=0.70, top=1 - 1.12 / tall, bottom=0.72 / tall)
    heading(
        figure,
        title,
        request.say("ranking_below", year=request.last, first=request.material.results.years[0]),
    )  # fmt: skip
    _foot(figure, request)
    return figure


def tornado_of(request: Request) -> "Figure | None":
    """What moves an output most: chance of the nation and, of one unit, its own start and growth; None with too
    few runs to tell."""
    results = request.material.results
    one = request.who.kind == "unit"
    wanted = ("disposisjonsfond_pct", "netto_driftsresultat_pct") if one else ("netto_driftsresultat_pct", "robek")
    default = next((name for name in wanted if _has(request, name)), None)
    if results.runs < FEWEST or default is None:
        return None
    what = request.quantity(default)
    factor, unit, decimals = scaled(what, not one, request.lang)
    outcome = factor * group_paths(results, what, request.who.units).loc[request.last]
    factors = national_factors(request.material.national, request.last)
    if one:
        factors = factors.join(unit_factors(results, request.who.code, request.last, what.name))
    rows = low_and_high(factors, outcome)
    if rows.empty or not np.isfinite(rows[["low", "high"]].to_numpy()).all():
        return None
    rows["factor"] = [factor_title(name, request.lang, results.years[0]) for name in rows["factor"]]
    places = decimals + (decimals == 1 and not one)
    tall = 2.35 + 0.38 * len(rows)
    figure = new_figure(10.0, tall)
    ax = figure.subplots()
    tornado(ax, rows, float(outcome.median()), lambda value: request.number(value, places))
    subtitle(ax, request.named(what), unit)
    for key, colour, place in (("when_low", MIDDLE, -78), ("when_high", DARK, 0)):
        ax.annotate("■ " + request.say(key), (1.0, 1.0), xycoords="axes fraction", xytext=(place, 6), fontsize=SMALL,
                    textcoords="offset points", color=colour, va="bottom", ha="right")  # fmt: skip
    figure.subplots_adjust(left=0.285, right=0.975, top=1 - 1.3 / tall, bottom=0.72 / tall)
    who = request.who_text[:1].upper() + request.who_text[1:]
    heading(
        figure,
        request.say("tornado_title", title=request.material.title, what=lower(request.named(what)), year=request.last),
        request.say("tornado_below", year=request.last, who=who),
    )  # fmt: skip
    footer(figure, [request.material.origin, *([request.say("constructed")] if one else [])])
    return figure


def factor_title(name: str, lang: str, first: int) -> str:
    """What a factor of sim.analysis.drivers is called."""
    for kind in ("start", "vekst", "snitt"):
        if name.startswith(f"{kind}_"):
            return say(f"factor_{kind}", lang, what=output_title(name.removeprefix(f"{kind}_"), lang), first=first)
    return output_title(name, lang)


def _has(request: Request, name: str) -> bool:
    return name in quantities(request.material.results)


def _foot(figure: "Figure", request: Request) -> None:
    line = request.material.origin
    if request.other is not None:
        line += " " + request.say("compared", name=request.other.results.manifest["name"], digest=request.other.digest)
    footer(figure, [line, request.say("constructed")])
