"""Coverage in the budget (§ 14-10), the least property tax (§ 11), norms and reliefs that are levers."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import adoption, constraints, norms, politics
from sim.params import PARAMS, default_rows
from sim.state import STATE_DTYPE
from tests.simulate import advance, opened

N = 357
money = st.integers(0, 10**9).map(float)


# the budget covers what is in its last lawful year (kommuneloven §§ 14-10(3), 14-11)


@given(st.integers(-(10**9), 10**9), money, money, money, money, st.floats(0, 1, exclude_max=True))
def test_a_budget_that_covers_less_than_it_owes_has_a_deficit_shown_or_hidden(planned, usable, due, more, owed, u):
    k, q = np.zeros(1, STATE_DTYPE), default_rows([2028])[0, 0]
    k["driftsinntekter"], k["fondsmal_faktor"] = 1e10, 1.0
    due, standing = max(due, 0.0), max(due, owed) + more
    short = adoption.balance_budget(k[0], q, False, float(planned), usable, usable, due, standing, owed, u)
    k = k[0]
    assert short == max(0.0, owed - planned - usable) if planned < max(due, owed) else short == 0.0
    shown = u < q["budsjett_med_merforbruk"]
    assert k["budsjett_balanse"] == (-short if shown else 0.0)
    assert owed <= k["budsjett_dekning"] <= standing
    left = k["budsjett_resultat"] + k["budsjett_bruk_disposisjonsfond"] - k["budsjett_avsetning"]
    left -= k["budsjett_overforing"] + k["budsjett_dekning"] + k["budsjett_balanse"]
    assert left == 0.0
    assert k["budsjett_resultat"] == planned + (0.0 if shown else short)
    assert k["budsjett_bruk_disposisjonsfond"] <= usable
    if planned + usable < owed:  # all there is goes to coverage first
        assert k["budsjett_bruk_disposisjonsfond"] == usable


@cache
def after(years: int, **params: float):
    """(rows, units before, state) of the last of `years`."""
    for _, before, now, rows in advance(opened(6, **params), years, **params):
        last = rows, before, now
    return last


def overdue(units: np.ndarray) -> np.ndarray:
    """Units with a vintage past the fourth year when the accounts are closed."""
    return units["merforbruk_argang"][..., 4:].sum(axis=-1) > 0


def test_a_controlled_unit_with_an_overdue_deficit_shows_it_unless_the_ministry_has_approved_more():
    _, _, now = after(2)
    covered = now.units["budsjett_dekning"] + now.units["budsjett_balanse"]
    late = overdue(now.units) & (covered < now.units["merforbruk"])
    assert late.sum() > 10
    a = (now.units["robek_grunnlag"] & 1) > 0
    _, _, other = after(2, departement_forlenger=1)
    assert a.sum() > ((other.units["robek_grunnlag"] & 1) > 0).sum()


def test_more_years_for_coverage_keep_units_out_of_the_register():
    """Temporary relief: deadlines and ground c move together, so fewer are registered and none sooner."""
    _, _, usual = after(3)
    _, _, relieved = after(3, dekningsfrist_tillegg=3)
    assert ((relieved.units["robek_grunnlag"] & 4) > 0).sum() < 0.8 * ((usual.units["robek_grunnlag"] & 4) > 0).sum()
    assert relieved.units["budsjett_dekning"].sum() < usual.units["budsjett_dekning"].sum()


# property tax (eigedomsskattelova § 11)


@given(st.sampled_from([0.0, 1.0, 1.5, 4.0, 7.0]), st.floats(0, 7), st.floats(0, 7))
def test_no_lawful_rate_is_below_one_per_mille(old, step, cap):
    highest = constraints.hoyeste_promille(old, step, cap)
    assert highest == 0.0 or 1.0 <= highest <= min(cap, old + step)
    assert highest > 0.0 or min(cap, old + step) < 1.0


@pytest.mark.parametrize(("step", "cap", "lawful"), [(0.5, 7.0, 0.0), (1.0, 7.0, 1.0), (1.0, 0.8, 0.0)])
def test_a_kommune_introduces_the_tax_at_one_per_mille_or_not_at_all(step, cap, lawful):
    k, q = np.zeros(1, STATE_DTYPE), default_rows([2028])[0, 0]
    q["eiendomsskatt_steg"], q["eiendomsskatt_tak"], q["eiendomsskatt_tak_annet"] = step, cap, cap
    q["eskatt_innforing"], k["konsoliderer"], k["gap"] = 1.0, 1.0, 0.05
    k["eiendomsskatt_grunnlag"] = 1e9
    politics.decide_property_tax(k[0], q, 0.0, np.zeros(8), False)
    assert k["eiendomsskatt_promille"][0] == lawful


def test_small_steps_stop_introductions_and_not_raises():
    for _, before, now, _ in advance(opened(2), 4, eiendomsskatt_steg=0.5):
        old, new = before["eiendomsskatt_promille"], now.units["eiendomsskatt_promille"]
        assert not ((old == 0.0) & (new > 0.0)).any()
        assert ((new == 0.0) | (new >= 1.0)).all()
    assert (new > opened(2).units["eiendomsskatt_promille"]).any()


# norms


@pytest.mark.parametrize(
    ("lever", "value", "sectors", "sign"),
    [
        ("larernorm", 1, (0,), -1), ("larernorm", 2, (0,), -1), ("barnehagenorm", 0.8, (2,), -1),
        ("barnehagenorm", 1.2, (2,), 1), ("kompetansekrav", 0, (1, 3), -1),
    ],
)  # fmt: skip
def test_a_norm_moves_the_floor_of_its_services_and_no_other(lever, value, sectors, sign):
    q, floors = default_rows([2028])[0, 0], np.full(8, 100.0)
    norms.change_norms(q, floors)
    assert (floors == 100.0).all()
    q[lever] = value
    norms.change_norms(q, floors)
    moved = np.sign(floors - 100.0)
    assert [s for s in range(8) if moved[s] != 0] == list(sectors)
    assert (moved[list(sectors)] == sign).all()


def test_no_norm_at_all_frees_more_than_one_per_kommune():
    def floor(rule: float) -> float:
        q, floors = default_rows([2028])[0, 0], np.full(8, 100.0)
        q["larernorm"] = rule
        norms.change_norms(q, floors)
        return floors[0]

    assert floor(2) < floor(1) < floor(0) == 100.0


def test_relief_of_norms_gives_room_and_moves_cuts_to_the_services_that_were_protected():
    relief = {"larernorm": 2, "barnehagenorm": 0.8, "kompetansekrav": 0}
    _, _, usual = after(3)
    _, _, relieved = after(3, **relief)
    k, other = usual.units[:, :N], relieved.units[:, :N]
    assert other["rom_over_gulv"].sum() > 1.1 * k["rom_over_gulv"].sum()
    here, there = k["budsjett_utgifter"].sum(axis=(0, 1)), other["budsjett_utgifter"].sum(axis=(0, 1))
    assert there[:4].sum() < here[:4].sum() and there[4:].sum() > here[4:].sum()


def test_assets_that_hold_compensated_vat_are_larger_and_written_off_the_same_way():
    _, _, net = after(3)
    _, _, gross = after(3, mva_i_anleggsmidler=1)
    share = PARAMS["mva_andel"].default
    built = gross.units["anleggsmidler"].sum() - net.units["anleggsmidler"].sum()
    assert built > 0.5 * share * PARAMS["avskrivbar_andel"].default * 3 * net.units["investering"].sum()
    assert gross.units["avskrivninger"].sum() > net.units["avskrivninger"].sum()


def test_six_thousand_more_immigrants_are_counted_the_year_after_and_get_no_settlement_grant():
    state, other = opened(1), opened(1)
    usual = {year: now.units.copy() for year, _, now, _ in advance(state, 3)}
    for year, _, now, _ in advance(other, 3, innvandring_tillegg=6_000):
        more = now.units["folketall"][0, :N].sum() - usual[year]["folketall"][0, :N].sum()
        assert more == pytest.approx(6_000 * (year - 2026), rel=0.03, abs=1e-6)
        if year == 2026:
            assert (now.units["integreringstilskudd"] == usual[year]["integreringstilskudd"]).all()
