"""`run.py list ...`: what can be set, what is reported, which scenarios there are."""

import json
import sys
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
NARROW, COLUMNS = 120, 4  # letters of a terminal that more columns than this need


def show_list(what: str, as_json: bool, lang: str = "en") -> int:
    """Print the rows of `what` as a table or as JSON, in this language; 0."""
    rows = translated(what, LISTS[what](), lang)
    if as_json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_table(rows)
    return 0


def translated(what: str, rows: list[Row], lang: str) -> list[Row]:
    """The rows with their texts in this language and, if it is not English, a title; names stay as they are."""
    from sim import words

    if words.language(lang) == "en":
        return rows
    found = []
    for row in rows:
        row, name = dict(row), row["name"]
        if what in ("levers", "assumptions"):
            row |= {"unit": words.parameter_unit(row["unit"], lang), "source": words.source(row["source"], lang)}
            row["text"] = f"{words.parameter_title(name, lang)}: {words.parameter_text(name, row['text'], lang)}"
        elif what == "outputs":
            row |= {"unit": words.output_unit(row["unit"], lang)}
            row["text"] = f"{words.output_title(name, lang)}: {words.output_text(name, row['text'], lang)}"
        elif what == "measures":
            row |= {"text": words.measure_text(name, row["text"], lang), "source": words.source(row["source"], lang)}
        elif what == "scenarios":
            row |= words.scenario_words(row, lang)
        found.append(row)
    return found


def levers() -> list[Row]:
    """Every lever, in the order of declaration."""
    return _parameters("lever")


def assumptions() -> list[Row]:
    """Every assumption, in the order of declaration, with what the calibrated set says of it.

    `calibrated`: 5, 50 and 95 % of the accepted values and whether published facts identify it; empty if the set does
    not have it.
    """
    from sim.scenario.parameter_set import load_set

    chosen = load_set()
    told = {row["name"]: row for row in chosen.about["parameters"]} if chosen else {}
    rows = _parameters("assumption")
    for row in rows:
        found = told.get(row["name"])
        values = f"{found['accepted_low']:g}, {found['accepted_median']:g}, {found['accepted_high']:g}" if found else ""
        row["calibrated"] = f"{values}; identified: {found['identified']}" if found else ""
    return rows


def _parameters(kind: str) -> list[Row]:
    from sim.params import PARAMS
    from sim.scenario.values import limits, plain, resolve
    from sim.state import FIRST_YEAR

    years = tuple(range(FIRST_YEAR, FIRST_YEAR + 10))
    rows = []
    for param in PARAMS.values():
        if param.kind == kind:
            rows.append({
                "name": param.name, "default": plain(param, resolve(param, None, years), years),
                "allowed": limits(param), "unit": param.unit, "text": param.text, "source": param.source,
                "evidence": param.evidence,
            })  # fmt: skip
    return rows


def outputs() -> list[Row]:
    """Every output that a panel can hold; `default` says whether it does if the scenario names none."""
    from sim.outputs import DEFAULT_PANEL, OUTPUTS

    return [
        {"name": out.name, "unit": out.unit, "default": out.name in DEFAULT_PANEL, "text": out.text}
        for out in OUTPUTS.values()
    ]


def measures() -> list[Row]:
    """Every measure a unit can take; numbers as default (low to high)."""
    from sim.measures import MEASURES

    rows = []
    for measure in MEASURES:
        row: Row = {"name": measure.name, "form": measure.form}
        for aspect in ("kost", "helning", "tak", "virkning"):
            default, low, high = getattr(measure, aspect)
            row[aspect] = f"{default:g} ({low:g} to {high:g})" if measure.form == "continuous" else ""
        rows.append(row | {name: getattr(measure, name) for name in ("lag", "rebound", "text", "source")})
    return rows


def scenarios() -> list[Row]:
    """Every scenario file that comes with the program."""
    from sim.commands.run import SCENARIOS, shown_path
    from sim.scenario import from_file

    rows = []
    reference = from_file(shown_path(SCENARIOS / "baseline.toml"))
    for path in sorted(SCENARIOS.glob("*.toml"), key=lambda path: (path.stem != "baseline", path.stem)):
        scenario = from_file(shown_path(path))
        changed = {entry["name"]: entry["value"] for entry in scenario.difference(reference)}
        rows.append({
            "name": path.stem, "title": scenario.title, "question": scenario.question, "sets": changed,
            "reference": "" if path.stem == "baseline" else "baseline", "expected": scenario.expected,
            "file": shown_path(path),
        })  # fmt: skip
    return rows


LISTS: dict[str, Callable[[], list[Row]]] = {
    "levers": levers, "assumptions": assumptions, "outputs": outputs, "measures": measures,
    "scenarios": scenarios,
}  # fmt: skip


def print_table(rows: list[Row]) -> None:
    """The rows under the names of their keys, as wide as the terminal (160 where there is none).

    On a terminal too narrow for columns each row is a paragraph: its name, and below it what there is to say.
    """
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160)
    if console.width < NARROW and len(rows[0]) > COLUMNS:
        for row in rows:
            first, *more = row.items()
            console.print(Text(str(first[1]), "bold"))
            console.print(
                Padding(Text("\n".join(f"{key}: {_cell(value)}" for key, value in more if _cell(value))), (0, 0, 1, 2))
            )
        return
    table = Table(show_edge=False, pad_edge=False, box=None, header_style="bold")
    for index, name in enumerate(rows[0]):
        table.add_column(name, no_wrap=index == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, dict):
        inner = {key: f"({_cell(entry)})" if isinstance(entry, dict) else entry for key, entry in value.items()}
        return ", ".join(f"{key}: {entry}" for key, entry in inner.items())
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
