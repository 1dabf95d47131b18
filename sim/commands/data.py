"""`run.py data ...`: where each column of the start comes from, and how good the constructed ones are."""

import json
import sys
from pathlib import Path
from typing import Any

WIDTH = 170


def data_status(data_dir: Path | None, as_json: bool) -> int:
    """Print the status of every column, with what `data_dir` supplies; 0, or DataError for a bad table."""
    from sim.baseline import column_status
    from sim.baseline.sources import read_sources
    from sim.baseline.status import as_records
    from sim.fetch.choice import chosen_folder

    data_dir = data_dir or chosen_folder()
    rows = column_status(data_dir)
    notes = read_sources(data_dir).notes if data_dir is not None else []
    if as_json:
        _print_json({"columns": as_records(rows), "notes": notes})
        return 0
    from rich.table import Table

    table = Table(title="Start accounts, 31 December 2025: where each column comes from")
    for name, justify in (
        ("column", "left"), ("group", "left"), ("status", "left"), ("units", "right"), ("date", "left"),
        ("spread", "right"), ("source", "left"), ("note", "left"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    style = {"official": "green", "supplied": "cyan", "constructed": "yellow"}
    for row in rows:
        table.add_row(
            row.column, row.group, f"[{style[row.status]}]{row.status}[/]", f"{row.coverage}/{row.total}",
            row.date, row.spread, row.source, row.note,
        )  # fmt: skip
    console = _console()
    console.print(table)
    console.print("spread: typical standard deviation of a drawn value. The model: docs/start_accounts.md.")
    for note in notes:
        console.print(f"note: {note}", markup=False)
    return 0


def data_check(check_dir: Path, as_json: bool) -> int:
    """Print how far the constructed columns are from the figures in `check_dir`; nothing is stored.

    0; DataError if the folder has none of the tables that can be compared, or one that cannot be used.
    """
    from sim.baseline.accuracy import compare

    report = compare(check_dir)
    if as_json:
        _print_json(report)
        return 0
    from rich.table import Table

    console = _console()
    for title, rows in report.items():
        if not rows:
            continue
        table = Table(title=title)
        for name in rows[0]:
            table.add_column(name, justify="left" if isinstance(rows[0][name], str) else "right")
        for row in rows:
            table.add_row(*(_shown(value) for value in row.values()))
        console.print(table)
    return 0


def _shown(value: Any) -> str:
    """A cell: counts whole, other numbers with two decimals."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if isinstance(value, int) or abs(value) >= 1000 else f"{value:,.2f}"


def _console() -> Any:
    """A console; in a pipe as wide as the tables."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")
