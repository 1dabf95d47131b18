"""Amortisation, premieavvik, norms, property tax, loans: theorems, lists by hand, published figures."""

import json
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import accounts, constraints

POSITIVE = st.integers(1, 10**11)


@given(POSITIVE, POSITIVE, POSITIVE)
def test_minimumsavdrag_is_depreciation_times_debt_over_book_value(avskr, gjeld, verdi):
    least = accounts.minimumsavdrag(float(avskr), float(gjeld), float(verdi), 35.0)
    assert least == pytest.approx(float(Fraction(avskr) * gjeld / verdi), rel=1e-14)
    assert gjeld / least == pytest.approx(verdi / avskr)  # I13: implied repayment time


@given(POSITIVE, POSITIVE, POSITIVE, st.integers(1, 10**9))
def test_minimumsavdrag_rises_with_debt_and_depreciation_and_falls_with_book_value(avskr, gjeld, verdi, more):
    def least(a, b, c):
        return accounts.minimumsavdrag(float(a), float(b), float(c), 35.0)

    base = least(avskr, gjeld, verdi)
    assert least(avskr + more, gjeld, verdi) >= base
    assert least(avskr, gjeld + more, verdi) >= base
    assert least(avskr, gjeld, verdi + more) <= base
    assert least(avskr, verdi, verdi) == avskr  # I13: debt equal to book value


@given(POSITIVE)
def test_without_book_value_the_debt_is_repaid_over_the_implied_horizon(gjeld):
    assert accounts.minimumsavdrag(0.0, float(gjeld), 0.0, 35.0) == gjeld / 35


@given(st.integers(-(10**11), 10**11), st.integers(1, 15))
def test_amortised_premieavvik_sums_exactly_to_the_original_in_whole_kroner(original, years):  # I12
    parts = [accounts.premieavvik_amortisering(float(original), age, years) for age in range(years + 3)]
    assert sum(parts) == original
    assert all(part == int(part) for part in parts)
    assert all(abs(part - original / years) < 1.0 + 1e-6 for part in parts[1 : years + 1])
    assert parts[0] == parts[years + 1] == parts[years + 2] == 0


@given(st.integers(-(10**11), 10**11), st.integers(1, 15), st.integers(1, 20))
def test_what_is_left_of_a_premieavvik_falls_by_what_is_amortised(original, years, age):  # I12
    left = [accounts.premieavvik_rest(float(original), a, years) for a in (age - 1, age)]
    assert left[1] == left[0] - accounts.premieavvik_amortisering(float(original), age, years)
    if age <= years:
        assert abs(left[1] - (original - original * age / years)) <= 0.5 + 1e-4  # rounded to the nearest
    assert accounts.premieavvik_rest(float(original), 0, years) == original
    assert accounts.premieavvik_rest(float(original), years, years) == 0


def test_property_tax_rises_as_fast_as_the_law_allows():
    """By hand: homes of 1 000 000 are taxed on 700 000; other property on its full value."""
    home, other, taxes = 0.0, 0.0, []
    for _ in range(9):
        home = constraints.hoyeste_promille(home, constraints.TAX_STEP, constraints.HOME_CAP)
        other = constraints.hoyeste_promille(other, constraints.TAX_STEP, constraints.OTHER_CAP)
        taxes.append((constraints.eiendomsskatt_bolig(1e6, home), constraints.eiendomsskatt_annet(1e6, other)))
    assert taxes == [
        (700, 1000), (1400, 2000), (2100, 3000), (2800, 4000), (2800, 5000), (2800, 6000), (2800, 7000),
        (2800, 7000), (2800, 7000),
    ]  # fmt: skip


def test_a_rate_above_the_cap_comes_down_to_it_at_once():
    assert constraints.hoyeste_promille(5.0, 1.0, 4.0) == 4.0


