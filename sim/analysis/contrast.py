"""Paired differences: B minus A in the same possible future, so that the dice fall out and the policy stays."""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.direction import direction

if TYPE_CHECKING:
    import pandas as pd

QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
LEVEL = 0.95  # of the interval of the mean difference
COLUMNS = {  # of `contrast`, after the keys and the output: (unit, text); "output": in the unit of the output
    "runs": ("runs", "Pairs of runs with a number in both."),
    "missing": ("runs", "Pairs without a number in one of them."),
    "mean_a": ("output", "Mean over runs in A."),
    "mean_b": ("output", "Mean over runs in B."),
    "difference": ("output", "Mean of B minus A over pairs."),
    "low": ("output", "Lower end of the 95 % interval of the mean difference."),
    "high": ("output", "Upper end of the 95 % interval of the mean difference."),
    "sd": ("output", "Standard deviation of the differences."),
    **{name: ("output", f"Quantile {level:g} of the differences.") for name, level in QUANTILES.items()},
    "higher": ("share of runs", "Pairs in which B is above A."),
    "lower": ("share of runs", "Pairs in which B is below A."),
    "better": ("share of runs", "Pairs in which B is better; empty if neither way is better."),
    "worse": ("share of runs", "Pairs in which B is worse; empty if neither way is better."),
    "variance_ratio": ("1", "Variance of an unpaired difference over that of the paired one."),
    "unpaired_runs": ("runs", "Runs each of A and B that unpaired runs would need for the same interval."),
}


def contrast(a: "pd.DataFrame", b: "pd.DataFrame", outputs: Sequence[str], by: Sequence[str]) -> "pd.DataFrame":
    """One row per output and cell of `by`, with the columns of COLUMNS.

    a, b: a row per run and cell, columns run, `by` and the outputs. Rows whose key is in one of them only are
    left out; numbers that are not finite are counted as missing. Variances have n - 1 below; with one pair
    they, and the interval, are NaN. The ratio is infinite where all pairs differ by the same.
    """
    import pandas as pd

    a, b, cells = paired(a, b, by)
    keys = a[list(by)].assign(_cell=cells).drop_duplicates("_cell").set_index("_cell").sort_index()
    tables = []
    for output in outputs:
        table = _one(a[output].to_numpy(float), b[output].to_numpy(float), cells, len(keys), direction(output))
        table.insert(0, "output", output)
        tables.append(pd.concat([keys.reset_index(drop=True), table], axis=1))
    return pd.concat(tables, ignore_index=True)


def paired(a: "pd.DataFrame", b: "pd.DataFrame", by: Sequence[str]) -> "tuple[pd.DataFrame, pd.DataFrame, np.ndarray]":
    """The rows of both whose key (run and `by`) is in both, in the same order, and the number of their cell.

    ValueError if a key comes twice in one of them.
    """
    keys = ["run", *by]
    same = len(a) == len(b) and all(np.array_equal(np.asarray(a[key]), np.asarray(b[key])) for key in keys)
    if a.duplicated(keys).any() or (not same and b.duplicated(keys).any()):
        raise ValueError(f"a run comes twice with the same {', '.join(by)}")
    if not same:
        left, right = a.set_index(keys), b.set_index(keys)
        common = left.index.intersection(right.index)
        a, b = left.loc[common].reset_index(), right.loc[common].reset_index()
    cells = a.groupby(list(by), observed=True, sort=True).ngroup().to_numpy()
    return a.reset_index(drop=True), b.reset_index(drop=True), cells


