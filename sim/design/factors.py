"""[[design.factor]]: a lever or assumption with its values, or a range."""

from difflib import get_close_matches
from typing import Any, NoReturn

from sim.design.design import Factor
from sim.errors import printable
from sim.params import PARAMS
from sim.scenario import Range, Scenario
from sim.scenario.positions import Path as Place
from sim.scenario.toml_file import Document
from sim.scenario.values import BadValue, Given, one_of, read_value
from sim.schema import Param
from sim.state import FIRST_YEAR

KEYS = ("name", "values", "low", "high", "scale", "from")
SCALES = ("linear", "log")
MOST_FACTORS, MOST_VALUES = 50, 1000


def read_factors(document: Document, sampling: str, bases: tuple[Scenario, ...]) -> tuple[Factor, ...]:
    """The factors of a design. ScenarioError at the first that cannot be used."""
    raw = document.data["design"].get("factor", [])
    place: Place = ("design", "factor")
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        document.fail(place, "write each factor under a line [[design.factor]] of its own.", key=True)
    if len(raw) > MOST_FACTORS:
        document.fail(place, f"{len(raw)} factors are more than {MOST_FACTORS}; leave some out.", key=True)
    found: list[Factor] = []
    for index, one in enumerate(raw):
        factor = _One(document, (*place, index), one).read(bases)
        if factor.name in [other.name for other in found]:
            document.fail((*place, index, "name"), f"'{factor.name}' is a factor twice; keep one.")
        found.append(factor)
    return tuple(found)


def find_param(name: object) -> Param | str:
    """The lever or assumption of this name, or what is wrong with it."""
    if isinstance(name, str) and name in PARAMS:
        return PARAMS[name]
    shown = printable(name) if isinstance(name, str) else "(not text)"
    close = get_close_matches(shown, PARAMS, 1)
    hint = f"Did you mean '{close[0]}'?" if close else "See `list levers` and `list assumptions`."
    return f"unknown lever or assumption '{shown}'. {hint}"


class _One:
    """A table of the file on its way to a Factor."""

    def __init__(self, document: Document, place: Place, raw: dict[str, Any]) -> None:
        self.document, self.place, self.raw = document, place, raw

    def fail(self, key: str, message: str, at_key: bool = False) -> NoReturn:
        self.document.fail((*self.place, key), message, at_key)

    def read(self, bases: tuple[Scenario, ...]) -> Factor:
        for key in self.raw:
            if key not in KEYS:
                close = get_close_matches(key[:60], KEYS, 1)
                hint = f"Did you mean '{close[0]}'?" if close else "Known are: " + ", ".join(KEYS) + "."
                self.fail(key, f"unknown key '{printable(key)}' in a factor. {hint}", True)
        if "name" not in self.raw:
            self.fail("name", "a factor needs a name: a lever or assumption (`list levers`, `list assumptions`).")
        param = find_param(self.raw["name"])
        if isinstance(param, str):
            self.fail("name", param)
        since = self.since(param, bases)
        if "values" in self.raw:
            for key in ("low", "high", "scale"):
                if key in self.raw:
                    self.fail(key, f"{param.name} has values and {key}; give one or the other.", True)
            return Factor(param, self.values(param), since=since)
        if "low" not in self.raw or "high" not in self.raw:
            self.fail("name", f"{param.name} needs values = [...] or low = ... and high = ....")
        return self.span(param, since)

    def values(self, param: Param) -> tuple[Given, ...]:
        raw = self.raw["values"]
        if not isinstance(raw, list) or not 0 < len(raw) <= MOST_VALUES:
            self.fail("values", f"values of {param.name} must be a list of 1 to {MOST_VALUES} values.")
        found: list[Given] = []
        for index, one in enumerate(raw):
            place = (*self.place, "values", index)
            value = self.value(param, one, place)
            if isinstance(value, Range):
                self.document.fail(place, f"a value of {param.name} is a range; write low and high of the factor.")
            if value in found:
                self.document.fail(place, f"{self.document.written(place, one)} is twice in values; name it once.")
            found.append(value)
        return tuple(found)

    def value(self, param: Param, raw: object, place: Place) -> Given:
        try:
            return read_value(param, raw, self.document.written(place, raw))
        except BadValue as problem:
            self.document.fail((*place, *problem.path), str(problem), problem.key)

    def span(self, param: Param, since: int | None) -> Factor:
        if param.choices:
            self.fail("low", f"{param.name} is {one_of(param.choices)}; write values = [...].", True)
        ends = []
        for key in ("low", "high"):
            end = self.value(param, self.raw[key], (*self.place, key))
            if not isinstance(end, float):
                self.fail(key, f"{key} of {param.name} must be a number.")
            ends.append(end)
        if not ends[0] < ends[1]:
            self.fail("low", f"{param.name} runs from {ends[0]:.12g} to {ends[1]:.12g}; low must be below high.")
        scale = self.raw.get("scale", "linear")
        if scale not in SCALES:
            self.fail("scale", f"scale must be {one_of(SCALES)}.")
        if scale == "log" and (ends[0] <= 0.0 or param.integer):
            self.fail("scale", f"a log scale needs low above 0 and a {param.name} that is not a whole number.")
        return Factor(param, (), ends[0], ends[1], scale == "log", since)

    def since(self, param: Param, bases: tuple[Scenario, ...]) -> int | None:
        if "from" not in self.raw:
            return None
        year, last = self.raw["from"], bases[0].years[-1]
        if isinstance(year, bool) or not isinstance(year, int) or not FIRST_YEAR <= year <= last:
            self.fail("from", f"from must be a simulated year, {FIRST_YEAR} to {last}.")
        for base in bases:
            if isinstance(base.values[param.name], Range):
                said = f"{param.name} is drawn in the scenario {base.name}; it cannot be changed from a year on."
                self.fail("from", f"{said} Leave `from` out.", True)
        return year
