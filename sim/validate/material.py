"""All that the facts are measured on: the baseline, the backtest, and the response to a shock."""

from collections.abc import Callable
from typing import Any

from sim.scenario import Scenario
from sim.scenario.parameter_set import load_set
from sim.validate.backtest import backtest
from sim.validate.paths import simulate
from sim.validate.shock import LAST, RUNS, respond

AHEAD, LONG = 10, LAST - 2025  # years
Load = Callable[[int], Scenario]


def measure_on(load: Load, runs: int, say: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """What judge() needs: the scenario for ten years, the backtest with its parameters, and paired runs of a shock.

    `load` gives the scenario for so many years. In run r all three have the same vector of the calibrated set.
    """
    scenario = load(AHEAD)
    say(f"The decade ahead: {runs} runs.")
    found: dict[str, Any] = {"method": None, "baseline": simulate(scenario, runs)}
    say("2024 and 2025 from the accounts of 2023.")
    rows, chosen = scenario.rows(0, runs), load_set()
    values = {name: rows[name][0] for name in chosen.names} if chosen else {}
    found["backtest"] = backtest(runs, scenario.seed, values)
    say("A lasting rise of revenue, with and without.")
    found["response"] = respond(load(LONG).rows(0, min(runs, RUNS)), scenario.seed)
    return found
