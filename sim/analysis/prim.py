"""PRIM (Friedman and Fisher 1999): a box in the space of the factors in which cases of interest gather.

Peeling cuts a thin slice off one side again and again, each time the one that raises the density most per case
given up; pasting then widens the box as long as that costs no density. A limit that chance could have brought
about (quasi-p-value, Bryant and Lempert 2010) is taken off again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

ALPHA = 0.05  # share of the cases in the box that a slice holds
LEAST = 0.02  # of all cases that a box must hold
LEAST_CASES = 5
DOUBT = 0.05  # quasi-p-value, times the number of factors, above which a limit is taken off


@dataclass(frozen=True)
class Box:
    """low, high: (factors,), both ends inside, infinite where there is no limit. coverage: share of the cases of
    interest that are in it; density: share of interest among its cases; support: its share of all cases;
    chance: factor -> quasi-p-value of its limits. `path` are the boxes it came from, as (coverage, density)."""

    low: np.ndarray
    high: np.ndarray
    coverage: float
    density: float
    support: float
    chance: dict[int, float]
    path: tuple[tuple[float, float], ...] = field(default=(), repr=False)

    def holds(self, x: np.ndarray) -> np.ndarray:
        """True for the rows of x (cases, factors) inside."""
        return np.all((x >= self.low) & (x <= self.high), axis=1)


def prim(x: np.ndarray, interest: np.ndarray, density: float = 0.8, boxes: int = 1) -> list[Box]:
    """At most so many boxes, one after the other; each is sought among the cases that are in none before it.

    x: (cases, factors); interest: (cases,) bool. Of the boxes on the way the one with the largest coverage among
    those of at least this density is taken, else the one that stands out most. Shares are of all cases. Stops when
    no cases of interest are left or no box is denser than what is left. A factor with a single value has no limits.
    """
    left = np.ones(len(x), bool)
    found: list[Box] = []
    least = max(LEAST_CASES, math.ceil(LEAST * len(x)))
    while len(found) < boxes and interest[left].any() and left.sum() > least:
        base = float(interest[left].mean())
        steps, low, high = _seek(x[left], interest[left], least, density)
        box = _describe(x, interest, left, low, high, steps)
        if box.density <= base or not (np.isfinite(low).any() or np.isfinite(high).any()):
            break
        found.append(box)
        left &= ~box.holds(x)
    return found


def _seek(
    x: np.ndarray, interest: np.ndarray, least: int, density: float
) -> "tuple[list[Step], np.ndarray, np.ndarray]":
    """The steps and the ends of one box: peeled anew with only the factors that mattered until all of them do.

    Where chance weighs much, slices go to factors that only seem to matter, and those that do get fewer.
    """
    factors = list(range(x.shape[1]))
    while True:
        steps = _peel(x, interest, least, factors)
        low, high = _choose([_without_doubt(x, interest, step) for step in steps], density)
        mattered = [factor for factor in factors if np.isfinite(low[factor]) or np.isfinite(high[factor])]
        if not mattered or mattered == factors:
            low, high = _paste(x, interest, low, high)
            return steps, *_drop_doubtful(x, interest, low, high)
        factors = mattered


Step = tuple[np.ndarray, np.ndarray, float, float]  # low, high, coverage, density


def _peel(x: np.ndarray, interest: np.ndarray, least: int, factors: Sequence[int]) -> list[Step]:
    """The boxes from all cases down to the smallest that holds `least` of them; slices of these factors only."""
    inside = np.ones(len(x), bool)
    low, high = np.full(x.shape[1], -np.inf), np.full(x.shape[1], np.inf)
    total = int(interest.sum())
    steps: list[Step] = [(low.copy(), high.copy(), 1.0, total / len(x))]
    while True:
        best = None
        mean, count = interest[inside].mean(), inside.sum()
        for factor in factors:
            for upper in (False, True):
                slice_ = _slice(x[inside, factor], upper)
                if slice_ is None:
                    continue
                kept = inside & (x[:, factor] < slice_ if upper else x[:, factor] > slice_)
                if kept.sum() < least:
                    continue
                gain = (interest[kept].mean() - mean) / (1.0 - kept.sum() / count)
                if best is None or gain > best[0] + 1e-12:
                    best = (gain, factor, upper, kept)
        if best is None or mean >= 1.0:
            return steps
        _, factor, upper, inside = best
        (high if upper else low)[factor] = x[inside, factor].max() if upper else x[inside, factor].min()
        steps.append((low.copy(), high.copy(), interest[inside].sum() / total, interest[inside].mean()))


def _slice(values: np.ndarray, upper: bool) -> float | None:
    """The value up to (from) which a slice of about ALPHA is cut off; None if all values are the same.

    Equal values go together, so a slice of a factor with few values can be large.
    """
    ordered = np.sort(values)
    if ordered[0] == ordered[-1]:
        return None
    place = max(1, round(ALPHA * len(ordered)))
    if upper:
        return float(ordered[-place]) if ordered[-place] > ordered[0] else float(ordered[-1])
    return float(ordered[place - 1]) if ordered[place - 1] < ordered[-1] else float(ordered[0])


def _choose(steps: Sequence[Step], density: float) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the box with the largest coverage that is dense enough, else of the one that stands out most.

    That is the one with most cases of interest beyond what its size would hold by chance: the densest of all is
    small, and dense by chance.
    """
    base = steps[0][3]
    dense = [step for step in steps if step[3] >= density]
    if dense:
        low, high, *_ = max(dense, key=lambda s: (s[2], s[3]))
    else:
        low, high, *_ = max(steps, key=lambda s: s[2] * (1.0 - base / s[3]) if s[3] > 0.0 else -np.inf)
    return low.copy(), high.copy()


