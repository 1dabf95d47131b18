"""The scenario of a finished result, from its scenario.json: the same values, so the same runs."""

import json
from pathlib import Path
from typing import Any

from sim.errors import printable
from sim.params import PARAMS
from sim.scenario.scenario import Scenario
from sim.scenario.toml_file import ScenarioError
from sim.scenario.values import BadValue, read_value, resolve
from sim.state import FIRST_YEAR


def from_stored(folder: Path) -> Scenario:
    """The scenario that scenario.json in `folder` resolves to.

    ScenarioError if the file cannot be read, or names what this version of the program does not know: its runs
    could then not be made again.
    """
    place = printable(folder / "scenario.json", 200)
    try:
        text = (folder / "scenario.json").read_text(encoding="utf-8")
        scenario = _scenario(json.loads(text))
    except OSError as problem:
        raise ScenarioError(f"{place}: {problem.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError, BadValue):
        raise ScenarioError(f"{place}: not a scenario of this version; run its scenario again.") from None
    if scenario.to_json() != text.rstrip("\n"):
        raise ScenarioError(f"{place}: stored by another version of the program; run its scenario again.")
    return scenario


def _scenario(stored: dict[str, Any]) -> Scenario:
    run = stored["run"]
    years = tuple(range(FIRST_YEAR, FIRST_YEAR + run["years"]))
    given = stored["levers"] | stored["assumptions"]
    values = {
        name: resolve(param, read_value(param, given[name], str(given[name])), years) for name, param in PARAMS.items()
    }
    texts = {name: stored[name] for name in ("title", "question", "expected")}
    return Scenario(stored["name"], run["runs"], run["seed"], years, tuple(run["panel"]), run["start"], values, **texts)
