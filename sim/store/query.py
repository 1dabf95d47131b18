"""Tables larger than memory: SQL over stored Parquet through DuckDB, which sees nothing else of the machine."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import printable
from sim.store.files import StoreError

if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, Sequence[Path | Callable[[], Path]]]  # name -> its files; a function verifies its file when called


def run_query(tables: Tables, sql: str) -> "pd.DataFrame":
    """The answer to `sql` over these tables as a DataFrame. StoreError if DuckDB cannot answer.

    Only tables that the text names are opened; files are read in pieces, and only the columns that are needed.
    """
    try:
        import duckdb
    except ImportError:
        raise StoreError('query needs DuckDB: pip install "kommunesim[tables]".') from None
    import pyarrow as pa
    import pyarrow.dataset as ds

    checked = ds.ParquetFileFormat(default_fragment_scan_options=ds.ParquetFragmentScanOptions(
        page_checksum_verification=True))  # fmt: skip
    with duckdb.connect(":memory:", config={"python_enable_replacements": False}) as connection:
        for name, files in tables.items():
            if files and re.search(rf"\b{name}\b", sql, re.IGNORECASE):
                paths = [str(file if isinstance(file, Path) else file()) for file in files]
                connection.register(name, ds.dataset(paths, format=checked))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            return connection.execute(sql).df()
        except (duckdb.Error, pa.ArrowException, OSError) as problem:
            raise StoreError(f"the query cannot be answered: {printable(problem, 300)}") from None
