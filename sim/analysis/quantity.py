"""What can be shown of a stored panel: its outputs, and ratios of them, for one unit or a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import Results

PCT, PER_PERSON = "_pct", "_per_innbygger"
INCOME, PEOPLE = "driftsinntekter", "folketall"
SUMS = ("kr", "persons 1 January", "persons", "schools", "pupils", "units", "kr of 2025")


@dataclass(frozen=True)
class Quantity:
    """`factor` times `top`, over `bottom` if there is one.

    `kind`: "ratio" (of a group: ratio of its sums), "sum" (of a group: its sum), "event" (0 or 1; of a group:
    how many), "level" (of a group: mean weighted by inhabitants, plain if the panel has none).
    """

    name: str
    kind: str
    unit: str
    top: str
    bottom: str | None = None
    factor: float = 1.0

    @property
    def decimals(self) -> int:
        """Decimals that are worth printing."""
        return {"ratio": 1, "level": 2}.get(self.kind, 0) if not self.unit.startswith("kr") else 0

    @property
    def needs(self) -> tuple[str, ...]:
        """Outputs of the panel that it is made of."""
        return (self.top,) if self.bottom is None else (self.top, self.bottom)


def quantities(results: "Results") -> dict[str, Quantity]:
    """Everything that can be shown of this result, by name: stored outputs first, then ratios."""
    outputs, found = results.outputs, {}
    for name in outputs:
        unit = results.columns[name][0]
        kind = "event" if unit == "0/1" else "sum" if unit in SUMS else "level"
        found[name] = Quantity(name, kind, unit, name)
    for suffix, below, factor, unit in (
        (PCT, INCOME, 100.0, "% of driftsinntekter"),
        (PER_PERSON, PEOPLE, 1.0, "kr per inhabitant"),
    ):
        money = [name for name in outputs if results.columns[name][0] == "kr" and name != below]
        for name in money if below in outputs else ():
            found.setdefault(name + suffix, Quantity(name + suffix, "ratio", unit, name, below, factor))
    return found


def quantity(results: "Results", name: str) -> Quantity:
    """The quantity of this name; UserError with the nearest name if the result has not what it takes."""
    known = quantities(results)
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(known)}."
    raise UserError(f"--output {printable(name)}: cannot be shown of this result; {hint}")


def unit_arrays(
    results: "Results", names: Sequence[str], year: int, most: int | None = None
) -> tuple[list[str], list[np.ndarray]]:
    """The units, and of each output its values (units, runs) float64 in one year; of the first `most` runs."""
    runs = results.runs if most is None else min(most, results.runs)
    frame = results.panel(names, years=[year], runs=range(runs))
    units = list(frame["kommunenummer"].iloc[: len(frame) // runs].astype(str))
    shape = (runs, len(units))
    return units, [frame[name].to_numpy().reshape(shape).T.astype(np.float64, order="C") for name in names]


def unit_runs(results: "Results", what: Quantity, year: int, most: int | None = None) -> "pd.DataFrame":
    """Values of one year, float64: a row per unit (kommunenummer), a column per run; of the first `most` runs."""
    import pandas as pd

    units, (top, *below) = unit_arrays(results, what.needs, year, most)
    values = what.factor * top
    if below:
        values = np.divide(values, below[0], out=np.full(top.shape, np.nan), where=below[0] > 0.0)
    return pd.DataFrame(values, index=pd.Index(units, name="kommunenummer"), columns=range(top.shape[1]))


def group_paths(results: "Results", what: Quantity, units: Sequence[str]) -> "pd.DataFrame":
    """Rows years, columns runs: a group as one in every year and run, by the `kind` of the quantity."""
    return many_group_paths(results, what, [units])[0]


def many_group_paths(results: "Results", what: Quantity, groups: Sequence[Sequence[str]]) -> "list[pd.DataFrame]":
    """`group_paths` of each group; the panel is read once."""
    import pandas as pd

    rows: list[list[np.ndarray]] = [[] for _ in groups]
    for year in results.years:
        codes, (top, *below) = unit_arrays(results, _parts(results, what), year)
        place = {code: at for at, code in enumerate(codes)}
        for found, units in zip(rows, groups, strict=True):
            at = [place[unit] for unit in units]
            found.append(_as_one(what, top[at], below[0][at] if below else None))
    index = pd.Index(results.years, name="year")
    return [pd.DataFrame(found, index=index) for found in rows]


def _parts(results: "Results", what: Quantity) -> tuple[str, ...]:
    """What a quantity of a group is made of: its numerator and denominator, or its values and their weights."""
    if what.kind == "level" and PEOPLE in results.outputs and what.top != PEOPLE:
        return what.top, PEOPLE
    return what.needs


def _as_one(what: Quantity, top: np.ndarray, below: np.ndarray | None) -> np.ndarray:
    """Values (runs,) of a group from those of its units (units, runs)."""
    if what.kind == "event":
        return (top > 0.0).sum(axis=0).astype(float)
    if what.kind == "sum":
        return what.factor * top.sum(axis=0)
    if below is None:
        return top.mean(axis=0)
    weight = top if what.kind == "ratio" else top * below
    return what.factor * weight.sum(axis=0) / below.sum(axis=0)


def spread(runs: "pd.DataFrame") -> "pd.DataFrame":
    """Over the columns (runs) of each row: p5, p25, p50, p75, p95 and mean."""
    import pandas as pd

    levels = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
    table = pd.DataFrame({name: runs.quantile(level, axis=1) for name, level in levels.items()})
    return table.assign(mean=runs.mean(axis=1))
