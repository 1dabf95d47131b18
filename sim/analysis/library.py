"""What pairing saves, scenario by scenario: variance ratios of the contrasts with one reference."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

GOAL = 5.0  # ratio that most contrasts should reach


def ratio_table(
    contrasts: "Mapping[str, pd.DataFrame]", year: int, group: str, outputs: Sequence[str]
) -> "pd.DataFrame":
    """One row per scenario (index): the variance ratio of each output, and `least` and `middle` of them.

    contrasts: scenario -> national table of sim.analysis.compare. Infinite: the same difference in every run;
    NaN: not one run differs (nothing to measure), left out of `least` and `middle`.
    """
    import pandas as pd

    rows = {}
    for name, table in contrasts.items():
        chosen = table[(table["year"] == year) & (table["gruppe"] == group)].set_index("output")
        changed = chosen["sd"].gt(0.0) | chosen["difference"].ne(0.0)
        rows[name] = chosen["variance_ratio"].where(changed).reindex(list(outputs))
    found = pd.DataFrame.from_dict(rows, orient="index", columns=list(outputs)).rename_axis("scenario")
    found["least"] = found[list(outputs)].min(axis=1)
    found["middle"] = found[list(outputs)].median(axis=1)
    return found


def reaching(table: "pd.DataFrame", goal: float = GOAL) -> dict[str, int]:
    """How many scenarios reach the goal with the middle ratio, and with every one; and how many there are.

    A scenario that changes nothing at all is not counted.
    """
    known = table[np.isfinite(table["middle"]) | np.isposinf(table["middle"])]
    return {
        "middle": int((known["middle"] >= goal).sum()),
        "all": int((known["least"] >= goal).sum()),
        "scenarios": len(known),
        "unchanged": len(table) - len(known),
    }
