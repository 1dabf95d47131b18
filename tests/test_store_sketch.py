"""The summary in whole numbers: exact sums, quantiles within a bin, the same bits in any order."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.kernel import fold
from sim.outputs import OUTPUTS
from sim.store.sketch import Ruler, Sketch, describe, empty_sketch, make_ruler

KR, PER_CENT = OUTPUTS["netto_driftsresultat"], OUTPUTS["netto_driftsresultat_pct"]
AMOUNTS = st.sampled_from([0.0, 1.0, -1.0, 5e6, 2.0**38]) | st.integers(-(2**40), 2**40).map(float)
RATES = st.sampled_from([0.0, 1.0, 100.0]) | st.floats(-300.0, 300.0, width=32)


def values_of(amounts: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """(2 outputs, 1 year, runs, 1 unit) float32: kroner and per cent."""
    return np.stack([amounts, rates]).astype(np.float32)[:, None, :, None]


def sketch_of(values: np.ndarray, ruler: Ruler, pieces: list[np.ndarray]) -> Sketch:
    """Each piece of the runs folded on its own, then added up."""
    total = empty_sketch((2, 1, 1), np.int64)
    for runs in pieces:
        part = empty_sketch((2, 1, 1))
        some = np.ascontiguousarray(values[:, :, runs])
        good = np.ones(len(runs), np.int8)
        fold.fold(some, good, ruler.scale, ruler.middle, ruler.half, part.counts, part.sums, part.ends)
        total.add(part)
    return total


SERIES = st.integers(1, 60).flatmap(
    lambda n: st.tuples(arrays(np.float64, n, elements=AMOUNTS), arrays(np.float64, n, elements=RATES))
)


@given(SERIES, st.integers(1, 60), st.randoms())
def test_any_split_in_any_order_gives_the_same_bits(series, size, chance):
    values = values_of(*series)
    ruler = make_ruler((KR, PER_CENT), values[:, :, : max(1, values.shape[2] // 2)])
    runs = np.arange(values.shape[2])
    once = sketch_of(values, ruler, [runs])
    order = list(range(len(runs)))
    chance.shuffle(order)
    pieces = [np.array(order[i : i + size]) for i in range(0, len(order), size)]
    again = sketch_of(values, ruler, pieces)
    for ours, theirs in zip((once.counts, once.sums, once.ends), (again.counts, again.sums, again.ends), strict=True):
        assert ours.tobytes() == theirs.tobytes()


@given(SERIES)
@settings(max_examples=200)
def test_moments_are_those_of_fractions_and_quantiles_lie_within_a_bin(series):
    values = values_of(*series)
    ruler = make_ruler((KR, PER_CENT), values[:, :, : max(1, values.shape[2] // 2)])
    n = values.shape[2]
    found = describe(sketch_of(values, ruler, [np.arange(n)]), ruler)[:, 0, 0]
    for k in range(2):
        scale = int(ruler.scale[k])
        exact = [Fraction(round(Fraction(float(x)) * scale), scale) for x in values[k, 0, :, 0]]
        mean = sum(exact) / n
        size = max(float(max(abs(x) for x in exact)), 1e-6)
        assert abs(found[k, 0] - float(mean)) <= 1e-12 * size
        if n > 1:
            spread = float(sum((x - mean) ** 2 for x in exact) / (n - 1)) ** 0.5
            reach = max(size, abs(float(ruler.middle[k, 0, 0])) / scale)
            assert abs(found[k, 1] - spread) <= 1e-6 * spread + 1e-7 * reach
        ordered = np.sort(values[k, 0, :, 0].astype(np.float64))
        assert (found[k, 2], found[k, -1]) == (ordered[0], ordered[-1])
        for q, ours in zip((0.05, 0.25, 0.5, 0.75, 0.95), found[k, 3:8], strict=True):
            near = {int(np.floor(q * (n - 1))), int(np.ceil(q * (n - 1)))}
            low, high = ordered[min(near)], ordered[max(near)]
            ends = [bin_ends(x, ruler, k) for x in (low, high)]
            assert min(e[0] for e in ends) - 1e-6 * size <= ours <= max(e[1] for e in ends) + 1e-6 * size


def bin_ends(x: float, ruler: Ruler, k: int) -> tuple[float, float]:
    """The ends of the bin of a value, by the definition in words: equal steps of g = z / (1 + |z|)."""
    if x == 0.0:
        return 0.0, 0.0
    middle, half = int(ruler.middle[k, 0, 0]), float(ruler.half[k, 0, 0])
    z = (round(x * ruler.scale[k]) - middle) / half
    step = min(126, int((z / (1 + abs(z)) + 1) / 2 * 127))

    def value(g: float) -> float:
        return float(np.copysign(np.inf, g)) if abs(g) >= 1 else (middle + half * g / (1 - abs(g))) / ruler.scale[k]

    return value(2 * step / 127 - 1), value(2 * (step + 1) / 127 - 1)


def test_what_is_not_defined_is_left_out_and_what_is_all_alike_is_exact():
    values = np.full((2, 1, 9, 1), np.nan, np.float32)
    values[1, 0, 3:, 0] = 7.5
    ruler = make_ruler((KR, PER_CENT), values)
    found = describe(sketch_of(values, ruler, [np.arange(9)]), ruler)[:, 0, 0]
    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [7.5, 0.0, *[7.5] * 7]


def test_a_number_that_is_infinite_or_beyond_the_grid_marks_its_run():
    values = np.ones((2, 1, 4, 1), np.float32)
    values[0, 0, 1, 0], values[1, 0, 2, 0], values[1, 0, 3, 0] = np.inf, 1e9, np.nan
    bad = np.zeros(4, np.int8)
    fold.too_large(values, make_ruler((KR, PER_CENT), np.ones_like(values)).scale, bad)
    assert bad.tolist() == [0, 1, 1, 0]
