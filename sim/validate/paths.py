"""The runs that facts are measured on: a start and some years, the columns that facts need, kept in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.baseline import load_world
from sim.fetch.choice import chosen_folder
from sim.scenario import Scenario
from sim.state import State, World

NATURE_LIMIT = 0.025  # of revenue: the definition of havbruk and energi kommuner in NB26 table 3.10
SIZE_LIMITS = (5_000, 20_000)  # small, medium, large
KEPT = (  # of a unit, year by year
    "folketall", "frie_inntekter", "skatt", "rammetilskudd", "eiendomsskatt", "naturinntekter", "driftsinntekter",
    "driftsutgifter", "renteinntekter", "renteutgifter", "netto_driftsresultat", "nytt_merforbruk", "disposisjonsfond",
    "merforbruk", "investering", "investeringstilskudd", "lanegjeld", "utlansgjeld", "innskudd", "ubrukte_lanemidler",
    "robek_grunnlag", "plan_for_sent", "ar_i_robek", "skoleforslag", "skoler", "skoler_nedlagt", "integreringstilskudd",
    "toppfinansiering", "oremerkede_tilskudd", "mva_kompensasjon", "mva_drift", "konsoliderer",
)  # fmt: skip


def percent(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """100 times the sum of part over the sum of whole, over units: one value per run."""
    return 100.0 * part.sum(axis=1) / whole.sum(axis=1)


def share(condition: np.ndarray) -> np.ndarray:
    """Per cent of units where the condition holds: one value per run."""
    return 100.0 * condition.mean(axis=1)


@dataclass(frozen=True)
class Paths:
    """Columns (runs, units) of KEPT by year, the start among them; `kommuner` is how many of the units are kommuner.

    `deflator` is the realised one of each year but the start (runs,).
    """

    years: dict[int, dict[str, np.ndarray]]
    kommuner: int
    deflator: dict[int, np.ndarray]

    @property
    def start(self) -> int:
        """The year of the start accounts."""
        return min(self.years)

    def of(self, year: int, who: str) -> Mapping[str, np.ndarray]:
        """The columns of `kommuner`, `fylkeskommuner` or `all` after the year."""
        part = {
            "kommuner": slice(None, self.kommuner),
            "fylkeskommuner": slice(self.kommuner, None),
            "all": slice(None),
        }[who]
        return {name: values[:, part] for name, values in self.years[year].items()}

    def cell(self, nature: bool, size: int) -> np.ndarray:
        """Which kommuner are in a cell of table 3.10 at the start: with natural-resource revenue or not, by size."""
        k = self.of(self.start, "kommuner")
        group = np.digitize(k["folketall"], SIZE_LIMITS)
        return ((k["naturinntekter"] > NATURE_LIMIT * k["driftsinntekter"]) == nature) & (group == size)


def record(world: World, rows: np.ndarray, seed: int, years: Iterable[int], spread: float = 1.0) -> Paths:
    """Runs 0 to n - 1 of these rows (years, n) from the start of the World through the last of `years`."""
    from sim.batch.walk import drawn

    return follow(world, drawn(world, rows.shape[1], seed, 0, spread), rows, seed, years)


def follow(world: World, state: State, rows: np.ndarray, seed: int, years: Iterable[int]) -> Paths:
    """The same from start accounts that are there already; `state` is used up."""
    from sim.batch.walk import first_year, walk

    wanted = set(years)
    kept = {first_year(world) - 1: {name: state.units[name].copy() for name in KEPT}}
    deflator = {}
    for year in walk(world, state, rows, seed):
        if year in wanted:
            kept[year] = {name: state.units[name].copy() for name in KEPT}
            deflator[year] = state.nation["deflator"].copy()
        if year >= max(wanted):
            break
    return Paths(kept, int((world.units["er_fylke"] == 0).sum()), deflator)


def simulate(scenario: Scenario, runs: int) -> Paths:
    """Runs 0 to runs - 1 of the scenario from the chosen start, all years kept."""
    rows = scenario.rows(0, runs)
    spread = 1.0 if scenario.start == "drawn" else 0.0
    return record(load_world(chosen_folder()), rows, scenario.seed, scenario.years, spread)
