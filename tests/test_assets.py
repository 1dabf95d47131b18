"""Depreciation and property tax: the pool beside its vintages, two caps beside their bases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import closing, constraints
from sim.params import PARAMS, default_rows
from sim.state import STATE_DTYPE
from tests.simulate import opened, run


def by_vintage(growth: float, life: int, years: int) -> tuple[float, float]:
    """Straight line, asset by asset: depreciation and book value after so many years of growing investment."""
    book, cost = 0.0, [(1.0 + growth) ** year for year in range(years)]
    for age, amount in enumerate(reversed(cost)):
        book += amount * max(0.0, 1.0 - age / life)
    return sum(amount / life for amount in cost[-life:]), book


@pytest.mark.parametrize(("life", "tolerance"), [(40, 0.03), (30, 0.12), (50, 0.12)])
def test_a_pool_of_growing_investment_keeps_the_remaining_life_of_its_vintages(life, tolerance):
    yearly, book = by_vintage(0.04, life, 200)
    exact = book / yearly
    for _ in range(200):
        book, yearly = book - yearly + 1e6, closing.remaining_depreciation(yearly, book) + 1e6 / life
        book, yearly = book / 1.04, yearly / 1.04  # growth taken out, so that nothing overflows
    assert book / yearly == pytest.approx(exact, rel=tolerance)


def unit(**columns: float) -> np.ndarray:
    k = np.zeros(1, STATE_DTYPE)
    for name, value in columns.items():
        k[name] = value
    return k


def test_new_assets_pull_the_mean_remaining_life_towards_their_own():
    q = default_rows([2028])[0, 0]
    rates = []
    for investment in (0.0, 50e6, 5e9):
        k = unit(anleggsmidler=1e9, avskrivninger=1e8, avskrivningssats=0.1, investering=investment)
        closing.carry_assets(k[0], q, False)
        rates.append(float(k["avskrivningssats"][0]))
    assert rates[0] > rates[1] > rates[2]
    pipes, share = PARAMS["levetid_ledningsnett"].default, PARAMS["ledningsnett_andel"].default
    new = share / pipes + (1.0 - share) / PARAMS["levetid_nye"].default
    assert new < rates[2] < new + 0.02


def test_longer_lived_pipes_lower_depreciation_least_amortisation_and_fees_at_the_start():
    law, before = opened(2).units[:, :357], opened(2, levetid_ledningsnett=40.0).units[:, :357]
    none = opened(2, ledningsnett_andel=0.0).units[:, :357]
    assert np.array_equal(before["avskrivningssats"], none["avskrivningssats"])  # forty years was the rule
    for column in ("avskrivningssats", "minimumsavdrag", "gebyrer"):
        assert (law[column] < before[column]).all()
    share = (before["gebyrer"] - law["gebyrer"]) / law["avskrivninger"]
    assert np.abs(share - (1.0 - law["avskrivningssats"] / before["avskrivningssats"])).max() < 1e-3


def test_the_lever_of_pipes_reaches_the_accounts():
    short, long = run(years=2, levetid_ledningsnett=40.0), run(years=2)
    assert long.units["minimumsavdrag"].sum() < short.units["minimumsavdrag"].sum()


HALVES = st.integers(0, 14).map(lambda half: half / 2)  # per mille


@given(st.integers(1, 10**11), st.integers(0, 100), HALVES, HALVES, HALVES)
def test_homes_and_other_property_pay_the_general_rate_up_to_their_own_caps(base, percent, rate, cap, cap_other):
    """eigedomsskattelova § 11: a rate is at least 1 per mille, so under a lower cap there is none."""
    share = percent / 100
    tax = constraints.eiendomsskatt_samlet(float(base), share, rate, cap, cap_other)
    homes = constraints.eiendomsskatt_samlet(float(base), 1.0, rate, cap, cap_other)
    other = constraints.eiendomsskatt_samlet(float(base), 0.0, rate, cap, cap_other)
    assert tax == pytest.approx(share * homes + (1 - share) * other, rel=1e-9, abs=1e-3)
    for paid, limit in ((homes, cap), (other, cap_other)):
        assert paid == pytest.approx(base * min(rate, limit) / 1000 if limit >= 1 else 0.0)


def test_other_property_pays_no_more_than_its_own_cap_where_that_of_homes_is_higher():
    """In 2027 the rate is 2.5 or 3.5 and the cap of other property 2; homes may pay 4."""
    k = run(years=2, runs=2, eiendomsskatt_tak_annet=2.0).units[:, :357]
    assert k["eiendomsskatt_promille"].max() > 2.0
    homes = k["eiendomsskatt_bolig_andel"] * k["eiendomsskatt_grunnlag"]
    most = homes * 4.0 / 1000 + (k["eiendomsskatt_grunnlag"] - homes) * 2.0 / 1000
    assert (k["eiendomsskatt"] <= most + 1.0).all() and (k["eiendomsskatt"] > 0).any()


def test_above_four_per_mille_only_other_property_pays_more():
    state = run(years=8, runs=4)
    k = state.units[:, :357]
    above = k["eiendomsskatt_promille"] > 4.0
    assert above.any() and k["eiendomsskatt_promille"].max() <= 7.0
    assert run(years=8, runs=4, eiendomsskatt_tak_annet=4.0).units["eiendomsskatt_promille"].max() <= 4.0
    share, rate = k["eiendomsskatt_bolig_andel"][above], k["eiendomsskatt_promille"][above]
    expected = k["eiendomsskatt_grunnlag"][above] * (share * 4.0 + (1 - share) * rate) / 1000
    # the rate here is next year's; the tax booked is at most that
    assert (k["eiendomsskatt"][above] <= expected * 1.0001 + 1.0).all()
