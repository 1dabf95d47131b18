"""`run.py data fetch` and `run.py data use`: official tables, when the user asks for them."""

import json
import sys
from pathlib import Path
from typing import Any

from sim.errors import printable


def data_fetch(tables: tuple[str, ...], to: Path | None, as_json: bool, client: Any = None) -> int:
    """Fetch tables of Statistics Norway into `to` (default: the user's own folder) and print what came.

    0; FetchError in one sentence otherwise, with everything that was finished kept. `tables` are numbers such
    as "12143" (also several with commas), none for all. Progress goes to stderr. `client` is for tests.
    """
    from sim.fetch.client import Client
    from sim.fetch.job import fetch_tables, official_folder

    folder = to or official_folder()
    client = client or Client(say=_say)
    records = fetch_tables(tables, folder, client, _say)
    if as_json:
        json.dump({"folder": str(folder), "queries": client.queries, "tables": records}, sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    for record in records:
        for file in record["files"]:
            kommuner = f"{file['kommuner']:>4} kommuner" if file["kommuner"] else " " * 13
            size = f"{file['rows']:>7} rows {kommuner}  {file['years']:<10}"
            print(f"{file['file']:<36} {size} SSB {record['table']}")
        for note in record["notes"]:
            print(f"note: {note}")
    print("Source: Statistics Norway, CC BY 4.0 / NLOD. Use them: run.py data use " + _named(folder, to))
    print(folder)
    return 0


def data_use(what: str) -> int:
    """Record which start data is used without --data: "official", "embedded" or a folder; 0 or UserError."""
    from sim.fetch.choice import choose, config_file

    folder = choose(what)
    print(f"{folder or 'embedded tables'} (recorded in {config_file()})")
    return 0


def _named(folder: Path, to: Path | None) -> str:
    return "official" if to is None else str(folder)


def _say(text: str) -> None:
    print(printable(text, 160), file=sys.stderr)
