"""Worked cases: small computations of one rule that an expert writes and checks by hand.

`read_cases` reads a TOML or JSON file, `judge` computes one case with the compiled rules of the simulation,
`RULES` declares what each rule takes and gives. The format is described in docs/examples.
"""

from sim.cases.compare import Verdict, judge
from sim.cases.declare import Case, Field, Result, Rule
from sim.cases.read import read_cases
from sim.cases.rules import RULES

__all__ = ["RULES", "Case", "Field", "Result", "Rule", "Verdict", "judge", "read_cases"]
