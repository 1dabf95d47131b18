"""Loans that need approval (kommuneloven § 28-3): what a controlled unit may plan, build and put off."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import budget, loans
from tests.polity import N, history, q_with, unit

MONEY = st.integers(0, 10**9).map(float)


@given(MONEY, MONEY, MONEY, MONEY, MONEY, st.sampled_from((1, 2, 3)))
def test_a_controlled_unit_plans_no_more_than_it_can_finance_and_a_free_one_what_it_likes(
    plan, amortisation, unused, fund, uncovered, rule
):
    q = q_with(lanetak_regel=rule)
    k = unit(
        lanekontroll=1.0, budsjett_avdrag=amortisation, ubrukte_lanemidler=unused, ubundet_investeringsfond=fund,
        udekket_investering=uncovered,
    )  # fmt: skip
    waits = loans.must_wait(k, q, 0.72, plan)
    money = loans.loan_frame(q, amortisation, 0.72 * plan) + unused + fund - uncovered
    assert 0.0 <= waits <= plan
    assert 0.72 * (plan - waits) <= max(0.0, money) + 1.0
    if waits > 0.0:  # all that is there is planned
        assert plan - waits >= max(0.0, money) / 0.72 - 1.0
    k["lanekontroll"] = 0.0
    assert loans.must_wait(k, q, 0.72, plan) == 0.0
    assert loans.must_wait(k, q_with(lanetak_regel=0, statlig_kontroll=2), 0.72, plan) == 0.0


@given(MONEY, MONEY, MONEY)
def test_what_control_takes_out_of_the_plan_waits_in_the_queue_or_is_backlog(amortisation, queue, backlog):
    found = []
    for control in (0.0, 1.0):
        k = unit(
            lanekontroll=control, budsjett_avdrag=amortisation, investeringsko=queue, vedlikeholdsetterslep=backlog,
            investeringsniva=1.0, folketall=5_000, folketall_forrige=5_000,
        )  # fmt: skip
        plan = budget.planned_investment(k, q_with(), False, 5e8, 0.0)
        found.append((plan, float(k["investeringsko"]), float(k["vedlikeholdsetterslep"])))
    free, controlled = np.array(found)
    assert controlled.sum() == free.sum()
    assert controlled[0] <= free[0]
    assert queue >= controlled[1] >= free[1] and controlled[2] >= free[2]
    if controlled[2] > free[2]:  # the norm gives way last
        assert controlled[1] == queue


def test_what_controlled_units_budget_is_built_but_for_delays_and_their_queue_comes_back_within_bounds():
    found = history(9)
    for before, after in pairwise(found):
        held = ((before["lanekontroll"] > 0) & (after["lanekontroll"] > 0))[:, :N]
        planned, built = (
            k[name][:, :N][held].sum() for k, name in ((before, "budsjett_investering"), (after, "investering"))
        )
        assert planned * 0.7 < built < planned
    share = found[-1]["budsjett_investering"][:, :N] / found[-1]["driftsinntekter"][:, :N]
    assert share.max() < 0.6


@pytest.mark.parametrize("rule", [1, 2, 3])
def test_a_frame_of_loans_for_all_lowers_debt(rule):
    free = history(3, statlig_kontroll=0)[-1]
    framed = history(3, statlig_kontroll=2, lanetak_regel=rule)[-1]
    assert framed["lanegjeld"].sum() < free["lanegjeld"].sum()
    assert framed["investering"].sum() < free["investering"].sum()
