"""Two results run by run: the same shocks under two sets of rules, so that the difference is the rules'."""

from typing import TYPE_CHECKING

from sim.analysis.quantity import Quantity, group_paths, spread, unit_runs
from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import Results


def must_pair(one: "Results", other: "Results") -> None:
    """UserError unless run k of both met the same chance and lasts as long."""
    a, b = one.manifest, other.manifest
    for key, words in (("seed", "seeds"), ("start", "kinds of start"), ("years", "years"), ("runs", "numbers of runs")):
        if a[key] != b[key]:
            raise UserError(
                f"--compare {printable(other.folder, 200)}: the two results have different {words}, so their runs "
                "cannot be paired; run both with the same --seed, --runs, --years and --start."
            )


def paired_paths(one: "Results", other: "Results", what: Quantity, units: list[str]) -> "pd.DataFrame":
    """`one` minus `other` for a group: rows years, columns runs."""
    must_pair(one, other)
    return group_paths(one, what, units) - group_paths(other, what, units)


def paired_band(one: "Results", other: "Results", what: Quantity, units: list[str]) -> "pd.DataFrame":
    """Columns year, median, low, high (5 and 95 % of the paired differences) and mean."""
    table = spread(paired_paths(one, other, what, units))
    table = table.rename(columns={"p50": "median", "p5": "low", "p95": "high"})
    return table[["median", "low", "high", "mean"]].reset_index()


def paired_units(one: "Results", other: "Results", what: Quantity, year: int) -> "pd.DataFrame":
    """Row per unit: p5 ... p95 and mean of the paired difference (`one` minus `other`) in a year."""
    must_pair(one, other)
    return spread(unit_runs(one, what, year) - unit_runs(other, what, year))
