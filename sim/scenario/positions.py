"""Where in a TOML text each key and value stands, which tomllib does not tell.

One pass from left to right over text that may be wrong: what the scanner does not understand ends the scan,
and tomllib says what is wrong with it. Limits are enforced here, before tomllib, whose time grows with the
square of the parts of a dotted key and whose stack with the depth of brackets.
"""

import contextlib
import re
from dataclasses import dataclass

from sim.errors import UserError

Path = tuple[str | int, ...]
MAX_DEPTH, MAX_KEYS = 8, 5_000

BLANK = re.compile(r"[ \t]*")
BETWEEN = re.compile(r"(?:[ \t\n\r]+|#[^\n]*)*")  # also lines and comments
BARE = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:[^\\"]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
SCALAR = re.compile(r"[^\s,\]}#]+(?: [0-9][^\s,\]}#]*)?")  # a date and its time may stand apart by one blank


class TooMuch(UserError):
    """The text is deeper or has more keys than a scenario can need. `offset` says where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class _Stop(Exception):
    """Not TOML as far as the scanner knows."""


@dataclass(frozen=True)
class Spot:
    """Offsets of a key and of its value (start, end) in the text; for a table header both are the name."""

    key: tuple[int, int]
    value: tuple[int, int]


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, the column in characters."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def scan(text: str) -> dict[Path, Spot]:
    """Path -> Spot of every table, key and array element; in invalid TOML, of those before the error.

    A path has the parts of dotted keys and headers as text and places in arrays as numbers. TooMuch if the
    text has more than MAX_KEYS keys and values or is nested deeper than MAX_DEPTH.
    """
    scanner = _Scanner(text)
    with contextlib.suppress(_Stop):
        scanner.document()
    return scanner.found


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.found = text, 0, {}  # type: str, int, dict[Path, Spot]
        self.rows: dict[Path, int] = {}  # arrays of tables: how many so far
        self.count = 0

    def document(self) -> None:
        table: Path = ()
        while True:
            self.skip(BETWEEN)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.assignment(table)

    def skip(self, pattern: re.Pattern[str]) -> tuple[int, int]:
        """Move past `pattern`; where it stood."""
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _Stop
        self.at = match.end()
        return match.span()

    def sign(self, wanted: str) -> bool:
        if not self.text.startswith(wanted, self.at):
            return False
        self.at += len(wanted)
        return True

    def key(self, depth: int) -> list[tuple[str, tuple[int, int]]]:
        """The parts of a dotted key with their places."""
        parts = []
        while True:
            self.skip(BLANK)
            quoted = self.text[self.at : self.at + 1] in ("'", '"')
            span = self.skip(STRING if quoted else BARE)
            parts.append((unquote(self.text[slice(*span)]) if quoted else self.text[slice(*span)], span))
            self.limits(depth + len(parts))
            self.skip(BLANK)
            if not self.sign("."):
                return parts

    def header(self) -> Path:
        double = self.sign("[[")
        if not double:
            self.sign("[")
        path: Path = ()
        for name, span in self.key(0):
            path = self.enter((*path, name))
            self.found.setdefault(path, Spot(span, span))
        if not self.sign("]]" if double else "]"):
            raise _Stop
        if double:
            place = self.rows[path] = self.rows.get(path, -1) + 1
            path = (*path, place)
            self.found[path] = Spot(span, span)
        return path

    def enter(self, path: Path) -> Path:
        """The path of the last element, if a part before the last names an array of tables."""
        parent = path[:-1]
        return (*parent, self.rows[parent], path[-1]) if parent in self.rows else path

    def assignment(self, table: Path) -> None:
        path = table
        parts = self.key(len(table))
        for name, span in parts[:-1]:
            path = (*path, name)
            self.found.setdefault(path, Spot(span, span))
        if not self.sign("="):
            raise _Stop
        self.skip(BLANK)
        name, span = parts[-1]
        self.value((*path, name), span)

    def value(self, path: Path, key: tuple[int, int]) -> None:
        self.limits(len(path))
        start = self.at
        first = self.text[start : start + 1]
        if first == "[":
            self.array(path)
        elif first == "{":
            self.inline_table(path)
        else:
            self.skip(STRING if first in ("'", '"') else SCALAR)
        self.found[path] = Spot(key, (start, self.at))

    def array(self, path: Path) -> None:
        self.sign("[")
        place = 0
        while True:
            self.skip(BETWEEN)
            if self.sign("]"):
                return
            start = self.at
            self.value((*path, place), (start, start))
            place += 1
            self.skip(BETWEEN)
            if not self.sign(","):
                self.skip(BETWEEN)
                if not self.sign("]"):
                    raise _Stop
                return

    def inline_table(self, path: Path) -> None:
        self.sign("{")
        while True:
            self.skip(BETWEEN)  # TOML 1.0 wants one line; where tomllib allows more (TOML 1.1) so does this
            if self.sign("}"):
                return
            self.assignment(path)
            self.skip(BETWEEN)
            if not self.sign(","):
                self.skip(BETWEEN)
                if not self.sign("}"):
                    raise _Stop
                return

    def limits(self, depth: int) -> None:
        self.count += 1
        if depth > MAX_DEPTH:
            raise TooMuch(f"nested more than {MAX_DEPTH} deep; a scenario needs 3 levels.", self.at)
        if self.count > MAX_KEYS:
            raise TooMuch(f"more than {MAX_KEYS} keys and values; a scenario has a few hundred.", self.at)


def unquote(quoted: str) -> str:
    """The text of a quoted key."""
    import tomllib

    try:
        return str(tomllib.loads(f"x = {quoted}")["x"])
    except ValueError:
        raise _Stop from None
