"""Coverage owed by the statute (kommuneloven § 14-11), year by year from its words, against the compiled rule."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import coverage
from sim.params import default_rows
from sim.state import STATE_DTYPE

YEAR = 2040  # of the accounts; the budget under treatment is that of 2041
AMOUNTS = st.integers(1, 10**9)


@st.composite
def levers(draw):
    """Years that the council, the ministry and a temporary Act may give, all together up to 16."""
    council = draw(st.integers(1, 10))
    return {
        "dekningsfrist": draw(st.integers(1, council)),
        "dekningsfrist_kommunestyre": council,
        "departement_forlenger": draw(st.booleans()),
        "dekningsfrist_departement": draw(st.integers(1, 10)),
        "dekningsfrist_tillegg": draw(st.integers(0, 6)),
    }


def last_year(arose, q):
    """§ 14-11: two years, the council up to four, more with the ministry's approval; a temporary Act adds to all."""
    years = max(q["dekningsfrist"], q["dekningsfrist_kommunestyre"])
    if q["departement_forlenger"]:
        years = max(years, q["dekningsfrist_departement"])
    return arose + years + q["dekningsfrist_tillegg"]


def statute(standing, known, q):
    """What must be covered by the end of each of the four plan years; `standing` {year: amount}, oldest paid first."""
    owed = [0, 0, 0, 0]
    for arose in sorted(standing):
        paid = min(standing[arose], known)
        known -= paid
        for ahead in range(4):
            if max(last_year(arose, q), YEAR + 1) <= YEAR + 1 + ahead:  # past it: in the first budget there is
                owed[ahead] += standing[arose] - paid
    return tuple(owed)


def compiled(standing, known, q, new=0):
    k, row = np.zeros(1, STATE_DTYPE), default_rows([YEAR - 12])[0, 0]
    for name, value in q.items():
        row[name] = value
    for arose, amount in standing.items():
        k["merforbruk_argang"][0, YEAR - arose - 1] = amount
    return coverage.coverage_owed(k[0], row, float(known), float(new), 1.0)


@settings(max_examples=600)
@given(st.dictionaries(st.integers(YEAR - 16, YEAR - 1), AMOUNTS, max_size=5), st.integers(0, 10**9), levers())
def test_a_deficit_is_owed_in_the_last_year_that_council_ministry_or_a_temporary_act_gives(standing, known, q):
    assert compiled(standing, known, q) == statute(standing, known, q)


@given(st.dictionaries(st.integers(YEAR - 16, YEAR - 1), AMOUNTS, max_size=5), AMOUNTS, levers())
def test_the_deficit_of_the_year_itself_has_all_its_years(standing, new, q):
    assert compiled(standing, 0, q, new) == statute(standing | {YEAR: new}, 0, q)


@given(st.dictionaries(st.integers(YEAR - 16, YEAR - 1), AMOUNTS, min_size=1, max_size=5), levers(), st.integers(1, 20))
def test_the_ministrys_approval_never_makes_more_owed(standing, q, years):
    without = compiled(standing, 0, q | {"departement_forlenger": False})
    approved = compiled(standing, 0, q | {"departement_forlenger": True, "dekningsfrist_departement": years})
    assert all(less <= more for less, more in zip(approved, without, strict=True))


def test_approval_stands_before_the_councils_years_are_past():
    """By hand: arose in 2037, the council may take until 2041, the ministry has approved eight years, until 2045."""
    q = {"departement_forlenger": True, "dekningsfrist_departement": 8}
    assert compiled({2037: 90}, 0, q) == (0, 0, 0, 0)
    assert compiled({2037: 90}, 0, q | {"departement_forlenger": False}) == (90, 90, 90, 90)
    assert compiled({2033: 90}, 0, q) == (90, 90, 90, 90)
    assert compiled({2033: 90}, 0, q | {"dekningsfrist_tillegg": 2}) == (0, 0, 90, 90)


def test_what_is_as_old_as_the_state_can_tell_is_owed_at_once():
    """The last place holds what arose 16 or more years ago, so its approved year cannot be seen to come."""
    q = {"departement_forlenger": True, "dekningsfrist_departement": 20}
    assert compiled({2024: 90}, 0, q) == (90, 90, 90, 90)
