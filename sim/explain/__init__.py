"""Why a kommune did that: the ledger of a year of one unit in one run, as data and in words.

`explain(scenario, world, run, unit, years)` replays the run with the compiled rules of the sweep, so every figure is
the one in the panel.
"""

from sim.explain.entries import Entry, Ledger
from sim.explain.ledger import explain, write_ledger
from sim.explain.replay import OneRun, UnitYear

__all__ = ["Entry", "Ledger", "OneRun", "UnitYear", "explain", "write_ledger"]
