"""A point of a study as one looks at a result: so that two points are compared as two results are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, printable
from sim.store.national import NATIONAL_KEYS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class StudyPoint:
    """Point `number` of a study (sim.store.study_results.Study), with what sim.analysis.pairing.Stored asks for."""

    study: Any
    number: int

    def __post_init__(self) -> None:
        if self.number not in self.study.points.index:
            last = int(self.study.points.index.max())
            raise UserError(f"{printable(self.study.folder.name)}: has no point {self.number}; it has 0 to {last}.")
        row = self.study.points.loc[self.number]
        if not row["runs"]:
            raise UserError(f"point {self.number} has no runs ({row['status']}: {printable(row['reason'], 120)}).")

    @property
    def folder(self) -> Path:
        """A name of its own beside the study; nothing lies there."""
        return self.study.folder.resolve().parent / f"{self.study.folder.resolve().name}-point-{self.number}"

    @property
    def runs(self) -> int:
        """Runs asked for; those that failed are not among the rows."""
        return self.study.runs

    @property
    def years(self) -> list[int]:
        """Kept years."""
        return self.study.years

    @property
    def outputs(self) -> list[str]:
        """Outputs of the panel; none if the design keeps summaries only."""
        return self.study.outputs

    @property
    def columns(self) -> dict[str, tuple[str, str]]:
        """Unit and text by column."""
        return self.study.columns

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """That of the study, with a name of the point."""
        return self.study.manifest | {"name": f"{self.study.manifest['name']}, point {self.number}"}

    @cached_property
    def scenario(self) -> dict[str, str]:
        """Texts: the base scenario with each factor at its value."""
        row = self.study.points.loc[self.number]
        values = {name: row[name] for name in self.study.factors}
        factors = [f"{n} = {v if isinstance(v, str) else format(float(v), '.6g')}" for n, v in values.items()]
        title = "; ".join([str(row["scenario"]), *factors])
        return {
            "name": self.manifest["name"],
            "title": title,
            "question": self.study.design["question"],
            "expected": "",
        }

    def panel(
        self, outputs: Sequence[str], years: Sequence[int], runs: range, units: Sequence[str] | None = None
    ) -> "pd.DataFrame":
        """As sim.store.Results.panel."""
        frame = self.study.panel(list(outputs), points=[self.number], years=list(years), runs=runs)
        frame = frame.drop(columns="point")
        return frame if units is None else frame[frame["kommunenummer"].isin(list(units))]

    @property
    def national_columns(self) -> list[str]:
        """As sim.store.Results.national_columns."""
        return [name for name in self.study.national_columns if name not in (*NATIONAL_KEYS, "point")]

    def national(self, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """As sim.store.Results.national."""
        return self.study.national(points=[self.number], columns=columns).drop(columns="point")
