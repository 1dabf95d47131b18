"""Reading a complete study: points, summaries, runs, with every byte that is read verified first."""

import json
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import printable
from sim.store.files import StoreError
from sim.store.packed import unpack
from sim.store.panel import RUNS_PER_PART
from sim.store.query import Tables, run_query
from sim.store.reading import Reading, damaged, must_know
from sim.store.sketch import STATISTICS
from sim.store.study import RUNS_PER_RECORD

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import xarray as xr

KEYS = {
    "national": ("point", "run", "year", "gruppe"),
    "panel": ("point", "run", "year", "kommunenummer"),
    "units": ("point", "year", "kommunenummer"),
    "summary": ("point", "year", "gruppe", "quantity"),
}


class Study(Reading):
    """A complete study."""

    @cached_property
    def design(self) -> dict[str, Any]:
        """The design as it was run, with every point."""
        return json.loads(self._whole("design.json").read_bytes())

    @property
    def factors(self) -> list[str]:
        """Names of what varies besides the scenario."""
        return [factor["name"] for factor in self.design["factors"]]

    @cached_property
    def points(self) -> "pd.DataFrame":
        """A row per point, indexed by its number: scenario, each factor, status, reason, runs."""
        return self._table("points.parquet").to_pandas().set_index("point")

    @cached_property
    def shares(self) -> "pd.DataFrame":
        """Where sampled points lie: a number from 0 to 1 per factor (lhs, sobol, morris; else without columns)."""
        import pandas as pd

        said = self.design["points"]
        every = pd.RangeIndex(said["count"], name="point")
        if "shares" not in said:
            return pd.DataFrame(index=every)
        shares = unpack(said["shares"], len(self.factors))
        return pd.DataFrame(np.tile(shares, (len(every) // len(shares), 1)), index=every, columns=self.factors)

    @property
    def missing(self) -> "pd.DataFrame":
        """What is not there and why: point, run (-1: every run of the point), reason."""
        import pandas as pd

        points = self.points
        none = points[points["status"] == "refused"]
        refused = pd.DataFrame({"point": none.index, "run": -1, "reason": none["reason"].to_numpy()})
        found = pd.concat([refused, self._table("failures.parquet").to_pandas()], ignore_index=True)
        return found.sort_values(["point", "run"], ignore_index=True).astype({"point": "int32", "run": "int32"})

    @cached_property
    def columns(self) -> dict[str, tuple[str, str]]:
        """Unit and text of every column, by name: summary, units, national, panel."""
        names = ["points.parquet", "summary.parquet", "units.parquet", *self._files("panel")[:1]]
        found: dict[str, tuple[str, str]] = {}
        for name in names:
            found |= self._described(name)
        return found | self.national_columns

    @cached_property
    def national_columns(self) -> dict[str, tuple[str, str]]:
        """Unit and text of every column of the national table."""
        return {name: said for file in self._files("national")[:1] for name, said in self._described(file).items()}

    def summary(self, output: str | None = None) -> "pd.DataFrame":
        """Statistics over runs of a column of the national table, by point, year and group; None: of all."""
        import pyarrow.compute as pc

        table = self._table("summary.parquet", filters=None if output is None else pc.field("quantity") == output)
        frame = table.to_pandas()
        if output is None:
            return frame
        if not len(frame):
            known = self._table("summary.parquet", columns=["quantity"]).column(0).unique().to_pylist()
            _known([output], known, "quantity")
        return frame.drop(columns="quantity")

    def units(self, points: Iterable[int] | None = None, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """Statistics over runs of each summarised output, by point, year and unit."""
        import pyarrow.compute as pc

        keep = None if points is None else pc.field("point").isin(self._points(points))
        names = None if columns is None else [*KEYS["units"], *columns]
        return self._table("units.parquet", columns=names, filters=keep).to_pandas()

    def national(
        self, points: Iterable[int] | None = None, columns: Sequence[str] | None = None,
        years: Iterable[int] | None = None,
    ) -> "pd.DataFrame":  # fmt: skip
        """A row per point, run, year and group, with these columns (None: all)."""
        return self._rows("national", points, columns, years)

    def panel(
        self, columns: Sequence[str] | None = None, points: Iterable[int] | None = None,
        years: Iterable[int] | None = None, runs: range | None = None,
    ) -> "pd.DataFrame":  # fmt: skip
        """A row per point, run, year and unit, with these outputs (None: all of the panel)."""
        if not self.outputs:
            raise StoreError(
                f"{printable(self.folder, 200)}: the design keeps no panel; name outputs in [outputs] panel."
            )
        names = list(self.outputs if columns is None else columns)
        _known(names, self.outputs, "output")
        return self._rows("panel", points, names, years, runs)

    def to_xarray(self, outputs: Sequence[str] | None = None) -> "xr.Dataset":
        """Statistics of columns of the national table: a Dataset (point, year, gruppe, statistic) with units."""
        import xarray as xr

        frame = self.summary()
        names = list(frame["quantity"].cat.categories if outputs is None else outputs)
        groups, numbers = list(frame["gruppe"].cat.categories), list(frame["point"].unique())
        shape = (len(numbers), len(self.years), len(groups), len(STATISTICS))
        found = {}
        for name in names:
            values = self.summary(name)[list(STATISTICS)].to_numpy().reshape(shape)
            unit, text = self.national_columns[name]
            found[name] = (("point", "year", "gruppe", "statistic"), values, {"unit": unit, "text": text})
        axes = {"point": numbers, "year": self.years, "gruppe": groups, "statistic": list(STATISTICS)}
        points = self.points.loc[numbers]
        beside = {name: ("point", points[name].to_numpy()) for name in ("scenario", *self.factors)}
        return xr.Dataset(found, axes | beside)

    def query(self, sql: str) -> "pd.DataFrame":
        """The answer of DuckDB over points, failures, summary, units, national and panel; nothing else is seen."""
        names: Tables = {
            name: [self._whole(f"{name}.parquet")] for name in ("points", "failures", "summary", "units")
        }  # fmt: skip
        for kind in ("national", "panel"):
            names[kind] = [partial(self._whole, name) for name in self._files(kind)]
        return run_query(names, sql)

    def _points(self, points: Iterable[int]) -> list[int]:
        asked = list(points)
        _known(asked, range(self.manifest["points"]), "point")
        return asked

    def _files(self, kind: str, points: Iterable[int] | None = None, runs: range | None = None) -> list[str]:
        """Names of the files of a kind, in the order of points and runs."""
        wanted = None if points is None else {f"{point:05d}" for point in self._points(points)}
        length = RUNS_PER_PART if kind == "panel" else RUNS_PER_RECORD
        found = []
        for name in self.manifest["files"]:
            folder, _, file = name.rpartition("/")
            if not file.startswith(f"{kind}-") or not folder:
                continue
            number = int(file[len(kind) + 1 :].split(".")[0])
            if runs is not None and not range(max(runs.start, number * length), min(runs.stop, (number + 1) * length)):
                continue
            if wanted is None or folder.rpartition("/")[2] in wanted:
                found.append(name)
        return sorted(found)

    def _rows(
        self, kind: str, points: Iterable[int] | None, columns: Sequence[str] | None, years: Iterable[int] | None,
        runs: range | None = None,
    ) -> "pd.DataFrame":  # fmt: skip
        import pyarrow as pa
        import pyarrow.compute as pc

        names = None if columns is None else [*KEYS[kind], *columns]
        keep = None
        if years is not None:
            asked = list(years)
            _known(asked, self.years, "year")
            keep = pc.field("year").isin(asked)
        if runs is not None:
            chosen = (pc.field("run") >= runs.start) & (pc.field("run") < runs.stop)
            keep = chosen if keep is None else keep & chosen
        tables = [self._table(name, names, keep) for name in self._files(kind, points, runs)]
        if not tables:
            some = self._files(kind)[:1]
            if not some:
                raise StoreError(f"{printable(self.folder, 200)}: no point could be run; see `points`.")
            tables = [self._table(some[0], names, keep).slice(0, 0)]
        return pa.concat_tables(tables).to_pandas()

    def _table(self, name: str, columns: Sequence[str] | None = None, filters: Any = None) -> "pa.Table":
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self._whole(name)
        if columns is not None:
            _known(list(columns), pq.read_schema(path).names, "column")
        try:
            return pq.read_table(
                path, columns=columns, filters=filters, page_checksum_verification=True, partitioning=None
            )  # fmt: skip
        except (OSError, pa.ArrowException):
            raise damaged(path) from None


def _known(asked: Iterable, there: Iterable, what: str) -> None:
    must_know(asked, there, what, "study")