@pytest.mark.parametrize(
    ("pupils", "teachers"),
    [((15, 0, 0), 1), ((0, 20, 0), 1), ((0, 0, 20), 1), ((16, 10, 30), 16 / 15 + 2), ((0, 0, 0), 0)],
)
def test_teacher_norm_is_continuous_in_pupils(pupils, teachers):
    norm = np.array(constraints.TEACHER_NORM)
    assert constraints.larerbehov(np.array(pupils, float), norm) == pytest.approx(teachers, abs=1e-12)


@given(st.integers(0, 500), st.integers(0, 500))
def test_one_more_child_than_the_pedagogue_norm_allows_needs_one_more_position(under, over):
    leaders = constraints.pedagogiske_ledere(float(under), float(over))
    assert leaders == math.ceil(Fraction(2 * under + over, 14))
    assert 14 * (leaders - 1) < 2 * under + over <= 14 * leaders


@given(st.integers(0, 500), st.integers(0, 500))
def test_kindergarten_staff_is_one_for_three_small_or_six_big_children(under, over):
    assert constraints.barnehage_bemanning(float(3 * under), float(6 * over)) == under + over


@given(POSITIVE, POSITIVE)
def test_nothing_is_borrowed_for_compensated_vat(gross, vat):
    assert constraints.laneramme(float(gross), float(vat)) == max(0, gross - vat)


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 700_000)), min_size=1, max_size=20))
def test_private_school_deduction_only_moves_money_between_kommuner(units):
    """Each kommune's own deduction and its share of every pot, added over all kommuner, is 0."""
    rate, country = 100_000.0, sum(people for _, people in units)
    pots = sum(rate * pupils for pupils, _ in units)
    total = 0.0
    for pupils, people in units:
        own = constraints.privatskoletrekk(rate, float(pupils), float(people), float(country))
        from_others = (pots - rate * pupils) * people / country
        assert own <= 0
        total += own + from_others
    assert abs(total) <= 1e-9 * max(1.0, pots)


def published(shared):
    cases = json.loads((shared / "cases" / "law_cases_annotated.json").read_text(encoding="utf-8"))["published"]
    return {case["id"]: case for case in cases}


def field(table, english):
    """The value whose key begins with `english`; the keys are english__norsk."""
    (value,) = [value for key, value in table.items() if key.split("__")[0] == english]
    return value


def test_published_amortisation_reproduces(shared):
    cases = published(shared)
    molde, fraena = (
        cases["molde_2020_minimum_amortisation"],
        cases["fraena_2016_minimum_amortisation_1992_act"],
    )
    given_, expected = molde["input"], molde["expected"]
    least = accounts.minimumsavdrag(
        float(field(given_, "depreciation")), float(field(given_, "loan_debt")),
        float(field(given_, "book_value_depreciable_assets")), 35.0,
    )  # fmt: skip
    assert abs(least - field(expected, "minimum_amortisation")) <= molde["tolerance"]
    given_, expected = fraena["input"], fraena["expected"]
    old = constraints.minsteavdrag_1992(
        float(field(given_, "loan_debt")), float(field(given_, "weighted_asset_life_years"))
    )
    assert abs(old - field(expected, "minimum_amortisation")) <= fraena["tolerance"]


@pytest.mark.parametrize("children", [14, 15])
def test_published_pedagogue_norm_reproduces(shared, children):
    case = published(shared)[f"pedagogue_norm_{children}_children"]
    over, under = (float(field(case["input"], f"children_{which}_three")) for which in ("over", "under"))
    assert constraints.pedagogiske_ledere(under, over) == field(case["expected"], "pedagogues_required")


@pytest.mark.parametrize("year", [2020, 2021])
def test_published_pension_expenditure_reproduces(shared, year):
    case = published(shared)[f"stavanger_{year}_pension_deviation"]
    premium, cost = (field(case["input"], name) for name in ("pension_premium", "net_pension_cost"))
    amortised = field(case["input"], "amortisation_of_earlier_deviations")
    deviation = accounts.premieavvik_rest(float(premium - cost), 0, 7)
    assert abs(deviation - field(case["expected"], "premium_deviation")) <= case["tolerance"]
    booked = premium - deviation + amortised
    assert abs(booked - field(case["expected"], "booked_pension_expenditure")) <= case["tolerance"]
