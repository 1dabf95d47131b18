"""Fees at self-cost (kommuneloven § 15-1): they pay for running and capital costs, and nothing else."""

from functools import cache

import numpy as np
import pytest

from sim.kernel import revenue
from sim.params import PARAMS, default_rows
from sim.state import NATION_DTYPE, STATE_DTYPE
from tests.simulate import advance, opened

N = 357
YEARS = 6
CALM = {"kostnad_spredning": 0.0, "rente_spredning": 0.0, "befolkning_spredning": 0.0}


@cache
def years(**params: float) -> list:
    """(units before, units after, nation) of each year."""
    found = []
    for _, before, now, _ in advance(opened(2, **params), YEARS, **params):
        found.append((before[:, :N], now.units[:, :N].copy(), now.nation.copy()))
    return found


def test_the_start_pays_the_assumed_share_of_its_fees_for_capital():
    k = opened(2).units[:, :N]
    share = k["selvkost_kapital"] / k["gebyrer"]
    whole = k["selvkost_andel"] < 1.0
    assert whole.mean() > 0.99
    assert np.abs(share[whole] - PARAMS["selvkost_kapital_andel"].default).max() < 1e-3
    assert (k["selvkost_andel"] >= 0.0).all()
    assert (opened(1).units[:, N:]["selvkost_andel"] == 0.0).all()


def test_capital_costs_in_fees_are_depreciation_and_interest_of_their_share_of_the_assets():
    """Recomputed from the accounts: the same share of the booked depreciation and of the book value of 1 January."""
    weight, above = PARAMS["rente_fast"].default, PARAMS["kalkylerente_paslag"].default
    for before, after, nation in years():
        rate = weight * nation["rente_forrige"] + (1.0 - weight) * nation["rente"] + above
        cost = after["avskrivninger"] + rate[:, None] * before["anleggsmidler"]
        assert np.abs(after["selvkost_kapital"] - before["selvkost_andel"] * cost).max() <= 1.5


def test_fees_per_inhabitant_no_longer_fall_behind_prices():
    """Rates are kept where they were at the start, so what moves is people, and assets that grow with investment."""
    flat = {"rente_bane": 0.043, "kalkylerente_paslag": 0.005, **CALM}
    found = years(**flat)
    real = [(k["gebyrer"].sum(1) / k["folketall"].sum(1) / n["prisindeks"]).mean() for _, k, n in found]
    assert 0.985 * real[0] < real[-1] < 1.1 * real[0]


def test_a_dearer_rate_is_paid_by_those_who_pay_fees_as_far_as_fees_pay_for_the_assets():
    dear, usual = years(rente_tillegg=0.02), years()
    k, base = dear[0][1], usual[0][1]
    more = base["selvkost_andel"] * 0.02 * (1.0 - PARAMS["rente_fast"].default) * usual[0][0]["anleggsmidler"]
    assert np.abs(k["gebyrer"] - base["gebyrer"] - more).max() <= 1.5
    interest = k["renteutgifter"] - base["renteutgifter"]
    assert 0.05 < (k["gebyrer"] - base["gebyrer"]).sum() / interest.sum() < 0.4


def test_investment_raises_fees_and_none_lowers_them():
    low, high = years(investering_niva=0.06)[-1][1], years(investering_niva=0.2)[-1][1]
    assert low["selvkost_kapital"].sum() < years()[-1][1]["selvkost_kapital"].sum() < high["selvkost_kapital"].sum()


@pytest.mark.parametrize("growth", [-0.03, 0.0, 0.03])
def test_what_fees_bring_is_what_their_services_cost_so_the_result_does_not_move(growth):
    """A service that only fees pay for: its budget rolls forward by the kernel's rule, and fees bring the same."""
    k, q, n = np.zeros(1, STATE_DTYPE), default_rows([2028])[0, 0], np.zeros(1, NATION_DTYPE)
    k["gebyrer"] = cost = 1e9
    k["behovsvekst"][0, 7] = growth
    n["deflator"] = 0.03
    revenue.self_cost_fees(k[0], q, n[0])
    share = q["demografi_opp"] if growth > 0 else q["demografi_ned"]
    assert k["gebyrer"][0] == pytest.approx(cost * 1.03 * (1.0 + share * growth), abs=1.0)


def test_the_director_knows_what_the_coming_rate_does_to_fees():
    """Without surprises the rate of the coming year is known in December, and so is what it changes in fees."""
    state = opened(1, **CALM)
    said = [now.nation["kalkylerente_endring"][0] for _, _, now, _ in advance(state, 4, **CALM)]
    found = []
    state = opened(1, **CALM)
    weight = PARAMS["rente_fast"].default
    for _, _, now, _ in advance(state, 4, **CALM):
        found.append(weight * now.nation["rente_forrige"][0] + (1.0 - weight) * now.nation["rente"][0])
    assert np.diff(found) == pytest.approx(said[:-1], abs=1e-12)
