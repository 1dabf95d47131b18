"""Who is hit: units by probability, and groups of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

EVENTS = ("sannsynlighet_robek", "sannsynlighet_negativ", "sannsynlighet_uten_fond")
SIZES = (  # inhabitants from, name
    (0, "under 3,000"),
    (3_000, "3,000–4,999"),
    (5_000, "5,000–9,999"),
    (10_000, "10,000–19,999"),
    (20_000, "20,000–49,999"),
    (50_000, "50,000 and more"),
)


def size_group(inhabitants: float) -> str:
    """The name of the size group of a kommune with this many inhabitants."""
    return next(name for least, name in reversed(SIZES) if inhabitants >= least)


def top_risk(units: "pd.DataFrame", year: int, count: int, event: str = EVENTS[0]) -> "pd.DataFrame":
    """The `count` units (of the rows given) with the highest probability of `event` in a year, highest first.

    units: the stored table of units. Equal probabilities are ordered by the other events, then by
    kommunenummer; a unit with probability 0 is not listed. Columns kommunenummer and the three probabilities
    (shares of runs).
    """
    rows = units.loc[(units["year"] == year) & (units[event] > 0.0), ["kommunenummer", *EVENTS]]
    rows = rows.assign(kommunenummer=rows["kommunenummer"].astype(str))
    order = [event, *(other for other in EVENTS if other != event)]
    rows = rows.sort_values([*order, "kommunenummer"], ascending=[False] * len(order) + [True])
    return rows.head(count).reset_index(drop=True)


def risk_by_group(units: "pd.DataFrame", groups: Mapping[str, str]) -> "pd.DataFrame":
    """Mean probabilities of the units of each group: rows (year, group), columns the events and n_units.

    groups: kommunenummer -> group; units that are not in it are left out. A median service level comes along
    if the panel has one.
    """
    named = units.assign(group=units["kommunenummer"].astype(str).map(dict(groups)))
    named = named[named["group"].notna()]
    columns = [*EVENTS, *(name for name in ("tjenesteniva_p50",) if name in named)]
    grouped = named.groupby(["year", "group"], observed=True)
    return grouped[columns].mean().assign(n_units=grouped.size())