def _paste(x: np.ndarray, interest: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The box, widened side by side by about ALPHA of its cases as long as the density does not fall."""
    while True:
        inside = np.all((x >= low) & (x <= high), axis=1)
        mean, step, best = interest[inside].mean(), max(1, round(ALPHA * inside.sum())), None
        for factor in range(x.shape[1]):
            others = [f for f in range(x.shape[1]) if f != factor]
            beside = np.all((x[:, others] >= low[others]) & (x[:, others] <= high[others]), axis=1) & ~inside
            for upper in (False, True):
                end = (high if upper else low)[factor]
                if not np.isfinite(end):
                    continue
                outside = x[beside & (x[:, factor] > end if upper else x[:, factor] < end), factor]
                if not len(outside):
                    wide = np.inf if upper else -np.inf
                else:
                    ordered = np.sort(outside) if upper else np.sort(outside)[::-1]
                    wide = ordered[min(step, len(ordered)) - 1]
                trial_low, trial_high = low.copy(), high.copy()
                (trial_high if upper else trial_low)[factor] = wide
                more = np.all((x >= trial_low) & (x <= trial_high), axis=1)
                density = interest[more].mean()
                if density >= mean and (best is None or (density, more.sum()) > best[0]):
                    best = ((density, more.sum()), trial_low, trial_high)
        if best is None:
            return low, high
        _, low, high = best


def _without_doubt(x: np.ndarray, interest: np.ndarray, step: Step) -> Step:
    """The box of a step without its doubtful limits, and its numbers."""
    low, high = _drop_doubtful(x, interest, step[0], step[1])
    inside = np.all((x >= low) & (x <= high), axis=1)
    return low, high, float(interest[inside].sum() / interest.sum()), float(interest[inside].mean())


def _drop_doubtful(
    x: np.ndarray, interest: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Without doubtful limits, the most doubtful first; the more factors there are to choose from, the stricter."""
    low, high = low.copy(), high.copy()
    while True:
        chances = quasi_p_values(x, interest, low, high)
        if not chances or max(chances.values()) <= DOUBT / x.shape[1]:
            return low, high
        worst = max(chances, key=lambda factor: (chances[factor], factor))
        low[worst], high[worst] = -np.inf, np.inf


def quasi_p_values(x: np.ndarray, interest: np.ndarray, low: np.ndarray, high: np.ndarray) -> dict[int, float]:
    """Limited factor -> chance of a box at least this dense if the factor did not matter.

    The box without the limits of the factor has some density; the p-value is the binomial chance that as many
    cases as the box holds contain as many of interest as it does.
    """
    inside = np.all((x >= low) & (x <= high), axis=1)
    found = {}
    for factor in np.flatnonzero(np.isfinite(low) | np.isfinite(high)):
        others = [f for f in range(x.shape[1]) if f != factor]
        wide = np.all((x[:, others] >= low[others]) & (x[:, others] <= high[others]), axis=1)
        found[int(factor)] = binomial_tail(int(interest[inside].sum()), int(inside.sum()), float(interest[wide].mean()))
    return found


def binomial_tail(least: int, n: int, share: float) -> float:
    """Chance of at least `least` successes in n trials of this share."""
    if least <= 0 or share >= 1.0:
        return 1.0
    if share <= 0.0:
        return 0.0
    k = np.arange(least, n + 1)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    logs = (
        log_factorial[n] - log_factorial[k] - log_factorial[n - k] + k * math.log(share) + (n - k) * math.log1p(-share)
    )
    return min(1.0, float(np.exp(logs).sum()))


def _describe(
    x: np.ndarray, interest: np.ndarray, left: np.ndarray, low: np.ndarray, high: np.ndarray, steps: Sequence[Step]
) -> Box:
    """The box with its numbers; a limit at the end of the cases is none."""
    low = np.where(low <= x[left].min(axis=0), -np.inf, low)
    high = np.where(high >= x[left].max(axis=0), np.inf, high)
    inside = left & np.all((x >= low) & (x <= high), axis=1)
    return Box(
        low, high, float(interest[inside].sum() / interest.sum()), float(interest[inside].mean()),
        float(inside.sum() / len(x)), quasi_p_values(x[left], interest[left], low, high),
        tuple((float(c), float(d)) for *_, c, d in steps),
    )  # fmt: skip
