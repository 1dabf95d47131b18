"""The tables of a whole study, made from its parts point by point: points, failures, summary, units."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.store.files import StoreError
from sim.store.national import GROUPS, national_schema
from sim.store.panel import field, point_field, unit_column, unit_type
from sim.store.sketch import STATISTICS, Ruler, Sketch, describe, empty_sketch
from sim.store.study import StudyFolder
from sim.store.units import QUANTILES

if TYPE_CHECKING:
    import pyarrow as pa

BUDGET = 6 << 20  # bytes of numbers of the national tables that are in memory at once, as far as one series fits
KEYS = 4  # point, run, year, gruppe


def merged(folder: StudyFolder, point: int) -> Sketch:
    """The summary of all runs of a point. StoreError if a record is damaged."""
    total = empty_sketch(folder.layout.shape, np.uint32)
    for part in range(folder.layout.parts):
        record = folder.read_record(point, part)
        if record is None or record.sketch is None:
            raise StoreError(f"{folder.path / folder.name(point, 'record', part)}: damaged; `resume` computes it anew.")
        total.add(record.sketch)
    return total


def units_schema(folder: StudyFolder) -> "pa.Schema":
    """Columns of units.parquet."""
    import pyarrow as pa

    keys = [
        point_field(), field("year", pa.int16(), "year", "Accounts year."),
        field("kommunenummer", unit_type(), "code", "As in the panel."),
    ]  # fmt: skip
    return pa.schema(keys + [
        field(f"{out.name}_{statistic}", pa.float32(), out.unit, f"{out.text} Over runs: {statistic}.")
        for out in folder.layout.outputs for statistic in STATISTICS
    ])  # fmt: skip


def units_table(folder: StudyFolder, ruler: Ruler, point: int) -> "pa.Table":
    """The rows of a point: year by year, unit by unit."""
    import pyarrow as pa

    layout = folder.layout
    found = describe(merged(folder, point), ruler)
    rows = len(layout.years) * len(layout.units)
    arrays = [
        pa.array(np.full(rows, point, np.int32)),
        pa.array(np.repeat(np.array(layout.years, np.int16), len(layout.units))),
        unit_column(layout.units, len(layout.years)),
    ]
    arrays += [
        pa.array(np.ascontiguousarray(found[k, :, :, s]).reshape(-1).astype(np.float32))
        for k in range(len(layout.outputs)) for s in range(len(STATISTICS))
    ]  # fmt: skip
    return pa.Table.from_arrays(arrays, schema=units_schema(folder))


def summary_schema() -> "pa.Schema":
    """Columns of summary.parquet."""
    import pyarrow as pa

    text = pa.dictionary(pa.int16(), pa.string())
    statistics = [field(name, pa.float64(), "that of the quantity", f"Over runs: {name}.") for name in STATISTICS]
    return pa.schema([
        point_field(), field("year", pa.int16(), "year", "Accounts year."),
        field("gruppe", text, "group", "kommuner or fylkeskommuner."),
        field("quantity", text, "name", "Column of the national table."),
        field("runs", pa.int32(), "runs", "Runs that did not fail."), *statistics,
    ])  # fmt: skip


def summary_table(folder: StudyFolder, point: int) -> "pa.Table":
    """The rows of a point: quantity by quantity, year by year, group by group; exact over runs."""
    import pyarrow as pa

    years, names = folder.layout.years, national_schema(True).names[KEYS:]
    lengths = _lengths(folder, point)
    runs = sum(lengths)
    found = np.empty((len(names), len(years), len(GROUPS), len(STATISTICS)))
    series = max(1, BUDGET // (8 * max(1, runs) * len(GROUPS)))  # so many (column, year) at once
    some_years = min(len(years), series)
    some_names = max(1, series // some_years)
    for at in range(0, len(names), some_names):
        for year in range(0, len(years), some_years):
            columns, span = names[at : at + some_names], slice(year, year + some_years)
            values = _national(folder, point, lengths, columns, span)
            for k in range(len(columns)):
                found[at + k, span] = _statistics(values[k])
    cells = len(years) * len(GROUPS)
    index = np.tile(np.arange(len(GROUPS), dtype=np.int16), len(years) * len(names))
    arrays = [
        pa.array(np.full(cells * len(names), point, np.int32)),
        pa.array(np.tile(np.repeat(np.array(years, np.int16), len(GROUPS)), len(names))),
        pa.DictionaryArray.from_arrays(pa.array(index), list(GROUPS)),
        pa.DictionaryArray.from_arrays(pa.array(np.repeat(np.arange(len(names), dtype=np.int16), cells)), names),
        pa.array(np.full(cells * len(names), runs, np.int32)),
    ]
    table = found.reshape(-1, len(STATISTICS))
    arrays += [pa.array(np.ascontiguousarray(table[:, s])) for s in range(len(STATISTICS))]
    return pa.Table.from_arrays(arrays, schema=summary_schema())


def _lengths(folder: StudyFolder, point: int) -> list[int]:
    """Runs in each national table of a point."""
    import pyarrow.parquet as pq

    rows = len(folder.layout.years) * len(GROUPS)
    paths = [folder.path / folder.name(point, "national", part) for part in range(folder.layout.parts)]
    return [pq.read_metadata(path).num_rows // rows for path in paths]


def _national(folder: StudyFolder, point: int, lengths: list[int], names: Sequence[str], years: slice) -> np.ndarray:
    """(columns, runs, years, groups) float64."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    shape = (len(folder.layout.years), len(GROUPS))
    found = np.empty((len(names), sum(lengths), len(folder.layout.years[years]), len(GROUPS)))
    first = 0
    for part, runs in enumerate(lengths):
        path = folder.path / folder.name(point, "national", part)
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                table = file.read(columns=list(names), use_threads=False)
        except (OSError, pa.ArrowException):
            raise StoreError(f"{path}: damaged; `resume` computes it anew.") from None
        for k, name in enumerate(names):
            found[k, first : first + runs] = table.column(name).to_numpy().reshape(runs, *shape)[:, years]
        first += runs
    return found


