"""Which measures units adopt, how much each yields and how many use it."""

from typing import TYPE_CHECKING

from sim.words.outputs import MEASURES

if TYPE_CHECKING:
    import pandas as pd

AMOUNT, COUNT = "tiltak_", "antall_tiltak_"
OPEN = "merforbruk"  # not a relief: what is left when no measure covers it
TITLES = {name: english for name, (english, _) in MEASURES.items()}  # of sim.measures, as a heading


def stored_measures(national: "pd.DataFrame") -> list[str]:
    """Names of the measures in the national table, in its order."""
    return [name.removeprefix(AMOUNT) for name in national.columns if name.startswith(AMOUNT)]


def measures_by_year(national: "pd.DataFrame") -> "pd.DataFrame":
    """One row per group, year and measure, over runs.

    Columns kr (mean, whole group), pct, pct_p25, pct_p75 (mean and quartiles, % of driftsinntekter of the
    group) and units (mean number that adopted it). Amounts are those of the budget adopted in the year, for
    the year after.
    """
    import pandas as pd

    frames = []
    keys = [national["gruppe"], national["year"]]
    for measure in stored_measures(national):
        amount = national[AMOUNT + measure]
        share = (100.0 * amount / national["driftsinntekter"]).groupby(keys, observed=True)
        frames.append(
            pd.DataFrame({
                "kr": amount.groupby(keys, observed=True).mean(), "pct": share.mean(),
                "pct_p25": share.quantile(0.25), "pct_p75": share.quantile(0.75),
                "units": national[COUNT + measure].groupby(keys, observed=True).mean(),
            }).assign(measure=measure)
        )  # fmt: skip
    return pd.concat(frames).reset_index()


def measures_used(national: "pd.DataFrame") -> "pd.DataFrame":
    """One row per group and measure, largest first: kr and units (mean per year), share of all relief.

    The open deficit has no share: it is what the others did not cover. A tax that fell on balance counts as 0
    in the sum of relief, so that the shares of the others add up to 1.
    """
    table = measures_by_year(national).groupby(["gruppe", "measure"], observed=True)[["kr", "units"]].mean()
    table = table.reset_index()
    relief = table["kr"].clip(lower=0.0).where(table["measure"] != OPEN)
    total = relief.groupby(table["gruppe"], observed=True).transform("sum")
    table["share"] = (relief / total).where(total > 0.0)
    table["open"] = table["measure"] == OPEN
    table = table.sort_values(["gruppe", "open", "kr", "measure"], ascending=[True, True, False, True])
    return table.drop(columns="open").reset_index(drop=True)
