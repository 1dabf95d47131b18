"""The table of a list: a CSV file with a column per factor and a row per point."""

import csv
from pathlib import Path
from typing import NoReturn

from sim.design.factor import Factor
from sim.design.factors import MOST_FACTORS, find_param
from sim.design.points import Listed, Points
from sim.errors import printable
from sim.scenario import Scenario, ScenarioError
from sim.scenario.toml_file import Document, read_text
from sim.scenario.values import BadValue, Given, read_value
from sim.schema import Param

SCENARIO = "scenario"


def read_table(
    document: Document, folder: Path, bases: tuple[Scenario, ...], most: int
) -> tuple[tuple[Factor, ...], Points]:
    """Factors and points of the table that the design names; a point without a `scenario` is one of every base."""
    name, place = document.data["design"].get("table"), ("design", "table")
    if not isinstance(name, str) or not name or not name.isprintable():
        document.fail(place, 'sampling = "list" needs table = "points.csv".')
    try:
        text = read_text(folder / name)
    except ScenarioError as problem:
        document.fail(place, str(problem))
    return _Table(printable(folder / name, 200), text.split("\n")).read(bases, most)


class _Table:
    """Lines of a CSV file on their way to points."""

    def __init__(self, label: str, lines: list[str]) -> None:
        self.label, self.lines = label, lines

    def fail(self, line: int, cell: int, message: str) -> NoReturn:
        """At a cell (from 0) of a line (from 0)."""
        cells = self.lines[line].split(",")[:cell]
        column = 1 + sum(len(one) + 1 for one in cells)
        raise ScenarioError(f"{self.label}:{line + 1}:{column}: {message}")

    def read(self, bases: tuple[Scenario, ...], most: int) -> tuple[tuple[Factor, ...], Points]:
        import numpy as np

        params = self.header()
        names = [base.name for base in bases]
        columns = {param.name: _Column(param) for param in params if param}
        each = 1 if None in params else len(bases)  # points of a row
        rows: list[list[int]] = []
        chosen: list[int] = []
        for line in range(1, len(self.lines)):
            if not self.lines[line].strip():
                continue
            rows.append(self.row(line, params, names, columns, chosen))
            if len(rows) * each > most:
                self.fail(line, 0, f"more than {most} points; ask for fewer.")
        if not rows:
            self.fail(0, 0, "has no row below its header; write one per point.")
        factors = tuple(Factor(column.param, tuple(column.values)) for column in columns.values())
        values = np.array(rows, np.int32).reshape(len(rows), len(factors))
        return factors, Points(Listed(factors, len(bases), values, np.array(chosen, np.int32) if chosen else None))

    def cells(self, line: int) -> list[str]:
        try:
            return [cell.strip() for cell in next(csv.reader([self.lines[line]], strict=True), [])]
        except csv.Error as problem:
            self.fail(line, 0, f"not a row of a CSV file ({problem}).")

    def header(self) -> list[Param | None]:
        names = self.cells(0)
        if not names or len(names) > MOST_FACTORS + 1:
            self.fail(0, 0, f"the first line must name 1 to {MOST_FACTORS} levers or assumptions, by commas.")
        found: list[Param | None] = []
        for cell, name in enumerate(names):
            if name in names[:cell]:
                self.fail(0, cell, f"column '{printable(name)}' is there twice; keep one.")
            param = None if name == SCENARIO else find_param(name)
            if isinstance(param, str):
                self.fail(0, cell, param)
            found.append(param)
        return found

    def row(
        self, line: int, params: list[Param | None], names: list[str], columns: "dict[str, _Column]", chosen: list[int]
    ) -> list[int]:  # fmt: skip
        """The place of each value of a row among those of its column; the base, if it is named, goes to `chosen`."""
        cells = self.cells(line)
        if len(cells) != len(params):
            self.fail(line, 0, f"has {len(cells)} cells where the header has {len(params)}.")
        places: list[int] = []
        for cell, (param, text) in enumerate(zip(params, cells, strict=True)):
            if param is None:
                if text not in names:
                    self.fail(
                        line, cell, f"'{printable(text)}' is not one of the design's scenarios: {', '.join(names)}."
                    )
                chosen.append(names.index(text))
                continue
            try:
                places.append(columns[param.name].place(text))
            except BadValue as problem:
                self.fail(line, cell, str(problem))
        return places


class _Column:
    """The different values of a column, each read once."""

    def __init__(self, param: Param) -> None:
        self.param = param
        self.values: dict[Given, int] = {}
        self._texts: dict[str, int] = {}

    def place(self, text: str) -> int:
        """The place of a value. BadValue if it is none."""
        if text not in self._texts:
            value = read_value(self.param, _number(text), text)
            self._texts[text] = self.values.setdefault(value, len(self.values))
        return self._texts[text]


def _number(text: str) -> object:
    if len(text) > 40:
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
