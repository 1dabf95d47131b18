"""Oslo is one: its two units share a purse and a register entry, and are counted once (decision 0008)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import codes, oslo, record
from sim.outputs import words_of
from sim.state import STATE_DTYPE, WORLD_DTYPE
from sim.store.national import SUM_NAMES, SUM_PROGRAM, kind_of
from tests.simulate import advance, opened, world

KOMMUNE, COUNTY = 0, 357
BAD = {"skatteanslag_skjevhet": -0.04, "mal_ndr": -0.03, "mal_ndr_fylke": -0.03, "redning": 0}


def free(k: np.ndarray) -> np.ndarray:
    """Fund and result after restricted funds less old deficits, per krone of revenue."""
    money = k["disposisjonsfond"] - k["merforbruk"] + k["netto_driftsresultat"]
    return (money - k["avsetning_bundne"] + k["bruk_bundne"]) / k["driftsinntekter"]


def a_pair(revenue: list[int], fund: list[int], result: list[int], deficit: list[int]) -> np.ndarray:
    units = np.zeros(2, STATE_DTYPE)
    units["driftsinntekter"], units["disposisjonsfond"] = revenue, fund
    units["netto_driftsresultat"], units["merforbruk"] = result, deficit
    return units


MOVED = ("ovrige_inntekter", "driftsinntekter", "brutto_driftsresultat", "netto_driftsresultat", "fordeling_oslo")
income = st.integers(10**9, 10**11)
money = st.integers(0, 10**11)
signed = st.integers(-(10**10), 10**10)


@settings(deadline=None)
@given(st.tuples(income, income), st.tuples(money, money), st.tuples(signed, signed), st.tuples(money, money))
def test_the_purse_is_shared_evenly_and_no_krone_is_made(revenue, fund, result, deficit) -> None:
    units = a_pair(revenue, fund, result, deficit)
    before = units.copy()
    oslo.share_purse(units[0], units[1])
    for name in MOVED:
        assert (units[name] - before[name]).sum() == 0.0
        assert (units[name] - before[name] == units["fordeling_oslo"]).all()
    money = units["disposisjonsfond"] - units["merforbruk"] + units["netto_driftsresultat"]
    shares = money / before["driftsinntekter"]
    assert shares[0] == pytest.approx(shares[1], abs=4.0 / min(revenue))
    joint = (sum(fund) - sum(deficit) + sum(result)) / sum(revenue)
    assert shares[0] == pytest.approx(joint, abs=4.0 / min(revenue))


def test_in_a_run_only_oslo_moves_money_and_both_its_units_stand_alike_when_the_year_is_closed() -> None:
    state = opened(4)
    for _, before, now, _ in advance(state, 5):
        k, county = now.units[:, KOMMUNE], now.units[:, COUNTY]
        assert (k["fordeling_oslo"] == -county["fordeling_oslo"]).all()
        others = np.delete(np.arange(now.units.shape[1]), (KOMMUNE, COUNTY))
        assert (now.units["fordeling_oslo"][:, others] == 0).all()
        was = [before[:, u].copy() for u in (KOMMUNE, COUNTY)]
        for unit, old in zip((k, county), was, strict=True):  # what there was to close the year with
            for name in ("netto_driftsresultat", "avsetning_bundne", "bruk_bundne"):
                old[name] = unit[name]
            moved_now = unit["fordeling_oslo"] - old["fordeling_oslo"]
            old["driftsinntekter"] = unit["driftsinntekter"] - moved_now  # shares are of revenue before it
        assert free(was[0]) == pytest.approx(free(was[1]), abs=1e-8)


def test_in_bad_years_oslo_has_a_deficit_in_one_unit_only_if_the_other_has_no_money_to_speak_of() -> None:
    state = opened(6)
    seen = 0
    for _, _, now, _ in advance(state, 10, **BAD):
        k, county = now.units[:, KOMMUNE], now.units[:, COUNTY]
        for one, other in ((k, county), (county, k)):
            short = one["merforbruk"] > 0.002 * one["driftsinntekter"]
            seen += short.sum()
            assert (other["disposisjonsfond"][short] < 0.02 * other["driftsinntekter"][short]).all()
    assert seen > 0


def test_the_register_has_one_oslo() -> None:
    state = opened(6)
    registered = 0
    for _, _, now, _ in advance(state, 10, **BAD):
        k, county = now.units[:, KOMMUNE], now.units[:, COUNTY]
        for name in ("robek_grunnlag", "ar_i_robek", "lanekontroll"):
            assert (k[name] == county[name]).all()
        registered += (k["robek_grunnlag"] > 0).sum()
    assert registered > 0


def test_oslo_is_in_the_counts_of_kommuner_alone_and_its_county_tasks_in_the_sums_of_fylkeskommuner() -> None:
    kind = kind_of(world().units)
    assert (np.flatnonzero(kind == codes.COUNTED_ELSEWHERE) == [COUNTY]).all()
    state = opened(1)
    state.units["netto_driftsresultat"] = -1.0
    state.units["robek_grunnlag"] = 5
    words, whole = words_of(state.units)
    sums = np.zeros((1, 2, len(SUM_NAMES)))
    counts = np.zeros((len(kind), codes.N_EVENTS), np.int64)
    none = np.zeros((0, 4), np.int64)
    panel = np.empty((0, 1, len(kind)), np.float32)
    record.record_year(words, whole, kind, none, SUM_PROGRAM, np.zeros(3, np.int64), panel, sums, counts)
    got = dict(zip(SUM_NAMES, sums[0].T, strict=True))
    for name in ("n_units", "antall_negativ", "antall_robek", "antall_a", "antall_c"):
        assert got[name].tolist() == [357.0, 14.0], name
    assert got["antall_b"].tolist() == [0.0, 0.0]
    assert got["netto_driftsresultat"].tolist() == [-357.0, -15.0]


def test_a_world_without_oslo_has_no_purse_to_share() -> None:
    w = np.zeros(3, WORLD_DTYPE)
    w["kode"], w["er_fylke"] = (301, 1103, 3), (0, 0, 1)
    assert oslo.has_oslo(w, 2)
    assert not oslo.has_oslo(w[1:], 1)
    assert not oslo.has_oslo(w[:2], 2)
    assert not oslo.has_oslo(w[2:], 0)
