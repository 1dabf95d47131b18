"""What is exported: the stored tables with plain columns, part by part, and what each column is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.store import Results, Study
from sim.store.panel import RUNS_PER_PART

if TYPE_CHECKING:
    import pandas as pd

TABLES = {  # name: what a row is
    "national": "One row per run, year and group: sums over the group and ratios of them.",
    "units": "One row per year and unit: mean and quantiles over runs, and probabilities.",
    "panel": "One row per run, year and unit: the outputs that the scenario stored.",
}
ADDED = {  # columns that the stored tables do not have
    "navn": ("text", "Name of the unit; not unique."),
    "fylke": ("text", "Name of its fylke."),
    "gruppe": ("text", "kommuner or fylkeskommuner."),
}
FACTOR = "factor_"
WIDTH = 32  # letters that Stata allows in a name


@dataclass(frozen=True)
class ColumnNote:
    """A row of the data dictionary. `short` is its name where 32 letters are all there is room for."""

    column: str
    short: str
    kind: str  # text, whole number or number
    unit: str
    text: str


def rows(results: Results | Study, table: str, runs: int | None = None) -> "Iterator[pd.DataFrame]":
    """The table in pieces, in its stored order, kommunenummer and group as text, names of units added.

    Rows of a study have the scenario and the factors of their point. runs: only the first so many of a table that has
    runs. StoreError if a file is damaged.
    """
    if table == "national":
        frame = results.national()
        yield plain(with_factors(results, frame if runs is None else frame[frame["run"] < runs]))
    elif table == "units":
        yield plain(with_factors(results, results.units()))
    else:
        last = results.runs if runs is None else min(runs, results.runs)
        for start in range(0, last, RUNS_PER_PART):
            yield plain(with_factors(results, results.panel(runs=range(start, min(start + RUNS_PER_PART, last)))))


def with_factors(results: Results | Study, frame: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of a study with scenario and factors behind their point; of a result as they are.

    A factor that is called as a column of the table is (`robek`) has `factor_` in front.
    """
    if not isinstance(results, Study):
        return frame
    import pandas as pd

    points = results.points[["scenario", *results.factors]]
    beside = points.loc[frame["point"]].set_axis(frame.index)
    for name in beside:
        if not pd.api.types.is_numeric_dtype(beside[name]):
            beside[name] = beside[name].astype(str)
    beside.columns = [FACTOR * (name in frame) + name for name in beside]
    return pd.concat([frame[["point"]], beside, frame.drop(columns="point")], axis=1)


def plain(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Categories as text, and name and fylke behind kommunenummer."""
    from sim.analysis.labels import unit_labels

    frame = frame.copy()
    for name in ("kommunenummer", "gruppe"):
        if name in frame:
            frame[name] = frame[name].astype(str)
    if "kommunenummer" in frame:
        labels = unit_labels()
        at = list(frame.columns).index("kommunenummer") + 1
        frame.insert(at, "navn", frame["kommunenummer"].map(labels["name"]).fillna(""))
        frame.insert(at + 1, "fylke", frame["kommunenummer"].map(labels["fylke"]).fillna(""))
    return frame.reset_index(drop=True)


def count(results: Results | Study, table: str, runs: int | None = None) -> int:
    """Number of rows of a table."""
    last = results.runs if runs is None else min(runs, results.runs)
    years, units = len(results.years), results.manifest["units"]
    points = int((results.points["runs"] > 0).sum()) if isinstance(results, Study) else 1
    return points * {"national": 2 * last * years, "units": years * units, "panel": last * years * units}[table]


def dictionary(results: Results | Study, frame: "pd.DataFrame") -> list[ColumnNote]:
    """What each column of a table is, in its order."""
    import pandas as pd

    found: list[ColumnNote] = []
    taken: set[str] = set()
    for name in frame.columns:
        unit, text = (
            ADDED.get(name) or results.columns.get(name) or results.columns.get(name.removeprefix(FACTOR), ("", ""))
        )
        values = frame[name]
        kind = "whole number" if pd.api.types.is_integer_dtype(values) else "number"
        kind = kind if pd.api.types.is_numeric_dtype(values) else "text"
        short = _short(name, taken)
        taken.add(short)
        found.append(ColumnNote(name, short, kind, unit, text))
    return found


def _short(name: str, taken: set[str]) -> str:
    """At most WIDTH letters and not taken: the statistic at the end stays, the middle is cut."""
    if len(name) <= WIDTH and name not in taken:
        return name
    head, _, tail = name.rpartition("_")
    for number in range(100):
        end = f"_{tail}" if number == 0 else f"{number}_{tail}"
        made = head[: WIDTH - len(end)] + end
        if made not in taken:
            return made
    raise ValueError(f"no short name is left for {name}")
