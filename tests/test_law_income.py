"""Equalisation of income and expenditure needs: theorems, exact arithmetic and published figures."""

import csv
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import income
from tests import oracle_law

EXTRA, LIMIT = 0.35, 0.9
UNITS = st.lists(st.tuples(st.integers(5_000, 150_000), st.integers(200, 700_000)), min_size=1, max_size=40)
RATES = st.sampled_from([60, 62, 64])


def equalise(units, rate):
    tax, people = (np.array(column, float) for column in zip(*units, strict=True))
    net = np.empty(len(tax))
    mean, deduction = income.inntektsutjevning(tax, people, rate, EXTRA, LIMIT, net)
    return tax, people, net, mean, deduction


@given(UNITS, RATES)
def test_income_equalisation_agrees_with_exact_fractions(units, percent):
    _, _, net, _, deduction = equalise(units, percent / 100)
    tax, people = zip(*units, strict=True)
    exact, exact_deduction = oracle_law.equalise(tax, people, Fraction(percent, 100))
    assert net == pytest.approx([float(value) for value in exact], abs=1e-6)
    assert deduction == pytest.approx(float(exact_deduction), abs=1e-6)


@given(UNITS, RATES)
def test_income_equalisation_creates_no_krone(units, percent):
    tax, people, net, mean, _ = equalise(units, percent / 100)
    assert abs((net * people).sum()) <= 1e-12 * (tax * people).sum()
    assert ((tax + net) * people).sum() / people.sum() == pytest.approx(mean)


@given(UNITS, RATES)
def test_income_equalisation_keeps_the_order_of_the_units(units, percent):
    tax, _, net, _, _ = equalise(units, percent / 100)
    after = (tax + net)[np.argsort(tax, kind="stable")]
    assert (np.diff(after) >= -1e-9).all()


@given(st.integers(0, 200_000), st.integers(1, 10_000), RATES)
def test_a_unit_keeps_part_of_a_krone_and_less_of_it_below_the_limit(tax, more, percent):
    rate, mean = percent / 100, 40_000.0
    before, after = (t + income.utjevning_brutto(t, mean, rate, EXTRA, LIMIT) for t in (tax, tax + float(more)))
    kept = (after - before) / more
    assert 1 - rate - EXTRA - 1e-6 <= kept <= 1 - rate + 1e-6
    if tax >= LIMIT * mean:
        assert kept == pytest.approx(1 - rate, abs=1e-6)
    if tax + more <= LIMIT * mean:
        assert kept == pytest.approx(1 - rate - EXTRA, abs=1e-6)


@given(st.integers(0, 200_000), st.integers(1, 700_000), RATES)
def test_the_rule_is_the_same_in_kroner_as_per_inhabitant(tax, people, percent):
    per_head = income.utjevning_brutto(float(tax), 40_000.0, percent / 100, EXTRA, LIMIT)
    in_kroner = income.utjevning_brutto(float(tax * people), 40_000.0 * people, percent / 100, EXTRA, LIMIT)
    assert in_kroner == pytest.approx(per_head * people, rel=1e-9, abs=1e-3)


def rows(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_published_settlements_of_income_equalisation_reproduce(shared):
    settlements = rows(shared / "cases" / "income_equalisation.csv")
    assert settlements
    for row in settlements:
        mean, own = (float(row[f"{x}_tax_kr_per_inhabitant"]) for x in ("national_mean", "own"))
        net = income.utjevning_brutto(own, mean, float(row["symmetric_rate"]), EXTRA, LIMIT)
        net -= float(row["uniform_deduction_T_kr_per_inhabitant"])
        published = float(row["net_equalisation_published_kr_per_inhabitant"])
        assert abs(net - published) <= float(row["tolerance_kr_per_inhabitant"]), (
            row["kommune"],
            row["year"],
        )


def test_published_indices_of_expenditure_need_reproduce(shared):
    names = ("grunnskole", "pleie_og_omsorg", "barnehage", "kommunehelse", "barnevern", "sosialhjelp")
    columns = [f"index_{name}" for name in (*names, "administrasjon_miljo_landbruk")]
    shares, complete = np.array(income.SECTOR_SHARES[2026]), 0
    for row in rows(shared / "cases" / "expenditure_equalisation_2026.csv"):
        if all(row[column] for column in columns) and row["index_total_official"]:
            index = income.utgiftsbehov(shares, np.array([float(row[column]) for column in columns]))
            assert abs(index - float(row["index_total_official"])) <= 6e-4, row["kommune"]
            complete += 1
    assert complete == 350


def test_sector_shares_are_those_of_the_cost_key(shared):
    key = {row["sector"]: float(row["sector_share"]) for row in rows(shared / "cases" / "cost_key_2026.csv")}
    key.pop("SAMLET", None)
    assert dict(zip(income.SECTORS, income.SECTOR_SHARES[2026], strict=True)) == pytest.approx(key)


@pytest.mark.parametrize("year", income.SECTOR_SHARES)
def test_a_unit_that_needs_the_mean_in_every_sector_needs_the_mean(year):
    shares = np.array(income.SECTOR_SHARES[year])
    assert income.utgiftsbehov(shares, np.ones(7)) == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=50)
@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), max_size=10))
def test_cost_of_demography_is_the_cost_of_the_end_less_that_of_the_start(groups):
    start, end, cost = (np.array([float(g[i]) for g in groups]) for i in range(3))
    expected = sum(g[2] * g[1] for g in groups) - sum(g[2] * g[0] for g in groups)
    assert income.merutgift_demografi(start, end, cost) == expected
