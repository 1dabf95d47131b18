"""The panel: Parquet parts of 100 runs, the same bytes whatever the workers and chunks.

Each part has one row group per year, in it the runs and in each run the units in the order of the World, so
that one year, or one output, can be read without the rest. Floats are split by byte and compressed (a
dictionary of distinct numbers only costs), pages carry a checksum, and the schema says unit and meaning of
every column.
"""

import base64
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.outputs import Output
from sim.store.files import sha256

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

RUNS_PER_PART = 100  # a constant of the format: parts would not be comparable otherwise
COUNTS, ROWS = b"counts", b"national"  # in the metadata of a part: of events; SHA-256 of its rows of national.parquet
KEYS = ("run", "year", "kommunenummer")
BATCH = 1 << 16  # rows handed on at a time: a whole year of a part, an eighth quicker than the usual 1,024
COMPRESSION = "lz4"  # of floats split by byte: as small as zstd at half its time (docs/results.md)


@dataclass(frozen=True)
class Layout:
    """What the rows and columns of a result are: kommunenummer in the order of the World."""

    outputs: tuple[Output, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    runs: int

    @property
    def parts(self) -> int:
        """Number of parts of the panel."""
        return -(-self.runs // RUNS_PER_PART)

    def runs_of(self, part: int) -> range:
        """The runs in this part."""
        return range(part * RUNS_PER_PART, min((part + 1) * RUNS_PER_PART, self.runs))


def part_path(folder: Path, part: int) -> Path:
    """Where a part of the panel lies."""
    return folder / "panel" / f"part-{part:05d}.parquet"


def kommunenummer(kode: np.ndarray, er_fylke: np.ndarray) -> list[str]:
    """Codes as text: four digits, or the two of a fylke for its fylkeskommune."""
    return [f"{code:02d}" if fylke else f"{code:04d}" for code, fylke in zip(kode, er_fylke, strict=True)]


def field(name: str, kind: "pa.DataType", unit: str, text: str) -> "pa.Field":
    """A column of a stored table, with what must be known about it."""
    import pyarrow as pa

    return pa.field(name, kind, nullable=False, metadata={"unit": unit, "text": text})


def unit_type() -> "pa.DataType":
    """kommunenummer is text, stored as indices of the list of units."""
    import pyarrow as pa

    return pa.dictionary(pa.int16(), pa.string())


def point_field() -> "pa.Field":
    """The column that tells the points of a study apart."""
    import pyarrow as pa

    return field("point", pa.int32(), "point", "Number of the point of the design, from 0.")


def key_fields() -> list["pa.Field"]:
    """The three columns that name a row."""
    import pyarrow as pa

    return [
        field("run", pa.int32(), "run", "Number of the possible future, from 0."),
        field("year", pa.int16(), "year", "Accounts year."),
        field("kommunenummer", unit_type(), "code", "Four digits, or the two of a fylke."),
    ]


def panel_schema(outputs: Sequence[Output], point: bool = False) -> "pa.Schema":
    """Keys (with `point` in a study), then the outputs as float32."""
    import pyarrow as pa

    keys = [point_field()] * point + key_fields()
    return pa.schema(keys + [field(out.name, pa.float32(), out.unit, out.text) for out in outputs])


def encode_tables(schema: "pa.Schema", tables: "Iterable[pa.Table]", dictionary: Iterable[str]) -> memoryview:
    """A Parquet file in memory with one row group per table."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with open_writer(sink, schema, dictionary) as writer:
        for table in tables:
            writer.write_table(table, row_group_size=max(1, table.num_rows))
    return memoryview(sink.getvalue())


def open_writer(sink: Any, schema: "pa.Schema", dictionary: Iterable[str]) -> "pq.ParquetWriter":
    """A writer with checksums; `dictionary` names the columns stored as indices, the others are floats."""
    import pyarrow.parquet as pq

    indexed = [name for name in dictionary if name in schema.names]
    plain = [name for name in schema.names if name not in indexed]
    return pq.ParquetWriter(
        sink, schema, compression=COMPRESSION, use_dictionary=indexed,
        write_statistics=indexed, use_byte_stream_split=plain, write_page_checksum=True,
        write_batch_size=BATCH,
    )  # fmt: skip


def encode_part(
    values: np.ndarray, layout: Layout, first_run: int, counts: np.ndarray, national: np.ndarray
) -> memoryview:  # fmt: skip
    """The bytes of a part. values: (outputs, years, runs, units) float32; counts: (years, units, events), kept with
    the part so that runs can be added to a result later; national: its rows (columns, rows) of national.parquet, of
    which the SHA-256 is kept, so that whole rows can be told from damaged ones."""
    runs = np.arange(first_run, first_run + values.shape[2], dtype=np.int32)
    packed = base64.b85encode(zlib.compress(counts.astype("<i4").tobytes(), 1))
    beside = {COUNTS: packed, ROWS: digest_of_rows(national)}
    return encode_runs(values, layout.outputs, layout.years, layout.units, runs, beside=beside)


def digest_of_rows(national: np.ndarray) -> bytes:
    """SHA-256 of rows (columns, rows) of the national table."""
    return sha256(np.ascontiguousarray(national, "<f8").tobytes()).encode()


def read_beside(path: Path, shape: tuple[int, ...]) -> tuple[np.ndarray, bytes]:
    """The counts (years, units, events) that were stored with a part, and `digest_of_rows` of its national rows."""
    import pyarrow.parquet as pq

    beside = pq.read_schema(path).metadata or {}
    counts = np.frombuffer(zlib.decompress(base64.b85decode(beside[COUNTS])), "<i4").reshape(shape)
    return counts.astype(np.int64), beside.get(ROWS, b"")


def encode_runs(
    values: np.ndarray,
    outputs: Sequence[Output],
    years: Sequence[int],
    units: Sequence[str],
    runs: np.ndarray,
    point: int | None = None,
    beside: dict[bytes, bytes] | None = None,
) -> memoryview:
    """The bytes of a file with these runs (int32), one row group per year. values as in `encode_part`."""
    import pyarrow as pa

    schema = panel_schema(outputs, point is not None).with_metadata(beside)
    run, unit = pa.array(np.repeat(runs, len(units))), unit_column(units, len(runs))
    first = [] if point is None else [pa.array(np.full(len(run), point, np.int32))]

    def tables() -> "Iterator[pa.Table]":
        for at, year in enumerate(years):
            numbers = [pa.array(output[at].reshape(-1)) for output in values]
            column = pa.array(np.full(len(run), year, np.int16))
            yield pa.Table.from_arrays([*first, run, column, unit, *numbers], schema=schema)

    return encode_tables(schema, tables(), ("point", *KEYS))


def unit_column(units: Sequence[str], times: int) -> "pa.DictionaryArray":
    """The list of units, that many times."""
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(np.tile(np.arange(len(units), dtype=np.int16), times)), list(units))
