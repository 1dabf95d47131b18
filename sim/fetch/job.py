"""From the names of tables to files in a folder that `--data` reads, with a list of sources beside them."""

import csv
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sim.errors import UserError, printable
from sim.fetch import accounts, klass, people
from sim.fetch.client import Client
from sim.fetch.desk import LICENCE, Desk, now
from sim.fetch.errors import FetchError
from sim.fetch.files import alone, sha256, table_bytes, write_whole
from sim.fetch.made import Made

KOMMUNER = Path(__file__).resolve().parents[1] / "data" / "kommuner.csv"
TABLES: dict[str, tuple[str, Callable[[Desk], Made]]] = {
    "07459": ("population by age and kommune", people.population),
    "06913": ("births, deaths, migration", people.components),
    "14746": ("population projection", people.projection),
    "12134": ("KOSTRA key figures", accounts.key_figures),
    "12143": ("KOSTRA debt", accounts.debt),
    "12364": ("KOSTRA basic financial data", accounts.basic_figures),
    "12255": ("KOSTRA schools", accounts.schools),
    "klass": ("names, KOSTRA groups, centrality (Klass 131, 112, 128)", klass.codes),
}
STORE = ".fetch"  # folder of parts and records inside the folder of tables; `--data` reads no folders
SOURCES = "SOURCES.csv"
HEADER = ("file", "table", "publisher", "date", "licence", "coverage", "note", "fetched", "sha256")


def official_folder() -> Path:
    """Where official tables lie unless --to says otherwise: $XDG_DATA_HOME/kommunesim/official."""
    base = os.environ.get("XDG_DATA_HOME", "")
    if not Path(base).is_absolute():
        base = os.path.expanduser("~/.local/share")  # noqa: PTH111 (Path.expanduser raises without a home)
    return Path(base) / "kommunesim" / "official"


def chosen_tables(names: Sequence[str]) -> list[str]:
    """The tables named, each once, in the order of TABLES; all if none is named. FetchError if unknown."""
    wanted = {part.strip() for name in names for part in name.split(",") if part.strip()}
    for name in sorted(wanted):
        if name not in TABLES:
            raise FetchError(f"--tables {printable(name, 40)}: is not one of {', '.join(TABLES)}.")
    return [name for name in TABLES if not wanted or name in wanted]


def fetch_tables(
    names: Sequence[str],
    folder: Path,
    client: Client | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> list[dict[str, Any]]:
    """Fetches tables into `folder`; afterwards each is there whole, or as it was before.

    Returns one record per table: files with SHA-256, rows and coverage, when it was fetched and last changed,
    which codes were chosen, notes. FetchError in one sentence; tables finished before it are kept, and
    finished parts of the one that failed are not asked for again.
    """
    tables = chosen_tables(names)
    client = client or Client(say=say)
    with alone(folder / STORE):
        desk = Desk(client, folder / STORE, known_kommuner(), say)
        records = []
        for table in tables:
            say(f"{table}: {TABLES[table][0]}")
            made = TABLES[table][1](desk)
            records.append(_write(made, folder))
            desk.tidy(table)
            _write_sources(folder)
    return records


def known_kommuner() -> dict[str, str]:
    """kommunenummer -> name of the 357 the model has."""
    with KOMMUNER.open(encoding="utf-8", newline="") as file:
        return {row["kommunenummer"]: row["name"] for row in csv.DictReader(file)}


def _write(made: Made, folder: Path) -> dict[str, Any]:
    """Writes the files of a table and, last, its record; FetchError if it has nothing."""
    files = []
    for file in made.files:
        if not file.rows:
            raise FetchError(f"SSB {made.table}: there is no figure for {file.name}; nothing was written.")
    for file in made.files:
        data = table_bytes(file.name, file.header, file.rows)
        write_whole(folder / file.name, data)
        files.append(
            {
                "file": file.name, "rows": len(file.rows), "kommuner": file.kommuner, "years": file.years,
                "note": file.note, "sha256": sha256(data),
            }
        )  # fmt: skip
    record = {
        "table": made.table, "label": made.label, "source": "Statistics Norway (SSB)", "licence": LICENCE,
        "updated": made.updated, "fetched": now(), "files": files, "codes": made.codes,
        "empty_cells": made.symbols, "parts_sha256": made.parts, "notes": made.notes,
    }  # fmt: skip
    write_whole(folder / STORE / f"{made.table}.json", json.dumps(record, ensure_ascii=False, indent=1).encode())
    return record


def _write_sources(folder: Path) -> None:
    """SOURCES.csv: a row for each file, from the records of all tables fetched so far."""
    rows = []
    for path in sorted((folder / STORE).glob("*.json")):
        try:
            record = json.loads(path.read_bytes())
            for file in record["files"]:
                coverage = f"{file['kommuner']} kommuner, {file['years']}" if file["kommuner"] else file["years"]
                note = "; ".join(filter(None, [file["note"], *record["notes"]]))
                rows.append(
                    [
                        file["file"], f"SSB {record['table']}", record["source"], record["updated"],
                        record["licence"], coverage, note, record["fetched"], file["sha256"],
                    ]
                )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a record somebody has edited: its file simply has no row
    write_whole(folder / SOURCES, table_bytes(SOURCES, HEADER, sorted(rows)))


def check_folder(folder: Path) -> None:
    """UserError unless `folder` is a folder whose tables the model reads."""
    from sim.baseline.sources import read_sources

    if not folder.is_dir():
        raise UserError(f"{printable(folder, 200)}: is not a folder; give a folder of CSV files.")
    read_sources(folder)
