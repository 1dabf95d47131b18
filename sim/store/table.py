"""Tables of answers on disk: the same numbers as CSV and as Parquet, with units in the schema."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.store.files import write_file

if TYPE_CHECKING:
    import pandas as pd


def write_table(frame: "pd.DataFrame", path: Path, columns: Mapping[str, tuple[str, str]]) -> list[Path]:
    """Writes <path>.csv and <path>.parquet, each whole or not at all, and returns both.

    columns: name -> (unit, text) of what the schema says of a column; a column that is not in it says nothing.
    Text stands as text, whole numbers as int64, other numbers as float64; the bytes depend on the table only.
    Raises StoreError.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields, arrays = [], []
    for name in frame:
        array = pa.array(frame[name].tolist(), type=_kind(frame[name]))
        unit, text = columns.get(str(name), ("", ""))
        fields.append(pa.field(str(name), array.type, metadata={"unit": unit, "text": text}))
        arrays.append(array)
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_arrays(arrays, schema=pa.schema(fields)), sink, compression="zstd", write_page_checksum=True
    )
    csv = frame.to_csv(index=False, lineterminator="\n").encode()
    written = [path.with_name(f"{path.name}.csv"), path.with_name(f"{path.name}.parquet")]
    for file, data in zip(written, (csv, memoryview(sink.getvalue())), strict=True):
        write_file(file, data)
    return written


def _kind(column: "pd.Series") -> object:
    import pyarrow as pa

    kinds = {"b": pa.bool_(), "i": pa.int64(), "u": pa.int64(), "f": pa.float64()}
    return kinds.get(column.dtype.kind, pa.string())
