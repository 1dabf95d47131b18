"""Designs: one file says which scenarios, which factors and how they are sampled; the answer is a frozen Design."""

from sim.design.design import Design, Factor, Point
from sim.design.document import difference, from_document
from sim.design.read import read_design

__all__ = ["Design", "Factor", "Point", "difference", "from_document", "read_design"]
