"""The ledger of one year in one run, as `run.py explain --json` tells it."""

import json
from typing import Any

from dash import html

from sim.dashboard.parts import table, wide
from sim.dashboard.words import text
from sim.words import number

MOST = 5_000  # lines that are shown


def arguments(folder: str, code: str, run: int, year: int) -> list[str]:
    """The command line that prints it."""
    return ["explain", folder, f"--kommune={code}", f"--run={run}", f"--year={year}", "--json"]


def shown(answer: str, lang: str) -> list[Any]:
    """A table per step of the year. ValueError if the answer is not a ledger."""
    try:
        year = json.loads(answer)["years"][0]
        entries, titles = year["entries"][:MOST], year["titles"]
        steps = list(dict.fromkeys(str(entry["step"]) for entry in entries))
        return [_step(step, str(titles.get(step, step)), entries, lang) for step in steps]
    except (KeyError, IndexError, TypeError, AttributeError) as problem:
        raise ValueError(f"not a ledger: {problem}") from None


def _step(step: str, title: str, entries: list[dict], lang: str) -> html.Details:
    rows = [_row(entry, lang) for entry in entries if entry["step"] == step]
    heads = [text("line", lang), text("amount", lang), text("law", lang)]
    return html.Details([html.Summary(title), wide(table(heads, rows), title)], open=True, className="step")


def _row(entry: dict, lang: str) -> list[Any]:
    value, unit = entry.get("value"), str(entry.get("unit", ""))
    said = "" if value is None else f"{number(float(value), _decimals(float(value), unit), lang)} {unit}".strip()
    words = str(entry.get("text", ""))
    return [html.B(words) if entry.get("total") else words, said, str(entry.get("law", ""))]


def _decimals(value: float, unit: str) -> int:
    return 0 if unit.startswith("kr") or value == int(value) else 3
