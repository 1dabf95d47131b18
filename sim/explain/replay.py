"""One run again, and one year of one unit step by step: the compiled rules of the sweep, nothing computed twice.

The run is stepped by the kernel to the start of the year. Then the year's own functions (sim.kernel.step:
`prepare_year`, `carry_out_budget`, `decide_and_close`) are called on copies, with room for the record between their
steps; what comes out is compared with the kernel's own year, bit for bit.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.explain.autumn import Autumn, live_autumn
from sim.scenario import Scenario
from sim.state import FIRST_YEAR, STATE_DTYPE, State, World, new_state

Record = Any  # a numpy record: fields by name


class ReplayError(RuntimeError):
    """The year step by step does not end where the kernel's year ends: a defect of the program."""


@dataclass(frozen=True)
class UnitYear:
    """A year of one unit: records of STATE_DTYPE between the steps, and what the council reckoned with.

    before: 31 December of the year before; income, booked, adopted, reviewed, closed, revised, after: in the order of
    the year (sim.kernel.notes). nation: as it stands in the year. norms (5, 8) and work (4, 8): prices, caps and
    notes of the decision in December; NaN in `work` where nothing was chosen. q and q_next: the parameters in force.
    """

    year: int
    unit: int
    before: Record
    income: Record
    booked: Record
    adopted: Record
    reviewed: Record
    closed: Record
    revised: Record
    after: Record
    nation: Record
    world: Record
    q: Record
    q_next: Record
    shocks: np.ndarray
    seen: np.ndarray
    norms: np.ndarray
    work: np.ndarray
    autumn: Autumn

    def is_election(self, ahead: int = 0) -> bool:
        """Whether local elections are held in the year, or so many years later."""
        return bool(self.nation["neste_valg"] == self.year + ahead)

    @property
    def is_county(self) -> bool:
        """Whether it is a fylkeskommune."""
        return bool(self.world["er_fylke"])

    @property
    def in_oslo(self) -> bool:
        """Whether it is one of the two units of Oslo, which share purse and register."""
        from sim.kernel.oslo import FYLKE, KOMMUNE

        return int(self.world["kode"]) in (KOMMUNE, FYLKE)


class OneRun:
    """Run `run` of a scenario from the opened books on; `year` is the accounts year that `state` holds."""

    def __init__(self, scenario: Scenario, world: World, run: int) -> None:
        """Opens the books of 2025: compiles the kernel the first time on a machine."""
        from sim.cache import use_kernel_cache

        use_kernel_cache()
        from sim.kernel.opening import open_books
        from sim.kernel.start import draw_start

        self.scenario, self.world, self.run = scenario, world, run
        self.rows = scenario.rows(run, 1)
        self.year = FIRST_YEAR - 1
        self.state = new_state(1, len(world.units))
        at = scenario.seed, run
        spread = 1.0 if scenario.start == "drawn" else 0.0
        draw_start(*self.state, world.units, world.start, world.unit_cost, world.ages, *at, spread)
        open_books(
            *self.state, world.units, world.unit_cost, world.ages, self.rows[0], self._row(FIRST_YEAR + 1), *at
        )  # fmt: skip

    def _row(self, year: int) -> np.ndarray:
        """The parameters (1,) of a year; after the last one the same law goes on."""
        return self.rows[min(year - FIRST_YEAR, len(self.rows) - 1)]

    def step(self) -> None:
        """The accounts year `year` + 1, by the kernel."""
        from sim.kernel.step import step_year

        year, world = self.year + 1, self.world
        step_year(
            *self.state, world.units, world.unit_cost, world.ages, self._row(year), self._row(year + 1),
            self.scenario.seed, self.run, year,
        )  # fmt: skip
        self.year = year

    def watch(self, unit: int) -> UnitYear:
        """Steps to the next year as `step` does, and returns that year of the unit step by step."""
        before = State(self.state.units.copy(), self.state.nation.copy())
        self.step()
        seen = self._replay(before, unit)
        if seen.after.tobytes() != self.state.units[0, unit].tobytes():
            raise ReplayError(f"run {self.run}, unit {unit}, {self.year}: the replayed year ends elsewhere.")
        return seen

    def _replay(self, before: State, unit: int) -> UnitYear:
        from sim.kernel import notes
        from sim.kernel.neighbours import N_SEEN
        from sim.kernel.oslo import has_oslo, one_register, share_purse
        from sim.kernel.step import N_SHOCKS, carry_out_budget, count_kommuner, decide_and_close, prepare_year

        world, year, seed = self.world, self.year, self.scenario.seed
        q, q_next = self._row(year)[0], self._row(year + 1)[0]
        units, nation = before.units.copy(), before.nation.copy()
        n_units, sectors = units.shape[1], STATE_DTYPE["utgifter"].shape[0]
        shocks, seen = np.empty((n_units, N_SHOCKS)), np.empty((n_units, N_SEEN))
        norms, work = np.empty((2, 5, sectors)), np.full((notes.N_ROWS, sectors), np.nan)
        snapshots = np.zeros(notes.N_SNAPSHOTS, STATE_DTYPE)
        prepare_year(
            units[0], nation[0], world.units, world.unit_cost, world.ages, q, q_next, seed, self.run, year, shocks,
            np.empty_like(seen), seen, norms,
        )  # fmt: skip
        n_kommuner = count_kommuner(world.units)
        oslo = (0, n_kommuner) if has_oslo(world.units, n_kommuner) else ()
        both = oslo if unit in oslo else (unit,)  # the two units of the city share a purse

        def room(u: int) -> np.ndarray:
            return snapshots if u == unit else snapshots[:0]

        for u in both:
            kind = norms[int(world.units[u]["er_fylke"])]
            carry_out_budget(units[0, u], world.units[u], nation[0], q, shocks[u], kind, room(u))
        if unit in oslo:
            share_purse(units[0, 0], units[0, n_kommuner])
        for u in both:
            kind = norms[int(world.units[u]["er_fylke"])]
            notepad = work if u == unit else np.empty_like(work)
            k, w = units[0, u], world.units[u]
            decide_and_close(k, w, nation[0], q, seed, self.run, year, shocks[u], seen[u], kind, notepad, room(u))
        if unit in oslo:
            one_register(units[0, 0], units[0, n_kommuner])
        k, w = units[0, unit], world.units[unit]
        income, booked, adopted, reviewed, closed, revised = snapshots
        kind, chance = norms[int(w["er_fylke"])], (seed, self.run, year)
        autumn = live_autumn(booked, adopted, w, nation[0], q, chance, seen[unit], kind)
        if not autumn.agrees:
            raise ReplayError(f"run {self.run}, unit {unit}, {year}: the autumn ends elsewhere.")
        return UnitYear(
            year, unit, before.units[0, unit], income, booked, adopted, reviewed, closed, revised, k, nation[0], w,
            q, q_next, shocks[unit], seen[unit], kind, work, autumn,
        )  # fmt: skip


def watch_years(scenario: Scenario, world: World, run: int, unit: int, years: list[int]) -> list[UnitYear]:
    """These years of the unit in this run, in their order; the run is stepped once."""
    one = OneRun(scenario, world, run)
    found = []
    for year in range(FIRST_YEAR, max(years) + 1):
        if year in years:
            found.append(one.watch(unit))
        else:
            one.step()
    return found
