"""Reading tables at the door: every value is checked once, with a sentence that says what to do."""

import csv
import hashlib
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import UserError, printable

DATA = Path(__file__).resolve().parent.parent / "data"
MAX_BYTES = 64_000_000


class DataError(UserError):
    """A table that cannot be used. The message names file, line, field, value and what is allowed."""


@dataclass(frozen=True)
class Table:
    """Rows of one CSV file as text, with the line each came from."""

    path: Path
    rows: list[dict[str, str]]
    lines: list[int]

    def error(self, index: int, field: str, value: object, allowed: str) -> DataError:
        """The sentence for a bad value in data row `index`."""
        return DataError(f"{self.path.name}:{self.lines[index]}: {field} = {value!r} is not {allowed}.")

    def text(self, field: str) -> list[str]:
        """The column as text, stripped."""
        return [row[field].strip() for row in self.rows]

    def numbers(self, field: str, low: float, high: float, integer: bool = False, empty_ok: bool = False) -> np.ndarray:
        """The column as float64; empty cells are NaN where `empty_ok`."""
        out = np.empty(len(self.rows))
        kind = "a whole number" if integer else "a number"
        allowed = f"{kind} from {low:g} to {high:g}"
        for index, row in enumerate(self.rows):
            raw = row[field].strip()
            if raw == "" and empty_ok:
                out[index] = math.nan
                continue
            try:
                value = float(raw)
            except ValueError:
                raise self.error(index, field, raw, allowed) from None
            if not (low <= value <= high) or (integer and value != math.floor(value)):
                raise self.error(index, field, raw, allowed)
            out[index] = value
        return out

    def unique(self, field: str) -> dict[str, int]:
        """Row index by key; a key that occurs twice is an error."""
        found: dict[str, int] = {}
        for index, value in enumerate(self.text(field)):
            if value in found:
                raise self.error(index, field, value, f"unique (also in line {self.lines[found[value]]})")
            found[value] = index
        return found


def read_table(path: Path, fields: tuple[str, ...]) -> Table:
    """The rows of a CSV file that has at least `fields`; DataError if it cannot be read so."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB; expected a table of kommuner.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise DataError(f"{path.name}: cannot be read ({problem.strerror}).") from None
    except UnicodeDecodeError as problem:
        raise DataError(f"{path.name}: byte {problem.start} is not UTF-8; save the table as UTF-8.") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in fields if name not in header]
        if missing:
            if len(header) == 1 and ";" in header[0]:
                raise DataError(f"{path.name}:1: cells are separated by semicolons; save the table with commas.")
            raise DataError(f"{path.name}:1: column {missing[0]!r} is missing; needed: {', '.join(fields)}.")
        twice = next((name for name in header if name and header.count(name) > 1), None)
        if twice is not None:
            raise DataError(f"{path.name}:1: column {printable(twice)!r} stands twice; keep one.")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise DataError(
                    f"{path.name}:{reader.line_num}: {len(cells)} cells where the header has {len(header)}."
                )
            rows.append(dict(zip(header, cells, strict=True)))
            lines.append(reader.line_num)
    except csv.Error as problem:
        raise DataError(f"{path.name}:{reader.line_num}: not a CSV row ({problem}).") from None
    if not rows:
        raise DataError(f"{path.name}: has no rows below the header.")
    return Table(path, rows, lines)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
