"""Chance is a function of its address, and the numbers are what they say they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.kernel import rng, streams
from sim.state import WORLD_DTYPE

words = st.integers(0, 2**32 - 1)


def test_philox_gives_the_published_known_answers():
    # Random123 known-answer file kat_vectors, philox4x32 10 rounds
    u = np.uint64
    zeros = rng.philox(u(0), u(0), u(0), u(0), u(0), u(0))
    assert [int(x) for x in zeros] == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    ones = rng.philox(*([u(0xFFFFFFFF)] * 6))
    assert [int(x) for x in ones] == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
    pi = [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0]
    answer = rng.philox(*[u(x) for x in pi])
    assert [int(x) for x in answer] == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


@given(st.integers(0, 2**63 - 1), st.integers(1, 31), st.integers(0, 10**6), st.integers(0, 9999))
def test_every_draw_is_inside_the_open_unit_interval_and_repeats(seed, stream, run, code):
    first = rng.uniforms(seed, stream, run, code, 2030)
    assert first == rng.uniforms(seed, stream, run, code, 2030)
    assert all(0.0 < x < 1.0 for x in first)
    assert first != rng.uniforms(seed, stream, run + 1, code, 2030)
    assert first != rng.uniforms(seed, stream, run, code, 2031)


@given(st.floats(1e-10, 1 - 1e-10))
def test_the_normal_quantile_equals_an_independent_one(p):
    assert abs(rng.to_normal(p) - stats.norm.ppf(p)) < 1e-9 * (1 + abs(stats.norm.ppf(p)))


@given(st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_more_uniform_never_gives_less_normal(a, b):
    low, high = sorted((a, b))
    assert rng.to_normal(low) <= rng.to_normal(high)


def test_draws_over_runs_units_and_years_look_like_independent_normals():
    draws = np.array([rng.normals(3, streams.INCOME, r, 301 + r % 7, 2026 + r % 10) for r in range(20_000)])
    assert stats.kstest(draws.ravel(), "norm").pvalue > 1e-3
    correlation = np.corrcoef(draws.T) - np.eye(4)
    assert np.abs(correlation).max() < 5 / np.sqrt(len(draws))


def test_no_two_streams_share_a_number():
    numbers = [value for name, value in vars(streams).items() if name.isupper()]
    assert len(set(numbers)) == len(numbers)


@given(st.lists(st.one_of(st.floats(1e-16, 1 - 1e-16), st.floats(1e-16, 1e-9)), min_size=1, max_size=20))
def test_many_normals_at_once_are_those_one_by_one_to_the_last_bit(numbers):
    p = np.array(numbers + [1.0 - x for x in numbers if x > 1e-16])
    together = np.empty_like(p)
    rng.to_normals(p, together)
    assert together.tolist() == [rng.to_normal(x) for x in p]


@given(st.integers(0, 2**63 - 1), st.integers(1, 31), st.integers(0, 10**6), st.integers(2026, 2060))
def test_all_units_at_once_draw_what_each_would_draw_by_itself(seed, stream, run, year):
    codes = np.zeros(11, WORLD_DTYPE)
    codes["kode"] = [3, 301, 1103, 4601, 5001, 56, 1, 99, 2**31, 7, 0]
    together = np.empty((4, len(codes)))
    rng.uniforms_of_all(codes, seed, stream, run, year, together)
    alone = [rng.uniforms(seed, stream, run, int(code), year) for code in codes["kode"]]
    assert together.T.tolist() == [list(four) for four in alone]
