"""Files of cases: TOML with [[case]], JSON with {"case": [...]} or a bare list."""

import gc
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.cases.declare import (
    LARGEST,
    Case,
    Misfit,
    Rule,
    a_number,
    convert,
    convert_expected,
    literal,
    nearest,
)
from sim.cases.json_line import json_line
from sim.cases.rules import RULES
from sim.errors import UserError, printable

LARGEST_FILE = 1_000_000_000  # bytes
TEXTS = ("id", "rule", "source", "title", "note", "author", "method", "unit", "evidence")
CASE_FIELDS = (*TEXTS, "tolerance", "given", "expect")
FILE_FIELDS = ("case", "title", "note", "source")
POSITION = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
HEADER = re.compile(r"\s*\[{1,2}([\w\s.\"'-]+)\]{1,2}\s*(?:#.*)?$")
KEY = re.compile(r"\s*([\w\s.\"'-]+?)\s*=")


def read_cases(path: str | Path) -> list[Case]:
    """The checked cases of a file.

    UserError: a file that cannot be read, is no TOML or JSON, or holds what is not a case of `RULES`.
    """
    name = printable(path, longest=200)
    text = read_text(Path(path), name)
    with no_collection():
        document, is_toml = parse(Path(path), name, text)
        entries = case_list(document, name)
        cases = []
        for number, entry in enumerate(entries):
            try:
                case = check(entry, number)
            except Misfit as error:
                raise UserError(place(name, text, is_toml, entry, number, error)) from None
            cases.append(case)
            entries[number] = None  # a hundred thousand of them are heavy
    return cases


def misfit(path: str | Path, number: int, case: Case, error: Misfit) -> UserError:
    """A field of case `number` of a file, from 0, that was found not to fit when it was computed."""
    name = printable(path, longest=200)
    text = read_text(Path(path), name)
    _, is_toml = parse(Path(path), name, text)
    return UserError(place(name, text, is_toml, {"id": case.id}, number, error))


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the garbage collector, which would walk through a hundred thousand cases again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_text(path: Path, name: str) -> str:
    """The text of the file, a byte order mark left out."""
    try:
        if path.is_dir():
            raise UserError(f"{name}: this is a folder; name a file of cases in it.")
        if not path.exists():
            raise UserError(f"{name}: there is no such file; check the name and the folder.")
        if not path.is_file():
            raise UserError(f"{name}: this is not an ordinary file; save the cases in one.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError(f"{name}: the file has {size} bytes and may have {LARGEST_FILE}; split it.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{name}: byte {error.start} is not UTF-8; save the file with encoding UTF-8.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"{name}: the file cannot be read ({printable(reason)}); check its name and rights.") from None


def parse(path: Path, name: str, text: str) -> tuple[Any, bool]:
    """The document, and whether it is TOML."""
    if not text.strip():
        raise UserError(f"{name}: the file is empty; write [[case]] tables, or a JSON list of cases.")
    suffix = path.suffix.lower()
    is_json = suffix == ".json" or (suffix != ".toml" and looks_like_json(text))
    try:
        if is_json:
            return json.loads(text, object_pairs_hook=no_key_twice), False
        return tomllib.loads(text), True
    except json.JSONDecodeError as error:
        line = f"{name}:{error.lineno}:{error.colno}"
        raise UserError(f"{line}: this is not JSON ({printable(error.msg)}); correct it here.") from None
    except tomllib.TOMLDecodeError as error:
        found = POSITION.search(str(error))
        spot = f":{found[1]}:{found[2]}" if found and found[1] else ""
        reason = printable(POSITION.sub("", str(error)).strip())
        raise UserError(f"{name}{spot}: this is not TOML ({reason}); correct it here.") from None
    except RecursionError:
        raise UserError(f"{name}: lists or tables are nested too deep; a case needs three levels.") from None
    except KeyTwice as error:
        raise UserError(f"{name}: the key {literal(error.args[0])} stands twice in one table; keep one.") from None
    except ValueError:  # an integer of more digits than Python converts
        raise UserError(f"{name}: a number has thousands of digits; amounts go up to {LARGEST:.0e}.") from None


def looks_like_json(text: str) -> bool:
    start = text.lstrip()
    return start.startswith("{") or (start.startswith("[") and not re.match(r"\[\[?\s*[A-Za-z_\"']", start))


class KeyTwice(Exception):
    """The same key twice in one JSON object, of which the parser would silently keep the last."""


