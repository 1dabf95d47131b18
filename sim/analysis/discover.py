"""Scenario discovery: which combinations of factors lead to what one looks out for."""

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.prim import Box, prim
from sim.analysis.sample import Sample, samples
from sim.errors import UserError, printable

if TYPE_CHECKING:
    import pandas as pd

COMPARE = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
FORM = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(>=|<=|>|<)\s*([-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)\s*")


@dataclass(frozen=True)
class Condition:
    """`output sign limit`, for instance robek > 40."""

    output: str
    sign: str
    limit: float

    def holds(self, values: np.ndarray) -> np.ndarray:
        """Where it is true."""
        return COMPARE[self.sign](values, self.limit)

    def __str__(self) -> str:
        return f"{self.output} {self.sign} {self.limit:g}"


@dataclass(frozen=True)
class Discovery:
    """What was found in the points of one base scenario. interest: (points,) bool."""

    sample: Sample
    conditions: tuple[Condition, ...]
    interest: np.ndarray
    boxes: list[Box]


def conditions_of(texts: tuple[str, ...]) -> tuple[Condition, ...]:
    """The conditions, all of which must hold; several in a text are joined by "and". UserError for any other form."""
    found = []
    for text in texts:
        for part in re.split(r"\band\b", text):
            match = FORM.fullmatch(part)
            if match is None:
                raise UserError(
                    f"--when {printable(part)!r}: write an output, one of > >= < <= and a number, "
                    'for example --when "robek > 40".'
                )
            found.append(Condition(match[1], match[2], float(match[3])))
    if not found:
        raise UserError('--when is missing: say what to look out for, for example --when "robek > 40".')
    return tuple(found)


def discover(
    result: Any,
    texts: tuple[str, ...],
    year: int | None = None,
    group: str = "kommuner",
    share: float = 0.5,
    density: float = 0.8,
    boxes: int = 1,
) -> list[Discovery]:
    """Boxes per base scenario. A point is of interest if the conditions hold in at least `share` of its runs.

    UserError if a condition cannot be read, an output is unknown, a point is missing, or in no base scenario
    some but not all points are of interest: then there is nothing to tell apart.
    """
    conditions = conditions_of(texts)
    found = []
    for sample in samples(result, [condition.output for condition in conditions], year, group):
        holds = np.logical_and.reduce([
            condition.holds(sample.y[name]) for condition in conditions for name in [_name(sample, condition)]
        ])  # fmt: skip
        interest = holds.mean(axis=1) >= share
        some = interest.any() and not interest.all()
        found.append(Discovery(sample, conditions, interest, prim(sample.x, interest, density, boxes) if some else []))
    if all(one.interest.all() or not one.interest.any() for one in found):
        sample = found[0].sample
        which = "every point" if found[0].interest.all() else "no point"
        ends = "; ".join(f"{name} lies between {y.min():.6g} and {y.max():.6g}" for name, y in sample.y.items())
        raise UserError(
            f"{' and '.join(str(c) for c in conditions)} holds at {which} in {sample.year}: there is nothing to tell "
            f"apart ({ends}); choose another limit."
        )
    return found


def _name(sample: Sample, condition: Condition) -> str:
    from sim.analysis.sample import SAME_THING

    return condition.output if condition.output in sample.y else SAME_THING[condition.output]


def box_table(found: list[Discovery]) -> "pd.DataFrame":
    """A row per base scenario, box and limited factor: its ends (NaN: open), quasi-p-value, the box's numbers."""
    import pandas as pd

    rows = []
    for one in found:
        for number, box in enumerate(one.boxes, 1):
            for factor in sorted(box.chance, key=lambda f: box.chance[f]):
                low, high = float(box.low[factor]), float(box.high[factor])
                rows.append({
                    "scenario": one.sample.scenario, "box": number, "factor": one.sample.factors[factor],
                    "low": low if np.isfinite(low) else np.nan, "high": high if np.isfinite(high) else np.nan,
                    "range_low": float(one.sample.bounds[factor, 0]), "range_high": float(one.sample.bounds[factor, 1]),
                    "chance": box.chance[factor], "coverage": box.coverage, "density": box.density,
                    "support": box.support, "share_of_interest": float(one.interest.mean()),
                    "points": len(one.interest),
                })  # fmt: skip
    columns = (
        "scenario", "box", "factor", "low", "high", "range_low", "range_high", "chance", "coverage", "density",
        "support", "share_of_interest", "points",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))