def _statistics(column: np.ndarray) -> np.ndarray:
    """column (runs, years, groups) float64, overwritten -> (years, groups, statistics)."""
    if len(column) == 0:
        return np.full((*column.shape[1:], len(STATISTICS)), np.nan)
    sd = column.std(axis=0, ddof=1) if len(column) > 1 else np.full(column.shape[1:], np.nan)
    mean, least, most = column.mean(axis=0), column.min(axis=0), column.max(axis=0)
    quantiles = np.quantile(column, list(QUANTILES.values()), axis=0, overwrite_input=True)
    return np.stack([mean, sd, least, *quantiles, most], axis=-1)


def points_schema(factors: Mapping[str, tuple[str, str, bool]]) -> "pa.Schema":
    """Columns of points.parquet; factors: name -> (unit, text, whether its values are text)."""
    import pyarrow as pa

    fields = [point_field(), field("scenario", pa.string(), "name", "Base scenario.")]
    for name, (unit, text, words) in factors.items():
        kind = pa.string() if words else pa.float64()
        fields.append(pa.field(name, kind, metadata={"unit": unit, "text": text}))
    return pa.schema([
        *fields,
        field("status", pa.string(), "status", "ok, partial (some runs failed), failed (all did), refused (not run)."),
        field("reason", pa.string(), "text", "Why it is not ok."),
        field("runs", pa.int32(), "runs", "Runs that did not fail."),
    ])  # fmt: skip


def failures_schema() -> "pa.Schema":
    """Columns of failures.parquet: every run that failed."""
    import pyarrow as pa

    return pa.schema([
        point_field(), field("run", pa.int32(), "run", "Number of the run."),
        field("reason", pa.string(), "text", "Why it failed."),
    ])  # fmt: skip


def table_of(rows: Sequence[Mapping[str, Any]], schema: "pa.Schema") -> "pa.Table":
    """These rows, with a value for every column, as a table."""
    import pyarrow as pa

    return pa.Table.from_arrays([pa.array([row[one.name] for row in rows], one.type) for one in schema], schema=schema)
