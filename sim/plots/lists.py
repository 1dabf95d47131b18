"""The figures that rank: winners and losers, the kommuner most at risk, what moves an output."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.labels import full_name
from sim.analysis.paired import paired_units
from sim.analysis.quantity import Quantity, group_paths, spread, unit_runs
from sim.analysis.risk import EVENTS, top_risk
from sim.plots.dots import ranked, risks, tornado
from sim.plots.request import Request, lower, scaled
from sim.plots.style import DARK, MIDDLE, SMALL, WARN, footer, heading, new_figure, subtitle
from sim.words import output_title, percent, signed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

EACH, LISTED = 12, 20
FACTORS = ("deflator", "rente", "skatt_midlertidig", "skatt_varig")  # drawn for the nation in every run
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
    tall = figure.get_figheight()
    figure.subplots_adjust(left=0.165, right=0.945, top=1 - 1.22 / tall, bottom=0.72 / tall, wspace=0.68)
    names = {"one": request.material.short, "other": request.other.short} if request.other is not None else {}
    below = request.say(
        "winners_between" if names else "winners_change", first=results.years[0], last=request.last, **names
    )
    heading(figure, request.say("winners_title", title=request.material.title, what=lower(request.named(what))), below)
    _foot(figure, request)
    return figure


def ranking_of(request: Request) -> "Figure | None":
    """The units of the group with the highest probability of ROBEK in the year; None if nobody has any."""
    units = request.material.results.units()
    units = units[units["kommunenummer"].astype(str).isin(request.who.units)]
    rows = top_risk(units, request.last, LISTED)
    if rows.empty:
        return None
    first = units[units["year"] == request.material.results.years[0]]
    begun = dict(zip(first["kommunenummer"].astype(str), first[EVENTS[0]], strict=True))
    rows = rows.rename(columns={EVENTS[0]: "last"}).assign(first=rows["kommunenummer"].map(begun))
    rows.index = [full_name(code) for code in rows["kommunenummer"]]
    figure = new_figure(10.0, 1.95 + 0.25 * len(rows))
    ax = figure.subplots()
    heads = [f"ROBEK {request.last}", request.say("result_short"), request.say("fund_short")]
    risks(ax, rows[["last", "first", *EVENTS[1:]]], lambda value: percent(value, request.lang), heads)
    ticks = [tick for tick in ax.get_xticks() if 0.0 <= tick <= ax.get_xlim()[1]]
    ax.set_xticks(ticks, [percent(round(tick, 6), request.lang) for tick in ticks])
    tall = figure.get_figheight()
    figure.subplots_adjust(left=0.19, right=0.70, top=1 - 1.12 / tall, bottom=0.72 / tall)
    heading(
        figure, request.say("ranking_title", title=request.material.title, year=request.last),
        request.say("ranking_below", year=request.last, first=request.material.results.years[0]),
    )  # fmt: skip
    _foot(figure, request)
    return figure


def tornado_rows(national: "pd.DataFrame", outcome: "pd.Series", year: int, lang: str) -> "pd.DataFrame":
    """factor, low, high: median outcome (by run) in the runs with the lowest and the highest fifth of each factor.

    national: the stored table; a factor is its mean over the years until `year`.
    """
    import pandas as pd

    rows = national[(national["year"] <= year) & (national["gruppe"] == national["gruppe"].iloc[0])]
    means = rows.groupby("run")[[name for name in FACTORS if name in rows]].mean().reindex(outcome.index)
    found = []
    for name in means:
        place = means[name].rank(method="first", pct=True)
        if means[name].nunique() > 1:
            found.append((output_title(name, lang), outcome[place <= 0.2].median(), outcome[place > 0.8].median()))
    return pd.DataFrame(found, columns=["factor", "low", "high"])


def tornado_of(request: Request) -> "Figure | None":
    """What chance of the nation moves an output most; None with too few runs to tell."""
    results = request.material.results
    default = next((name for name in ("netto_driftsresultat_pct", "robek") if _has(request, name)), None)
    if results.runs < FEWEST or default is None:
        return None
    what = request.quantity(default)
    factor, unit, decimals = scaled(what, len(request.who.units) > 1, request.lang)
    outcome = factor * group_paths(results, what, request.who.units).loc[request.last]
    rows = tornado_rows(request.material.national, outcome, request.last, request.lang)
    if rows.empty or not np.isfinite(rows[["low", "high"]].to_numpy()).all():
        return None
    places = decimals + (decimals == 1)
    figure = new_figure(10.0, 3.9)
    ax = figure.subplots()
    tornado(ax, rows, float(outcome.median()), lambda value: request.number(value, places))
    subtitle(ax, request.named(what), unit)
    for key, colour, place in (("when_low", MIDDLE, -78), ("when_high", DARK, 0)):
        ax.annotate("■ " + request.say(key), (1.0, 1.0), xycoords="axes fraction", xytext=(place, 6), fontsize=SMALL,
                    textcoords="offset points", color=colour, va="bottom", ha="right")  # fmt: skip
    figure.subplots_adjust(left=0.235, right=0.975, top=0.665, bottom=0.205)
    heading(
        figure, request.say("tornado_title", title=request.material.title, what=lower(request.named(what)), year=request.last),
        request.say("tornado_below", year=request.last, who=request.who_text[:1].upper() + request.who_text[1:]),
    )  # fmt: skip
    footer(figure, [request.material.origin])
    return figure


def _has(request: Request, name: str) -> bool:
    from sim.analysis.quantity import quantities

    return name in quantities(request.material.results)


def _foot(figure: "Figure", request: Request) -> None:
    line = request.material.origin
    if request.other is not None:
        line += " " + request.say("compared", name=request.other.results.manifest["name"], digest=request.other.digest)
    footer(figure, [line, request.say("constructed")])


