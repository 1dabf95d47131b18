"""The runs that facts are measured on: start accounts and ten years of the baseline, kept in memory."""

from dataclasses import dataclass

import numpy as np

from sim.baseline import load_world
from sim.fetch.choice import chosen_folder
from sim.scenario import Scenario
from sim.state import FIRST_YEAR, new_state

NATURE_LIMIT = 0.025  # of revenue: the definition of havbruk and energi kommuner in NB26 table 3.10
SIZE_LIMITS = (5_000, 20_000)  # small, medium, large


def percent(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """100 times the sum of part over the sum of whole, over units: one value per run."""
    return 100.0 * part.sum(axis=1) / whole.sum(axis=1)


def share(condition: np.ndarray) -> np.ndarray:
    """Per cent of units where the condition holds: one value per run."""
    return 100.0 * condition.mean(axis=1)


@dataclass(frozen=True)
class Paths:
    """Units (runs, units) by year, 2025 for the start; `kommuner` is how many of the units are kommuner."""

    years: dict[int, np.ndarray]
    kommuner: int

    def of(self, year: int, who: str) -> np.ndarray:
        """The records of `kommuner`, `fylkeskommuner` or `all` after the year."""
        units = self.years[year]
        return {
            "kommuner": units[:, : self.kommuner],
            "fylkeskommuner": units[:, self.kommuner :],
            "all": units,
        }[who]

    def cell(self, nature: bool, size: int) -> np.ndarray:
        """Which kommuner are in a cell of table 3.10 at the start: with natural-resource revenue or not, by size."""
        k = self.of(FIRST_YEAR - 1, "kommuner")
        group = np.digitize(k["folketall"], SIZE_LIMITS)
        return ((k["naturinntekter"] > NATURE_LIMIT * k["driftsinntekter"]) == nature) & (group == size)


def simulate(scenario: Scenario, runs: int) -> Paths:
    """Runs 0 to runs - 1 of the scenario from the embedded start, all years kept."""
    from sim.kernel.opening import open_books
    from sim.kernel.start import draw_start
    from sim.kernel.step import step_year

    w = load_world(chosen_folder())
    state = new_state(runs, len(w.units))
    rows = scenario.rows(0, runs)
    spread = 1.0 if scenario.start == "drawn" else 0.0
    draw_start(state.units, state.nation, w.units, w.start, w.unit_cost, w.ages, scenario.seed, 0, spread)
    years = {FIRST_YEAR - 1: state.units.copy()}
    fixed = (w.units, w.unit_cost, w.ages)
    open_books(state.units, state.nation, *fixed, rows[0], rows[0], scenario.seed, 0)
    for index, year in enumerate(scenario.years):
        following = rows[min(index + 1, len(rows) - 1)]
        step_year(state.units, state.nation, *fixed, rows[index], following, scenario.seed, 0, year)
        years[year] = state.units.copy()
    return Paths(years, int((w.units["er_fylke"] == 0).sum()))
