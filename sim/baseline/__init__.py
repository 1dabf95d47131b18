"""The world it starts from: tables in, World out. All unit conversion happens here."""

from sim.baseline.labels import load_units, unit_codes
from sim.baseline.status import ColumnStatus, column_status, data_hashes
from sim.baseline.tables import DataError
from sim.baseline.world import load_world

__all__ = [
    "ColumnStatus",
    "DataError",
    "column_status",
    "data_hashes",
    "load_units",
    "load_world",
    "unit_codes",
]
