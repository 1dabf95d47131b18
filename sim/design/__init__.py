"""Designs: one file says which scenarios, which factors and how they are sampled; the answer is a frozen Design."""

from sim.design.design import Design
from sim.design.document import difference, from_document
from sim.design.factor import Factor
from sim.design.points import Grid, Point, Points
from sim.design.read import read_design

__all__ = ["Design", "Factor", "Grid", "Point", "Points", "difference", "from_document", "read_design"]
