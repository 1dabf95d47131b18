"""Rows of parameters: ranges are drawn by address, everything else is the same in every run."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import streams
from sim.kernel.rng import uniforms
from sim.params import PARAMS, ROW_DTYPE, default_rows
from sim.scenario import Range, Scenario
from sim.scenario.values import resolve

YEARS = (2026, 2027, 2028)


def scenario(seed=1, years=YEARS, **given):
    values = {name: resolve(param, given.get(name), years) for name, param in PARAMS.items()}
    return Scenario("x", 100, seed, years, ("robek",), "drawn", values)


def test_rows_without_a_range_are_the_declared_defaults():
    rows = scenario().rows(5, 4)
    assert rows.dtype == ROW_DTYPE
    assert rows.shape == (3, 4)
    assert np.array_equal(rows, default_rows(list(YEARS), 4))


def test_rows_are_a_fresh_array_each_time():
    ours = scenario()
    ours.rows(0, 2)["robek"] = 9.0
    assert (ours.rows(0, 2)["robek"] == 1.0).all()


@given(st.integers(0, 2**63 - 1), st.integers(0, 10**6), st.integers(1, 5), st.integers(0, 4))
@settings(max_examples=50)
def test_a_draw_depends_on_seed_run_and_name_and_on_nothing_else(seed, first, runs, offset):
    alone = scenario(seed, kappa=Range(1.0, 3.0))
    other = scenario(seed, (2026,), kappa=Range(1.0, 3.0), alfa_lav=Range(0.1, 0.3), dekningsfrist=4.0)
    many = alone.rows(first, runs + offset)["kappa"]
    assert (many == many[0]).all()  # the same in all years
    assert np.array_equal(many[:, offset:], alone.rows(first + offset, runs)["kappa"])
    assert np.array_equal(many[:1], other.rows(first, runs + offset)["kappa"])
    code = zlib.crc32(b"kappa")
    share = [uniforms(seed, streams.ASSUMPTION, first + i, code, 0)[0] for i in range(runs + offset)]
    assert many[0] == pytest.approx(1.0 + 2.0 * np.array(share))


def test_a_wider_range_moves_every_draw_the_same_way():
    narrow = scenario(kappa=Range(1.0, 2.0)).rows(0, 200)["kappa"][0]
    wide = scenario(kappa=Range(0.5, 3.5)).rows(0, 200)["kappa"][0]
    assert np.array_equal(np.argsort(narrow), np.argsort(wide))


def test_a_range_of_whole_numbers_takes_every_one_about_equally_often():
    drawn = scenario(dekningsfrist=Range(1.0, 4.0)).rows(0, 4000)["dekningsfrist"][0]
    numbers, counts = np.unique(drawn, return_counts=True)
    assert numbers.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert counts.min() > 850  # 1 000 expected, standard deviation 27


def test_a_range_is_filled_evenly_and_two_ranges_are_drawn_independently():
    rows = scenario(kappa=Range(1.0, 3.0), alfa_lav=Range(0.1, 0.3)).rows(0, 4000)
    kappa, speed = rows["kappa"][0], rows["alfa_lav"][0]
    assert kappa.min() >= 1.0 and kappa.max() <= 3.0
    assert np.histogram(kappa, 8, (1.0, 3.0))[0].min() > 400  # 500 expected, standard deviation 21
    assert abs(np.corrcoef(kappa, speed)[0, 1]) < 0.07  # four standard errors


def test_no_two_parameters_share_an_address():
    codes = {zlib.crc32(name.encode()) for name in PARAMS}
    assert len(codes) == len(PARAMS)
