"""What the report knows of the start: what is official and what is constructed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.store import Results
from sim.words.start import start_text

if TYPE_CHECKING:
    from sim.baseline import ColumnStatus


def start_columns(lang: str = "en") -> "list[ColumnStatus]":
    """The status of every column of the embedded start accounts, in this language."""
    from sim.baseline import column_status

    def told(row: "ColumnStatus") -> "ColumnStatus":
        column, source, spread, note = (
            start_text(said, lang) for said in (row.column, row.source, row.spread, row.note)
        )
        return replace(row, column=column, source=source, spread=spread, note=note)

    return [told(row) for row in column_status()]


def is_embedded(results: Results) -> bool:
    """True if the result was made from the start accounts that are embedded in this version."""
    from sim.baseline import load_world
    from sim.store.digest import world_hash

    return world_hash(load_world()) == results.manifest["hashes"]["data"]
