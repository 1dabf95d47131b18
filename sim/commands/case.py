"""`run.py case FILE... [--json]`: compute worked cases and compare."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, printable

if TYPE_CHECKING:
    from sim.cases import Verdict

LONG = 500  # cases; more are printed line by line, because a table is laid out as a whole


def run_case(files: Sequence[str | Path], as_json: bool) -> int:
    """Compute every case of `files` and print what came out to stdout, or one sentence to stderr.

    Returns the exit code: 0 all pass, 1 some differ, 2 a file cannot be used (then nothing is on stdout).
    """
    try:
        verdicts = compute(files)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    failed = sum(not verdict.passed for verdict in verdicts)
    unchecked = sum(not verdict.checked for verdict in verdicts)
    if as_json:
        print_json(verdicts, failed, unchecked)
    elif len(verdicts) > LONG:
        print_lines(verdicts)
    else:
        print_table(verdicts)
    if not as_json:
        said = f", {unchecked} computed only: nothing is expected of them" if unchecked else ""
        print(f"{len(verdicts) - failed - unchecked} passed, {failed} failed{said}")
    return 1 if failed else 0


def compute(files: Sequence[str | Path]) -> list["Verdict"]:
    """The verdict on every case; UserError before anything is printed."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.cases import judge, read_cases
    from sim.cases.declare import Misfit
    from sim.cases.read import misfit

    if not files:
        raise UserError("no file is named; run: case FILE...")
    verdicts = []
    for file in files:
        for number, case in enumerate(read_cases(file)):
            try:
                verdicts.append(judge(case))
            except Misfit as error:
                raise misfit(file, number, case, error) from None
    return verdicts


def print_json(verdicts: list["Verdict"], failed: int, unchecked: int) -> None:
    """One JSON document, a case per line. A case that expects nothing is computed: neither passed nor failed."""
    write = sys.stdout.write
    passed = len(verdicts) - failed - unchecked
    more = f', "computed_only": {unchecked}' if unchecked else ""
    write(f'{{"passed": {passed}, "failed": {failed}{more}, "cases": [')
    for number, verdict in enumerate(verdicts):
        entry = {
            "id": verdict.id,
            "rule": verdict.rule,
            "passed": verdict.passed if verdict.checked else None,
            "computed": verdict.computed,
            "diff": verdict.diff,
        }
        write((",\n" if number else "\n") + json.dumps(entry))
    write("\n]}\n")


def differences(verdict: "Verdict") -> str:
    return "\n".join(
        f"{name}: expected {brief(pair['expected'])}, computed {brief(pair['computed'])}"
        for name, pair in verdict.diff.items()
    )


def brief(value: Any) -> str:
    """A number, list or table as one reads it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {brief(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(brief(entry) for entry in value) + "]"
    return (
        f"{value:,}".replace(",", " ")
        if isinstance(value, int)
        else f"{value:.12g}"
        if isinstance(value, float)
        else value
    )


def print_table(verdicts: list["Verdict"]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("case", "rule", "result", "difference", show_edge=False, pad_edge=False)
    for verdict in verdicts:
        result = Text("pass", "green") if verdict.passed else Text("FAIL", "bold red")
        if not verdict.checked:
            result = Text("computed", "yellow")
        name = Text(printable(verdict.id, longest=90))
        said = differences(verdict) if verdict.checked else f"nothing is expected; computed {brief(verdict.computed)}"
        table.add_row(name, Text(verdict.rule), result, Text(said))
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(table)


def print_lines(verdicts: list["Verdict"]) -> None:
    width = max(len(verdict.rule) for verdict in verdicts)
    for verdict in verdicts:
        if not verdict.checked:
            sys.stdout.write(f"{printable(verdict.id, longest=90):<60}  {verdict.rule:<{width}}  computed\n")
            continue
        result = "pass" if verdict.passed else "FAIL  " + differences(verdict).replace("\n", "; ")
        sys.stdout.write(f"{printable(verdict.id, longest=90):<60}  {verdict.rule:<{width}}  {result}\n")
