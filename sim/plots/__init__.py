"""Figures of a stored result: `write_figures(folder)`, `plot(request, ...)`. matplotlib comes when one is drawn."""

from sim.plots.kinds import KINDS, kind
from sim.plots.material import Material
from sim.plots.request import Request
from sim.plots.save import FIGURES, FORMATS, plot, write_figures

__all__ = ["FIGURES", "FORMATS", "KINDS", "Material", "Request", "kind", "plot", "write_figures"]
