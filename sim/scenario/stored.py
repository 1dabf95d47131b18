"""A scenario as it was stored, back as a Scenario: the same values, so the same runs."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sim.errors import printable
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
        drawn = document["parameter_set"]["drawn"] if document["parameter_set"] else ()
        texts = {name: document[name] for name in ("title", "question", "expected")}
        scenario = Scenario(
            document["name"], run["runs"], run["seed"], years, tuple(run["panel"]), run["start"],
            MappingProxyType(values), parameters=run["parameters"], drawn=tuple(drawn), **texts,
        )  # fmt: skip
    except (KeyError, TypeError, BadValue) as problem:
        what = str(problem) if isinstance(problem, BadValue) else f"{problem} does not fit"
        raise ScenarioError(f"the stored scenario is of another version of the program: {what}") from None
    if scenario.to_dict() != document:
        raise ScenarioError("the stored scenario is of another version of the program: its settings read differently.")
    return scenario


def from_folder(folder: Path) -> Scenario:
    """The scenario of the finished result in `folder`, from its scenario.json.

    ScenarioError if the file cannot be read, or is of another version of the program: its runs could then not be
    made again.
    """
    place = printable(folder / "scenario.json", 200)
    try:
        document = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    except OSError as problem:
        raise ScenarioError(f"{place}: {problem.strerror}.") from None
    except ValueError:
        raise ScenarioError(f"{place}: not a scenario of this version; run its scenario again.") from None
    try:
        return from_stored(document)
    except (ScenarioError, AttributeError):
        raise ScenarioError(f"{place}: not a scenario of this version; run its scenario again.") from None
