"""Sweeps: all runs of a scenario into a result folder, on threads, resumed if interrupted."""

from sim.batch.chunks import IdentityError
from sim.batch.stop import StoppedError
from sim.batch.sweep import run

__all__ = ["IdentityError", "StoppedError", "run"]
