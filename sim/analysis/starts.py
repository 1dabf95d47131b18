"""The headline numbers from two starts: how far supplied data move them, next to what chance alone would.

Both are run with the same seed, so run r of one and run r of the other have the same shocks: the difference is that of
the start data. Its standard error is bootstrapped over runs, pairs kept together. Nothing is stored.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.summary import GROUPS, headlines
from sim.batch.chunks import Sweep, Sweepable, run_chunk
from sim.outputs import select
from sim.state import State, World, new_state
from sim.store.national import DRAWS, SUM_NAMES, national_columns
from sim.store.panel import Layout, kommunenummer

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 4  # runs per kernel call: their state fits the cache
RESAMPLES = 400
LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}


@dataclass(frozen=True)
class Difference:
    """One headline number of one group and year from both starts, in the unit shown: median and 5 to 95 % over runs.

    `difference` is supplied less embedded median, `error` its standard error over runs; `low` and `high` are the
    differences of the 5 and 95 % points.
    """

    group: str
    output: str
    text: str
    year: int
    embedded: float
    embedded_low: float
    embedded_high: float
    supplied: float
    supplied_low: float
    supplied_high: float
    difference: float
    error: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """The difference is more than twice its standard error."""
        return abs(self.difference) > 2.0 * self.error


def national_table(scenario: Sweepable, world: World) -> "pd.DataFrame":
    """The national table of all runs of the scenario from this world, as it would be stored; in memory."""
    import pandas as pd

    units = tuple(kommunenummer(world.units["kode"], world.units["er_fylke"]))
    layout = Layout(select(()), tuple(scenario.years), units, scenario.runs)
    sweep = Sweep(scenario, world, layout, verify=False)
    room, pieces = new_state(min(CHUNK, scenario.runs), len(units)), []
    for first in range(0, scenario.runs, CHUNK):
        n = min(CHUNK, scenario.runs - first)
        panel = np.empty((0, len(layout.years), n, len(units)), np.float32)
        pieces.append(run_chunk(sweep, State(room.units[:n], room.nation[:n]), first, panel))
    sums = np.concatenate([piece.sums for piece in pieces])
    draws = np.concatenate([piece.draws for piece in pieces])
    assert sums.shape[-1] == len(SUM_NAMES)
    assert draws.shape[-1] == len(DRAWS)
    shape = sums.shape[:3]
    keys = np.meshgrid(np.arange(shape[0]), layout.years, GROUPS, indexing="ij")
    columns = {name: values for name, (values, _, _) in national_columns(sums, draws).items()}
    return pd.DataFrame(
        {"run": keys[0].ravel(), "year": keys[1].ravel().astype(int), "gruppe": keys[2].ravel(), **columns}
    )


def differences(embedded: "pd.DataFrame", supplied: "pd.DataFrame", seed: int = 1) -> list[Difference]:
    """Every headline number by group, output and year; both tables have the same runs and years."""
    rng = np.random.default_rng(seed)
    runs = embedded["run"].nunique()
    picks = rng.integers(0, runs, (RESAMPLES, runs))
    found = []
    for group in GROUPS:
        for headline in headlines(group):
            before, after = (_wide(table, group, headline.column) * headline.factor for table in (embedded, supplied))
            for at, year in enumerate(sorted(embedded["year"].unique())):
                a, b = before[at], after[at]
                error = float((np.median(b[picks], axis=1) - np.median(a[picks], axis=1)).std(ddof=1))
                qa, qb = (np.quantile(x, list(LEVELS.values())) for x in (a, b))
                found.append(
                    Difference(
                        group, headline.column, headline.text, int(year), float(qa[1]), float(qa[0]), float(qa[2]),
                        float(qb[1]), float(qb[0]), float(qb[2]), float(qb[1] - qa[1]), error,
                        float(qb[0] - qa[0]), float(qb[2] - qa[2]),
                    )
                )  # fmt: skip
    return found


def as_records(rows: list[Difference]) -> list[dict]:
    """The rows as plain dicts with `clear`, for JSON."""
    return [{**asdict(row), "clear": row.clear} for row in rows]


def _wide(table: "pd.DataFrame", group: str, column: str) -> np.ndarray:
    """(years, runs) of one group and column, both in rising order."""
    mine = table[table["gruppe"] == group].sort_values(["year", "run"])
    return mine[column].to_numpy(float).reshape(mine["year"].nunique(), -1)
