"""Who wins and who loses: units whose mean difference stands out from the noise of the runs."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.contrast import p_value
from sim.analysis.direction import direction

if TYPE_CHECKING:
    import pandas as pd

BETTER, WORSE, HIGHER, LOWER, UNCLEAR, SAME = "better", "worse", "higher", "lower", "unclear", "same"
FALSE_SHARE = 0.05  # of the units called clear, at most this share is expected to have no difference


def verdicts(units: "pd.DataFrame") -> "pd.Series":
    """A word per row of a contrast of units and one year: better, worse (higher, lower without a direction).

    `unclear` if the mean does not stand out from 0 once all units of the output are looked at together
    (Benjamini and Hochberg 1995, FALSE_SHARE), so that chance does not name winners among 357; `same` if no run
    differs; empty text if no pair has a number.
    """
    import pandas as pd

    parts = [_of_output(rows) for _, rows in units.groupby("output", sort=False)]
    return pd.concat(parts).reindex(units.index) if parts else pd.Series(dtype=object)


def _of_output(rows: "pd.DataFrame") -> "pd.Series":
    import pandas as pd

    way = direction(str(rows["output"].iloc[0]))
    changed = rows["higher"] + rows["lower"] > 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        t = rows["difference"].abs() / (rows["sd"] / np.sqrt(rows["runs"].clip(lower=1)))
    chance = np.array([p_value(x, n - 1) for x, n in zip(t, rows["runs"], strict=True)])
    clear = stands_out(np.where(changed, chance, np.nan))
    up, down = {1: (BETTER, WORSE), -1: (WORSE, BETTER)}.get(way, (HIGHER, LOWER))
    words = np.where(~changed, SAME, np.where(~clear, UNCLEAR, np.where(rows["difference"] > 0.0, up, down)))
    return pd.Series(np.where(rows["runs"] > 0, words, ""), index=rows.index, name="verdict")


def stands_out(chance: np.ndarray, false_share: float = FALSE_SHARE) -> np.ndarray:
    """True for the p-values that the step-up rule of Benjamini and Hochberg rejects; NaN counts as 1."""
    p = np.where(np.isfinite(chance), chance, 1.0)
    order = np.sort(p)
    passed = order <= false_share * np.arange(1, len(p) + 1) / max(1, len(p))
    limit = order[passed].max(initial=-1.0)
    return p <= limit


def counted(units: "pd.DataFrame") -> "pd.DataFrame":
    """Rows: outputs; columns: share of units by verdict (all six words). units: with a column verdict."""
    import pandas as pd

    known = units[units["verdict"] != ""]
    words = (BETTER, WORSE, HIGHER, LOWER, UNCLEAR, SAME)
    return pd.DataFrame({word: (known["verdict"] == word).groupby(known["output"]).mean() for word in words})


def extremes(units: "pd.DataFrame", output: str, count: int) -> "pd.DataFrame":
    """At most `count` clear losers and `count` clear winners of an output, the greatest loss first.

    Without a direction those where it falls come first. Equal differences are ordered by kommunenummer.
    """
    import pandas as pd

    way = direction(output) or 1
    rows = units[(units["output"] == output) & units["verdict"].isin([BETTER, WORSE, HIGHER, LOWER])]
    rows = rows.assign(_gain=way * rows["difference"], _code=rows["kommunenummer"].astype(str))
    rows = rows.sort_values(["_gain", "_code"]).drop(columns=["_gain", "_code"])
    gains = way * rows["difference"] > 0.0
    return pd.concat([rows[~gains].head(count), rows[gains].tail(count)], ignore_index=True)
