"""Entry to and exit from ROBEK (kommuneloven §§ 28-1, 28-5) against a reading of the Act."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import balance_rule as rule
from tests import oracle_law

YEAR = 2030
SUBSETS = st.sets(st.sampled_from("abcdefg"))


def bits(letters) -> int:
    return sum(1 << "abcdefg".index(letter) for letter in set(letters))


def letters(number: int) -> set[str]:
    return {letter for i, letter in enumerate("abcdefg") if number >> i & 1}


@st.composite
def years(draw):
    """What the ministry sees in a year, as keyword arguments of the oracle."""
    income = draw(st.integers(0, 100_000))
    at_threshold = st.just(income * 3 // 100)
    amount = st.one_of(st.just(0), st.integers(0, 4000), at_threshold)
    old = {YEAR - age: draw(amount) for age in draw(st.sets(st.integers(0, 12), max_size=3))}
    balance = st.integers(-5, 5)
    return {
        "year": YEAR,
        "old": old,
        "income": income,
        "budget": draw(balance),
        "plan": draw(st.lists(balance, min_size=4, max_size=4)),
        "planned": {vintage: vintage + draw(st.integers(1, 5)) for vintage in old},
        "budget_on_time": draw(st.booleans()),
        "accounts_on_time": draw(st.booleans()),
    }


def found_by_kernel(seen) -> int:
    vintages = np.zeros(13)
    for vintage, amount in seen["old"].items():
        vintages[YEAR - vintage] = amount
    late = any(rule.planned_too_late(float(v), float(p), 2.0) for v, p in seen["planned"].items())
    found = rule.grounds_from_budget(float(seen["budget"]), float(min(seen["plan"])), late, seen["budget_on_time"])
    return found | rule.grounds_from_accounts(
        vintages, vintages.sum(), float(seen["income"]), seen["accounts_on_time"], 2.0, 0.03
    )


@settings(max_examples=1500)
@given(years(), SUBSETS)
def test_grounds_and_register_are_those_of_the_act(seen, before):
    found = found_by_kernel(seen)
    assert letters(found) == oracle_law.grounds(**seen)
    after = rule.update_register(bits(before), found, float(sum(seen["old"].values())), rule.EXIT_ZERO)
    assert letters(after) == oracle_law.register_after(before, oracle_law.grounds(**seen), seen["old"])


@given(st.integers(1, 10**10), st.integers(1, 15))
def test_exactly_at_the_threshold_is_not_above_it(hundredth, percent):  # I14
    income, limit = float(100 * hundredth), float(percent * hundredth)
    for deficit, expected in ((limit, 0), (limit + 1.0, rule.D)):
        vintages = np.array([deficit, 0.0])
        found = rule.grounds_from_accounts(vintages, deficit, income, True, 2.0, percent / 100)
        assert found & rule.D == expected


@given(SUBSETS, st.integers(1, 10**9))
def test_a_unit_in_the_register_for_deficits_leaves_only_when_all_is_covered(before, merforbruk):  # I14
    stays = rule.update_register(bits(before), 0, float(merforbruk), rule.EXIT_ZERO)
    assert letters(stays) == before & set("cdg")
    assert rule.update_register(bits(before), 0, 0.0, rule.EXIT_ZERO) == 0


@pytest.mark.parametrize("age", range(6))
@pytest.mark.parametrize("c_years", range(5))
def test_ground_c_of_the_accounts_needs_a_vintage_whose_years_have_run_out(age, c_years):  # I14
    vintages = np.zeros(8)
    vintages[age] = 1.0
    found = rule.grounds_from_accounts(vintages, 1.0, 1e9, True, float(c_years), 0.03)
    assert bool(found & rule.C) == (age >= c_years)


@given(SUBSETS, SUBSETS, st.integers(0, 3))
def test_two_reviews_make_one_year(before, found, merforbruk):
    january = rule.review_budget(bits(before), bits(found))
    assert letters(january) == (before & set("cdfg")) | (found & set("abce"))
    june = rule.review_accounts(january, bits(found), float(merforbruk), rule.EXIT_ZERO)
    assert june == rule.update_register(bits(before), bits(found), float(merforbruk), rule.EXIT_ZERO)


@given(SUBSETS, SUBSETS, st.integers(0, 10**6))
def test_the_easier_exit_never_keeps_a_ground_that_the_law_lets_go(before, found, merforbruk):
    law = rule.update_register(bits(before), bits(found), float(merforbruk), rule.EXIT_ZERO)
    easier = rule.update_register(bits(before), bits(found), float(merforbruk), rule.EXIT_BELOW_THRESHOLD)
    assert letters(easier) <= letters(law)
    assert letters(easier) & set("cd") == found & set("cd")


def test_the_easier_exit_lets_a_merged_unit_go_when_it_is_below_the_threshold():
    still_above = rule.update_register(rule.G | rule.D, rule.D, 50.0, rule.EXIT_BELOW_THRESHOLD)
    below = rule.update_register(rule.G | rule.D, 0, 20.0, rule.EXIT_BELOW_THRESHOLD)
    assert letters(still_above) == {"d", "g"}
    assert letters(below) == set()
