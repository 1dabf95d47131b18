"""Tables of a stored result for other programs: `export(folder, form, tables, place)`, each with its dictionary."""

from sim.export.write import FORMATS, TABLES, export

__all__ = ["FORMATS", "TABLES", "export"]
