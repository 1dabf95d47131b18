"""A design, resolved: every point with the value of every factor."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sim.design.factor import Factor
from sim.design.points import Point
from sim.scenario import Range, Scenario
from sim.scenario.consistency import NAMES, check_consistency
from sim.scenario.values import BadValue, Given, resolve

SAMPLINGS = ("grid", "list", "lhs", "sobol", "morris", "oat")
LOOKED_AT = 1000  # points, evenly over the design
SAMPLED = ("lhs", "sobol", "morris")


@dataclass(frozen=True)
class Design:
    """Everything that is decided before the first run of a study. `kept` are the years that are stored."""

    name: str
    title: str
    question: str
    bases: tuple[Scenario, ...]
    runs: int
    seed: int
    sampling: str
    samples: int
    factors: tuple[Factor, ...]
    points: Sequence[Point]
    panel: tuple[str, ...]
    summary: tuple[str, ...]
    kept: tuple[int, ...]

    @cached_property
    def recorded(self) -> tuple[str, ...]:
        """The outputs that are read from the state: those of the panel, then those that are only summarised."""
        return tuple(dict.fromkeys((*self.panel, *self.summary)))

    @property
    def years(self) -> tuple[int, ...]:
        """The simulated years."""
        return self.bases[0].years

    def scenario(self, number: int) -> Scenario:
        """The Scenario of a point. BadValue if its settings contradict each other."""
        point = self.points[number]
        base = self.bases[point.base]
        values = {
            factor.name: self._resolved(factor, base, point.settings[factor.name])
            for factor in self.factors
            if factor.name in point.settings
        }
        check_consistency({**base.values, **values}, base.years)
        return base.given(values)

    def refused(self, number: int) -> str:
        """Why a point cannot be run, or nothing."""
        try:
            self.scenario(number)
        except BadValue as problem:
            return str(problem)
        return ""

    @property
    def may_contradict(self) -> bool:
        """False if no point can be refused: no factor is among the settings that are checked against each other."""
        return bool(NAMES & {factor.name for factor in self.factors})

    def why_none_can_run(self) -> str:
        """Why no point can be run, or nothing if one can. Of more than LOOKED_AT points so many are looked at."""
        if not self.may_contradict:
            return ""
        step = -(-len(self.points) // LOOKED_AT)
        return self.refused(0) if all(self.refused(at) for at in range(0, len(self.points), step)) else ""

    def with_runs(self, runs: int) -> "Design":
        """The same design with another number of runs in every point."""
        bases = tuple(dataclasses.replace(base, runs=runs) for base in self.bases)
        return dataclasses.replace(self, runs=runs, bases=bases)

    def _resolved(self, factor: Factor, base: Scenario, given: Given) -> tuple[float, ...] | Range:
        resolved = resolve(factor.param, given, base.years)
        if factor.since is None or isinstance(resolved, Range):
            return resolved
        before = base.values[factor.name]
        if isinstance(before, Range):
            raise BadValue(f"{factor.name} is drawn in the scenario {base.name}; it cannot be changed from a year on.")
        changed = zip(base.years, before, resolved, strict=True)
        return tuple(new if year >= factor.since else old for year, old, new in changed)
