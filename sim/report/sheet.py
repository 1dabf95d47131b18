"""The sheet of one unit: its start, its futures, its risk by year, what drives it, beside its group."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.labels import unit_labels
from sim.analysis.measures import AMOUNT, TITLES
from sim.analysis.quantity import quantities, spread, unit_runs
from sim.analysis.risk import EVENTS
from sim.analysis.who import Who, find_who
from sim.errors import UserError, printable
from sim.report.tables import percent
from sim.store import Results, open_result
from sim.store.files import make_folder, write_file
from sim.words import (
    LANGUAGES,
    figure_text,
    language,
    measure_title,
    number,
    output_title,
    output_unit,
    scenario_words,
)

if TYPE_CHECKING:
    import pandas as pd

FIGURES = ("fan", "tornado")
START = (
    "netto_driftsresultat_pct",
    "disposisjonsfond_pct",
    "lanegjeld_pct",
    "investering_pct",
    "tjenesteniva",
    "skoler",
)
SOON = 2030


def write_sheet(folder: Path | str, to: Path, unit: str, lang: str = "en", compare: Path | str | None = None) -> Path:
    """Writes the sheet of a unit (kommunenummer or name) to a file; nothing else is touched.

    UserError if it is not one unit, or the result is not complete, or the file cannot be written.
    """
    from sim.report.page import render

    language(lang)
    who = find_who(unit, "--kommune")
    if who.kind != "unit":
        raise UserError(f"--kommune {printable(unit)}: is a group; give one kommunenummer or name.")
    results = open_result(folder)
    found = context(results, who, lang, None if compare is None else open_result(compare))
    make_folder(to.absolute().parent)
    write_file(to, render("kommune.html.j2", found).encode())
    return to


def context(results: Results, who: Who, lang: str, other: Results | None = None) -> dict[str, Any]:
    """What the template of the sheet reads."""
    from sim.plots.futures import compared_with
    from sim.plots.request import who_text
    from sim.report import start
    from sim.report.citation import citation
    from sim.report.page import period, runs_text, words

    scenario, manifest = results.scenario, results.manifest
    labels, group = unit_labels(), compared_with(who)
    row, beside = labels.loc[who.code], who_text(group, lang)
    risk = risk_table(results, who, group)
    soon = max([year for year in results.years if year <= SOON], default=results.years[0])
    rank = rank_of(results, who, soon)
    return {
        **words(lang), "title": who.name, "code": who.code, "fylke": str(row["fylke"]),
        "people": number(row["inhabitants"], 0, lang),
        "scenario": printable(scenario_words(scenario, lang)["title"], 120),
        "count": runs_text(results, lang), "seed": manifest["seed"], "period": period(results.years),
        "start": manifest["start"], "first": results.years[0], "soon": soon, "group": beside, "rank": rank,
        "facts": facts(who, group, lang), "constructed": constructed(results, who, group, lang),
        "risk": risk, "events": [output_title(event, lang) for event in EVENTS],
        "figures": figures(results, who, lang, other), "measures": measures(results, who, lang),
        "embedded": start.is_embedded(results), "hashes": manifest["hashes"], "versions": manifest["versions"],
        "citation": citation(manifest), "name": manifest["name"],
    }  # fmt: skip


def facts(who: Who, group: Who, lang: str) -> list[tuple[str, str, str]]:
    """Official rows: what, of this unit, of its group (mean weighted by inhabitants). None for a fylkeskommune."""
    import numpy as np

    from sim.baseline.sources import read_sources
    from sim.words.page import PAGE

    if len(who.code) != 4:
        return []
    s, at = read_sources(), LANGUAGES.index(lang)
    place = s.codes.index(who.code)
    members = np.isin(s.codes, group.units)
    people = s.in_july_2026.astype(float)
    rows = (
        ("grant_2026", s.frie_2026 / people, 0), ("tax_index", 100.0 * s.tax_index, 0),
        ("growth_2036", 100.0 * (s.projected[:, -1] / s.projected[:, 0] - 1.0), 1),
        ("old_share", 100.0 * s.elderly_2025[:, 1] / s.in_2025, 1),
        ("centrality", s.centrality_class.astype(float), 0),
    )  # fmt: skip
    found = []
    for key, values, decimals in rows:
        mean = float(np.average(values[members], weights=people[members]))
        found.append((PAGE[key][at], number(values[place], decimals, lang), number(mean, max(decimals, 0), lang)))
    grounds = s.robek[place] or PAGE["not_in"][at]
    share = sum(bool(s.robek[k]) for k in np.flatnonzero(members)) / members.sum()
    return [*found, (PAGE["grounds"][at], grounds, percent(share))]


def constructed(results: Results, who: Who, group: Who, lang: str) -> list[tuple[str, ...]]:
    """Rows of the first year: what, median, low, high of this unit, median of its group."""
    known, found = quantities(results), []
    for name in START:
        if name in known:
            what = known[name]
            runs = unit_runs(results, what, results.years[0])
            own = spread(runs.loc[[who.code]]).iloc[0]
            middle = runs.loc[list(group.units)].median(axis=1).median()
            title = f"{output_title(name, lang)}, {output_unit(what.unit, lang)}"
            values = (own["p50"], own["p5"], own["p95"], middle)
            found.append((title, *(number(value, what.decimals, lang) for value in values)))
    return found


def risk_table(results: Results, who: Who, group: Who) -> list[tuple[str, list[tuple[str, str]]]]:
    """Per year: each probability of this unit, and the mean of its group."""
    units = results.units()
    units = units.assign(code=units["kommunenummer"].astype(str))
    own = units[units["code"] == who.code].set_index("year")
    mean = units[units["code"].isin(group.units)].groupby("year")[list(EVENTS)].mean()
    return [
        (str(year), [(percent(float(own.loc[year, event])), percent(float(mean.loc[year, event]))) for event in EVENTS])
        for year in results.years
    ]


def rank_of(results: Results, who: Who, year: int) -> tuple[int, int] | None:
    """Place by risk of ROBEK among units of its kind in a year, 1 the highest, and their number; None at no risk."""
    units = results.units()
    units = units[units["year"] == year].assign(code=units["kommunenummer"].astype(str))
    same = units[units["code"].str.len() == len(who.code)].set_index("code")[EVENTS[0]]
    own = float(same[who.code])
    return (int((same > own).sum()) + 1, len(same)) if own > 0.0 else None


def measures(results: Results, who: Who, lang: str) -> "dict[str, Any] | None":
    """Measures of the unit by year, million kr, mean over runs, as far as the panel has them; None if it has none."""
    names = [name for name in TITLES if AMOUNT + name in results.outputs]
    if not names:
        return None
    frame = results.panel([AMOUNT + name for name in names], units=[who.code])
    means: pd.DataFrame = frame.groupby("year")[[AMOUNT + name for name in names]].mean() / 1e6
    rows = [
        [str(year), *(number(value, 1, lang) for value in row)]
        for year, row in zip(means.index, means.to_numpy(), strict=True)
    ]
    return {"title": "", "head": ["", *(measure_title(name, lang) for name in names)], "rows": rows}


def figures(results: Results, who: Who, lang: str, other: Results | None) -> dict[str, Any]:
    """Drawings by name: the fans, what moves its fund and, with another result, the contrast."""
    from sim.plots import Material, Request
    from sim.plots.save import svg_of
    from sim.report.page import figure

    found = {}
    request = Request(Material(results, lang), who, other=None if other is None else Material(other, lang))
    for name in (*FIGURES, *(("contrast",) if other is not None else ())):
        data = svg_of(request, name)
        if data is not None:
            text = f"{who.name}. {figure_text(name, lang)}"
            found[name] = figure(name, data, text)
    return found
