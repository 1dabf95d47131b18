"""CSV and Parquet, written piece by piece: a panel of any size in bounded memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.export.content import ColumnNote, dictionary, rows
from sim.export.safe import safe
from sim.report.citation import citation
from sim.store import Results
from sim.store.files import replacing

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def write_csv(results: Results, table: str, place: Path, runs: int | None) -> tuple[Path, list[ColumnNote]]:
    """<table>.csv: UTF-8, commas, a point in decimals, empty where there is no number, every text in quotes."""
    from pyarrow import csv

    path, notes = place / f"{table}.csv", None
    with replacing(path) as temporary:
        writer = None
        try:
            for frame in rows(results, table, runs):
                notes = notes or dictionary(results, frame)
                piece = _arrow(safe(frame), notes, decimals_as_stored=True)
                writer = writer or csv.CSVWriter(str(temporary), piece.schema)
                writer.write_table(piece)
        finally:
            if writer is not None:
                writer.close()
    return path, notes or []


def write_parquet(results: Results, table: str, place: Path, runs: int | None) -> tuple[Path, list[ColumnNote]]:
    """<table>.parquet as R, Stata and others read it: text, int32 and double, snappy; no categories.

    Unit and meaning are metadata of each column, the citation of the file.
    """
    import pyarrow.parquet as pq

    path, notes = place / f"{table}.parquet", None
    with replacing(path) as temporary:
        writer = None
        try:
            for frame in rows(results, table, runs):
                notes = notes or dictionary(results, frame)
                piece = _arrow(frame, notes)
                schema = piece.schema.with_metadata({"citation": citation(results.manifest)})
                writer = writer or pq.ParquetWriter(str(temporary), schema, compression="snappy", version="1.0")
                writer.write_table(piece.cast(schema))
        finally:
            if writer is not None:
                writer.close()
    return path, notes or []


def _arrow(frame: "pd.DataFrame", notes: list[ColumnNote], decimals_as_stored: bool = False) -> "pa.Table":
    import pyarrow as pa

    kinds = {"text": pa.string(), "whole number": pa.int32(), "number": pa.float64()}
    fields, arrays = [], []
    for note in notes:
        values = frame[note.column]
        kind = kinds[note.kind]
        if decimals_as_stored and str(values.dtype) == "float32":
            kind = pa.float32()  # 0.1 of 32 bits is written 0.1
        elif decimals_as_stored and _whole_and_large(values):
            kind = pa.int64()  # kroner of the nation with every digit, not 4.58e+11
        arrays.append(pa.array(values, type=kind, from_pandas=True))
        fields.append(pa.field(note.column, kind, metadata={"unit": note.unit, "text": note.text}))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _whole_and_large(values: "pd.Series") -> bool:
    """Float64 without decimals, too large to be written without an exponent."""
    if str(values.dtype) != "float64":
        return False
    known = values.dropna()
    return bool(len(known)) and bool((known == known.round()).all()) and 1e9 < float(known.abs().max()) < 2.0**53


def whole(results: Results, table: str, runs: int | None) -> "pd.DataFrame":
    """The whole table at once, for formats that cannot be written in pieces."""
    import pandas as pd

    pieces: Iterator[pd.DataFrame] = rows(results, table, runs)
    return pd.concat(pieces, ignore_index=True)