def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        keys = [key for key, _ in pairs]
        raise KeyTwice(next(key for key in keys if keys.count(key) > 1))
    return table


def case_list(document: Any, name: str) -> list[Any]:
    """The entries of the document, not yet checked."""
    if isinstance(document, dict):
        for key in document:
            if key not in FILE_FIELDS:
                raise UserError(f"{name}: unknown field {literal(key)}; {nearest(key, FILE_FIELDS)}")
        if "case" not in document:
            raise UserError(f"{name}: there is no case; write [[case]] tables, or a JSON list of cases.")
        document = document["case"]
    if not isinstance(document, list):
        raise UserError(f"{name}: case = {literal(document)} must be a list of cases; write [[case]].")
    if not document:
        raise UserError(f"{name}: there is no case; write [[case]] tables, or a JSON list of cases.")
    return document


def check(entry: Any, number: int) -> Case:
    """The entry as a Case; Misfit if it is none."""
    if not isinstance(entry, dict):
        raise Misfit((), f"is {literal(entry)} and must be a table with id, rule, given and expect.")
    for key, value in entry.items():
        if key not in CASE_FIELDS:
            raise Misfit((key,), f"is unknown in a case; {nearest(key, CASE_FIELDS)}")
        if key in TEXTS and not isinstance(value, str) and not (key == "id" and type(value) is int):
            raise Misfit((key,), f"= {literal(value)} must be text in quotes.")
    if "rule" not in entry:
        raise Misfit((), f"has no rule; name one of: {', '.join(RULES)}.")
    rule = RULES.get(entry["rule"])
    if rule is None:
        raise Misfit(("rule",), f"= {literal(entry['rule'])} is unknown; {nearest(entry['rule'], tuple(RULES))}")
    tolerance = a_number(entry["tolerance"], ("tolerance",), 0.0, LARGEST) if "tolerance" in entry else 0.0
    case = Case(entry.get("id", f"number {number + 1}"), rule, tolerance, dict(rule.omitted), {})
    fill_given(case, rule, part(entry, "given"))
    for key, value in part(entry, "expect").items():
        if key not in rule.outcomes:
            raise Misfit(("expect", key), f"is no result of {rule.name}; {nearest(key, tuple(rule.outcomes))}")
        case.expect[key] = convert_expected(rule.outcomes[key], value)
    return case


def fill_given(case: Case, rule: Rule, given: dict[str, Any]) -> None:
    for key, value in given.items():
        if key not in rule.fields:
            raise Misfit(("given", key), f"is no field of {rule.name}; {nearest(key, tuple(rule.fields))}")
        case.given[key] = convert(rule.fields[key], value)


def part(entry: dict[str, Any], name: str) -> dict[str, Any]:
    table = entry.get(name, {})
    if not isinstance(table, dict):
        raise Misfit((name,), f"= {literal(table)} must be a table; write [case.{name}].")
    return table


def named(error: Misfit) -> str:
    """The message with the field's full name in front."""
    path = ".".join(printable(step) for step in error.path).replace(".[", "[")
    return f"{path} {error}" if path else str(error)


def place(name: str, text: str, is_toml: bool, entry: Any, number: int, error: Misfit) -> str:
    """The whole sentence: file, line where known, case, field, what is wrong."""
    identity = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(identity, str) and type(identity) is not int:
        identity = f"number {number + 1}"
    line = (toml_line if is_toml else json_line)(text, number, error.path)
    return f"{name}{f':{line}' if line else ''}: case '{printable(identity)}': {named(error)}"


def toml_line(text: str, number: int, path: tuple[str, ...]) -> int | None:
    """The line of case `number` that holds `path`, or as much of it as is found. None if written inline."""
    seen, best, depth, table = -1, None, -1, ()  # type: int, int | None, int, tuple[str, ...]
    for at, line in enumerate(text.split("\n"), 1):
        header = HEADER.match(line)
        if header:
            parts = key_parts(header[1])
            if parts == ("case",):
                seen, table = seen + 1, ()
            elif parts[0] != "case":
                continue
            else:
                table = parts[1:]
            found = table
        elif (key := KEY.match(line)) is not None:
            found = (*table, *key_parts(key[1]))
        else:
            continue
        if seen == number and len(found) > depth and path[: len(found)] == found:
            best, depth = at, len(found)
    return best


def key_parts(key: str) -> tuple[str, ...]:
    return tuple(step.strip().strip("\"'") for step in key.split("."))
