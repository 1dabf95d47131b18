"""What a stored result says: a table for the screen, and a page for reading, printing and keeping."""

from sim.report.page import write_report
from sim.report.text import summary_table

__all__ = ["summary_table", "write_report"]
