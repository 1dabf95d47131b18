"""Writes the tables of a result in one format, whole or not at all, with dictionary and citation beside them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.errors import UserError, printable
from sim.export.content import TABLES, ColumnNote, count
from sim.export.safe import cell
from sim.store import Results, open_results
from sim.store.files import make_folder, remove_leftovers, write_file

FORMATS = ("csv", "excel", "parquet", "stata", "latex")
Writer = Callable[[Results, str, Path, int | None], tuple[Path, list[ColumnNote]]]


def export(folder: Path | str, form: str, tables: Sequence[str], place: Path, runs: int | None = None) -> list[Path]:
    """Writes the tables asked for into `place`; the paths of all files, citation and dictionaries among them.

    The same result and the same request give the same bytes. runs: only the first so many. UserError if the
    format or a table is not known, a format cannot hold a table, or the result or the folder is no good.
    """
    if form not in FORMATS:
        raise UserError(f"--to {printable(form)}: there is {', '.join(FORMATS)}.")
    for table in tables:
        if table not in TABLES:
            raise UserError(f"--what {printable(table)}: there is {', '.join(TABLES)}.")
    if runs is not None and runs < 1:
        raise UserError(f"--runs {runs}: give 1 or more.")
    results = open_results(folder)
    make_folder(place)
    remove_leftovers(place)
    if form == "excel":
        from sim.export.excel import write_workbook

        written = write_workbook(results, list(dict.fromkeys(tables)), place, runs)
    elif form == "latex":
        from sim.export.latex import write_latex

        if not isinstance(results, Results):
            raise UserError("--to latex: has the tables of one result; of a study take csv, excel, parquet or stata.")
        written = write_latex(results, list(dict.fromkeys(tables)), place)
    else:
        written = []
        for table in dict.fromkeys(tables):
            path, notes = _writer(form)(results, table, place, runs)
            written += [path, write_dictionary(place / f"{table}_dictionary.csv", notes)]
    return [*written, *write_citation(results, place)]


def _writer(form: str) -> Writer:
    from sim.export import columns, stata

    return {"csv": columns.write_csv, "parquet": columns.write_parquet, "stata": stata.write_stata}[form]


def write_dictionary(path: Path, notes: Sequence[ColumnNote]) -> Path:
    """The data dictionary of a table: a row per column with its unit and meaning."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["column", "short_name", "type", "unit", "meaning"])
    for note in notes:
        writer.writerow([cell(text) for text in (note.column, note.short, note.kind, note.unit, note.text)])
    write_file(path, buffer.getvalue().encode())
    return path


def write_citation(results: Results, place: Path) -> list[Path]:
    """citation.txt and citation.bib, with the digest of the result."""
    from sim.report.citation import bibtex, citation

    lines = [citation(results.manifest), "", "Tables:", *(f"  {name}: {text}" for name, text in TABLES.items())]
    lines += ["", "Sources: Statistics Norway (SSB, CC BY 4.0), Kartverket (CC BY 4.0), the ministries, KS, TBU."]
    lines += ["Finances of single kommuner at the start are constructed, unless they were supplied with --data."]
    texts = {"citation.txt": "\n".join(lines) + "\n", "citation.bib": bibtex(results.manifest)}
    for name, text in texts.items():
        write_file(place / name, text.encode())
    return [place / name for name in texts]


def must_fit(results: Results, table: str, runs: int | None, most: int, form: str) -> None:
    """UserError if the table has more rows than the format can hold."""
    n = count(results, table, runs)
    if n > most:
        fits = max(1, most * (runs or results.runs) // n)
        raise UserError(
            f"--to {form}: {table} has {n:,} rows, most is {most:,}; use --to parquet or csv, or --runs {fits}."
        )
