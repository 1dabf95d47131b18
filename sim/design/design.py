"""A design, resolved: every point with the value of every factor."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.scenario import Range, Scenario
from sim.scenario.consistency import check_consistency
from sim.scenario.values import BadValue, Given, resolve
from sim.schema import Param

SAMPLINGS = ("grid", "list", "lhs", "sobol", "morris", "oat")
SAMPLED = ("lhs", "sobol", "morris")


@dataclass(frozen=True)
class Factor:
    """A lever or assumption that varies: over `values`, or from low to high. It holds from the year `since` on."""

    param: Param
    values: tuple[Given, ...] = ()
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    since: int | None = None

    @property
    def name(self) -> str:
        """Of the lever or assumption."""
        return self.param.name

    @property
    def levels(self) -> tuple[Given, ...]:
        """The values, or the two ends."""
        return self.values or (self.low, self.high)

    def at(self, share: float) -> Given:
        """The value at a share from 0 to 1 of the way from low to high, or along the values."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.param.integer:
            return min(math.floor(self.low + share * (self.high - self.low + 1.0)), self.high)
        if self.log:
            return min(max(self.low * (self.high / self.low) ** share, self.low), self.high)
        return min(max(self.low + share * (self.high - self.low), self.low), self.high)


@dataclass(frozen=True)
class Point:
    """One base (its place in the design) with settings; `shares` is where a sampled point lies, a number per factor."""

    number: int
    base: int
    settings: Mapping[str, Given]
    shares: tuple[float, ...] = ()


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
    points: tuple[Point, ...]
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
