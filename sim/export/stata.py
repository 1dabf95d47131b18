"""Stata: .dta with a label on every variable, names of 32 letters at most."""

import datetime
import io
from pathlib import Path

from sim.export.columns import whole
from sim.export.content import ColumnNote, dictionary
from sim.export.write import must_fit
from sim.store import Results
from sim.store.files import write_file

STAMP = datetime.datetime(2026, 1, 1)  # of every file: a date of its own would make two exports differ
LABEL = 80  # letters
MOST = 20_000_000  # rows held in memory at once


def write_stata(results: Results, table: str, place: Path, runs: int | None) -> tuple[Path, list[ColumnNote]]:
    """<table>.dta (format 118, Stata 14 and later). UserError if the table is too large to be held in memory."""
    must_fit(results, table, runs, MOST, "stata")
    frame = whole(results, table, runs)
    notes = dictionary(results, frame)
    labels = {note.short: f"{note.text} [{note.unit}]"[:LABEL] for note in notes}
    frame.columns = [note.short for note in notes]
    buffer = io.BytesIO()
    label = f"kommunesim {table}, digest {results.manifest['hashes']['digest'][:16]}"
    frame.to_stata(
        buffer, write_index=False, time_stamp=STAMP, data_label=label, variable_labels=labels, version=118
    )  # fmt: skip
    path = place / f"{table}.dta"
    write_file(path, buffer.getvalue())
    return path, notes
