"""The closing of the accounts (BRF kap. 4) against a reading of the regulation and against its identities."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.kernel.accounts import close_drift, close_investment
from tests import oracle_law

SMALL = st.integers(0, 25)
BIG = st.integers(0, 10**12)
YEAR = 2030


class Books(NamedTuple):
    """The arguments of close_drift; vintages[age]."""

    ndr: int
    avsetning_bundne: int
    bruk_bundne: int
    overforing: int
    overforing_bundet: int
    avsetning: int
    bruk: int
    dekning: int
    fond: int
    vintages: tuple
    skjerming: int
    order: int
    mandatory: int


class Closed(NamedTuple):
    budsjettavvik: float
    struck_overforing: float
    struck_avsetning: float
    struck_dekning: float
    struck_bruk: float
    nytt: float
    fond: float
    overforing: float
    avsetning: float
    bruk: float
    dekning: float
    vintages: np.ndarray


def close(books: Books) -> Closed:
    vintages = np.array((0, *books.vintages), float)
    numbers = [float(value) for value in (*books[:9], *books[10:])]
    return Closed(*close_drift(*numbers[:9], vintages, *numbers[9:]), vintages)


def books_of(amount, signed, feasible):
    """Books with amounts drawn from `amount`; feasible: no more coverage or use than there is."""

    @st.composite
    def draw_books(draw):
        overforing = draw(amount)
        vintages = tuple(draw(st.lists(st.one_of(st.just(0), amount), max_size=5)))
        dekning, bruk, fond = draw(amount), draw(amount), draw(st.one_of(st.just(0), amount))
        if feasible:
            dekning, bruk = min(dekning, sum(vintages)), min(bruk, fond)
        return Books(
            draw(signed), draw(amount), draw(amount), overforing, min(draw(amount), overforing), draw(amount),
            bruk, dekning, fond, vintages, draw(st.one_of(st.just(0), amount)), draw(st.integers(0, 1)),
            draw(st.integers(0, 1)),
        )  # fmt: skip

    return draw_books()


ANY_SMALL = books_of(SMALL, st.integers(-60, 60), feasible=False)
ANY_BIG = books_of(BIG, st.integers(-(10**12), 10**12), feasible=False)
FEASIBLE_BIG = books_of(BIG, st.integers(-(10**12), 10**12), feasible=True)


def by_oracle(b: Books):
    old = {YEAR - 1 - i: amount for i, amount in enumerate(b.vintages)}
    return oracle_law.Operations(
        year=YEAR, result=b.ndr, restricted=b.bruk_bundne - b.avsetning_bundne, overf=b.overforing,
        reserved=b.overforing_bundet, avs=b.avsetning, bruk=b.bruk, dekning=b.dekning, fund=b.fond, old=old,
        shield=b.skjerming, order=b.order,
    ).close(mandatory=bool(b.mandatory))  # fmt: skip


@settings(max_examples=1500)
@given(ANY_SMALL)
def test_operating_accounts_close_as_the_regulation_reads_krone_by_krone(books):
    mine, law = close(books), by_oracle(books)
    assert mine.budsjettavvik == law.avvik
    assert mine.fond == law.fund()
    assert {YEAR - age: int(v) for age, v in enumerate(mine.vintages) if v} == law.vintages()
    assert mine.nytt == law.new
    assert list(mine[7:11]) == [law.booked[post] for post in ("overf", "avs", "bruk", "dekning")]
    assert list(mine[1:5]) == [law.struck[post] for post in ("overf", "avs", "dekning", "bruk")]


@given(ANY_SMALL, st.integers(1, 10**9))
def test_the_unit_of_money_does_not_matter(books, unit):
    money = [name for name in Books._fields if name not in ("vintages", "order", "mandatory")]
    scaled = books._replace(**{name: getattr(books, name) * unit for name in money})
    scaled = scaled._replace(vintages=tuple(v * unit for v in books.vintages))
    one, many = close(books), close(scaled)
    assert [value * unit for value in one[:11]] == list(many[:11])
    assert (one.vintages * unit == many.vintages).all()


@settings(max_examples=300)
@given(ANY_BIG)
def test_operating_accounts_sum_to_zero(books):  # I1
    c = close(books)
    restricted = books.avsetning_bundne - books.bruk_bundne
    assert books.ndr - restricted - c.overforing - c.avsetning + c.bruk - c.dekning + c.nytt == 0


@settings(max_examples=300)
@given(ANY_BIG)
def test_net_position_moves_only_by_result_restricted_funds_and_transfer(books):  # I3
    c = close(books)
    before, after = books.fond - sum(books.vintages), c.fond - c.vintages.sum()
    assert after - before == books.ndr - books.avsetning_bundne + books.bruk_bundne - c.overforing


@settings(max_examples=300)
@given(ANY_BIG)
def test_no_deficit_stands_beside_an_unshielded_fund(books):  # I4
    c = close(books._replace(mandatory=1))
    if c.vintages.sum() > 0:
        assert c.fond <= books.skjerming


@settings(max_examples=300)
@given(ANY_BIG)
def test_a_new_deficit_comes_only_after_every_strike(books):  # I5
    c = close(books._replace(mandatory=0))
    if c.nytt > 0:
        assert c.avsetning == 0
        assert c.overforing == books.overforing_bundet
        assert c.dekning == 0


@settings(max_examples=300)
@given(ANY_BIG)
def test_struck_coverage_keeps_the_year_of_the_old_deficit(books):  # I6
    c = close(books._replace(mandatory=0))
    if c.nytt > 0:
        assert tuple(c.vintages[1:]) == books.vintages
        assert c.vintages[0] == c.nytt


@settings(max_examples=300)
@given(ANY_BIG)
def test_stocks_move_by_what_is_booked_and_are_never_negative(books):  # I7
    c = close(books)
    assert c.fond == books.fond + c.avsetning - c.bruk >= 0
    assert c.vintages.sum() == sum(books.vintages) - c.dekning + c.nytt
    assert (c.vintages >= 0).all()
    assert min(c[1:6]) >= 0 and min(c[7:11]) >= 0
    assert not (c.nytt > 0 and c.budsjettavvik > 0 and books.bruk <= books.fond)


@settings(max_examples=300)
@given(ANY_BIG)
def test_what_is_struck_and_what_is_booked_add_up_to_the_budget(books):
    c = close(books)
    assert c.overforing == books.overforing - c.struck_overforing
    assert c.avsetning >= books.avsetning - c.struck_avsetning
    assert c.dekning >= books.dekning - c.struck_dekning
    assert c.bruk >= books.bruk - c.struck_bruk


@settings(max_examples=300)
@given(FEASIBLE_BIG)
def test_restricted_funds_never_reduce_a_deficit(books):  # I15
    """The same result with money first put into and taken out of restricted funds closes the same."""
    detour = books._replace(avsetning_bundne=books.avsetning_bundne + 777, bruk_bundne=books.bruk_bundne + 777)
    assert close(books)[:11] == close(detour)[:11]


@settings(max_examples=300)
@given(ANY_BIG, BIG)
def test_more_revenue_never_adds_a_deficit_nor_lowers_the_net_position(books, more):
    poor, rich = close(books), close(books._replace(ndr=books.ndr + more))
    assert rich.nytt <= poor.nytt
    assert rich.vintages.sum() <= poor.vintages.sum()
    assert rich.fond - rich.vintages.sum() >= poor.fond - poor.vintages.sum()
    assert rich.overforing >= poor.overforing


@settings(max_examples=300)
@given(ANY_BIG)
def test_old_deficits_are_paid_oldest_first(books):
    c = close(books)
    ages = [age for age in range(1, len(c.vintages)) if books.vintages[age - 1] > 0]
    touched = [age for age in ages if c.vintages[age] < books.vintages[age - 1]]
    untouched_older = [age for age in ages if touched and age > min(touched) and c.vintages[age] > 0]
    assert untouched_older == []


@given(FEASIBLE_BIG)
def test_the_order_of_strikes_only_splits_them_between_transfer_and_allocation(books):
    first, second = close(books._replace(order=0)), close(books._replace(order=1))
    assert first.nytt == second.nytt
    assert first.struck_dekning == second.struck_dekning
    assert first.struck_overforing + first.struck_avsetning == second.struck_overforing + second.struck_avsetning


@given(ANY_BIG, BIG)
def test_a_larger_shield_never_leaves_less_fund_nor_less_deficit(books, more):
    narrow, wide = close(books), close(books._replace(skjerming=books.skjerming + more))
    assert wide.fond >= narrow.fond
    assert wide.vintages.sum() >= narrow.vintages.sum()


@given(ANY_BIG)
def test_closing_by_the_final_bookings_strikes_nothing_more(books):
    """The final bookings are a budget that fits: closed again with them, the year has no deviation."""
    c = close(books)
    assume(c.nytt == 0)
    again = close(
        books._replace(
            overforing=int(c.overforing), overforing_bundet=0, avsetning=int(c.avsetning), bruk=int(c.bruk),
            dekning=int(c.dekning),
        )
    )  # fmt: skip
    assert again[:6] == (0, 0, 0, 0, 0, 0)
    assert again.fond == c.fond


@settings(max_examples=1000)
@given(st.integers(-40, 80), SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL)
def test_investment_accounts_close_as_the_regulation_reads_krone_by_krone(
    net, avs_b, bruk_b, lan, overf, reserved, avs, bruk, cover
):
    reserved = min(reserved, overf)
    numbers = (net, avs_b, bruk_b, lan, overf, reserved, avs, bruk, cover)
    avvik, s_lan, s_overf, s_bruk, booked_avs, udekket = close_investment(*map(float, numbers))
    law = oracle_law.close_investment(
        expenditure=net + avs_b - bruk_b + cover, lan=lan, overf=overf, reserved=reserved, avs=avs, bruk=bruk
    )
    assert (avvik, booked_avs, udekket) == (law["avvik"], law["avs"], law["udekket"])
    assert (s_lan, s_overf, s_bruk) == tuple(law["struck"][post] for post in ("lan", "overf", "bruk"))
    # I2: expenditure and income as finally booked sum to zero
    assert net + avs_b - bruk_b - (lan - s_lan) - (overf - s_overf) + booked_avs - (bruk - s_bruk) + cover == udekket


@pytest.mark.parametrize("ndr", [-7, 0, 9])
def test_a_budget_that_uses_more_fund_than_there_is_ends_at_an_empty_fund_or_better(ndr):
    """By hand: fund 2, use 10, transfer 3 in the budget. Only 2 can be used; the transfer gives 3 of 8."""
    c = close(Books(ndr, 0, 0, 3, 0, 0, 10, 0, 2, (), 0, 0, 1))
    expected = {-7: (0, 5, 0), 0: (0, 0, 2), 9: (8, 0, 3)}[ndr]  # fund, new deficit, transfer
    assert (c.fond, c.nytt, c.overforing) == expected
