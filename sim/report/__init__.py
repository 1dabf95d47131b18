"""What a stored result says: a table for the screen, and pages for reading, printing and keeping."""

from sim.report.page import write_page, write_report
from sim.report.sheet import write_sheet
from sim.report.text import summary_table

__all__ = ["summary_table", "write_page", "write_report", "write_sheet"]
