"""Excel: one workbook, a sheet per table, one with what the columns are, one with the citation."""

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, printable
from sim.export.columns import whole
from sim.export.content import dictionary
from sim.export.write import must_fit
from sim.report.citation import citation
from sim.store import Results
from sim.store.files import write_file

if TYPE_CHECKING:
    import pandas as pd

MOST = 1_048_575  # rows of a sheet below its head
DATE = (1980, 1, 1, 0, 0, 0)  # of everything in the file: its own would make two exports differ
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def write_workbook(results: Results, tables: list[str], place: Path, runs: int | None) -> list[Path]:
    """kommunesim.xlsx. UserError if a table has more rows than a sheet, or the package that writes it is missing."""
    try:
        import openpyxl
    except ImportError:
        raise UserError("--to excel: takes the package openpyxl; install kommunesim[tables].") from None
    for table in tables:
        must_fit(results, table, runs, MOST, "excel")
    book = openpyxl.Workbook(write_only=True)
    notes: list[tuple[str, ...]] = []
    for table in tables:
        frame = whole(results, table, runs)
        notes += [(table, n.column, n.kind, n.unit, n.text) for n in dictionary(results, frame)]
        _sheet(book, table, list(frame.columns), _values(frame))
    _sheet(book, "dictionary", ["table", "column", "type", "unit", "meaning"], notes)
    _sheet(book, "citation", ["citation"], [(citation(results.manifest),)])
    buffer = io.BytesIO()
    book.save(buffer)
    path = place / "kommunesim.xlsx"
    write_file(path, undated(buffer.getvalue()))
    return [path]


def _sheet(book: Any, name: str, head: list[str], rows: Any) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    cells = []
    for text in head:
        cells.append(WriteOnlyCell(sheet, text))
        cells[-1].font = bold
    sheet.append(cells)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any) -> Any:
    """Numbers as numbers, none where there is none; text as text even if it begins like a formula."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return None if value != value else value
    made = WriteOnlyCell(sheet, printable(value, 32_000))
    made.data_type = "s"
    return made


def _values(frame: "pd.DataFrame") -> Any:
    """Rows of plain Python values."""
    columns = [frame[name].tolist() for name in frame.columns]
    return zip(*columns, strict=True)


def undated(workbook: bytes) -> bytes:
    """The same workbook without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z\g<2>", old.read(entry.filename))
            info = zipfile.ZipInfo(entry.filename, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return made.getvalue()
