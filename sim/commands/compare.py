"""`run.py compare A B`: what a policy changes, run by run."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.compare import Comparison
    from sim.analysis.study_point import StudyPoint
    from sim.store import Results, Study

    Side = Results | StudyPoint

LISTED = 5  # winners, and losers, printed per output


def run_compare(
    first: str,
    second: str,
    by: str | None,
    outputs: Sequence[str],
    year: int | None,
    results: Path,
    out: Path | None,
    group: str,
    rules_may_differ: bool,
    as_json: bool,
    lang: str = "en",
) -> int:
    """Print B minus A and write tables and figures; the last line on stdout is their folder. UserError otherwise."""
    from sim.analysis.compare import compare
    from sim.commands.progress import say

    a, b = find_pair(first, second, results)
    if a.folder.resolve() == b.folder.resolve():
        raise UserError(f"compare: A and B are the same result, {label(a)}: nothing can differ; name two results.")
    found = compare(a, b, outputs, year, by, rules_may_differ)
    for note in found.notes:
        say(f"note: {note}")
    folder = out or results / f"compare-{label(a)}-{label(b)}"
    about = describe(a, b, found, by)
    write(found, about, folder, lang)
    if as_json:
        json.dump(as_document(found, about, folder), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return 0
    from sim.commands.compare_text import print_comparison
    from sim.commands.run import shown_path

    print_comparison(found, about, group, LISTED)
    print(shown_path(folder))
    return 0


def find_pair(first: str, second: str, results: Path) -> "tuple[Side, Side]":
    """The two results: each a folder, STUDY:POINT, or the name of a scenario with a complete result in `results`.

    Of several results of a scenario the newest is taken that fits the other one.
    """
    from sim.analysis.pairing import check_pair

    choices = [candidates(name, results) for name in (first, second)]
    pairs = [(a, b) for a in choices[0] for b in choices[1]]
    for a, b in pairs:
        try:
            check_pair(a, b)
        except UserError:
            continue
        return a, b
    return pairs[0]  # no pair fits: the newest ones, and the comparison says why


def candidates(name: str, results: Path) -> "list[Side]":
    """Complete results that `name` may mean, the newest first. UserError if there is none."""
    from sim.store import Results, StoreError, open_results

    if "\0" in name:
        raise UserError(f"{printable(name)}: is not the name of a folder or scenario.")
    if Path(name).is_dir():
        found_here = open_results(name)
        if not isinstance(found_here, Results):
            raise UserError(f"{printable(name)}: is a study; name one of its points, such as {printable(name)}:0.")
        return [found_here]
    folder, _, number = name.rpartition(":")
    if number.isascii() and number.isdecimal() and len(number) < 9 and folder and Path(folder).is_dir():
        return [point_of(folder, int(number))]
    stem = Path(name).stem if name.endswith(".toml") else name
    found: list[tuple[int, str, Side]] = []
    for place in results.glob(f"{stem}-????????") if stem and not set(stem) & set("*?[]/") else ():
        try:
            opened = open_results(place)
            if isinstance(opened, Results):
                found.append((place.joinpath("COMPLETE").stat().st_mtime_ns, place.name, opened))
        except (StoreError, OSError):
            continue
    if not found:
        raise UserError(
            f"{printable(name)}: neither a result folder nor a scenario with a complete result in "
            f"{printable(results)}; run it first: run.py run {printable(stem)}."
        )
    return [result for *_, result in sorted(found, key=lambda item: item[:2], reverse=True)]


def study_of(name: str) -> "Study | None":
    """The study in this folder; None if there is no folder, or one result."""
    from sim.store import Study, open_results

    found = open_results(name) if "\0" not in name and Path(name).is_dir() else None
    return found if isinstance(found, Study) else None


def point_of(folder: str, number: int) -> "StudyPoint":
    """A point of a study. UserError if the folder is no study or has no such point."""
    from sim.analysis.study_point import StudyPoint
    from sim.store import Results, open_results

    study = open_results(folder)
    if isinstance(study, Results):
        raise UserError(f"{printable(folder)}: is one result, not a study; it has no points.")
    return StudyPoint(study, number)


def label(result: "Side") -> str:
    """A short name of a result, safe in the name of a folder."""
    return result.folder.resolve().name


def describe(a: "Side", b: "Side", found: "Comparison", by: str | None) -> dict[str, Any]:
    """What was compared: the names and identities of A and B, what they set differently, runs, years, notes."""
    sides = {}
    for key, result in (("a", a), ("b", b)):
        sides[key] = {
            "name": result.manifest["name"],
            "title": printable(result.scenario["title"] or result.manifest["name"], 60),
            "question": printable(result.scenario["question"], 200),
            "expected": printable(result.scenario["expected"], 300), "digest": result.manifest["hashes"]["digest"],
            "runs": result.runs,
        }  # fmt: skip
    return {
        **sides, "settings": settings_apart(a, b),
        "pairs": found.runs, "seed": a.manifest["seed"], "start": a.manifest["start"],
        "years": [int(y) for y in sorted(found.national["year"].unique())], "year": found.year, "by": by,
        "notes": found.notes,
    }  # fmt: skip


def settings_apart(a: "Side", b: "Side") -> list[dict[str, Any]]:
    """Every lever and assumption that two results set differently: name, value in A and in B (None: unknown there).

    Of points of a study nothing: their titles say the factors.
    """
    found: list[dict[str, Any]] = []
    for kind in ("levers", "assumptions"):
        one: Any = a.scenario.get(kind)
        two: Any = b.scenario.get(kind)
        if one is None or two is None:
            return []
        names = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
        found += [{"name": name, "a": one.get(name), "b": two.get(name)} for name in names]
    return found


def origin(about: dict[str, Any]) -> str:
    """One line below a figure: which results it is of."""
    sides = "; ".join(f"{key.upper()}: {about[key]['name']} {about[key]['digest'][:8]}" for key in ("a", "b"))
    return f"kommunesim, {sides}. {about['pairs']:,} pairs of runs, seed {about['seed']}."


def write(found: "Comparison", about: dict[str, Any], folder: Path, lang: str = "en") -> None:
    """Tables as CSV and Parquet, figures as PNG and SVG, and compare.json. Raises StoreError."""
    from sim.analysis.contrast import COLUMNS
    from sim.plots.answers import write_comparison_figures
    from sim.store.files import make_folder, remove_leftovers, write_file
    from sim.store.table import write_table
    from sim.words import scenario_words

    make_folder(folder)
    remove_leftovers(folder)
    for name, table in (("national", found.national), ("groups", found.groups), ("units", found.units)):
        if table is not None:
            write_table(table, folder / name, COLUMNS)
    one, other = (scenario_words(about[side], lang)["title"] for side in ("a", "b"))
    title = f"{other}, against {one}"
    write_comparison_figures(found.national, found.units, folder / "figures", title, origin(about), lang)
    write_file(folder / "compare.json", json.dumps(about, indent=1, ensure_ascii=False).encode() + b"\n")


def as_document(found: "Comparison", about: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The same as JSON: infinite and unknown numbers are null."""
    return {
        **about, "folder": str(folder), "national": records(found.national),
        "groups": None if found.groups is None else records(found.groups), "units": records(found.units),
    }  # fmt: skip


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """Rows as dictionaries of plain values."""
    import math

    return [
        {key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]
