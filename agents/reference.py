"""The same model as a plain Mesa model: agents are ordinary objects, a year is ordinary Python calls.

It exists for tests, where it must agree with the compiled kernel, and for the benchmark, where it is what the same
rules would cost without it. Use agents.KommuneModel for anything else.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.mesa_api import Agent, Model
from agents.model import KommuneModel
from agents.plain import Chance, Rules
from sim.state import FIRST_YEAR, NATION_DTYPE, STATE_DTYPE, State, new_state


def fill(target: Any, record: np.void) -> Any:
    """The fields of the record become attributes: floats, ints and lists of them."""
    for name in record.dtype.names or ():
        setattr(target, name, record[name].tolist())
    return target


class PlainUnit(Agent):
    """A kommune or fylkeskommune with its columns as its own attributes."""

    def __init__(self, model: "PlainModel", record: np.void) -> None:
        super().__init__(model)
        fill(self, record)


class PlainModel(Model):
    """Goes on from the state of a KommuneModel, with the rules of agents.plain.

    With chance "address" or "counted" it does what the KommuneModel would do; `rules` counts the draws. With
    "mersenne" it draws from Mesa's own generator.
    """

    def __init__(self, start: KommuneModel, chance: Chance = "address") -> None:
        super().__init__(seed=start.seed)
        self.rules = Rules(chance, self.random)
        self._step_year = self.rules.module("step").step_year
        self.year, self.run, self.seed = start.year, start.run, start.seed
        self.units = [PlainUnit(self, record) for record in start.state.units[0]]
        self.nation = fill(SimpleNamespace(), start.state.nation[0])
        self.world = [fill(SimpleNamespace(), record) for record in start.world.units]
        self.unit_cost, self.ages = start.world.unit_cost.tolist(), start.world.ages.tolist()
        self.parameters = [fill(SimpleNamespace(), row[0]) for row in start.rows]

    def register_agent(self, agent: Agent) -> None:
        """As in Mesa, but without the table of counters that keeps every model alive for ever."""
        getattr(Agent, "_ids", {}).pop(self, None)
        super().register_agent(agent)

    def step(self) -> None:
        """The accounts year `year` + 1, agent by agent."""
        self.year += 1
        at = self.year - FIRST_YEAR
        q, q_next = self.parameters[at], self.parameters[min(at + 1, len(self.parameters) - 1)]
        self._step_year(
            [self.units], [self.nation], self.world, self.unit_cost, self.ages, [q], [q_next], self.seed, self.run,
            self.year,
        )  # fmt: skip

    def state(self) -> State:
        """The state as the kernel keeps it: one run."""
        state = new_state(1, len(self.units))
        for record, unit in zip(state.units[0], self.units, strict=True):
            for name in STATE_DTYPE.names or ():
                record[name] = getattr(unit, name)
        for name in NATION_DTYPE.names or ():
            state.nation[0][name] = getattr(self.nation, name)
        return state
