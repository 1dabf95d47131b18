"""How far what was constructed is from true figures of the same columns, where a folder has them."""

from pathlib import Path
from typing import Any

import numpy as np

from sim.baseline.people import construct
from sim.baseline.sources import Sources, read_sources
from sim.baseline.status import AGE_NAMES
from sim.baseline.supplied import AGES, DEBT, NEED, SCHOOLS
from sim.baseline.tables import DataError
from sim.baseline.world import build_world

Rows = list[dict[str, Any]]
AGE_TITLE = "Age groups 1 January 2026: constructed against true"
SCHOOL_TITLE = "Primary schools: constructed median against the register"
DEBT_TITLE = "Loan debt without unused loans, share of revenue: constructed median against true"
NEED_TITLE = "Need index where the sector indices are missing"


def compare(folder: Path) -> dict[str, Rows]:
    """Tables by title: age groups, schools, debt, need index. DataError if there is nothing to compare."""
    truth = read_sources(folder)
    blind = read_sources()
    if not set(truth.supplied) & {AGES, SCHOOLS, DEBT, NEED}:
        raise DataError(f"{folder.name}: has none of {AGES}, {SCHOOLS}, {DEBT}, {NEED}; nothing can be compared.")
    report: dict[str, Rows] = {}
    if truth.supplied_ages is not None:
        report[AGE_TITLE] = _ages(truth.supplied_ages, blind)
    start = build_world(blind).start[: len(blind.codes)]
    if truth.supplied_schools is not None:
        report[SCHOOL_TITLE] = _schools(truth.supplied_schools, start)
    if truth.supplied_debt is not None:
        report[DEBT_TITLE] = _debt(truth.supplied_debt, start)
    if truth.supplied_need is not None:
        report[NEED_TITLE] = _need(truth.supplied_need, blind)
    return report


def _ages(true: np.ndarray, blind: Sources) -> Rows:
    """Per group: population-weighted mean absolute relative error, median, error in units of its spread."""
    known = construct(blind)
    rows: Rows = []
    here = ~np.isnan(true[:, 0])
    people = true[here].sum(1)
    for g, name in enumerate(AGE_NAMES):
        built, real = known.ages.persons[here, g], true[here, g]
        error = np.abs(built / np.maximum(real, 1.0) - 1.0)
        scaled = np.log(built / np.maximum(real, 1.0)) / known.ages.log_sd[here, g]
        weighted = float(error @ people / people.sum())
        rows.append({
            "age group": name, "kommuner": int(here.sum()), "true sum": float(real.sum()),
            "constructed sum": float(built.sum()), "weighted error, %": 100 * weighted,
            "median error, %": 100 * float(np.median(error)),
            "bias, %": 100 * (float(built.sum() / real.sum()) - 1.0),
            "stated spread, %": 100 * float(np.median(known.ages.log_sd[here, g])),
            "error per spread (1 is honest)": float(np.sqrt(np.mean(scaled**2))),
        })  # fmt: skip
    return rows


def _schools(true: np.ndarray, start: np.ndarray) -> Rows:
    here = ~np.isnan(true[:, 0])
    built, real = np.exp(start["skoler_log"][here] + start["skoler_sd"][here] ** 2 / 2.0), true[here, 0]
    error = np.log(built / real)
    return [{
        "kommuner": int(here.sum()), "true sum": float(real.sum()), "constructed sum": float(built.sum()),
        "median error, %": 100 * float(np.median(np.abs(np.expm1(error)))),
        "error, log sd": float(error.std()), "stated spread": float(start["skoler_sd"][here].mean()),
        "correlation of logs": float(np.corrcoef(np.log(built), np.log(real))[0, 1]),
    }]  # fmt: skip


def _debt(true: np.ndarray, start: np.ndarray) -> Rows:
    here = ~np.isnan(true)
    built, real = np.exp(start["gjeld_log"][here]) - start["ubrukt"][here], true[here]
    return [{
        "kommuner": int(here.sum()), "true mean": float(real.mean()), "constructed mean": float(built.mean()),
        "true sd of log": float(np.log(np.maximum(real, 0.05)).std()),
        "stated spread": float(start["gjeld_sd"][here].mean()),
        "median error, %": 100 * float(np.median(np.abs(built / np.maximum(real, 0.05) - 1.0))),
    }]  # fmt: skip


def _need(true: np.ndarray, blind: Sources) -> Rows:
    known = construct(blind)
    missing = np.isnan(blind.dki[:, 0]) & ~np.isnan(true)
    built = known.dki @ blind.shares
    return [
        {"kommune": blind.names[i], "printed": float(true[i]), "constructed": float(built[i])}
        for i in np.flatnonzero(missing).tolist()
    ]
