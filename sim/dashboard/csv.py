"""The numbers behind each view as CSV: UTF-8, a row of heads with units, text that no program takes for a formula."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.analysis.states import STATES
from sim.dashboard.choice import Choice
from sim.dashboard.ranking import rows
from sim.dashboard.values import band, has_states, moves, paths, what_is

if TYPE_CHECKING:
    import pandas as pd


def of_ranking(choice: Choice) -> "pd.DataFrame":
    """A row per unit of the group, in the order of the ranking."""
    import pandas as pd

    shown, found = rows(choice)
    value = f"{choice.output}, {shown.unit}"
    table = pd.DataFrame(found, columns=["kommunenummer", "name", value, "why"])
    table["why"] = ["; ".join(why) for why in table["why"]]
    return table.assign(year=choice.year)


def of_fan(choice: Choice) -> "pd.DataFrame":
    """A row per year: quantiles and mean over runs of the group."""
    import pandas as pd

    values = band(paths(choice.stored, choice.output, choice.who.units, choice.other))
    years = choice.stored.years[: len(values["p50"])]
    unit = what_is(choice.stored, choice.output).unit
    return pd.DataFrame({"year": years, **{f"{name}, {unit}": column for name, column in values.items()}})


def of_states(choice: Choice) -> "pd.DataFrame":
    """A row per state: where its units are a year later (shares), and how many are in it on average."""
    import pandas as pd

    if not has_states(choice.stored):
        return pd.DataFrame({"from": []})
    share, there = moves(choice.stored, choice.who.units)
    columns = {f"to {state}, share": share[:, at] for at, state in enumerate(STATES)}
    return pd.DataFrame({"from": list(STATES), **columns, "mean number of units": there})


TABLES: dict[str, Callable[[Choice], "pd.DataFrame"]] = {
    "rank": of_ranking, "map": of_ranking, "fan": of_fan, "states": of_states,
}  # fmt: skip


def csv_of(choice: Choice, what: str) -> bytes:
    """The file. KeyError if there is no such table."""
    from sim.export.safe import safe

    return safe(TABLES[what](choice)).to_csv(index=False, lineterminator="\n").encode()
