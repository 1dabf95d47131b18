"""One run as a Mesa model: the same records, the same compiled year, one future to look at and to change."""

import itertools
from dataclasses import replace
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from agents.mesa_api import Agent, AgentSet, Model
from agents.nation import Nation
from agents.unit import Fylkeskommune, Kommune, Unit
from sim.baseline import load_world
from sim.baseline.sources import read_sources
from sim.errors import UserError, printable
from sim.fetch.choice import chosen_folder
from sim.outputs import OUTPUTS, words_of
from sim.scenario import Scenario, from_file
from sim.state import FIRST_YEAR, World, new_state
from sim.store.panel import kommunenummer

BASELINE = Path(__file__).resolve().parents[1] / "scenarios" / "baseline.toml"
MOST_RUNS = 2**32  # a run is one word of the address of chance
MOST_SEED = 2**63 - 1


class KommuneModel(Model):
    """Run `run` of a sweep of the scenario, bit for bit, a year per step().

    A new model has closed the accounts of 2025 and adopted the budgets of 2026; `year` is the accounts year that the
    state holds. `running` is False after the last year of the scenario; one more step raises RuntimeError.
    """

    def __init__(
        self,
        scenario: Scenario | str | PathLike[str] | None = None,
        run: int = 0,
        seed: int | None = None,
        data: World | str | PathLike[str] | None = None,
        *,
        rng: Any = None,
        kommune_class: type[Kommune] = Kommune,
        fylkeskommune_class: type[Fylkeskommune] = Fylkeskommune,
        **more: Any,
    ) -> None:
        """Opens the books.

        scenario: a Scenario or a file; None is scenarios/baseline.toml. seed: of all chance; None is that of the
        scenario. rng: as Mesa has it (an integer is a seed; of anything else a seed is drawn). data: a World, or a
        folder whose files replace columns. UserError if scenario or data cannot be used, ValueError for run and seed.
        """
        scenario = _scenario(scenario)
        seed = _seed(scenario.seed, seed, rng)
        if isinstance(run, bool) or run != int(run) or not 0 <= int(run) < MOST_RUNS:
            raise ValueError(f"run = {printable(run)} is not a whole number from 0 to {MOST_RUNS - 1}.")
        # Mesa's own generators, for rules that users add; the kernel never reads them
        super().__init__(seed=int(np.random.SeedSequence((seed, int(run))).generate_state(1)[0]), **more)
        self.scenario = replace(scenario, seed=seed)
        self.run, self.seed = int(run), seed
        self.year = FIRST_YEAR - 1
        self.running = True
        self.world = data if isinstance(data, World) else _world(data)
        self.state = new_state(1, len(self.world.units))
        self.nation = Nation(self.state.nation[0])
        self._words, self._whole = words_of(self.state.units)
        self._ids = itertools.count(1)
        self._open()
        self._make_units(kommune_class, fylkeskommune_class)

    def _open(self) -> None:
        from sim.cache import use_kernel_cache

        use_kernel_cache()
        from sim.kernel.opening import open_books
        from sim.kernel.start import draw_start
        from sim.kernel.step import step_year

        self._step_year = step_year
        self.rows = self.scenario.rows(self.run, 1)
        units, nation = self.state
        world, start, unit_cost, ages = self.world
        spread = 1.0 if self.scenario.start == "drawn" else 0.0
        at = self.seed, self.run
        draw_start(units, nation, world, start, unit_cost, ages, *at, spread)
        open_books(units, nation, world, unit_cost, ages, self.rows[0], self._row(1), *at)

    def _make_units(self, kommune_class: type[Kommune], fylkeskommune_class: type[Fylkeskommune]) -> None:
        codes = kommunenummer(self.world.units["kode"], self.world.units["er_fylke"])
        names, counties = _names()
        self.n_kommuner = int((self.world.units["er_fylke"] == 0).sum())
        self.fylker = [counties.get(code, code) for code in codes[self.n_kommuner :]]
        self.units: list[Unit] = []
        for index, code in enumerate(codes):
            kind = kommune_class if index < self.n_kommuner else fylkeskommune_class
            name = names.get(code) or counties.get(code) or code
            self.units.append(kind(self, index, code, name))

    def _row(self, at: int) -> np.ndarray:
        return self.rows[min(at, len(self.rows) - 1)]

    def register_agent(self, agent: Agent) -> None:
        """As in Mesa, but without the class-level table of counters that keeps every model alive for ever."""
        getattr(Agent, "_ids", {}).pop(self, None)
        agent.unique_id = next(self._ids)
        super().register_agent(agent)

    @property
    def kommuner(self) -> AgentSet:
        """The kommuner."""
        return AgentSet(self.units[: self.n_kommuner], random=self.random)

    @property
    def fylkeskommuner(self) -> AgentSet:
        """The fylkeskommuner."""
        return AgentSet(self.units[self.n_kommuner :], random=self.random)

    def unit(self, which: str) -> Unit:
        """The unit with this number ("4601", "46") or name ("Bergen"); a kommune goes before a fylkeskommune.

        KeyError if there is none, or if several kommuner have the name.
        """
        for unit in self.units:
            if unit.kommunenummer == which:
                return unit
        found = [unit for unit in self.units[: self.n_kommuner] if unit.name == which]
        found = found or [unit for unit in self.units[self.n_kommuner :] if unit.name == which]
        if len(found) == 1:
            return found[0]
        if not found:
            raise KeyError(f"there is no unit {printable(which)!r}.")
        raise KeyError(f"{which!r} is the name of {' and '.join(unit.kommunenummer for unit in found)}.")

    def output(self, name: str, index: int) -> float:
        """The declared output `name` of the unit at this index, float32 as the panel stores it."""
        from sim.kernel.record import read_output

        output, value = OUTPUTS[name], np.empty(1, np.float32)
        if output.function is not None:
            value[0] = output.function(self.state)[0, index]
        elif output.read is not None:
            one = slice(index, index + 1)
            county = self.world.units["er_fylke"][one]
            read_output(self._words[0, one], self._whole[0, one], county, *output.read, value)
        return float(value[0])

    def step(self) -> None:
        """Every agent's own step() (empty unless a subclass has one), then the accounts year `year` + 1."""
        if not self.running:
            raise RuntimeError(f"{self.year} is the last year of this scenario.")
        self.agents.do("step")
        at, year = self.year + 1 - FIRST_YEAR, self.year + 1
        world, _, unit_cost, ages = self.world
        self._step_year(
            self.state.units, self.state.nation, world, unit_cost, ages, self.rows[at], self._row(at + 1),
            self.seed, self.run, year,
        )  # fmt: skip
        self.year = year
        self.running = year < self.scenario.years[-1]


