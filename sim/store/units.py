"""The table of units: for every year and unit the mean and quantiles over runs of each output of the panel.

Exact over all runs and bounded in memory: a task takes one year, as many outputs and units as fit the budget,
and reads just those columns of that year from each part.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from sim.kernel.codes import IN_REGISTER, NEGATIVE_RESULT, WITHOUT_FUND
from sim.store.files import StoreError
from sim.store.panel import KEYS, Layout, encode_tables, field, part_path, unit_column, unit_type

QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
STATISTICS = ("mean", *QUANTILES)
EVENTS = {
    "sannsynlighet_negativ": (NEGATIVE_RESULT, "Share of runs with netto_driftsresultat below 0."),
    "sannsynlighet_robek": (IN_REGISTER, "Share of runs in which it is registered in ROBEK."),
    "sannsynlighet_uten_fond": (WITHOUT_FUND, "Share of runs without disposisjonsfond."),
}
Task = tuple[int, slice, slice]  # index of the year, outputs, units
BUDGET = 48 << 20  # bytes of numbers that one task holds


def tasks(runs: int, years: int, units: int, outputs: int, budget: int = BUDGET) -> Iterator[Task]:
    """Cuts the table so that each number is read once and no task holds more than the budget."""
    series = max(1, budget // (4 * runs))  # how many series of one number per run fit
    some_units = min(units, series)
    some_outputs = min(outputs, max(1, series // units))
    for year in range(years):
        for k in range(0, outputs, some_outputs):
            for u in range(0, units, some_units):
                yield year, slice(k, min(k + some_outputs, outputs)), slice(u, min(u + some_units, units))


def interpolation(runs: int) -> tuple[np.ndarray, ...]:
    """Ranks to find; for each quantile the index of the rank below and above, and the latter's weight."""
    position = np.array(list(QUANTILES.values())) * (runs - 1)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, runs - 1)
    ranks = np.unique(np.concatenate([below, above]))
    return ranks, np.searchsorted(ranks, below), np.searchsorted(ranks, above), position - below


def read_block(folder: Path, layout: Layout, year: int, names: Sequence[str], units: slice) -> np.ndarray:
    """Numbers (outputs, units, runs) float32 of one year. Raises StoreError if a part is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    block = np.empty((len(names), units.stop - units.start, layout.runs), np.float32)
    for part in range(layout.parts):
        path, runs = part_path(folder, part), layout.runs_of(part)
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                table = file.read_row_group(year, columns=list(names), use_threads=False)
        except (OSError, pa.ArrowException):
            raise StoreError(f"{path}: damaged; run the same command again to compute it anew.") from None
        for k, name in enumerate(names):
            numbers = table.column(name).to_numpy().reshape(len(runs), len(layout.units))
            block[k, :, runs.start : runs.stop] = numbers[:, units].T
    return block


def do_task(folder: Path, layout: Layout, task: Task, out: np.ndarray) -> None:
    """Fills the task's part of `out` (years, units, outputs, statistics) float32."""
    from sim.kernel.quantiles import summarise

    year, outputs, units = task
    block = read_block(folder, layout, year, [output.name for output in layout.outputs[outputs]], units)
    ranks, low, high, weight = interpolation(layout.runs)
    found = np.empty((block.shape[1], len(STATISTICS)), np.float32)
    for k in range(block.shape[0]):
        summarise(block[k], low, high, weight, ranks, found)
        out[year, units, outputs.start + k] = found


def encode_units(out: np.ndarray, counts: np.ndarray, layout: Layout) -> memoryview:
    """The bytes of units.parquet. out: filled by `do_task`; counts: (years, units, events) over all runs."""
    import pyarrow as pa

    fields = [
        field("year", pa.int16(), "year", "Accounts year."),
        field("kommunenummer", unit_type(), "code", "As in the panel."),
    ]
    arrays = [
        pa.array(np.repeat(np.array(layout.years, np.int16), len(layout.units))),
        unit_column(layout.units, len(layout.years)),
    ]
    for k, output in enumerate(layout.outputs):
        for s, statistic in enumerate(STATISTICS):
            text = f"{output.text} Over runs: {statistic}."
            fields.append(field(f"{output.name}_{statistic}", pa.float32(), output.unit, text))
            arrays.append(pa.array(np.ascontiguousarray(out[:, :, k, s]).reshape(-1)))
    for name, (event, text) in EVENTS.items():
        fields.append(field(name, pa.float32(), "share of runs", text))
        arrays.append(pa.array((counts[:, :, event] / layout.runs).astype(np.float32).reshape(-1)))
    schema = pa.schema(fields)
    return encode_tables(schema, [pa.Table.from_arrays(arrays, schema=schema)], KEYS[1:])
