"""The verdict on each fact, by the rule stated in sim.validate.facts."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.validate.facts import Fact
from sim.validate.paths import Paths


@dataclass(frozen=True)
class Verdict:
    """A fact with what the simulation says: median and 5-95 % over runs, and whether the intervals meet."""

    fact: Fact
    simulated: float
    sim_low: float
    sim_high: float

    @property
    def low(self) -> float:
        return self.fact.published - self.fact.slack

    @property
    def high(self) -> float:
        return self.fact.published + self.fact.slack

    @property
    def passed(self) -> bool:
        return bool(self.sim_low <= self.high and self.low <= self.sim_high)

    def to_dict(self) -> dict[str, object]:
        """The row of the scorecard, as JSON keeps it."""
        fact = self.fact
        return {
            "id": fact.id, "statement": fact.statement, "unit": fact.unit, "source": fact.source, "year": fact.year,
            "published": fact.published, "low": self.low, "high": self.high, "simulated": self.simulated,
            "sim_low": self.sim_low, "sim_high": self.sim_high, "in_sample": fact.in_sample,
            "benchmark": fact.benchmark, "passed": self.passed, "why": fact.why,
        }  # fmt: skip


def judge(facts: Iterable[Fact], paths: Paths) -> list[Verdict]:
    """One verdict per fact."""
    found = []
    for fact in facts:
        values = np.asarray(fact.measure(paths), dtype=float)
        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
        found.append(Verdict(fact, float(middle), float(low), float(high)))
    return found
