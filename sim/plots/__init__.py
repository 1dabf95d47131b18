"""Figures of a stored result: `write_figures(folder)`. matplotlib is imported when a figure is drawn."""

from sim.plots.save import FIGURES, write_figures

__all__ = ["FIGURES", "write_figures"]
