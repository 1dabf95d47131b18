"""The verdict on each fact, by the rule stated in sim.validate.fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.validate.fact import Fact


@dataclass(frozen=True)
class Verdict:
    """A fact with what the simulation says: median and 5-95 % over runs, and whether the intervals meet."""

    fact: Fact[Any]
    simulated: float
    sim_low: float
    sim_high: float

    @property
    def low(self) -> float:
        """The least value that is still as published."""
        return self.fact.low

    @property
    def high(self) -> float:
        """The greatest."""
        return self.fact.high

    @property
    def passed(self) -> bool:
        """Whether the fact holds in the simulation."""
        if self.fact.sign:
            return bool(self.low <= self.simulated <= self.high)
        return bool(self.sim_low <= self.high and self.low <= self.sim_high)

    def to_dict(self) -> dict[str, object]:
        """The row of the scorecard, as JSON keeps it."""
        fact = self.fact
        return {
            "id": fact.id, "statement": fact.statement, "unit": fact.unit, "source": fact.source, "year": fact.year,
            "published": fact.published, "low": self.low, "high": self.high, "simulated": self.simulated,
            "sim_low": self.sim_low, "sim_high": self.sim_high, "in_sample": fact.in_sample,
            "benchmark": fact.benchmark, "passed": self.passed, "why": fact.why, "measured_on": fact.on,
            "sign": fact.sign,
        }  # fmt: skip


def judge(facts: Iterable[Fact[Any]], material: Mapping[str, Any]) -> list[Verdict]:
    """One verdict per fact; `material` has what each fact is measured on, by its `on`."""
    found = []
    for fact in facts:
        values = np.asarray(fact.measure(material[fact.on]), dtype=float)
        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
        found.append(Verdict(fact, float(middle), float(low), float(high)))
    return found


def score(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """Facts passed and facts, in sample and out of sample."""
    found = {}
    rows = list(verdicts)
    for kind, inside in (("in sample", True), ("out of sample", False)):
        chosen = [v for v in rows if v.fact.in_sample == inside]
        found[kind] = (sum(v.passed for v in chosen), len(chosen))
    return found
