"""The page report.html: one file with everything in it, that asks nothing of the network and runs nothing."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import printable
from sim.store import Results, open_result
from sim.store.files import make_folder, remove_leftovers, sha256_of_file, write_file
from sim.words import head, language, number, say, scenario_words

if TYPE_CHECKING:
    import pandas as pd

TEMPLATES = Path(__file__).parent / "templates"
FORMAT = 1  # of figures/manifest.json
PLACES = {  # section of the page where a figure stands, if not among the figures
    "ranking_kommuner": "who", "map_kommuner": "who",
    "measures_kommuner": "measures", "measures_fylkeskommuner": "measures", "gap_kommuner": "measures",
}  # fmt: skip


def write_report(folder: Path | str, lang: str = "en") -> Path:
    """Writes figures/ and report.html of a complete result, and figures/manifest.json with their SHA-256.

    Everything is made from the stored files, so writing again gives the same bytes. Returns the path of
    report.html. StoreError if the result is not complete, is damaged, or cannot be written to.
    """
    from sim.plots import write_figures

    language(lang)
    results = open_result(folder)
    figures = write_figures(folder, lang)
    remove_leftovers(results.folder)
    page = results.folder / "report.html"
    drawings = [(path.stem, path.read_bytes()) for path in figures if path.suffix == ".svg"]
    write_file(page, render("report.html.j2", context(results, drawings, lang)).encode())
    _write_manifest(results, [*figures, page])
    return page


def write_page(folder: Path | str, to: Path, lang: str = "en", compare: Path | str | None = None) -> Path:
    """Writes the page of a result, compared with another one if it is given, to a file; nothing else is touched.

    UserError if a folder is not a complete result, if the two cannot be paired, or the file cannot be written.
    """
    from sim.plots.save import draw_svg
    from sim.report.compared import compared

    language(lang)
    results = open_result(folder)
    found = context(results, draw_svg(results.folder, lang), lang)
    if compare is not None:
        found["compared"] = compared(results, open_result(compare), lang)
    make_folder(to.absolute().parent)
    write_file(to, render("report.html.j2", found).encode())
    return to


def render(template: str, found: dict[str, Any]) -> str:
    """A page as text. Every text in `found` is escaped but drawings, which inline_svg has cleaned."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(template).render(found).lstrip()


def words(lang: str) -> dict[str, Any]:
    """`lang`, `t` (a sentence of the page, what is filled in escaped) and `h` (the head of a column)."""
    from markupsafe import Markup

    from sim.words import LANGUAGES
    from sim.words.page import PAGE

    at = LANGUAGES.index(lang)

    def sentence(key: str, **values: object) -> Markup:
        return Markup(PAGE[key][at]).format(**values)

    return {"lang": lang, "t": sentence, "h": lambda key: head(key, lang)}


def context(results: Results, drawings: Iterable[tuple[str, bytes]], lang: str = "en") -> dict[str, Any]:
    """What the template reads: text and rows of text, and drawings that are already markup.

    drawings: name of sim.plots.FIGURES and SVG, in order.
    """
    from sim.analysis.labels import unit_labels
    from sim.report import start, tables
    from sim.report.citation import citation
    from sim.report.recipe import scenario_toml
    from sim.report.score import scorecard

    scenario, manifest, years = results.scenario, results.manifest, results.years
    national, units, labels = results.national(), results.units(), unit_labels()
    said = scenario_words(scenario, lang)
    return {
        **words(lang),
        "title": printable(said["title"], 120), "question": printable(said["question"], 600),
        "expected": printable(said["expected"], 600),
        "name": scenario["name"], "runs": number(results.runs, 0, lang), "count": runs_text(results, lang),
        "seed": manifest["seed"], "start": manifest["start"], "period": period(years),
        "hashes": manifest["hashes"], "versions": manifest["versions"],
        "headlines": tables.headline_tables(national, lang), "measures": tables.measure_tables(national, lang),
        "risks": tables.risk_tables(units, labels, years, lang),
        "sizes": tables.size_table(units, labels, years, lang),
        "figures": [figure(name, data, caption(name, lang)) for name, data in drawings], "compared": None,
        "most": most_at_risk(units, years),
        "levers": tables.settings(scenario, "lever", lang),
        "assumptions": tables.settings(scenario, "assumption", lang),
        "columns": start.start_columns(lang), "embedded": start.is_embedded(results),
        "score": scorecard(results.folder, lang), "citation": citation(manifest),
        "recipe": scenario_toml(scenario), "error": number(50.0 / results.runs**0.5, 1, lang),
    }  # fmt: skip


def most_at_risk(units: "pd.DataFrame", years: list[int]) -> str:
    """kommunenummer of the kommune most likely to be in ROBEK in the last year; any if none is."""
    from sim.analysis.risk import top_risk

    kommuner = units[units["kommunenummer"].astype(str).str.len() == 4]
    top = top_risk(kommuner, years[-1], 1)["kommunenummer"]
    return str(top.iloc[0] if len(top) else kommuner["kommunenummer"].iloc[0])


def runs_text(results: Results, lang: str) -> str:
    """The number of runs in words."""
    return f"{number(results.runs, 0, lang)} {say('run' if results.runs == 1 else 'runs', lang)}"


def period(years: list[int]) -> str:
    """First and last year."""
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}"


def caption(name: str, lang: str) -> str:
    """What one of the figures of every result shows."""
    from sim.plots import FIGURES
    from sim.words import figure_text

    what, group = FIGURES[name]
    return f"{group.capitalize()}. {figure_text(what, lang)}"


def figure(name: str, data: bytes, text: str) -> dict[str, Any]:
    """A drawing for the page: its name, place, description and markup."""
    from markupsafe import Markup

    from sim.report.drawing import inline_svg

    # the one place where markup is not escaped: inline_svg lets nothing but shapes through
    svg = Markup(inline_svg(Path(f"{name}.svg"), name, text, data))
    return {"name": name, "text": text, "svg": svg, "place": PLACES.get(name, "figures")}


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
