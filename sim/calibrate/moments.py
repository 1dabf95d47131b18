"""What is fitted: facts of the backtest, each with its own error and with what the model cannot be expected to hit.

A moment is a fact of sim.validate that is marked in sample. `error` is the standard error of the published figure
(sample, rounding); `discrepancy` that of the model: national inputs of the backtest that are themselves estimates, what
is unknown of 2023, and rules that are simpler than the world. Both were stated before the first calibration.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.validate.facts_years import BACKTEST_FACTS
from sim.validate.paths import Paths


@dataclass(frozen=True)
class Moment:
    """A fact with the standard errors of its figure and of the model, in the unit of the fact."""

    fact: str
    error: float
    discrepancy: float
    why: str

    @property
    def target(self) -> float:
        """The published value."""
        return FACT[self.fact].published


FACT = {fact.id: fact for fact in BACKTEST_FACTS}
LEVEL = "a tenth of a point of deflator or frame in the nation's inputs moves it as much; pensions"
SAMPLE = "KS's sample; fewer kommuner than 357"
MOMENTS = (
    Moment("bt-ndr-2024", 0.1, 0.3, LEVEL),
    Moment("bt-ndr-2025", 0.2, 0.5, LEVEL + "; behaviour.md finding 12: mostly money"),
    Moment("bt-negative-2024", 0.7, 2.0, "follows the level"),
    Moment("bt-negative-2025", 2.0, 2.5, SAMPLE),
    Moment("bt-negative-both", 2.0, 1.5, SAMPLE),
    Moment("bt-nofund-2024", 1.0, 1.0, SAMPLE + "; the share of 2023 is assumed"),
    Moment("bt-nofund-2025", 1.0, 1.5, SAMPLE + "; the share of 2023 is assumed"),
    Moment("bt-fund-2024", 0.1, 0.5, "that of 2023 is solved from the sector's"),
    Moment("bt-merforbruk-2024", 2.0, 4.0, "who had merforbruk in 2023 is not known"),
    Moment("bt-robek-2025", 1.5, 2.5, "the register of 2024 is taken from that of 2026"),
    Moment("bt-robek-april", 1.0, 3.0, "the register of 2024 is taken from that of 2026"),
    Moment("bt-proposals", 2.5, 2.0, SAMPLE),
    Moment("bt-closures", 5.0, 5.0, "the figure is that of 2018-2024"),
)


def measure(paths: Paths) -> np.ndarray:
    """The moments (moments, runs) of these runs."""
    return np.array([np.asarray(FACT[moment.fact].measure(paths), float) for moment in MOMENTS])


def implausibility(mean: np.ndarray, spread: np.ndarray, runs: int) -> np.ndarray:
    """Distance of simulated from published moments in standard errors, (sets, moments).

    mean, spread (sets, moments): over runs. The world is one run, so the spread over runs counts in full, and the mean
    of so many runs has an error of its own.
    """
    target = np.array([moment.target for moment in MOMENTS])
    own = np.array([moment.error**2 + moment.discrepancy**2 for moment in MOMENTS])
    return np.abs(mean - target) / np.sqrt(own + spread**2 * (1.0 + 1.0 / runs))


def distance(mean: np.ndarray, spread: np.ndarray, runs: int) -> np.ndarray:
    """Root mean square implausibility (sets,): about 1 for a set that is as good as it can be."""
    return np.sqrt((implausibility(mean, spread, runs) ** 2).mean(axis=1))


def as_rows() -> list[Mapping[str, object]]:
    """The moments for the provenance."""
    return [
        {"fact": m.fact, "statement": FACT[m.fact].statement, "target": m.target, "error": m.error,
         "discrepancy": m.discrepancy, "why": m.why}
        for m in MOMENTS
    ]  # fmt: skip
