"""Scenario files: TOML in, a frozen Scenario out, or one sentence with file, line and column."""

from sim.scenario.load import folder_name, from_file
from sim.scenario.scenario import Scenario
from sim.scenario.stored import from_stored
from sim.scenario.toml_file import ScenarioError
from sim.scenario.values import Range

__all__ = ["Range", "Scenario", "ScenarioError", "folder_name", "from_file", "from_stored"]
