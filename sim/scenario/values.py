"""What may stand behind the name of a lever or an assumption: a number, choice, values by year, a range."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import printable
from sim.params import default_value
from sim.scenario.positions import Path
from sim.schema import Param
from sim.state import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class Range:
    """Drawn once per run for all years, uniformly from low to high (both included for whole numbers)."""

    low: float
    high: float


Given = float | Mapping[int, float] | Range  # as written; a year's value holds until the next year that is named
Resolved = tuple[float, ...] | Range  # a value for each simulated year


class BadValue(ValueError):
    """A sentence without its place; `path` leads from the setting to the wrong value (or its `key`)."""

    def __init__(self, message: str, path: Path = (), key: bool = False) -> None:
        super().__init__(message)
        self.path, self.key = path, key


def read_value(param: Param, raw: object, written: str) -> Given:
    """The value of `param` that the TOML value `raw` means.

    `written` is `raw` as it stands in the file, for the message. BadValue if it is no number or choice within
    the limits of `param`, no table of years from FIRST_YEAR to LAST_YEAR, and no range.
    """
    if not isinstance(raw, dict):
        return _number(param, raw, f"{param.name} = {printable(written)}", ())
    if not raw:
        raise BadValue(f"{param.name} = {{}} is empty; give values by year or low and high.")
    if "low" in raw or "high" in raw:
        return _range(param, raw)
    return _by_year(param, raw)


def one_of(choices: tuple[str, ...]) -> str:
    """The choices, in words."""
    return "one of " + ", ".join(f'"{choice}"' for choice in choices)


def limits(param: Param) -> str:
    """What the user may write, in words."""
    if param.choices:
        return one_of(param.choices)
    whole = "a whole number from " if param.integer else ""
    return f"{whole}{param.low:.12g} to {param.high:.12g}"


def _number(param: Param, raw: object, shown: str, path: Path) -> float:
    source = f"({param.source})"
    if isinstance(raw, str):
        if raw in param.choices:
            return float(param.choices.index(raw))
        if not param.choices:
            raise BadValue(f"{shown} is text; {param.name} must be {limits(param)} {source}.", path)
        raise BadValue(f"{shown} is not {limits(param)} {source}.", path)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadValue(f"{shown} is not a number; {param.name} must be {limits(param)} {source}.", path)
    if isinstance(raw, float) and not math.isfinite(raw):
        raise BadValue(f"{shown} is not finite; {param.name} must be {limits(param)} {source}.", path)
    if not param.low <= raw <= param.high:
        raise BadValue(f"{shown} is outside {param.low:.12g} to {param.high:.12g} {source}.", path)
    if param.integer and raw != int(raw):
        raise BadValue(f"{shown} is not a whole number; {param.name} must be {limits(param)} {source}.", path)
    return float(raw) + 0.0  # -0.0 becomes 0.0: one number, one way to write it in the digest


def _range(param: Param, raw: dict[str, object]) -> Range:
    for key in raw:
        if key not in ("low", "high"):
            raise BadValue(
                f"'{printable(key)}' does not belong in the range of {param.name}; a range is "
                "{low = ..., high = ...}, drawn once per run.", (key,), True,
            )  # fmt: skip
    for key in ("low", "high"):
        if key not in raw:
            raise BadValue(f"the range of {param.name} has no '{key}'; write {{low = ..., high = ...}}.")
    ends = [_number(param, raw[end], f"{param.name}.{end} = {_shown(raw[end])}", (end,)) for end in ("low", "high")]
    if not ends[0] < ends[1]:
        raise BadValue(
            f"the range of {param.name} runs from {ends[0]:.12g} to {ends[1]:.12g}; low must be below high "
            "(a single value needs no range)."
        )
    return Range(*ends)


def _by_year(param: Param, raw: dict[str, object]) -> dict[int, float]:
    values: dict[int, float] = {}
    for key, value in raw.items():
        year = int(key) if len(key) == 4 and key.isascii() and key.isdigit() else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadValue(
                f"'{printable(key)}' in {param.name} is not a year from {FIRST_YEAR} to {LAST_YEAR}; "
                "write values by year {2026 = ..., 2028 = ...} or a range {low = ..., high = ...}.",
                (key,),
                True,
            )
        values[year] = _number(param, value, f"{param.name} in {key} = {_shown(value)}", (key,))
    return dict(sorted(values.items()))


def _shown(raw: object) -> str:
    if isinstance(raw, int) and abs(raw) >= 10**18:
        return "a huge whole number"  # Python refuses to print the hugest
    return printable(f'"{raw}"' if isinstance(raw, str) else str(raw).lower() if isinstance(raw, bool) else raw)


def resolve(param: Param, given: Given | None, years: tuple[int, ...]) -> Resolved:
    """The value in each of `years`: the default (or the published value of a year) where nothing is given."""
    if isinstance(given, Range):
        return given
    if given is None:
        return tuple(float(default_value(param, year)) for year in years)
    if not isinstance(given, Mapping):
        return (float(given),) * len(years)
    found = []
    for year in years:
        named = [value for start, value in given.items() if start <= year]  # in the order of the years
        found.append(float(named[-1] if named else default_value(param, year)))
    return tuple(found)


def plain(param: Param, value: Resolved, years: tuple[int, ...]) -> object:
    """`value` as it is written in a file: a number or choice, {year: value} at each change, {low, high}."""
    if isinstance(value, Range):
        return {
            "low": _plain_number(param, value.low, False),
            "high": _plain_number(param, value.high, False),
        }
    changes = [0, *(i for i in range(1, len(value)) if value[i] != value[i - 1])]
    if len(changes) == 1:
        return _plain_number(param, value[0])
    return {str(years[i]): _plain_number(param, value[i]) for i in changes}


def _plain_number(param: Param, value: float, named: bool = True) -> object:
    if param.choices and named:
        return param.choices[int(value)]
    return int(value) if param.integer else value
