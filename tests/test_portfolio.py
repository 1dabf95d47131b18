"""The mix of measures is the cheapest one; cuts respect floors."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from sim.kernel import portfolio
from sim.params import default_rows
from sim.state import NATION_DTYPE, STATE_DTYPE

N = portfolio.N_CONTINUOUS
prices = st.lists(st.floats(0.01, 5.0), min_size=N, max_size=N)
slopes = st.lists(st.floats(0.05, 5.0), min_size=N, max_size=N)
caps = st.lists(st.one_of(st.just(0.0), st.floats(0.001, 10.0)), min_size=N, max_size=N)


@given(prices, slopes, caps, st.floats(0.0, 1.2))
def test_the_chosen_mix_is_the_one_an_independent_solver_finds(price, slope, cap, part):
    price, slope, cap = np.array(price), np.array(slope), np.array(cap)
    relief = part * cap.sum()
    x = np.zeros(N)
    left = portfolio.choose(relief, price, 1.0 / slope, cap, x)

    def at(shadow):
        return np.clip((shadow - price) / slope, 0.0, cap)

    if relief >= cap.sum():
        assert np.array_equal(x, cap) and abs(left - (relief - cap.sum())) < 1e-12
        return
    shadow = brentq(lambda s: at(s).sum() - relief, 0.0, 100.0, xtol=1e-13)
    assert np.allclose(x, at(shadow), atol=1e-7)
    assert abs(x.sum() - relief) < 1e-9 and left == 0.0
    assert (x >= 0).all() and (x <= cap + 1e-12).all()


@given(prices, slopes, caps, st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_more_relief_never_means_less_of_any_measure(price, slope, cap, part, more):
    price, ease, cap = np.array(price), 1.0 / np.array(slope), np.array(cap)
    a, b = np.zeros(N), np.zeros(N)
    portfolio.choose(part * cap.sum(), price, ease, cap, a)
    portfolio.choose((part + more) * cap.sum(), price, ease, cap, b)
    assert (b >= a - 1e-9).all()


@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=8), st.lists(st.floats(0, 1), min_size=8, max_size=8),
       st.floats(0, 1))  # fmt: skip
def test_a_cut_takes_what_it_should_and_never_below_a_floor(budget, need, part):
    q = default_rows([2026])[0, 0]
    n = np.zeros(1, NATION_DTYPE)[0]
    n["prisindeks"], n["standard"], n["standard_fylke"] = 1.0, 1.0, 1.0
    norms = np.zeros((2, 5, 8))
    portfolio.set_norms(q, n, norms)
    k = np.zeros(1, STATE_DTYPE)[0]
    k["budsjett_utgifter"] = budget
    k["behov"] = np.array(need) * np.array(budget)
    slack = np.zeros(8)
    room = portfolio.slack_above_floors(k, norms[0], slack)
    amount = np.floor(part * room)
    before = k["budsjett_utgifter"].copy()
    start = slack.copy()
    done = portfolio.spread_cut(k, norms[0], amount, slack)
    taken = before - k["budsjett_utgifter"]
    assert done == amount == taken.sum()
    assert (taken >= 0).all() and (taken <= start).all()
