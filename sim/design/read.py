"""A design file, read: everything a user can get wrong is said here, with its place."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sim.design.design import SAMPLED, SAMPLINGS, Design, Factor
from sim.design.factors import read_factors
from sim.design.points import Points
from sim.design.sample import count, make_points
from sim.design.table import read_table
from sim.errors import printable
from sim.outputs import DEFAULT_PANEL, OUTPUTS
from sim.params import PARAMS
from sim.scenario import Scenario, ScenarioError, folder_name, from_file
from sim.scenario.positions import Path as Place
from sim.scenario.run_settings import read_panel, read_setting
from sim.scenario.toml_file import Document, read_document
from sim.scenario.values import BadValue, one_of

BUNDLED = Path(__file__).resolve().parents[2] / "scenarios"
SECTIONS = {
    "design": ("title", "question", "scenarios", "runs", "seed", "years", "sampling", "points", "table", "factor"),
    "outputs": ("panel", "summary", "years"),
}
MOST_POINTS, MOST_SCENARIOS, MOST_RUNS = 100_000, 100, 10**9
MOST_TRAJECTORIES = 10_000  # of morris: SALib makes them one by one


def read_design(path: str | os.PathLike[str], runs: int | None = None) -> Design:
    """The design of a file, with other `runs` if given. ScenarioError (a sentence with its place) if it is bad."""
    document = read_document(path)
    _check_keys(document)
    design = document.data.get("design")
    if design is None:
        document.fail((), "has no [design] section; write [design] with scenarios and sampling (docs/studies.md).")
    settings = {name: _setting(document, name, default) for name, default in (("runs", 1000), ("seed", 1))}
    settings["runs"] = settings["runs"] if runs is None else _runs(runs)
    years = _setting(document, "years", None)
    bases = _bases(document, Path(path).parent, settings, years)
    sampling = design.get("sampling", "grid")
    if sampling not in SAMPLINGS:
        shown = printable(document.written(("design", "sampling"), sampling))
        document.fail(("design", "sampling"), f"sampling = {shown} is not {one_of(SAMPLINGS)}.")
    samples = _samples(document, sampling)
    factors, points = _points(document, Path(path).parent, sampling, samples, bases, settings["seed"])
    if len(points) * settings["runs"] > MOST_RUNS:
        total = f"{len(points)} points of {settings['runs']} runs"
        document.fail(("design",), f"{total} are more than {MOST_RUNS:,} runs; ask for fewer.", key=True)
    panel, summary, kept = _outputs(document, bases[0].years)
    texts = (_text(document, "title", 200), _text(document, "question", 1000))
    found = Design(
        folder_name(Path(path).stem), *texts, bases, settings["runs"], settings["seed"], sampling, samples, factors,
        points, panel, summary, kept,
    )  # fmt: skip
    why = found.why_none_can_run()
    if why:
        document.fail(("design", "factor"), f"no point can be run: {why}", key=True)
    return found


def near(name: str, known: Iterable[str]) -> str:
    """Did you mean ..., or what there is."""
    names = list(known)
    close = get_close_matches(name[:60], names, 1)
    return f"Did you mean '{close[0]}'?" if close else "Known are: " + ", ".join(names[:12]) + "."


def _check_keys(document: Document) -> None:
    for section, value in document.data.items():
        if section not in SECTIONS:
            hint = near(section, SECTIONS)
            if section in SECTIONS["design"]:
                hint = "Put it under [design]."
            document.fail((section,), f"unknown key '{printable(section)}' in a design. {hint}", key=True)
        if not isinstance(value, dict):
            document.fail((section,), f"'{section}' must be a section; write [{section}] on a line of its own.", True)
        for key in value:
            if key not in SECTIONS[section]:
                hint = near(key, SECTIONS[section])
                if key in PARAMS:
                    hint = f'A lever or assumption is a factor: [[design.factor]] with name = "{key}".'
                document.fail((section, key), f"unknown key '{printable(key)}' in [{section}]. {hint}", key=True)


def _setting(document: Document, name: str, default: Any) -> Any:
    if name not in document.data["design"]:
        return default
    raw, place = document.data["design"][name], ("design", name)
    try:
        return read_setting(name, raw, document.written(place, raw))
    except BadValue as problem:
        document.fail(place, str(problem))


def _runs(runs: int) -> int:
    try:
        return int(read_setting("runs", runs, str(runs)))
    except BadValue as problem:
        raise ScenarioError(f"--runs: {problem}") from None


def _text(document: Document, name: str, longest: int) -> str:
    text = document.data["design"].get(name, "")
    if not isinstance(text, str) or len(text) > longest:
        document.fail(("design", name), f"{name} must be text of at most {longest} characters.")
    if not all(letter.isprintable() or letter in "\n\t" for letter in text):
        document.fail(("design", name), f"{name} has control characters; remove them.")
    return text.strip()


def _bases(document: Document, folder: Path, settings: dict, years: int | None) -> tuple[Scenario, ...]:
    names = document.data["design"].get("scenarios")
    if not isinstance(names, list) or not 0 < len(names) <= MOST_SCENARIOS:
        most = f"scenarios must be a list of 1 to {MOST_SCENARIOS} scenario files"
        document.fail(
            ("design", "scenarios"), f'{most} like ["scenarios/baseline.toml"].', "scenarios" not in document.data
        )
    found: list[Scenario] = []
    for index, name in enumerate(names):
        place: Place = ("design", "scenarios", index)
        path = _find(folder, name)
        if path is None:
            shown = printable(document.written(place, name))
            document.fail(
                place, f"there is no scenario {shown}, neither beside the design nor here (`list scenarios`)."
            )
        base = from_file(path, run=settings | {"years": years})
        if base.name in [one.name for one in found]:
            document.fail(place, f"a second scenario is called {base.name}; give the file another name.")
        years = len(base.years)
        found.append(base)
    return tuple(found)


def _find(folder: Path, name: object) -> Path | None:
    if not isinstance(name, str) or not name.isprintable() or not name:
        return None
    for path in (folder / name, Path(name), BUNDLED / f"{name.removesuffix('.toml')}.toml"):
        try:
            if path.is_file():
                return path
        except (OSError, ValueError):
            continue
    return None


def _samples(document: Document, sampling: str) -> int:
    design, place = document.data["design"], ("design", "points")
    if sampling not in SAMPLED:
        if "points" in design:
            document.fail(place, f"points belongs to {', '.join(SAMPLED)}; {sampling} makes its own.", key=True)
        return 0
    points = design.get("points")
    most = MOST_TRAJECTORIES if sampling == "morris" else MOST_POINTS
    if isinstance(points, bool) or not isinstance(points, int) or not 2 <= points <= most:
        shown = document.written(place, points) if "points" in design else "missing"
        document.fail(place, f"points ({shown}) must be a whole number from 2 to {most} for {sampling}.")
    if sampling == "sobol" and points & (points - 1):
        document.fail(place, f"points = {points} is not a power of 2, which sobol needs: 64, 128, 256 ...")
    return points


def _points(
    document: Document, folder: Path, sampling: str, samples: int, bases: tuple[Scenario, ...], seed: int
) -> tuple[tuple[Factor, ...], Points]:
    design = document.data["design"]
    if sampling == "list":
        if "factor" in design:
            document.fail(("design", "factor"), "the columns of the table are the factors; leave them out here.", True)
        return read_table(document, folder, bases, MOST_POINTS)
    if "table" in design:
        document.fail(("design", "table"), 'table belongs to sampling = "list".', key=True)
    factors = read_factors(document, sampling, bases)
    if sampling != "grid" and not factors:
        document.fail(("design",), f"{sampling} needs at least one [[design.factor]].", key=True)
    expected = count(sampling, samples, factors) * len(bases)
    if expected > MOST_POINTS:
        document.fail(("design",), f"{expected} points are more than {MOST_POINTS}; ask for fewer.", key=True)
    return factors, make_points(sampling, samples, factors, len(bases), seed)


def _outputs(document: Document, years: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    outputs = document.data.get("outputs", {})

    def names(key: str) -> tuple[str, ...]:
        if outputs.get(key, []) == []:
            return ()
        try:
            return read_panel(outputs[key], OUTPUTS)
        except BadValue as problem:
            document.fail(("outputs", key, *problem.path), str(problem).replace("panel", key, 1))

    panel = names("panel")
    kept = outputs.get("years", list(years))
    span = f"{years[0]} to {years[-1]}"
    if not isinstance(kept, list) or not kept:
        document.fail(("outputs", "years"), f"years must be a list of simulated years, {span}.")
    for index, year in enumerate(kept):
        if isinstance(year, bool) or not isinstance(year, int) or year not in years:
            shown = document.written(("outputs", "years", index), year)
            document.fail(("outputs", "years", index), f"{shown} is not a simulated year, {span}.")
        if year in kept[:index]:
            document.fail(("outputs", "years", index), f"{year} is twice in years; name it once.")
    return panel, names("summary") or panel or DEFAULT_PANEL, tuple(sorted(kept))
