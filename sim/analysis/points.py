"""Every point of a study against one of them, run by run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.analysis.compare import NATIONAL, chosen_outputs, chosen_year
from sim.analysis.contrast import contrast
from sim.errors import UserError
from sim.store.national import NATIONAL_KEYS

if TYPE_CHECKING:
    import pandas as pd


def against(
    study: Any, reference: int = 0, outputs: Sequence[str] = (), year: int | None = None, group: str = "kommuner"
) -> "pd.DataFrame":
    """Columns of sim.analysis.contrast by point (the first column) and output, with `unit`, of one year and group.

    One point is in memory at a time. Points without runs are left out (study.missing says why). UserError if the
    reference has none, or an output or the year is unknown.
    """
    import pandas as pd

    points = study.points
    if reference not in points.index or not points.loc[reference, "runs"]:
        last = int(points.index.max())
        raise UserError(f"--reference {reference}: the study has no runs of such a point; it has points 0 to {last}.")
    chosen = chosen_year(year, study.years)
    known = [name for name in study.national_columns if name not in ("point", *NATIONAL_KEYS)]
    names, _ = chosen_outputs(known, [], outputs or NATIONAL)

    def rows(point: int) -> "pd.DataFrame":
        table = study.national(points=[point], columns=names, years=[chosen])
        return table[table["gruppe"] == group]

    first, tables = rows(reference), []
    for point in points.index[(points["runs"] > 0) & (points.index != reference)]:
        tables.append(contrast(first, rows(int(point)), names, ("year",)).assign(point=int(point)))
    if not tables:
        raise UserError("the study has one point with runs: there is nothing to compare it with.")
    found = pd.concat(tables, ignore_index=True)
    found.insert(0, "point", found.pop("point"))
    found.insert(3, "unit", found["output"].map({name: study.national_columns[name][0] for name in names}))
    return found
