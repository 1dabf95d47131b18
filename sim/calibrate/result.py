"""What a calibration leaves: the accepted vectors, and a file that says where they come from and what they show."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.calibrate import moments
from sim.calibrate.engine import Done
from sim.calibrate.priors import NAMES, PRIORS, from_unit
from sim.calibrate.waves import NEAR_ENOUGH, accept
from sim.params import PARAMS
from sim.scenario.parameter_set import ABOUT, TABLE, encode
from sim.store.digest import rules_hash
from sim.store.files import sha256, write_file

KEEP = 300
# identified: standard deviation below this share of the prior's, or Kolmogorov-Smirnov distance from it above this
NARROWED, MOVED = 0.75, 0.25
SLIGHTLY = 0.15  # the distance that counts as weakly identified


def summarise(done: Done, runs: int, seed: int, sets: int, waves: int, keep: int = KEEP) -> tuple[np.ndarray, dict]:
    """The accepted vectors (keep, parameters) and their provenance, ready for JSON."""
    away = moments.implausibility(done.mean, done.spread, runs)
    distance, worst = moments.distance(done.mean, done.spread, runs), away.max(axis=1)
    chosen = accept(done.wave, distance, worst, min(keep, len(distance) // 2), seed)
    vectors = from_unit(done.wave.points[chosen])
    about = {
        "status": "calibrated: never an official figure; see docs/calibration.md",
        "sha256": sha256(encode(NAMES, vectors)), "vectors": len(vectors),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "seed": seed, "sets_per_wave": sets, "waves": waves, "runs_per_set": runs, "rules": rules_hash(),
        "reproduce": f"run.py calibrate --sets {sets} --waves {waves} --runs {runs} --seed {seed}",
        "effective_sets_in_last_wave": round(float(1.0 / (done.wave.weights**2).sum()), 1),
        "share_near_enough": round(float((worst < NEAR_ENOUGH).mean()), 4),
        "all_accepted_near_enough": bool((worst[chosen] < NEAR_ENOUGH).all()),
        "distance": {"nearest": _r(distance.min()), "accepted": _r(distance[chosen].mean())},
        "moments": [
            {**row, "accepted": _r(done.mean[chosen, j].mean()), "spread_over_sets": _r(done.mean[chosen, j].std()),
             "spread_over_runs": _r(done.spread[chosen, j].mean()), "implausibility": _r(away[chosen, j].mean())}
            for j, row in enumerate(moments.as_rows())
        ],
        "parameters": identified(done.wave.points[chosen], vectors),
    }  # fmt: skip
    return vectors, about


def identified(points: np.ndarray, vectors: np.ndarray) -> list[dict[str, Any]]:
    """For each parameter prior and accepted values, and how much the moments have told."""
    from sim.calibrate.waves import departure

    narrower = points.std(axis=0) * np.sqrt(12.0)
    away = departure(points, np.full(len(points), 1.0 / len(points)))
    rows = []
    for k, prior in enumerate(PRIORS):
        told = verdict(narrower[k], away[k])
        low, middle, high = np.quantile(vectors[:, k], (0.05, 0.5, 0.95))
        rows.append({
            "name": prior.name, "unit": PARAMS[prior.name].unit, "default": PARAMS[prior.name].default,
            "prior_low": prior.low, "prior_high": prior.high, "prior_source": prior.source, "accepted_low": _r(low),
            "accepted_median": _r(middle), "accepted_high": _r(high), "sd_ratio": _r(narrower[k]), "ks": _r(away[k]),
            "identified": told,
        })  # fmt: skip
    return rows


def verdict(sd_ratio: float, ks: float) -> str:
    """`yes`: clearly narrower or moved; `weakly`: somewhat; `no`: it keeps its prior."""
    if sd_ratio < NARROWED or ks > MOVED:
        return "yes"
    return "weakly" if ks > SLIGHTLY or sd_ratio < 0.5 * (1.0 + NARROWED) else "no"


def write(folder: Path, vectors: np.ndarray, about: Mapping[str, Any]) -> None:
    """Table and provenance; the table first, so that a provenance always has its table."""
    write_file(folder / TABLE, encode(NAMES, vectors))
    text = json.dumps(about, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_file(folder / ABOUT, text.encode())


def _r(value: float) -> float:
    return float(f"{float(value):.5g}")
