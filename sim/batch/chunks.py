"""A chunk of runs from the start accounts through all years, recorded as it goes."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from sim.errors import UserError
from sim.kernel.codes import N_EVENTS
from sim.outputs import program, words_of
from sim.state import NATION_DTYPE, State, World
from sim.store.folder import Piece
from sim.store.national import DRAWS, EVENTS, GROUPS, SUM_NAMES, SUM_PROGRAM
from sim.store.panel import Layout


class Sweepable(Protocol):
    """What a sweep needs of a scenario (sim.scenario.Scenario has it)."""

    @property
    def name(self) -> str: ...
    @property
    def runs(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def start(self) -> str: ...
    @property
    def years(self) -> Any: ...
    @property
    def panel(self) -> tuple[str, ...]: ...

    def rows(self, first_run: int, runs: int) -> np.ndarray: ...
    def to_json(self) -> str: ...


class IdentityError(UserError):
    """An accounting identity does not hold: names unit, year, identity and what is off."""

    exit_code = 1


@dataclass(frozen=True)
class Sweep:
    """What all chunks share."""

    scenario: Sweepable
    world: World
    layout: Layout
    verify: bool


def empty_piece(layout: Layout, runs: int) -> Piece:
    """Room for the sums, draws and counts of so many runs."""
    years = len(layout.years)
    return Piece(
        np.zeros((runs, years, len(GROUPS), len(SUM_NAMES))),
        np.zeros((runs, years, len(DRAWS))),
        np.zeros((years, len(layout.units), N_EVENTS), np.int64),
    )


def run_chunk(
    sweep: Sweep, state: State, first_run: int, panel: np.ndarray, rows: np.ndarray | None = None
) -> Piece:  # fmt: skip
    """Simulates the runs from first_run on, as many as `state` has room for.

    state: work space, overwritten. panel: (outputs, years, runs, units) float32, filled; years are those of the
    layout, which may be fewer than those of the scenario. rows: parameters (years, runs) of these runs, if they are
    at hand. Returns the sums, draws and counts of these runs.
    Which runs share a chunk makes no difference to any number.
    """
    from sim.kernel.opening import open_books
    from sim.kernel.record import record_year
    from sim.kernel.start import draw_start
    from sim.kernel.step import step_year

    layout, scenario, seed = sweep.layout, sweep.scenario, sweep.scenario.seed
    world, start, unit_cost, ages = sweep.world
    units, nation = state
    runs = len(units)
    spread = 1.0 if scenario.start == "drawn" else 0.0
    rows = scenario.rows(first_run, runs) if rows is None else rows
    outputs = program(layout.outputs)
    piece = empty_piece(layout, runs)
    words, whole = words_of(units)
    sums = np.empty((runs, len(GROUPS), len(SUM_NAMES)))

    words[:], nation[:] = 0.0, np.zeros((), NATION_DTYPE)
    draw_start(units, nation, world, start, unit_cost, ages, seed, first_run, spread)
    open_books(units, nation, world, unit_cost, ages, rows[0], rows[min(1, len(rows) - 1)], seed, first_run)
    kept = {year: at for at, year in enumerate(layout.years)}
    for index, year in enumerate(scenario.years):
        before = units.copy() if sweep.verify else None
        coming = rows[min(index + 1, len(rows) - 1)]  # after the last year the same law goes on
        step_year(units, nation, world, unit_cost, ages, rows[index], coming, seed, first_run, year)
        if before is not None:
            check(sweep, before, state, rows[index], year, first_run)
        if year not in kept:
            continue
        at = kept[year]
        record_year(
            words,
            whole,
            world["er_fylke"],
            outputs,
            SUM_PROGRAM,
            EVENTS,
            panel[:, at],
            sums,
            piece.counts[at],
        )
        piece.sums[:, at] = sums
        for k, output in enumerate(layout.outputs):
            if output.function is not None:
                panel[k, at] = output.function(state)
        for k, name in enumerate(DRAWS):
            piece.draws[:, at, k] = nation[name]
    return piece


def check(sweep: Sweep, before: np.ndarray, state: State, rows: np.ndarray, year: int, first_run: int) -> None:
    """Raises IdentityError on the first identity that does not hold in this year."""
    from sim.checks import verify

    found = verify(before, state, rows, year)
    if found:
        first = found[0]
        name = f"run {first_run + first.run}, {sweep.layout.units[first.unit]}"
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        raise IdentityError(first.sentence(name) + more + ".")
