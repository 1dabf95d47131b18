"""The page report.html: one file with everything in it, that asks nothing of the network and runs nothing."""

import json
from pathlib import Path
from typing import Any

from sim.errors import printable
from sim.store import Results, open_results
from sim.store.files import remove_leftovers, sha256_of_file, write_file

TEMPLATES = Path(__file__).parent / "templates"
FORMAT = 1  # of figures/manifest.json
FIGURE_TEXTS = {
    "fan_kommuner": "Kommuner as one: netto driftsresultat, disposisjonsfond, lanegjeld and number in ROBEK. "
    "Median, middle 50 and 90 % of runs, three single futures, official figures before.",
    "fan_fylkeskommuner": "Fylkeskommuner as one: the same four.",
    "spread_kommuner": "How kommuner differ from each other: distribution of netto driftsresultat and of "
    "disposisjonsfond over all kommuner and runs, year by year.",
    "measures_kommuner": "Which measures kommuner adopt: relief by year and number of kommuner.",
    "measures_fylkeskommuner": "Which measures fylkeskommuner adopt.",
}


def write_report(folder: Path | str) -> Path:
    """Writes figures/ and report.html of a complete result, and figures/manifest.json with their SHA-256.

    Everything is made from the stored files, so writing again gives the same bytes. Returns the path of
    report.html. StoreError if the result is not complete, is damaged, or cannot be written to.
    """
    from sim.plots import write_figures

    results = open_results(folder)
    figures = write_figures(folder)
    remove_leftovers(results.folder)
    page = results.folder / "report.html"
    write_file(page, render(results, [path for path in figures if path.suffix == ".svg"]).encode())
    _write_manifest(results, [*figures, page])
    return page


def render(results: Results, drawings: list[Path]) -> str:
    """The page as text. drawings: SVG files written by sim.plots, in order."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2").render(context(results, drawings))


def context(results: Results, drawings: list[Path]) -> dict[str, Any]:
    """What the template reads: text and rows of text, and drawings that are already markup."""
    from sim.report import start, tables
    from sim.report.recipe import scenario_toml

    scenario, manifest, years = results.scenario, results.manifest, results.years
    national, units, labels = results.national(), results.units(), start.unit_labels()
    return {
        "title": printable(scenario["title"] or scenario["name"], 120),
        "question": printable(scenario["question"], 600),
        "expected": printable(scenario["expected"], 600),
        "name": scenario["name"], "runs": results.runs, "seed": manifest["seed"], "start": manifest["start"],
        "period": f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}",
        "hashes": manifest["hashes"], "versions": manifest["versions"],
        "headlines": tables.headline_tables(national), "measures": tables.measure_tables(national),
        "risks": tables.risk_tables(units, labels, years), "sizes": tables.size_table(units, labels, years),
        "figures": [_figure(path) for path in drawings],
        "levers": tables.settings(scenario, "lever"), "assumptions": tables.settings(scenario, "assumption"),
        "columns": start.start_columns(), "embedded": start.is_embedded(results),
        "recipe": scenario_toml(scenario), "error": 50.0 / results.runs**0.5,
    }  # fmt: skip


def _figure(path: Path) -> dict[str, Any]:
    from markupsafe import Markup

    from sim.report.drawing import inline_svg

    text = FIGURE_TEXTS[path.stem]
    # the one place where markup is not escaped: inline_svg lets nothing but shapes through
    return {"name": path.stem, "text": text, "svg": Markup(inline_svg(path, path.stem, text))}


def _write_manifest(results: Results, written: list[Path]) -> None:
    files = {
        path.relative_to(results.folder).as_posix(): {
            "sha256": sha256_of_file(path),
            "bytes": path.stat().st_size,
        }
        for path in written
    }
    data = {"format": FORMAT, "digest": results.manifest["hashes"]["digest"], "files": files}
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
    write_file(results.folder / "figures" / "manifest.json", text.encode() + b"\n")
