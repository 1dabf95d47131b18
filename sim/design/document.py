"""A design as it is stored (design.json) and back, and what two of them differ in."""

import dataclasses
import json
import math
from typing import Any

from sim.design.design import Design, Factor, Point
from sim.params import PARAMS
from sim.scenario import ScenarioError, from_stored
from sim.scenario.values import BadValue, Given, Range, read_value

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
        "points": [
            {
                "base": point.base, "shares": list(point.shares),
                "settings": {name: plain_given(name, given) for name, given in point.settings.items()},
            }
            for point in design.points
        ],
    }  # fmt: skip


def from_document(document: Any) -> Design:
    """The Design whose `to_document` gave this. ScenarioError if it is not one, or of another version."""
    try:
        bases = tuple(from_stored(base) for base in document["bases"])
        factors = tuple(_read_factor(raw) for raw in document["factors"])
        points = tuple(
            Point(
                number, raw["base"], {name: _read(name, value) for name, value in raw["settings"].items()},
                tuple(raw["shares"]),
            )
            for number, raw in enumerate(document["points"])
        )  # fmt: skip
        texts = (document["name"], document["title"], document["question"])
        return Design(
            *texts, bases, document["runs"], document["seed"], document["sampling"], document["samples"], factors,
            points, tuple(document["panel"]), tuple(document["summary"]), tuple(document["kept"]),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, BadValue) as problem:
        raise ScenarioError(f"the stored design is of another version of the program: {problem}.") from None


def to_json(design: Design) -> str:
    """`to_document` as canonical JSON."""
    return json.dumps(
        to_document(design), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )  # fmt: skip


def difference(ours: Any, theirs: Any, path: str = "") -> str:
    """The first thing in which two documents differ, in words; empty if there is none. `runs` may differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        # the name last: it is that of the file, and says less than what differs in it
        for key in sorted(dict.fromkeys((*ours, *theirs)), key=lambda key: not path and key == "name"):
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
