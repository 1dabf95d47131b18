"""How a rule is declared: its fields and results, once; parsing, errors and lists derive from these lines."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Literal

from sim.errors import printable

Kind = Literal["number", "flag", "list", "years", "table", "letters"]
LARGEST = 1e15  # sums of a dozen whole amounts up to this are exact in float64
LAST_YEAR = 2200
YEAR_KEY = re.compile(r"0|[1-9][0-9]{0,3}", re.ASCII)
GROUNDS = "abcdefg"


class Misfit(Exception):
    """A value that a case may not hold. `path` leads to it; the text goes on after its name."""

    def __init__(self, path: tuple[str, ...], text: str) -> None:
        super().__init__(text)
        self.path = path


@dataclass(frozen=True)
class Field:
    """What a rule takes. `kind`: number, flag, list of numbers, years (table year -> number), table
    (text -> number), letters (of ROBEK grounds). Every number lies in [low, high]."""

    name: str
    unit: str
    text: str
    kind: Kind = "number"
    low: float = 0.0
    high: float = LARGEST
    default: Any = None  # None: 0, empty or false
    optional: bool = False  # left out is not 0 but nothing
    whole: bool = False
    names: tuple[str, ...] = ()  # of a table with a fixed set of keys
    longest: int = 1_000_000

    def omitted(self) -> Any:
        """The value of a field that is not given."""
        if self.default is not None or self.optional:
            return self.default
        return {"number": 0.0, "flag": False, "list": (), "letters": ()}.get(self.kind, {})


@dataclass(frozen=True)
class Result:
    """What a rule gives."""

    name: str
    unit: str
    text: str
    kind: Kind = "number"


@dataclass(frozen=True)
class Rule:
    """A rule that cases may name: `compute` takes every given field and returns every result by name."""

    name: str
    source: str
    given: tuple[Field, ...]
    results: tuple[Result, ...]
    compute: Callable[[dict[str, Any]], dict[str, Any]]

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {field.name: field for field in self.given}

    @cached_property
    def outcomes(self) -> dict[str, Result]:
        return {result.name: result for result in self.results}

    @cached_property
    def omitted(self) -> dict[str, Any]:
        """What every field is when nothing is given."""
        return {field.name: field.omitted() for field in self.given}


@dataclass(slots=True)
class Case:
    """A checked case: every given field has a value, every expected field is a result of the rule."""

    id: str | int
    rule: Rule
    tolerance: float
    given: dict[str, Any]
    expect: dict[str, Any]


def nearest(name: str, names: Mapping[str, Any] | tuple[str, ...]) -> str:
    """A sentence that helps after an unknown name: the nearest one, or all."""
    close = get_close_matches(name[:100], list(names), n=1)
    return f"did you mean '{close[0]}'?" if close else f"it must be one of: {', '.join(names)}."


def shown(number: float) -> str:
    """A bound as people write it."""
    return f"{number:.15g}"


def a_number(value: object, path: tuple[str, ...], low: float, high: float, whole: bool = False) -> float:
    """`value` as a float in [low, high]; Misfit for text, true, false, NaN, infinity and what is outside."""
    if type(value) is not float and type(value) is not int:  # bool is an int to isinstance
        raise Misfit(path, f"= {literal(value)} must be a number{between(low, high)}.")
    if not low <= value <= high:
        raise Misfit(path, f"= {literal(value)} is outside {shown(low)} to {shown(high)}.")
    if whole and value != math.floor(value):
        raise Misfit(path, f"= {literal(value)} must be a whole number{between(low, high)}.")
    return float(value)


def between(low: float, high: float) -> str:
    return f" from {shown(low)} to {shown(high)}"


def literal(value: object) -> str:
    """A value in a message: on one line, short, and never the digits of a monstrous integer."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > 10**20:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return printable(f"'{value}'" if isinstance(value, str) else value)


def a_list(value: object, path: tuple[str, ...], low: float, high: float, longest: int) -> list[float]:
    """`value` as a list of numbers in [low, high]."""
    if not isinstance(value, list):
        raise Misfit(path, f"= {literal(value)} must be a list of numbers.")
    if len(value) > longest:
        raise Misfit(path, f"has {len(value)} entries and may have at most {longest}.")
    return [a_number(entry, (*path, f"[{i}]"), low, high) for i, entry in enumerate(value)]


def a_table(value: object, path: tuple[str, ...], low: float, high: float) -> dict[str, float]:
    """`value` as a table from text to numbers in [low, high]."""
    if not isinstance(value, dict):
        raise Misfit(path, f"= {literal(value)} must be a table, such as {{ key = 1 }}.")
    return {key: a_number(entry, (*path, key), low, high) for key, entry in value.items()}


def a_year_table(
    value: object, path: tuple[str, ...], low: float, high: float, whole: bool = False
) -> dict[int, float]:
    """`value` as a table from years to numbers in [low, high]."""
    if not isinstance(value, dict):
        raise Misfit(path, f"= {literal(value)} must be a table from year to amount, such as {{ 2024 = 10 }}.")
    years = {}
    for key, entry in value.items():
        if not YEAR_KEY.fullmatch(key) or int(key) > LAST_YEAR:
            raise Misfit((*path, key), f"must have a year from 0 to {LAST_YEAR} as its key.")
        years[int(key)] = a_number(entry, (*path, key), low, high, whole)
    return years


def some_letters(value: object, path: tuple[str, ...]) -> tuple[str, ...]:
    """`value`, a list of grounds, in order and each once."""
    if not isinstance(value, list):
        raise Misfit(path, f"= {literal(value)} must be a list of letters a to g, such as ['c', 'd'].")
    for letter in value:
        if letter not in tuple(GROUNDS):
            raise Misfit(path, f"holds {literal(letter)}, which is not one of the letters a to g (§ 28-1).")
    return tuple(sorted(set(value)))


def convert(field: Field, value: object) -> Any:
    """`value` as the rule takes it; Misfit if it is not what `field` says."""
    path = ("given", field.name)
    if field.kind == "number":
        return a_number(value, path, field.low, field.high, field.whole)
    if field.kind == "flag":
        if not isinstance(value, bool):
            raise Misfit(path, f"= {literal(value)} must be true or false.")
        return value
    if field.kind == "list":
        return a_list(value, path, field.low, field.high, field.longest)
    if field.kind == "years":
        return a_year_table(value, path, field.low, field.high, field.whole)
    if field.kind == "letters":
        return some_letters(value, path)
    table = a_table(value, path, field.low, field.high)
    if field.names:
        for key in table:
            if key not in field.names:
                raise Misfit((*path, key), f"is unknown; {nearest(key, field.names)}")
    return table


def convert_expected(result: Result, value: object) -> Any:
    """An expected value in the form in which results are computed."""
    path = ("expect", result.name)
    if result.kind == "number":
        return a_number(value, path, -LARGEST, LARGEST)
    if result.kind == "list":
        return a_list(value, path, -LARGEST, LARGEST, 1_000_000)
    if result.kind == "years":
        return {str(year): amount for year, amount in a_year_table(value, path, -LARGEST, LARGEST).items()}
    return list(some_letters(value, path))
