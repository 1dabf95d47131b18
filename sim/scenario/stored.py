"""A scenario as it was stored, back as a Scenario."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sim.params import PARAMS
from sim.scenario.scenario import Scenario
from sim.scenario.toml_file import ScenarioError
from sim.scenario.values import BadValue, Given, read_value, resolve
from sim.state import FIRST_YEAR


def stored_values(document: Mapping[str, Any]) -> dict[str, Given]:
    """The value of every lever and assumption of a stored scenario; BadValue or KeyError if one is unknown."""
    given = {**document["levers"], **document["assumptions"]}
    return {name: read_value(PARAMS[name], raw, str(raw)) for name, raw in given.items()}


def from_stored(document: Mapping[str, Any]) -> Scenario:
    """The Scenario whose `to_dict` gave this. ScenarioError if this version has other settings or limits."""
    try:
        run = document["run"]
        years = tuple(range(FIRST_YEAR, FIRST_YEAR + run["years"]))
        given = stored_values(document)
        values = {name: resolve(param, given[name], years) for name, param in PARAMS.items()}
        texts = {name: document[name] for name in ("title", "question", "expected")}
        scenario = Scenario(
            document["name"], run["runs"], run["seed"], years, tuple(run["panel"]), run["start"],
            MappingProxyType(values), **texts,
        )  # fmt: skip
    except (KeyError, TypeError, BadValue) as problem:
        what = str(problem) if isinstance(problem, BadValue) else f"{problem} does not fit"
        raise ScenarioError(f"the stored scenario is of another version of the program: {what}") from None
    if scenario.to_dict() != document:
        raise ScenarioError("the stored scenario is of another version of the program: its settings read differently.")
    return scenario
