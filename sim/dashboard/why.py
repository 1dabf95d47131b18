"""Why a unit is at risk, in few words: what of its start is weak beside the others of its kind."""

from functools import lru_cache

import numpy as np

from sim.dashboard.stored import Stored
from sim.dashboard.values import cells, choices
from sim.dashboard.words import text
from sim.words import number

FACTS = {  # quantity of the first year -> +1 where much is good, -1 where little is
    "netto_driftsresultat_pct": 1,
    "disposisjonsfond_pct": 1,
    "lanegjeld_pct": -1,
}
WEAK = 0.5  # of the distance between the quartiles below the median: worth a word
MOST = 2  # words per unit


def reasons(stored: Stored, lang: str) -> dict[str, list[str]]:
    """Per kommunenummer the reasons, the weightiest first; none if nothing of its start stands out.

    Medians over runs of the first year, and the register of April 2026.
    """
    return _reasons(_Same(stored), lang)


class _Same:
    """A result that is the same as another if the same can be read of it."""

    def __init__(self, stored: Stored) -> None:
        self.stored, self.key = stored, (str(stored.folder), stored.stamp)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.key == self.key


@lru_cache(maxsize=8)
def _reasons(of: _Same, lang: str) -> dict[str, list[str]]:
    stored = of.stored
    from sim.baseline.sources import read_sources

    sources = read_sources()
    in_register = {code for code, letters in zip(sources.codes, sources.robek, strict=True) if letters}
    kommune = np.array([len(code) == 4 for code in stored.units])
    found: dict[str, list[tuple[float, str]]] = {code: [] for code in stored.units}
    for name, good in FACTS.items():
        if name not in choices(stored):
            continue
        medians = np.nanmedian(cells(stored, name, 0), axis=0)
        for kind in (kommune, ~kommune):
            low, middle, high = np.nanquantile(medians[kind], (0.25, 0.5, 0.75)) if kind.any() else (0.0, 0.0, 0.0)
            for at in np.flatnonzero(kind):
                weak = good * (middle - medians[at]) / max(high - low, 1e-9)
                if weak > WEAK:
                    decimals = 0 if name == "lanegjeld_pct" else 1
                    own, usual = (number(float(value), decimals, lang) for value in (medians[at], middle))
                    found[stored.units[at]].append((float(weak), text(f"why_{name}", lang, own=own, usual=usual)))
    said = {code: [words for _, words in sorted(rows, reverse=True)[:MOST]] for code, rows in found.items()}
    return {code: ([text("why_robek", lang)] if code in in_register else []) + words for code, words in said.items()}
