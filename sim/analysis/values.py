"""Numbers of units and of groups of units from a panel, with ratios made from the amounts that are stored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

INCOME = "driftsinntekter"
PERCENT = "_pct"


def stored_for(output: str, stored: Iterable[str]) -> tuple[str, ...] | None:
    """The panel columns an output is made from; None if the panel does not hold them.

    `X_pct` is made from X and driftsinntekter if both are there: a group's ratio is then that of its sums.
    """
    there = set(stored)
    amount = output.removesuffix(PERCENT)
    if amount != output and {amount, INCOME} <= there:
        return amount, INCOME
    return (output,) if output in there else None


def unit_values(panel: "pd.DataFrame", outputs: Sequence[str]) -> "pd.DataFrame":
    """A row per row of the panel: run, year, kommunenummer and the outputs in float64.

    A ratio to a revenue that is not positive is NaN.
    """
    found = panel[["run", "year", "kommunenummer"]].copy()
    for output in outputs:
        columns = stored_for(output, panel.columns)
        if columns is None:
            raise KeyError(output)
        values = panel[columns[0]].astype(float)
        found[output] = _percent(values, panel[INCOME].astype(float)) if len(columns) == 2 else values
    return found


def group_values(panel: "pd.DataFrame", groups: Mapping[str, str], outputs: Sequence[str]) -> "pd.DataFrame":
    """A row per run, year and group: the mean over its units, of ratios made from amounts the ratio of sums.

    groups: kommunenummer -> group; units that are not in it are left out. So are numbers that are NaN.
    """
    names = panel["kommunenummer"].astype(str).map(dict(groups))
    inside = names.notna()
    keys = [panel.loc[inside, "run"], panel.loc[inside, "year"], names[inside].rename("group")]
    made = {output: stored_for(output, panel.columns) for output in outputs}
    columns = sorted({column for used in made.values() if used for column in used})
    means = panel.loc[inside, columns].astype(float).groupby(keys, observed=True).mean()
    found = means[[]].copy()
    for output, used in made.items():
        if used is None:
            raise KeyError(output)
        found[output] = _percent(means[used[0]], means[INCOME]) if len(used) == 2 else means[used[0]]
    return found.reset_index()


def _percent(amount: "pd.Series", income: "pd.Series") -> "pd.Series":
    return 100.0 * amount / income.where(income > 0.0)
