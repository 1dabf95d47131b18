"""What an agent writes takes effect, keeps the books in order, and touches nobody else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import KommuneModel
from agents.unit import CAPITAL
from sim.checks import verify
from sim.state import AGE_GROUPS, STATE, STATE_COLUMNS
from tests.sweeps import scenario, world

DRAWN = ("lokal_skatt", "lokal_vekst", "lokal_kostnad", "lokal_natur", "premie_over_kostnad")  # by chance alone


def made(years: int = 3) -> KommuneModel:
    """A model of the small test scenario."""
    return KommuneModel(scenario(1, years), data=world())


def step_and_verify(model: KommuneModel) -> list:
    """The identities that fail in the next year."""
    before = model.state.units.copy()
    row = model.rows[model.year - 2025]
    model.step()
    return verify(before, model.state, row, model.year)


def test_a_bigger_fund_changes_that_kommune_and_nobody_else():
    plain, changed = made(), made()
    for model in (plain, changed):
        model.step()
    unit = changed.unit("Eigersund")
    unit.disposisjonsfond = unit.disposisjonsfond + 400_000_000
    at = changed.units.index(unit)
    others = np.arange(372) != at
    for year in (2027, 2028):
        plain.step()
        changed.step()
        ours, theirs = changed.state.units[0], plain.state.units[0]
        assert ours["disposisjonsfond"][at] > theirs["disposisjonsfond"][at] + 100_000_000, year
        for name in DRAWN[:-1]:
            assert np.array_equal(ours[name], theirs[name]), (name, year)
        if year == 2027:  # afterwards the sector's result is in what the State does (nation.resultat_siste)
            assert ours[others].tobytes() == theirs[others].tobytes()
    assert changed.nation.rente == plain.nation.rente
    assert changed.nation.resultat_siste != plain.nation.resultat_siste


money = st.floats(0.0, 5e9)


@settings(max_examples=25)
@given(name=st.sampled_from(sorted(CAPITAL)), amount=money, index=st.integers(0, 371))
def test_the_books_are_in_order_after_any_fund_or_deficit_is_set(name, amount, index):
    model = made(1)
    unit = model.units[index]
    setattr(unit, name, amount)
    assert getattr(unit, name) == np.floor(amount + 0.5)
    capital = sum(sign * getattr(unit, one) for one, sign in CAPITAL.items())
    assert unit.arbeidskapital == capital
    assert unit.merforbruk == sum(unit.merforbruk_argang.values())
    assert not step_and_verify(model)


@settings(max_examples=25)
@given(
    group=st.sampled_from(AGE_GROUPS), persons=st.floats(1.0, 60_000.0), index=st.integers(0, 356),
    all_at_once=st.booleans(),
)  # fmt: skip
def test_people_of_a_kommune_and_of_its_fylkeskommune_agree_after_any_change(group, persons, index, all_at_once):
    model = made(1)
    unit = model.units[index]
    if all_at_once:
        shares = {name: count / unit.folketall for name, count in unit.alder.items()}
        unit.folketall = persons
        assert unit.alder[group] == pytest.approx(persons * shares[group], rel=1e-9)
    else:
        unit.alder[group] = persons
        assert unit.alder[group] == persons
    assert unit.folketall == pytest.approx(sum(unit.alder.values()), rel=1e-9)
    county = unit.fylkeskommune
    assert county.folketall == pytest.approx(sum(k.folketall for k in county.kommuner), rel=1e-9)
    assert not [found for found in step_and_verify(model) if "folke" in found.identity or "people" in found.identity]


def test_a_higher_merforbruk_is_of_this_year_and_a_lower_one_covers_the_oldest_first():
    unit = made().unit("Eigersund")
    unit.merforbruk_argang = {2023: 5_000_000, 2024: 3_000_000}
    assert unit.merforbruk == 8_000_000
    unit.merforbruk = 10_000_000
    assert dict(unit.merforbruk_argang) == {2025: 2_000_000, 2024: 3_000_000, 2023: 5_000_000}
    unit.merforbruk = 4_000_000
    assert dict(unit.merforbruk_argang) == {2025: 2_000_000, 2024: 2_000_000}
    del unit.merforbruk_argang[2024]
    assert unit.merforbruk == 2_000_000
    unit.merforbruk = 0
    assert len(unit.merforbruk_argang) == 0


def test_a_vintage_that_is_set_brings_the_kommune_into_the_register_and_shows_its_ground():
    model = made()
    unit = model.unit("Eigersund")
    unit.robek_letters = set()
    unit.disposisjonsfond = 0
    unit.merforbruk_argang = {2023: 50_000_000 + 0.05 * unit.driftsinntekter}
    assert not unit.robek
    model.step()
    assert unit.robek
    assert {"c", "d"} <= unit.robek_letters


def test_letters_are_read_as_they_were_set():
    unit = made().units[5]
    for letters in ("", "a", "cd", "abcdefg"):
        unit.robek_letters = set(letters)
        assert unit.robek_letters == frozenset(letters)
        assert unit.robek is bool(letters)
        assert unit.robek_grunnlag == sum(1 << "abcdefg".index(letter) for letter in letters)
    with pytest.raises(ValueError, match="'h' is not a ground"):
        unit.robek_letters = {"a", "h"}


def test_every_scalar_column_can_be_written_and_read_back():
    unit = made().units[7]
    for column in STATE:
        if not column.shape:
            setattr(unit, column.name, 3)
            assert getattr(unit, column.name) == 3, column.name


def test_arrays_can_be_written_one_by_one_and_from_a_mapping():
    unit = made().units[7]
    before = dict(unit.budsjett_utgifter)
    unit.budsjett_utgifter["grunnskole"] = 123_456_789
    assert dict(unit.budsjett_utgifter) == {**before, "grunnskole": 123_456_789}
    unit.budsjett_utgifter = {"pleie": 5, "barnehage": 6.4}
    assert dict(unit.budsjett_utgifter) == {**before, "grunnskole": 123_456_789, "pleie": 5, "barnehage": 6}
    with pytest.raises(ValueError, match="takes a mapping"):
        unit.budsjett_utgifter = [1, 2, 3]
    with pytest.raises(TypeError, match="assign 0 instead"):
        del unit.budsjett_utgifter["pleie"]
    with pytest.raises(KeyError, match="has no 'skole'"):
        unit.budsjett_utgifter["skole"] = 1


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), "much", None, [1.0]])
def test_what_is_not_a_finite_number_is_refused_and_changes_nothing(wrong):
    model = made()
    before = model.state.units.tobytes()
    unit = model.units[3]
    with pytest.raises(ValueError, match=r"lanegjeld = .* is not a"):
        unit.lanegjeld = wrong
    with pytest.raises(ValueError, match=r"alder = .* is not a"):
        unit.alder["6-15"] = wrong
    with pytest.raises(ValueError, match=r"is not a"):
        unit.utgifter = {"grunnskole": 1.0, "pleie": wrong}
    assert model.state.units.tobytes() == before


@pytest.mark.parametrize("name", ["disposisjonsfond", "lanegjeld", "merforbruk", "skoler", "folketall", "elever"])
def test_less_than_nothing_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} = -1 is below 0"):
        setattr(made().units[3], name, -1)


def test_amounts_are_kept_in_whole_kroner_and_other_columns_as_they_are():
    unit = made().units[3]
    unit.lanegjeld, unit.gap = 1_000.5, 0.01234
    assert (unit.lanegjeld, unit.gap) == (1001.0, 0.01234)
    assert STATE_COLUMNS["gap"].unit != "kr"


def test_what_is_written_to_the_nation_takes_effect():
    model, other = made(), made()
    model.nation.rente_avvik = 0.05
    model.step()
    other.step()
    assert model.nation.rente > other.nation.rente
    assert model.agents.agg("renteutgifter", sum) > other.agents.agg("renteutgifter", sum)
    model.nation.alder["80-89"] = 7
    assert model.state.nation[0]["alder"][6] == 7
    with pytest.raises(ValueError, match="not a finite number"):
        model.nation.rente = float("nan")
