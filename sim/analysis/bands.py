"""Quantiles over runs: what the fan charts draw and the summary prints."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
KEYS = ("gruppe", "year")


def bands(national: "pd.DataFrame", outputs: Sequence[str], by: Sequence[str] = KEYS) -> "pd.DataFrame":
    """Quantiles over runs, one row per group, year and output.

    national: a row per run and `by`. Returns columns `by`, output, p5, p25, p50, p75, p95, in the unit of the
    output; linear interpolation between order statistics. KeyError if an output is not a column.
    """
    import pandas as pd

    grouped = national.groupby(list(by), observed=True)[list(outputs)]
    tables = {name: grouped.quantile(level).rename_axis(columns="output") for name, level in QUANTILES.items()}
    long = {
        name: table.melt(value_name=name, ignore_index=False).set_index("output", append=True)[name]
        for name, table in tables.items()
    }
    return pd.DataFrame(long).reset_index()


def band(table: "pd.DataFrame", group: str, output: str) -> "pd.DataFrame":
    """The rows of `bands` of one group and output, by year (index)."""
    rows = table[(table["gruppe"] == group) & (table["output"] == output)]
    return rows.set_index("year")[list(QUANTILES)].sort_index()


def paths(national: "pd.DataFrame", group: str, output: str, runs: Sequence[int]) -> "pd.DataFrame":
    """Single futures: rows are years, columns the runs asked for, in this order, as far as there are any."""
    rows = national[(national["gruppe"] == group) & national["run"].isin(list(runs))]
    wide = rows.pivot_table(index="year", columns="run", values=output, observed=True)
    return wide[[run for run in runs if run in wide.columns]]
