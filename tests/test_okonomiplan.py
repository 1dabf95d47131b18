"""The four-year plan: worked by hand, monotone in what a plan may count on, ground b, and how far it binds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import coverage, okonomiplan
from sim.params import default_rows
from sim.state import NATION_DTYPE, STATE_DTYPE, WORLD_DTYPE
from tests.test_mechanisms_budget import AT, YEARS, base, path

money = st.integers(0, 10**8).map(float)


def plan(
    result: float, *, due: float = 0.0, standing: float = 0.0, dekning: float = 0.0, fund: float = 0.0,
    need: float = 0.0, rebound: float = 0.0, shortfall: float = 0.0, open_u: float = 0.0, limit: float = 0.0,
    income: float = 1000.0, owed: tuple = (0.0, 0.0, 0.0, 0.0), pace: float = 0.0,
) -> np.void:  # fmt: skip
    """One unit's record after the plan; nothing changes from year to year but `need` (kr a year) and the rebound.

    `planned` is added to it: what each year of the plan covers.
    """
    k, w, n = np.zeros(1, STATE_DTYPE), np.zeros(1, WORLD_DTYPE), np.zeros(1, NATION_DTYPE)
    q = default_rows([2028])[0, 0]
    q["plan_tiltak_tak"], q["bemanning_tilbakeslag"], q["budsjett_med_merforbruk"] = limit / income, 1.0, 0.5
    q["plan_dekning"] = pace / income
    w["vekst"], n["vekst_hovedalternativ"], n["ramme"], n["ramme_fylke"] = 1.0, 1.0, 1e9, 1e9
    k["konsoliderer"], k["driftsinntekter"], k["bemanningskutt"] = 1.0, income, rebound
    k["budsjett_resultat"], k["budsjett_dekning"] = result, dekning
    k["budsjett_balanse"] = -shortfall if open_u < 0.5 else 0.0
    found = okonomiplan.plan_ahead(
        k[0], w[0], n[0], q, 2028, need, fund, due, standing, owed, shortfall, open_u
    )  # fmt: skip
    PLANNED[:] = found
    return k[0]


PLANNED = [0.0] * 4  # what the four years of the last plan made cover


def test_a_steady_surplus_is_a_plan_in_balance():
    k = plan(10.0)
    assert (k["plan_balanse"], k["tiltaksplan"], k["plan_resultat"]) == (0.0, 0.0, 10.0)


def test_a_gap_that_opens_is_closed_by_named_measures_first():
    """By hand: result 10; each year 12 more of need. Year 2: -2, 2 saved; year 3: -12, limit 5; year 4: -19 + 5."""
    k = plan(10.0, need=12.0, limit=5.0)
    assert k["tiltaksplan"] == 2.0
    assert k["plan_resultat"] == -14.0  # 10, 0, -7, -14
    assert k["plan_balanse"] == -14.0


def test_the_fund_carries_what_measures_do_not_until_it_is_empty():
    """The same with 10 in the fund: year 3 takes 7, year 4 the last 3 of the 14 that are missing."""
    assert plan(10.0, need=12.0, limit=5.0, fund=10.0)["plan_balanse"] == -11.0
    assert plan(10.0, need=12.0, limit=5.0, fund=21.0)["plan_balanse"] == 0.0


def test_what_does_not_last_is_gone_in_the_second_year():
    k = plan(10.0, rebound=25.0, limit=5.0)
    assert k["tiltaksplan"] == 5.0
    assert k["plan_balanse"] == -10.0  # 10 - 25 + 5 in the second year; then five more measures each year: -5, 0


def test_a_plan_covers_what_it_can_pay_and_shows_a_deficit_only_for_what_the_statute_wants():
    """30 stand. A result of 10 covers them in three years; one of 4 in more than four, which is late but balanced.

    If the law wants all of it by the third year, 30 - 3 * 4 = 18 are missing in it.
    """
    assert plan(10.0, due=10.0, standing=30.0, dekning=10.0)["plan_balanse"] == 0.0
    assert PLANNED == [10.0, 10.0, 10.0, 0.0]
    assert plan(4.0, due=10.0, standing=30.0, dekning=4.0)["plan_balanse"] == 0.0
    assert PLANNED == [4.0, 4.0, 4.0, 4.0]
    assert plan(4.0, due=10.0, standing=30.0, dekning=4.0, owed=(0.0, 0.0, 30.0, 30.0))["plan_balanse"] == -18.0
    assert PLANNED == [4.0, 4.0, 22.0, 0.0]


def test_measures_are_named_for_the_pace_of_the_plan_and_an_optimist_promises_it_without_them():
    k = plan(0.0, standing=30.0, pace=12.0, limit=5.0)
    assert k["tiltaksplan"] == 5.0 and PLANNED == [0.0, 5.0, 10.0, 12.0]
    k = plan(0.0, standing=30.0, pace=12.0, limit=5.0, open_u=0.9)
    assert k["plan_balanse"] == 0.0 and PLANNED == [0.0, 12.0, 12.0, 6.0]


def test_an_open_deficit_of_the_budget_covers_nothing():
    """The budget must cover 10 that are in their last year and has 3: its deficit is 7, and 3 are covered."""
    plan(3.0, due=10.0, standing=10.0, dekning=10.0, shortfall=7.0, owed=(10.0,) * 4)
    assert PLANNED[0] == 3.0


def test_a_shortfall_of_the_budget_is_one_of_the_plan_and_optimism_hides_both():
    assert plan(-7.0, shortfall=7.0, limit=100.0)["plan_balanse"] == -7.0
    assert plan(0.0, shortfall=7.0, limit=100.0, open_u=0.9)["plan_balanse"] == 0.0


@given(
    st.integers(-(10**8), 10**8), money, money, money, money, money, st.integers(1, 10**8), money,
    st.lists(money, min_size=4, max_size=4),
)  # fmt: skip
def test_more_fund_measures_or_result_never_make_a_plan_weaker(
    result, due, standing, fund, need, limit, more, pace, owed
):
    must = tuple(np.minimum(np.cumsum(owed), standing))

    def weakest(**better: float) -> float:
        given_ = {"fund": fund, "limit": limit, "result": float(result)} | better
        start = given_.pop("result")
        k = plan(start, due=due, standing=standing, need=need, income=1e9, pace=pace, owed=must, **given_)
        assert all(paid >= 0.0 for paid in PLANNED) and sum(PLANNED) <= standing
        assert all(sum(PLANNED[: year + 1]) >= must[year] for year in (1, 2, 3))
        return k["plan_balanse"]

    here = weakest()
    assert here <= 0.0
    assert weakest(fund=fund + more) >= here
    assert weakest(result=float(result + more)) >= here
    if pace == 0.0 and due == 0.0 and not any(must):  # else coverage may come first, and later years are poorer
        assert weakest(limit=limit + more) >= here


def test_a_unit_without_pressure_plans_in_balance():
    k, w, n = np.zeros(1, STATE_DTYPE), np.zeros(1, WORLD_DTYPE), np.zeros(1, NATION_DTYPE)
    row = default_rows([2028])[0, 0]
    okonomiplan.plan_ahead(k[0], w[0], n[0], row, 2028, 1e6, 0.0, 0.0, 0.0, (0.0,) * 4, 0.0, 0.0)
    assert k[0]["plan_balanse"] == 0.0 and k[0]["tiltaksplan"] == 0.0


# what the statute wants


def owed(vintages: dict[int, float], new: float = 0.0, known: float = 0.0, **levers: float) -> tuple:
    """Coverage owed within 1 to 4 years; vintages by age before the closing (index 0 is a year old)."""
    k, q = np.zeros(1, STATE_DTYPE), default_rows([2028])[0, 0]
    for at, amount in vintages.items():
        k["merforbruk_argang"][0, at] = amount
    for name, value in levers.items():
        q[name] = value
    return coverage.coverage_owed(k[0], q, known, new, 1.0)


def test_a_deficit_is_owed_in_the_fourth_year_after_it_arose_and_at_once_when_that_is_past():
    """kommuneloven § 14-11: at latest y + 4; the accounts year is y for a new one, y + 1 for the vintage at index 0."""
    assert owed({}, new=8.0) == (0.0, 0.0, 0.0, 8.0)
    assert owed({0: 8.0}) == (0.0, 0.0, 8.0, 8.0)
    assert owed({2: 8.0}) == (8.0, 8.0, 8.0, 8.0)
    assert owed({7: 8.0, 0: 1.0}) == (8.0, 8.0, 9.0, 9.0)


def test_what_the_year_covers_goes_to_the_oldest():
    assert owed({7: 8.0, 0: 4.0}, known=9.0) == (0.0, 0.0, 3.0, 3.0)


def test_the_ministry_and_a_temporary_act_give_more_years():
    assert owed({4: 8.0}, departement_forlenger=1, dekningsfrist_departement=8) == (0.0, 0.0, 8.0, 8.0)
    assert owed({9: 8.0}, departement_forlenger=1, dekningsfrist_departement=8) == (8.0, 8.0, 8.0, 8.0)
    assert owed({2: 8.0}, dekningsfrist_tillegg=2) == (0.0, 0.0, 8.0, 8.0)


@given(st.dictionaries(st.integers(0, 15), money, max_size=6), money, st.integers(2, 10), st.booleans())
def test_no_more_is_owed_than_stands_and_what_is_owed_stays_owed(vintages, new, council, approved):
    found = owed(vintages, new, dekningsfrist_kommunestyre=council, departement_forlenger=approved)
    assert list(found) == sorted(found) and found[3] <= sum(vintages.values()) + new
    later = owed({at - 1: amount for at, amount in vintages.items() if at > 0}, 0.0, dekningsfrist_kommunestyre=council)
    if not approved:  # the same vintages a year younger: what is owed in a year now was owed in two
        assert later[1] == owed({at: a for at, a in vintages.items() if at > 0}, dekningsfrist_kommunestyre=council)[0]


@given(st.dictionaries(st.integers(0, 15), st.integers(1, 10**6).map(float), min_size=1, max_size=5),
       st.lists(st.integers(0, 10**6).map(float), min_size=4, max_size=4), st.integers(1, 6))  # fmt: skip
def test_a_plan_is_late_where_paying_it_year_by_year_leaves_a_vintage_too_old(vintages, planned, c_years):
    """Oracle: carry the plan out, oldest vintage first, and look for one that stands after its last year."""
    k = np.zeros(1, STATE_DTYPE)
    left = {}
    for at, amount in vintages.items():
        k["merforbruk_argang"][0, at] = amount
        left[at + 1] = amount  # by age in the accounts year
    late = any(age >= c_years for age in left)  # it stands when these accounts are closed
    for year in range(1, 80):
        pays = planned[min(year - 1, 3)]
        for age in sorted(left, reverse=True):
            paid = min(left[age], pays)
            left[age] -= paid
            pays -= paid
        late = late or any(amount > 0 and age + year >= c_years for age, amount in left.items())
    standing = sum(vintages.values())
    assert coverage.planned_too_late(k[0], 0.0, standing, tuple(planned), 1.0, float(c_years)) == late


def test_a_plan_year_in_balance_needs_no_ground_and_a_shortfall_shown_is_ground_b():
    for year in range(1, YEARS + 1):
        k = base()[year]
        assert (((k["robek_grunnlag"] & 2) > 0) == (k["plan_balanse"] < 0)).all()
        assert (k["plan_balanse"] <= k["budsjett_balanse"]).all()  # the budget is the first year of the plan
        calm = (k["konsoliderer"] == 0) & (k["merforbruk"] == 0) & (k["budsjett_bruk_disposisjonsfond"] == 0)
        assert (k["tiltaksplan"][calm] == 0).all()


def test_named_measures_close_the_plan_and_without_them_more_plans_show_a_deficit():
    none = path({"plan_tiltak_tak": 0.0})
    shows = [(states[AT + 1]["plan_balanse"] < 0).sum() for states in (base(), none)]
    assert shows[0] < shows[1]
    assert (none[AT + 1]["tiltaksplan"] == 0).all()


def test_the_plan_of_a_unit_with_deficits_binds_its_next_budget():
    """At full binding what was planned for the year is saved, as far as the limit and the measures reach."""
    bound, free = path({"tiltaksplan_binding": 1.0}), path({"tiltaksplan_binding": 0.0})
    owing = (base()[AT]["merforbruk"] > 0) & (base()[AT]["robek_grunnlag"] > 0) & (base()[AT]["tiltaksplan"] > 0)
    saved, unbound = bound[AT + 1]["innsparing"], free[AT + 1]["innsparing"]
    assert owing.sum() > 10
    assert saved[owing].sum() > unbound[owing].sum()
    k = base()[AT]
    others = (k["merforbruk"] == 0) & (k["robek_grunnlag"] == 0) & (base()[AT + 1]["netto_driftsresultat"] > 0)
    assert np.array_equal(saved[others], unbound[others])


def test_a_broken_plan_is_a_ground_only_under_the_lever_and_only_where_coverage_was_struck():
    old_act = path({"robek_plan_brutt": 1.0})
    here, there = base()[AT + 1], old_act[AT + 1]
    added = (there["robek_grunnlag"] & 4) > (here["robek_grunnlag"] & 4)
    assert added.any()
    broken = (here["strykning_dekning"] > 0) & (here["plan_brutt"] > 0)
    assert broken[added].all()
    assert ((there["robek_grunnlag"] & 4) > 0)[broken].all()
