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

    @property
    def why(self) -> str:
        """What is known of a failure; where nothing is, how it fails. The words of the fact stand if it passes too."""
        if self.passed or self.fact.why:
            return self.fact.why
        if self.fact.sign:
            return f"The median has the other sign with these parameters: {self.simulated:,.2f} {self.fact.unit}."
        side, off = (
            ("high", self.sim_low - self.high) if self.sim_low > self.high else ("low", self.low - self.sim_high)
        )
        return (
            f"With these parameters 19 of 20 runs are at least {off:,.2f} {self.fact.unit} too {side}; "
            "no cause beside the parameters is known."
        )

    @property
    def nearer(self) -> bool | None:
        """Whether the median is nearer to what is published than the naive forecast; None where that says nothing."""
        fact = self.fact
        if fact.benchmark is None or fact.sign or fact.benchmark == fact.published:
            return None
        return abs(self.simulated - fact.published) < abs(fact.benchmark - fact.published)

    def to_dict(self) -> dict[str, object]:
        """The row of the scorecard, as JSON keeps it."""
        fact = self.fact
        return {
            "id": fact.id, "statement": fact.statement, "unit": fact.unit, "source": fact.source, "year": fact.year,
            "published": fact.published, "low": self.low, "high": self.high, "simulated": self.simulated,
            "sim_low": self.sim_low, "sim_high": self.sim_high, "in_sample": fact.in_sample,
            "benchmark": fact.benchmark, "naive": fact.naive_is,
            "nearer": self.nearer, "passed": self.passed, "why": self.why,
            "measured_on": fact.on, "sign": fact.sign,
        }  # fmt: skip


def judge(facts: Iterable[Fact[Any]], material: Mapping[str, Any]) -> list[Verdict]:
    """One verdict per fact; `material` has what each fact is measured on, by its `on`."""
    found = []
    for fact in facts:
        values = np.asarray(fact.measure(material[fact.on]), dtype=float)
        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
        found.append(Verdict(fact, float(middle), float(low), float(high)))
    return found


def against_naive(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """Facts where the simulation is nearer than the naive forecast, and facts that have one, by sample."""
    found = {}
    rows = [v for v in verdicts if v.nearer is not None]
    for kind, inside in (("in sample", True), ("out of sample", False)):
        chosen = [v for v in rows if v.fact.in_sample == inside]
        found[kind] = (sum(bool(v.nearer) for v in chosen), len(chosen))
    return found


def score(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """Facts passed and facts, in sample and out of sample."""
    found = {}
    rows = list(verdicts)
    for kind, inside in (("in sample", True), ("out of sample", False)):
        chosen = [v for v in rows if v.fact.in_sample == inside]
        found[kind] = (sum(v.passed for v in chosen), len(chosen))
    return found
