"""A design as it is stored (design.json) and back, and what two of them differ in."""

import dataclasses
import json
import math
from collections.abc import Sequence
from typing import Any

from sim.design.design import Design
from sim.design.factor import Factor
from sim.design.points import Grid, Listed, OneAtATime, Point, Points, Sampled
from sim.params import PARAMS
from sim.scenario import ScenarioError, from_stored
from sim.scenario.values import Given, Range, read_value
from sim.store.packed import pack, unpack

KEYS = (
    "name", "title", "question", "runs", "seed", "sampling", "samples", "panel", "summary", "kept", "bases", "factors",
    "points",
)  # fmt: skip


def to_document(design: Design) -> dict[str, Any]:
    """Everything of a design as JSON values: equal designs give equal documents."""
    return {
        "name": design.name, "title": design.title, "question": design.question, "runs": design.runs,
        "seed": design.seed, "sampling": design.sampling, "samples": design.samples, "panel": list(design.panel),
        "summary": list(design.summary), "kept": list(design.kept),
        "bases": [base.to_dict() for base in design.bases], "factors": [_factor(factor) for factor in design.factors],
        "points": _points(design.points),
    }  # fmt: skip


def from_document(document: Any) -> Design:
    """The Design whose `to_document` gave this. ScenarioError if it is not one, or of another version."""
    try:
        bases = tuple(from_stored(base) for base in document["bases"])
        factors = tuple(_read_factor(raw) for raw in document["factors"])
        points = _read_points(document["sampling"], factors, len(bases), document["points"])
        texts = (document["name"], document["title"], document["question"])
        return Design(
            *texts, bases, document["runs"], document["seed"], document["sampling"], document["samples"], factors,
            points, tuple(document["panel"]), tuple(document["summary"]), tuple(document["kept"]),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as problem:
        raise ScenarioError(f"the stored design is of another version of the program: {problem}.") from None


def _points(points: Sequence[Point]) -> dict[str, Any]:
    """How many there are, and what their settings do not follow from: packed, since there may be 100,000."""
    assert isinstance(points, Points)
    found: dict[str, Any] = {"count": len(points)}
    if isinstance(points.plan, Sampled):
        found["shares"] = pack(points.plan.shares)
    if isinstance(points.plan, Listed):
        found["values"] = pack(points.plan.values)
        found["chosen"] = None if points.plan.chosen is None else pack(points.plan.chosen)
    return found


def _read_points(sampling: str, factors: tuple[Factor, ...], bases: int, raw: dict[str, Any]) -> Points:
    """The points again. KeyError or ValueError if they are none of this design."""
    k = len(factors)
    if sampling == "grid":
        found = Points(Grid(factors, bases))
    elif sampling == "oat":
        found = Points(OneAtATime(factors, bases))
    elif sampling == "list":
        chosen = None if raw["chosen"] is None else unpack(raw["chosen"], 1)[:, 0].astype("int32")
        values = unpack(raw["values"], k) if k or chosen is None else unpack("", 1).reshape(len(chosen), 0)
        found = Points(Listed(factors, bases, values.astype("int32"), chosen))
    else:
        found = Points(Sampled(factors, bases, unpack(raw["shares"], k)))
    if len(found) != raw["count"] or not found.plan.makes_sense():
        raise ValueError("its points are not those of its factors")
    return found


def to_json(design: Design) -> str:
    """`to_document` as canonical JSON."""
    return json.dumps(
        to_document(design), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )  # fmt: skip


def difference(ours: Any, theirs: Any, path: str = "") -> str:
    """The first thing in which two documents differ, in words; empty if there is none. `runs` may differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        # points and name last: they follow from the rest and from the file, and say less than what differs there
        for key in sorted(dict.fromkeys((*ours, *theirs)), key=lambda key: not path and key in ("points", "name")):
            if key == "runs":
                continue
            if key not in ours or key not in theirs:
                return f"{path}{key} is given in only one of them"
            found = difference(ours[key], theirs[key], f"{path}{key}.")
            if found:
                return found
        return ""
    if isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            return f"{path.rstrip('.')} has {len(ours)} entries in one and {len(theirs)} in the other"
        return next((found for i, pair in enumerate(zip(ours, theirs, strict=True))
                     if (found := difference(*pair, f"{path}{i}."))), "")  # fmt: skip
    if ours != theirs:
        return f"{path.rstrip('.')} is {str(ours)[:60]} in one and {str(theirs)[:60]} in the other"
    return ""


def plain_given(name: str, given: Given) -> object:
    """A value as it is written in a file."""
    param = PARAMS[name]
    if isinstance(given, Range):
        return {"low": given.low, "high": given.high}
    if isinstance(given, int | float):
        if param.choices:
            return param.choices[int(given)]
        return int(given) if param.integer else float(given)
    return {str(year): plain_given(name, value) for year, value in given.items()}


def _read(name: str, raw: object) -> Given:
    return read_value(PARAMS[name], raw, str(raw))


def _factor(factor: Factor) -> dict[str, Any]:
    described: dict[str, Any] = {"name": factor.name, "kind": factor.param.kind, "unit": factor.param.unit}
    if factor.values:
        described["values"] = [plain_given(factor.name, value) for value in factor.values]
    else:
        described |= {"low": factor.low, "high": factor.high, "scale": "log" if factor.log else "linear"}
    return described if factor.since is None else described | {"from": factor.since}


def _read_factor(raw: dict[str, Any]) -> Factor:
    factor = Factor(PARAMS[raw["name"]], since=raw.get("from"))
    if "values" in raw:
        return dataclasses.replace(factor, values=tuple(_read(raw["name"], value) for value in raw["values"]))
    low, high = float(raw["low"]), float(raw["high"])
    if not math.isfinite(low + high):
        raise KeyError(raw["name"])
    return dataclasses.replace(factor, low=low, high=high, log=raw["scale"] == "log")
