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


def unit_runs(results: "Results", what: Quantity, year: int, most: int | None = None) -> "pd.DataFrame":
    """Values of one year, float64: a row per unit (kommunenummer), a column per run; of the first `most` runs."""
    import pandas as pd

    runs = results.runs if most is None else min(most, results.runs)
    frame = results.panel(what.needs, years=[year], runs=range(runs))
    units = list(frame["kommunenummer"].iloc[: len(frame) // runs].astype(str))
    shape = (runs, len(units))
    top = what.factor * frame[what.top].to_numpy(np.float64).reshape(shape).T
    if what.bottom is not None:
        below = frame[what.bottom].to_numpy(np.float64).reshape(shape).T
        top = np.divide(top, below, out=np.full(top.shape, np.nan), where=below > 0.0)
    return pd.DataFrame(top, index=pd.Index(units, name="kommunenummer"), columns=range(runs))


def group_runs(results: "Results", what: Quantity, units: Sequence[str], year: int) -> np.ndarray:
    """Values (runs,) of a group in one year: ratio of sums, sum, number, or weighted mean by `kind`."""
    chosen = list(units)
    if what.kind == "ratio":
        top = unit_runs(results, Quantity(what.top, "sum", "", what.top), year).loc[chosen].sum(axis=0)
        below = unit_runs(results, Quantity(str(what.bottom), "sum", "", str(what.bottom)), year).loc[chosen]
        return (what.factor * top / below.sum(axis=0)).to_numpy()
    values = unit_runs(results, what, year).loc[chosen]
    if what.kind == "event":
        return (values > 0.0).sum(axis=0).to_numpy(float)
    if what.kind == "sum":
        return values.sum(axis=0).to_numpy()
    if PEOPLE not in results.outputs:
        return values.mean(axis=0).to_numpy()
    people = unit_runs(results, Quantity(PEOPLE, "sum", "persons", PEOPLE), year).loc[chosen]
    return ((values * people).sum(axis=0) / people.sum(axis=0)).to_numpy()


def group_paths(results: "Results", what: Quantity, units: Sequence[str]) -> "pd.DataFrame":
    """Rows years, columns runs: the group in every year and run."""
    import pandas as pd

    rows = [group_runs(results, what, units, year) for year in results.years]
    return pd.DataFrame(rows, index=pd.Index(results.years, name="year"))


def spread(runs: "pd.DataFrame") -> "pd.DataFrame":
    """Over the columns (runs) of each row: p5, p25, p50, p75, p95 and mean."""
    import pandas as pd

    levels = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
    table = pd.DataFrame({name: runs.quantile(level, axis=1) for name, level in levels.items()})
    return table.assign(mean=runs.mean(axis=1))
