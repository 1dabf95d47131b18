"""Whether the model looks like the world it starts from: facts published, facts simulated, side by side."""

from sim.validate.fact import Fact
from sim.validate.facts import START_FACTS
from sim.validate.facts_years import BACKTEST_FACTS, LONG_RUN_FACTS, METHOD_FACTS
from sim.validate.judge import Verdict, against_naive, judge, score
from sim.validate.material import measure_on
from sim.validate.naive import with_naive
from sim.validate.paths import Paths, simulate

FACTS = tuple(with_naive(fact) for fact in (*BACKTEST_FACTS, *START_FACTS, *LONG_RUN_FACTS, *METHOD_FACTS))

__all__ = ["FACTS", "Fact", "Paths", "Verdict", "against_naive", "judge", "measure_on", "score", "simulate"]