def _one(a: np.ndarray, b: np.ndarray, cells: np.ndarray, n_cells: int, way: int) -> "pd.DataFrame":
    """The columns of one output; a row per cell."""
    import pandas as pd

    known = np.isfinite(a) & np.isfinite(b)
    frame = pd.DataFrame({"a": a[known], "b": b[known], "d": b[known] - a[known], "cell": cells[known]})
    grouped = frame.groupby("cell")
    mean, variance = grouped.mean(), grouped.var()
    places = pd.RangeIndex(n_cells)
    runs = grouped.size().reindex(places, fill_value=0)
    higher, lower = ((frame["d"] * way > 0.0).groupby(frame["cell"]).mean() for way in (1.0, -1.0))
    sd = np.sqrt(variance["d"])
    half = runs.map(half_width_factor) * sd / np.sqrt(runs.where(runs > 0))
    ratio = variance_ratio(variance["a"], variance["b"], variance["d"])
    spread = {name: grouped["d"].quantile(level) for name, level in QUANTILES.items()}
    neither = pd.Series(np.nan, index=places)
    good, bad = {1: (higher, lower), -1: (lower, higher)}.get(way, (neither, neither))
    found = {
        "runs": runs, "missing": np.bincount(cells, minlength=n_cells) - runs,
        "mean_a": mean["a"], "mean_b": mean["b"], "difference": mean["d"],
        "low": mean["d"] - half, "high": mean["d"] + half, "sd": sd,
        **spread,
        "higher": higher, "lower": lower, "better": good, "worse": bad,
        "variance_ratio": ratio, "unpaired_runs": runs * ratio,
    }  # fmt: skip
    return pd.DataFrame(found, index=places, columns=list(COLUMNS))


def variance_ratio(a: "pd.Series", b: "pd.Series", difference: "pd.Series") -> "pd.Series":
    """(Var A + Var B) / Var (B - A): how many times as many unpaired runs give the same interval.

    Infinite where only the paired variance is 0; NaN where both are, or a variance is unknown.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return (a + b) / difference


def half_width_factor(runs: int, level: float = LEVEL) -> float:
    """Half the width of the interval of a mean of so many, in standard errors (Student's t); NaN below two."""
    return t_quantile(0.5 + level / 2.0, runs - 1) if runs > 1 else math.nan


def p_value(t: float, df: int) -> float:
    """Two-sided p-value of Student's t, by Wallace's normal approximation (1959): within 5 % for df >= 20.

    NaN without freedom or t.
    """
    if df < 1 or math.isnan(t):
        return math.nan
    if math.isinf(t):
        return 0.0
    z = (8.0 * df + 1.0) / (8.0 * df + 3.0) * math.sqrt(df * math.log1p(t * t / df))
    return math.erfc(z / math.sqrt(2.0))


def t_quantile(share: float, df: int) -> float:
    """Quantile (share > 0.5) of Student's t with df degrees of freedom, to about six digits.

    Hill (1970), Algorithm 396, Communications of the ACM 13(10).
    """
    tail = 2.0 * (1.0 - share)
    if df == 1:
        return 1.0 / math.tan(tail * math.pi / 2.0)
    if df == 2:
        return math.sqrt(2.0 / (tail * (2.0 - tail)) - 2.0)
    a = 1.0 / (df - 0.5)
    b = 48.0 / a**2
    c = ((20700.0 * a / b - 98.0) * a - 16.0) * a + 96.36
    d = ((94.5 / (b + c) - 3.0) / b + 1.0) * math.sqrt(a * math.pi / 2.0) * df
    y = (d * tail) ** (2.0 / df)
    if y > 0.05 + a:
        x = NormalDist().inv_cdf(tail / 2.0)
        y = x * x
        if df < 5:
            c += 0.3 * (df - 4.5) * (x + 0.6)
        c += (((0.05 * d * x - 5.0) * x - 7.0) * x - 2.0) * x + b
        y = (((((0.4 * y + 6.3) * y + 36.0) * y + 94.5) / c - y - 3.0) / b + 1.0) * x
        y = math.expm1(a * y * y)
    else:
        y = ((1.0 / (((df + 6.0) / (df * y) - 0.089 * d - 0.822) * (df + 2.0) * 3.0) + 0.5 / (df + 4.0)) * y - 1.0) * (
            df + 1.0
        ) / (df + 2.0) + 1.0 / y
    return math.sqrt(df * y)
