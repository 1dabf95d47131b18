"""What the report knows of the start: what is official and what is constructed."""

from typing import TYPE_CHECKING

from sim.store import Results

if TYPE_CHECKING:
    from sim.baseline import ColumnStatus


def start_columns() -> "list[ColumnStatus]":
    """The status of every column of the embedded start accounts."""
    from sim.baseline import column_status

    return column_status()


def is_embedded(results: Results) -> bool:
    """True if the result was made from the start accounts that are embedded in this version."""
    from sim.baseline import load_world
    from sim.store.digest import world_hash

    return world_hash(load_world()) == results.manifest["hashes"]["data"]
