"""Reading a complete result folder into pandas, column by column, with checksums verified."""

import json
from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.store.manifest import a_study, read_manifest
from sim.store.national import NATIONAL_KEYS
from sim.store.panel import KEYS, RUNS_PER_PART, part_path
from sim.store.query import Tables, run_query
from sim.store.reading import Reading, damaged, must_know

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import xarray as xr


class Results(Reading):
    """A complete result."""

    @cached_property
    def scenario(self) -> dict[str, Any]:
        """The resolved scenario as it was run."""
        return json.loads(self._whole("scenario.json").read_bytes())

    @cached_property
    def columns(self) -> dict[str, tuple[str, str]]:
        """Unit and text of every stored column, by name: panel, national and units."""
        names = ("units.parquet", "national.parquet", self._part_name(0))
        return {column: said for name in names for column, said in self._described(name).items()}

    def panel(
        self,
        outputs: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        runs: range | None = None,
        units: Iterable[str] | None = None,
    ) -> "pd.DataFrame":
        """Rows (run, year, kommunenummer) with these outputs (None: all). StoreError on damage.

        Ordered by part, year, run and unit. Only what is asked for is read. `kommunenummer` is a
        categorical of text.
        """
        import pandas as pd

        names = list(self.outputs if outputs is None else outputs)
        wanted = list(self.years if years is None else years)
        _known(names, self.outputs, "output")
        _known(wanted, self.years, "year")
        asked = range(self.runs) if runs is None else range(max(0, runs.start), min(self.runs, runs.stop))
        frames = []
        for part in range(asked.start // RUNS_PER_PART, -(-asked.stop // RUNS_PER_PART) if asked else 0):
            table = self._read(part, [*KEYS, *names], [self.years.index(year) for year in wanted])
            frames.append(_select(table.to_pandas(), asked, units))
        if not frames:
            return self._read(0, [*KEYS, *names], [0]).slice(0, 0).to_pandas()
        return pd.concat(frames, ignore_index=True)

    @cached_property
    def national_columns(self) -> list[str]:
        """Columns of the national table that are no keys."""
        import pyarrow.parquet as pq

        names = pq.read_schema(self._whole("national.parquet")).names
        return [name for name in names if name not in NATIONAL_KEYS]

    def national(self, columns: Iterable[str] | None = None) -> "pd.DataFrame":
        """One row per run, year and group, with these columns (None: all)."""
        names = None if columns is None else list(columns)
        _known(names or [], self.national_columns, "column")
        return self._table("national.parquet", None if names is None else [*NATIONAL_KEYS, *names])

    def units(self) -> "pd.DataFrame":
        """One row per year and unit: mean and quantiles over runs, and probabilities."""
        return self._table("units.parquet")

    def query(self, sql: str) -> "pd.DataFrame":
        """The answer of DuckDB over panel, national and units; nothing else of the machine is seen."""
        names = [name for name in self.manifest["files"] if name.startswith("panel/")]
        tables: Tables = {"panel": [partial(self._whole, name) for name in sorted(names)]}
        tables |= {name: [partial(self._whole, f"{name}.parquet")] for name in ("national", "units")}
        return run_query(tables, sql)

    def to_xarray(self, outputs: Iterable[str] | None = None, years: Iterable[int] | None = None) -> "xr.Dataset":
        """The panel as a Dataset (run, year, kommunenummer) with units; all of it is in memory."""
        frame = self.panel(outputs, years)
        frame["kommunenummer"] = frame["kommunenummer"].astype(str)
        found = frame.set_index(list(KEYS)).to_xarray()
        for name in found.data_vars:
            found[name].attrs = dict(zip(("unit", "text"), self.columns[str(name)], strict=True))
        return found

    def _read(self, part: int, columns: list[str], groups: list[int]) -> "pa.Table":
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self._whole(self._part_name(part))
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                return file.read_row_groups(groups, columns=columns)
        except (OSError, pa.ArrowException):
            raise damaged(path) from None

    def _part_name(self, part: int) -> str:
        return f"panel/{part_path(self.folder, part).name}"

    def _table(self, name: str, columns: list[str] | None = None) -> "pd.DataFrame":
        import pyarrow.parquet as pq

        with pq.ParquetFile(self._whole(name), page_checksum_verification=True) as file:
            return file.read(columns=columns).to_pandas()


def open_results(folder: Path | str) -> Any:
    """The complete result in this folder: Results, or a Study if it holds one.

    StoreError if it is not complete or its manifest was changed.
    """
    from sim.store.study_results import Study

    path = Path(folder)
    manifest = read_manifest(path)
    return Study(path, manifest) if manifest.get("kind") == "study" else Results(path, manifest)


def open_result(folder: Path | str) -> Results:
    """The complete result of one scenario in this folder. StoreError if there is none, or a study."""
    found = open_results(folder)
    if not isinstance(found, Results):
        raise a_study(found.folder)
    return found


def _known(asked: list, there: list, what: str) -> None:
    must_know(asked, there, what, "result")


def _select(frame: "pd.DataFrame", runs: range, units: Iterable[str] | None) -> "pd.DataFrame":
    keep = frame["run"].between(runs.start, runs.stop - 1)
    if units is not None:
        keep &= frame["kommunenummer"].isin(list(units))
    return frame if keep.all() else frame[keep]
