"""Naive forecasts of facts that have no last value of their own: another honest one, or why there is none.

What stands with a fact itself is the last value published before it, or TBU's own figure. Here are the others.
"""

from dataclasses import replace
from typing import Any

from sim.validate.fact import Fact

ALIKE_2023 = "all kommuner alike: the last value of all of them, 2023"
ALIKE_2024 = "all kommuner alike: that of all of them in 2024"
NO_CHANGE = "no change"
STUDY = "none: what a study found of a shock is no series that has a last value"
NEW_COUNT = "none: not counted, or not published here, before"
GROUNDS = "none: the list says today's grounds; earlier ones are not in the sources"

NAIVE: dict[str, tuple[float | None, str]] = {
    "bt-negative-both": (20.0, "last share of negative results, 45 % in 2023, in both years and by chance"),
    "bt-nofund-2024": (None, NEW_COUNT),
    "bt-merforbruk-2024": (None, NEW_COUNT),
    "bt-proposals": (None, NEW_COUNT + ": 44 % of directors wanted fewer schools in 2023-2027, another question"),
    "proposals": (None, NEW_COUNT + ": one autumn is published"),
    "bt-fund-above-6": (None, NEW_COUNT),
    "fund6-2024": (None, NEW_COUNT),
    "debt-2025": (None, NEW_COUNT + ": one secondary source"),
    "merforbruk-2024": (None, NEW_COUNT),
    **{f"bt-ndr-size-{size}": (0.8, ALIKE_2023) for size in ("small", "medium", "large")},
    **{f"bt-fund-size-{size}": (13.2, ALIKE_2023) for size in ("small", "medium", "large")},
    "bt-ndr-nature": (0.8, ALIKE_2023),
    "bt-ndr-other": (0.8, ALIKE_2023),
    "cell-nature-small": (11.0, ALIKE_2024),
    "cell-other-small": (11.0, ALIKE_2024),
    "cell-other-large": (11.0, ALIKE_2024),
    "bt-weakest": (0.0, NO_CHANGE),
    "bt-dispersion": (0.0, NO_CHANGE),
    "bt-real-spending": (0.0, NO_CHANGE),
    "bt-latent": (0.0, "results of a year say nothing of the next"),
    **{f"bt-ground-{letter}": (None, GROUNDS) for letter in "abcdf"},
    "bt-lowest-2024": (None, NEW_COUNT),
    "bt-highest-2024": (None, NEW_COUNT),
    "folk-2026": (5594.3, ""),
    "fund-2024": (13.2, ""),
    "fund-sector-2024": (13.5, ""),
    "robek-2026": (25.0, ""),
    "fylke-ndr-2025": (2.7, ""),
    "fylke-fund-2025": (12.9, ""),
    "fylke-debt-2025": (17_315.0, ""),
    "robek-swing": (0.0, "no change from year to year"),
    "elasticity": (None, STUDY),
    "sluggish": (None, STUDY),
    "debt-first": (None, STUDY),
    "grant-to-tax": (None, STUDY),
    "stay": (4.5, ""),
    "tbu-2026": (None, "none: the first announcement for 2026; that for 2025 is not in the sources"),
}  # fmt: skip


def with_naive(fact: Fact[Any]) -> Fact[Any]:
    """The fact with its naive forecast from the table, if it has none of its own."""
    if fact.id not in NAIVE:
        return fact
    benchmark, words = NAIVE[fact.id]
    return replace(fact, benchmark=benchmark, naive=words)