def _scenario(scenario: Any) -> Scenario:
    if isinstance(scenario, Scenario):
        return scenario
    return from_file(BASELINE if scenario is None else scenario)


def _seed(default: int, seed: Any, rng: Any) -> int:
    """The seed of the run; numpy's and Python's own generators are neither read nor moved."""
    if seed is not None and rng is not None:
        raise ValueError("give either seed or rng, not both.")
    if rng is not None and not isinstance(rng, int | np.integer):
        return int(np.random.default_rng(rng).integers(MOST_SEED))
    given = next((one for one in (seed, rng) if one is not None), default)
    if isinstance(given, bool) or given != int(given) or not 0 <= int(given) <= MOST_SEED:
        raise ValueError(f"seed = {printable(given)} is not a whole number from 0 to {MOST_SEED}.")
    return int(given)


def _world(data: str | PathLike[str] | None) -> World:
    if data is None:
        chosen = chosen_folder()  # what `run.py data use` recorded: a model is the same run as in a sweep
        return _embedded() if chosen is None else load_world(chosen)
    if not Path(data).is_dir():
        raise UserError(f"data = {printable(data)}: there is no such folder.")
    return load_world(Path(data))


@lru_cache(maxsize=1)
def _embedded() -> World:
    """The embedded world, shared by all models: not to be written to (read-only arrays would be compiled for anew)."""
    return load_world()


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Names of kommuner and of fylker by number."""
    known = read_sources(None)
    kommuner = dict(zip(known.codes, known.names, strict=True))
    return kommuner, dict(zip(known.county_codes, known.county_names, strict=True))
