"""One scenario file: read within limits, parsed, with the place of everything; and the files it inherits."""

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from sim.errors import UserError, printable
from sim.scenario import positions

MAX_BYTES = 1_000_000
MAX_INHERITANCE = 8
PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
TWICE = {"Cannot overwrite a value": "the key of this line stands twice in its table; keep one"}
END = " (at end of document)"


class ScenarioError(UserError):
    """A scenario that cannot be used; the sentence begins with file:line:column, or with the option."""


@dataclass(frozen=True)
class Document:
    """A parsed file: its name as the user gave it, its text and data, and where each part of it stands."""

    label: str
    text: str
    data: dict[str, Any]
    spots: dict[positions.Path, positions.Spot] = field(repr=False)

    def fail(self, path: positions.Path, message: str, key: bool = False) -> NoReturn:
        """ScenarioError at the value (or key) of `path`, or at what is around it and has a place."""
        while path and path not in self.spots:
            path = path[:-1]
        spot = self.spots.get(path)
        raise self.error((spot.key if key else spot.value)[0] if spot else 0, message)

    def error(self, offset: int, message: str) -> ScenarioError:
        line, column = positions.line_column(self.text, offset)
        return ScenarioError(f"{self.label}:{line}:{column}: {message}")

    def written(self, path: positions.Path, raw: object) -> str:
        """The value of `path` as it stands in the file."""
        spot = self.spots.get(path)
        return printable(self.text[slice(*spot.value)] if spot else raw, 40)


def read_document(path: str | os.PathLike[str]) -> Document:
    """The file as a Document; ScenarioError if it cannot be read, is too large, or is not TOML."""
    label = printable(path, 200)
    text = read_text(path)
    document = Document(label, text, {}, {})
    try:
        spots = positions.scan(text)
        data = tomllib.loads(text)
    except positions.TooMuch as error:
        raise document.error(error.offset, str(error)) from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(document, str(error)) from None
    except RecursionError:
        raise ScenarioError(f"{label}: tables or arrays are nested too deeply; a scenario needs 3 levels.") from None
    except ValueError:  # a whole number of thousands of digits
        raise ScenarioError(f"{label}: a number has thousands of digits; shorten it.") from None
    return Document(label, text, data, spots)


def read_text(path: str | os.PathLike[str]) -> str:
    """The whole of a file in UTF-8, lines ended by \\n; ScenarioError if it cannot be read or is too large."""
    label = printable(path, 200)
    return _decode(label, _read_bytes(label, path)).replace("\r\n", "\n")


def read_chain(path: str | os.PathLike[str]) -> list[Document]:
    """The file and all that it inherits, the most general first.

    `inherits` is relative to the folder of the file that says so. ScenarioError if the chain returns to a
    file or is longer than MAX_INHERITANCE.
    """
    chain, seen, here = [], {_identity(path)}, Path(path)
    document = read_document(path)
    while True:
        chain.append(document)
        parent = document.data.get("inherits")
        if parent is None:
            return chain[::-1]
        if not isinstance(parent, str) or not parent.endswith(".toml") or not parent.isprintable():
            document.fail(("inherits",), 'inherits must name a scenario file like "baseline.toml".')
        if len(chain) >= MAX_INHERITANCE:
            document.fail(
                ("inherits",),
                f"more than {MAX_INHERITANCE} files inherit from each other; shorten the chain.",
            )
        here = here.parent / parent
        if _identity(here) in seen:
            document.fail(("inherits",), f"'{printable(parent)}' inherits, in the end, from itself; break the circle.")
        seen.add(_identity(here))
        try:
            document = read_document(here)
        except ScenarioError as error:
            if here.is_file():
                raise
            where = "" if here.exists() else " inherits is a path from the folder of this file."
            document.fail(("inherits",), f"cannot inherit: {error}{where}")


def _identity(path: str | os.PathLike[str]) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _read_bytes(label: str, path: str | os.PathLike[str]) -> bytes:
    try:
        file = Path(path)
        if file.is_dir():
            raise ScenarioError(f"{label}: is a folder; name a file in it (see `list scenarios`).")
        if not file.exists():
            raise ScenarioError(f"{label}: there is no such file{_instead(file)}")
        if not file.is_file():
            raise ScenarioError(f"{label}: is not an ordinary file; name a scenario file.")
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScenarioError(f"{label}: cannot be read ({error.strerror or 'no access'}).") from None
    except ValueError:  # a null byte in the name
        raise ScenarioError(f"{label}: is not the name of a file.") from None
    if len(content) > MAX_BYTES:
        raise ScenarioError(f"{label}: is larger than {MAX_BYTES // 1_000_000} MB; a scenario has a few kB.")
    return content


def _instead(file: Path) -> str:
    """What may have been meant instead of a file that there is not: its neighbours of almost the same name."""
    from difflib import get_close_matches

    kind = file.suffix if file.suffix == ".csv" else ".toml"
    there = [path.name for path in file.parent.glob(f"*{kind}") if path.name.isprintable()]
    near = [str(file.with_name(name)) for name in get_close_matches(file.name[:100], sorted(there), n=2, cutoff=0.75)]
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return "; check the name and the folder." if kind == ".csv" else " (see `list scenarios`)."


def _decode(label: str, content: bytes) -> str:
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise ScenarioError(f"{label}:1:1: starts with a byte order mark; save it as UTF-8 without one.")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        line, column = positions.line_column(before, len(before))
        wrong = content[error.start]
        raise ScenarioError(
            f"{label}:{line}:{column}: byte 0x{wrong:02x} is not UTF-8; save the file as UTF-8."
        ) from None


def _syntax_error(document: Document, message: str) -> ScenarioError:
    match = PLACE.search(message)
    if match:
        line, column, message = int(match[1]), int(match[2]), message[: match.start()]
    else:
        line, column = positions.line_column(document.text, len(document.text))
        message = message.removesuffix(END)
    message = TWICE.get(message, message)
    said = printable(message[:1].lower() + message[1:], 200)
    return ScenarioError(f"{document.label}:{line}:{column}: not valid TOML: {said}.")
