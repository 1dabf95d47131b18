"""Whether the model looks like the world it starts from: facts published, facts simulated, side by side."""

from sim.validate.facts import FACTS, Fact
from sim.validate.judge import Verdict, judge
from sim.validate.paths import Paths, simulate

__all__ = ["FACTS", "Fact", "Paths", "Verdict", "judge", "simulate"]
