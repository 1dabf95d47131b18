"""Which kommuner are energi or havbruk: in no table here, inferred so that the counts of table 3.10 hold."""

from itertools import pairwise

import numpy as np

from sim.baseline.sources import Sources

# the outer coast from Lindesnes to Vardo, degrees east and north (coarse; geography, no table)
COAST = np.array([
    (7.0, 58.0), (5.6, 58.8), (5.0, 60.0), (4.9, 61.2), (5.2, 62.1), (7.2, 62.9), (8.5, 63.7), (10.8, 64.8),
    (12.0, 66.0), (13.2, 67.3), (13.5, 68.1), (15.5, 68.9), (18.5, 69.9), (21.0, 70.3), (25.0, 71.0),
    (29.5, 70.7), (31.0, 70.3),
])  # fmt: skip
COAST_FYLKER = ("11", "15", "18", "46", "50", "55", "56")  # where salmon licences are


def great_circle(lon: np.ndarray, lat: np.ndarray, lon2: np.ndarray, lat2: np.ndarray) -> np.ndarray:
    """Distance in km on the sphere (n, m)."""
    a, b = np.radians(lat)[:, None], np.radians(lat2)[None, :]
    step = np.radians(lon)[:, None] - np.radians(lon2)[None, :]
    h = np.sin((a - b) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(step / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(h, 1.0)))


def distance_to_coast(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Distance in km to the outer coast line, points every tenth of a segment."""
    steps = np.linspace(0.0, 1.0, 11)[:, None]
    line = np.concatenate([(1 - steps) * a + steps * b for a, b in pairwise(COAST)])
    return great_circle(lon, lat, line[:, 0], line[:, 1]).min(1)


def size_groups(persons: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """0 small, 1 medium, 2 large: by rank, so that the published counts hold."""
    rank = np.empty(len(persons), int)
    rank[np.argsort(persons, kind="stable")] = np.arange(len(persons))
    return (rank >= counts[0]).astype(int) + (rank >= counts[0] + counts[1])


def type_probabilities(s: Sources, persons: np.ndarray, need: np.ndarray, size: np.ndarray) -> np.ndarray:
    """P(other, energi, havbruk) per kommune (kommuner, 3); sums per size are the counts of table 3.10.

    Signals: own tax beyond what centrality explains and frie inntekter beyond need (power tax); nearness to
    the outer coast in the fylker with salmon (aquaculture); remoteness. How strong they are is an assumption.
    """
    far = 1.0 - s.centrality / 1000.0
    tax = np.log(s.tax_index)
    excess_tax = tax - np.polyval(np.polyfit(s.centrality, tax, 2), s.centrality)
    rich = np.log(s.frie_2026 / persons) - np.log(np.maximum(need, 0.3))
    rich = (rich - rich.mean()) / rich.std()
    coast_km = distance_to_coast(s.lon, s.lat)
    energi = 9.0 * excess_tax + 3.0 * far + 2.0 * rich + 0.8 * np.tanh((coast_km - 60.0) / 40.0)
    energi -= 4.0 * np.clip((s.centrality - 800.0) / 100.0, 0.0, 2.0)  # rich suburbs are no power kommuner
    salmon = np.array([code in COAST_FYLKER for code in s.fylke])
    havbruk = np.where(salmon, 3.5, -6.0) - coast_km / 18.0 + 3.0 * far
    score = np.stack([np.zeros_like(far), energi, havbruk], axis=1)
    p = np.exp(score - score.max(1, keepdims=True))
    counts = s.cells["counts"]
    for _ in range(200):
        p /= p.sum(1, keepdims=True)
        for group in range(3):
            cell = size == group
            p[cell] *= counts[:, group] / np.maximum(p[cell].sum(0), 1e-12)
    return p / p.sum(1, keepdims=True)


def likeliest_types(p: np.ndarray, size: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """One type per kommune with exactly the published counts: the likeliest havbruk first, then energi."""
    out = np.zeros(len(p), int)
    for s in range(3):
        cell = np.flatnonzero(size == s)
        for t in (2, 1):
            free = cell[out[cell] == 0]
            best = free[np.argsort(-(np.log(p[free, t]) - np.log(p[free, 0])), kind="stable")]
            out[best[: int(counts[t, s])]] = t
    return out
