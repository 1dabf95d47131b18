"""A scenario, resolved: what is run, with every lever and assumption at its value."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from sim.params import PARAMS, ROW_DTYPE
from sim.scenario.parameter_set import CALIBRATED, required
from sim.scenario.values import Range, Resolved, plain, resolve
from sim.state import FIRST_YEAR


@dataclass(frozen=True)
class Scenario:
    """Everything that is decided before the first draw. `values` has a value for every parameter.

    `name` is safe as a part of a folder's name; `years` are the accounts years, from FIRST_YEAR; `panel` the
    outputs kept per unit; `start` "drawn" or "median"; `parameters` "calibrated" or "default".
    """

    name: str
    runs: int
    seed: int
    years: tuple[int, ...]
    panel: tuple[str, ...]
    start: str
    values: Mapping[str, Resolved] = field(repr=False)
    title: str = ""
    question: str = ""
    expected: str = ""
    parameters: str = "default"
    drawn: tuple[str, ...] = ()  # assumptions that each run takes from the calibrated set: all it has but those given

    def rows(self, first_run: int, runs: int) -> np.ndarray:
        """Parameters (years, runs) of ROW_DTYPE for runs first_run, first_run + 1, ...

        A range is drawn by address (seed, ASSUMPTION, run, crc32 of the name): the same number in every
        scenario, however many runs, other ranges or years there are. What is `drawn` comes from the calibrated set.
        """
        rows = np.repeat(self._fixed, runs, axis=1)
        for name, value in self.values.items():
            if isinstance(value, Range):
                rows[name] = self._draws(name, value, first_run, runs)
        for name in self.drawn:
            rows[name] = required().column(name, first_run, runs)
        return rows

    def given(self, values: Mapping[str, Resolved]) -> "Scenario":
        """This scenario with these values of levers and assumptions: they go before the calibrated set."""
        drawn = tuple(name for name in self.drawn if name not in values)
        return replace(self, values=MappingProxyType({**self.values, **values}), drawn=drawn)

    @cached_property
    def _fixed(self) -> np.ndarray:
        rows = np.zeros((len(self.years), 1), ROW_DTYPE)
        for name, value in self.values.items():
            if not isinstance(value, Range):
                rows[name][:, 0] = value
        return rows

    def _draws(self, name: str, ends: Range, first_run: int, runs: int) -> np.ndarray:
        from sim.kernel import streams
        from sim.kernel.ranges import shares

        share = np.empty(runs)
        shares(self.seed, streams.ASSUMPTION, first_run, zlib.crc32(name.encode()), share)
        if PARAMS[name].integer:
            return np.minimum(np.floor(ends.low + share * (ends.high - ends.low + 1.0)), ends.high)
        return np.clip(ends.low + share * (ends.high - ends.low), ends.low, ends.high)

    def difference(self, baseline: "Scenario | None" = None) -> list[dict[str, Any]]:
        """The settings that are not those of `baseline` (None: the defaults), in the order of declaration.

        Each has name, kind, unit, baseline, value, text, source; the values as they are written in a file.
        """
        found = []
        for name, param in PARAMS.items():
            before = baseline.values[name] if baseline else resolve(param, None, self.years)
            before_years = baseline.years if baseline else self.years
            ours, theirs = plain(param, self.values[name], self.years), plain(param, before, before_years)
            if baseline is None and self._pinned(name):
                theirs = CALIBRATED
            if ours != theirs and name not in self.drawn:
                found.append({
                    "name": name, "kind": param.kind, "unit": param.unit, "baseline": theirs, "value": ours,
                    "text": param.text, "source": param.source,
                })  # fmt: skip
        return found

    def _pinned(self, name: str) -> bool:
        """Whether the calibrated set has a parameter that this scenario gives a value of its own."""
        return self.parameters == CALIBRATED and name not in self.drawn and name in required().names

    def to_dict(self) -> dict[str, Any]:
        """The scenario as stored: texts, run settings, every lever and assumption, what is not default.

        `parameter_set` says which assumptions each run draws from which table; their values here are the defaults.
        """
        kinds: dict[str, dict[str, object]] = {"lever": {}, "assumption": {}}
        for name, param in PARAMS.items():
            kinds[param.kind][name] = plain(param, self.values[name], self.years)
        return {
            "name": self.name, "title": self.title, "question": self.question, "expected": self.expected,
            "run": {
                "runs": self.runs, "seed": self.seed, "first_year": FIRST_YEAR, "years": len(self.years),
                "start": self.start, "parameters": self.parameters, "panel": list(self.panel),
            },
            "parameter_set": {
                "sha256": required().sha256, "vectors": len(required().vectors), "drawn": list(self.drawn),
            } if self.drawn else None,
            "levers": kinds["lever"], "assumptions": kinds["assumption"], "difference": self.difference(),
        }  # fmt: skip

    def to_json(self) -> str:
        """`to_dict` as canonical JSON: equal scenarios give equal text, on any machine."""
        return json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
