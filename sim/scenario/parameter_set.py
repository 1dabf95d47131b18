"""The calibrated set: parameter vectors that agree with what is published, made by sim.calibrate.

Run r takes vector r mod n, so paired scenarios have the same vector in the same run, and every vector is used alike.
"""

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import UserError
from sim.params import PARAMS

DATA = Path(__file__).resolve().parents[1] / "data"
TABLE, ABOUT = "parameter_sets.csv", "parameter_sets.json"
CALIBRATED, DEFAULT = "calibrated", "default"
AGAIN = "run 'calibrate --release' again, or set parameters = \"default\""


@dataclass(frozen=True)
class ParameterSet:
    """`vectors` (n, names); `about` is the provenance: seed, rules, date, moments, priors, what is identified."""

    names: tuple[str, ...]
    vectors: np.ndarray
    sha256: str
    about: dict[str, Any]

    def column(self, name: str, first_run: int, runs: int) -> np.ndarray:
        """The values of one parameter in runs first_run, first_run + 1, ..."""
        at = np.arange(first_run, first_run + runs) % len(self.vectors)
        return self.vectors[at, self.names.index(name)]

    def ends(self, name: str) -> tuple[float, float]:
        """The lowest and the highest value in the set."""
        values = self.vectors[:, self.names.index(name)]
        return float(values.min()), float(values.max())


def encode(names: tuple[str, ...], vectors: np.ndarray) -> bytes:
    """The table as its file holds it: seven significant digits."""
    lines = [",".join(names), *(",".join(f"{x:.7g}" for x in row) for row in vectors)]
    return ("\n".join(lines) + "\n").encode()


@cache
def load_set(folder: Path = DATA) -> ParameterSet | None:
    """The set of `folder`, None if it has none. UserError if the table is not the one that its provenance names."""
    if not (folder / TABLE).is_file():
        return None
    content = (folder / TABLE).read_bytes()
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    found = hashlib.sha256(content).hexdigest()
    if found != about["sha256"]:
        raise UserError(f"{TABLE}: is not the table that {ABOUT} names (SHA-256 {found[:12]}); {AGAIN}.")
    rows = list(csv.reader(io.StringIO(content.decode())))
    names = tuple(rows[0])
    unknown = [name for name in names if name not in PARAMS]
    if unknown:
        raise UserError(f"{TABLE}:1: '{unknown[0]}' is no assumption of this version; {AGAIN}.")
    return ParameterSet(names, np.array(rows[1:], float), found, about)


def required(folder: Path = DATA) -> ParameterSet:
    """The set; UserError if there is none."""
    chosen = load_set(folder)
    if chosen is None:
        raise UserError(f'parameters = "calibrated": there is no {TABLE}; {AGAIN}.')
    return chosen
