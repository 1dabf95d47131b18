"""A case computed and compared."""

from dataclasses import dataclass
from typing import Any

from sim.cases.declare import Case

NOISE = 1e-9  # relative; only where a number is not whole, for decimals have no exact float64


@dataclass(slots=True)
class Verdict:
    """What came out of a case. `diff`: result -> {"expected", "computed"} where they differ."""

    id: str | int
    rule: str
    computed: dict[str, Any]
    diff: dict[str, dict[str, Any]]
    checked: bool = True  # False: the case expects nothing, so nothing was compared

    @property
    def passed(self) -> bool:
        """Nothing that was expected differs."""
        return not self.diff


def judge(case: Case) -> Verdict:
    """Compute `case` by the compiled rule and compare; Misfit if its fields do not fit together."""
    computed = case.rule.compute(case.given)
    diff = {}
    for name, expected in case.expect.items():
        if not same(expected, computed[name], case.tolerance):
            diff[name] = {"expected": plain(expected), "computed": computed[name]}
    return Verdict(case.id, case.rule.name, computed, diff, bool(case.expect))


def same(expected: Any, computed: Any, tolerance: float) -> bool:
    """Equal within `tolerance`, entry by entry; a year or key that a table leaves out is 0."""
    if isinstance(expected, dict):
        keys = expected.keys() | computed.keys()
        return all(close(expected.get(key, 0.0), computed.get(key, 0.0), tolerance) for key in keys)
    if isinstance(expected, list):
        if len(expected) != len(computed):
            return False
        return all(same(a, b, tolerance) for a, b in zip(expected, computed, strict=True))
    if isinstance(expected, str):
        return expected == computed
    return close(expected, computed, tolerance)


def close(expected: float, computed: float, tolerance: float) -> bool:
    """At most `tolerance` apart. Whole numbers are compared exactly, others with the noise of float64."""
    apart = abs(expected - computed)
    if apart <= tolerance:
        return True
    if expected == int(expected) and computed == int(computed):
        return False
    return apart <= tolerance + NOISE * max(1.0, abs(expected), abs(computed))


def plain(value: Any) -> Any:
    """Whole floats as integers, for reading and for JSON; also inside lists and tables."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value
