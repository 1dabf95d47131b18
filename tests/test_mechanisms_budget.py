"""Each mechanism of the budget, switched off in paired runs: it changes what it should, and nothing before it acts."""

from functools import cache

import numpy as np
import pytest

from sim.checks import verify
from sim.kernel import closing, step
from sim.params import PARAMS
from sim.state import FIRST_YEAR, STATE_DTYPE
from tests.simulate import opened, rows_with, world

KOMMUNER, RUNS, YEARS, SEED, AT = 357, 4, 5, 11, 2
CHANCE = ("avvik_siste", "lokal_kostnad", "lokal_skatt", "lokal_natur", "folketall")

# name, the value it is set to from the third year on, and what must differ in that very year
LATER = (
    ("robek_forventning", 0.0, "tilpasningsfart"),
    ("robek_fart", 1.0, "tilpasningsfart"),
    ("fragmentering_fart", 0.0, "tilpasningsfart"),
    ("kapasitet_fart", 0.0, "tilpasningsfart"),
    ("skatteanslag_forsiktighet", 0.0, "budsjett_driftsinntekter"),
    ("varig_tolkning", 0.0, "innbakt_kostnad"),
    ("bemanning_slitasje", 0.0, "merkostnad"),
    ("bemanning_tilbakeslag", 0.0, "bemanningskutt"),
    ("fond_avbygging", 0.0, "budsjett_bruk_til_investering"),
    ("vekst_av_rom", 0.0, "budsjett_utgifter"),
    ("gjenoppretting_hoy", 1.0, "budsjett_utgifter"),
    ("demografi_ned", 1.0, "budsjett_utgifter"),
    ("plan_tiltak_tak", 0.0, "tiltaksplan"),
    ("tiltaksplan_binding", 0.0, "innsparing"),
    ("bemanning_tak", 0.0, "tiltak"),
    ("investering_tak", 0.0, "budsjett_investering"),
    ("vedlikehold_tak", 0.0, "budsjett_vedlikehold"),
    ("avdrag_tak", 0.0, "budsjett_avdrag"),
    ("fond_tak", 0.0, "tiltak"),
    ("ostehovel_tak", 0.0, "tiltak"),
    ("gebyr_tak", 0.0, "gebyr_okning"),
    ("ko_retur", 0.0, "budsjett_investering"),
    ("etterslep_retur", 0.0, "budsjett_investering"),
    ("levetid_nye", 15.0, "avskrivningssats"),
    ("levetid_ledningsnett", 40.0, "avskrivningssats"),
    ("eiendomsskatt_tak_annet", 4.0, "eiendomsskatt_promille"),
    ("robek_plan_brutt", 1.0, "robek_grunnlag"),
)


def path(later: dict | None = None, years: int = YEARS, runs: int = RUNS, at: int = AT, **params: float) -> list:
    """Units (runs, 372) at the opening and after each year; `later` holds from year index `at` on."""
    state, w = opened(runs, SEED, **params), world()
    rows = rows_with(years, runs, params)
    for name, value in (later or {}).items():
        rows[name][at:] = value
    states = [state.units.copy()]
    for index in range(years):
        following = rows[min(index + 1, years - 1)]
        step.step_year(*state, w.units, w.unit_cost, w.ages, rows[index], following, SEED, 0, FIRST_YEAR + index)
        states.append(state.units.copy())
    return states


@cache
def base() -> list:
    """The same with every parameter at its default."""
    return path()


def advance_deflators() -> list:
    """The realised deflator (runs,) of each year of the base."""
    state, w = opened(RUNS, SEED), world()
    rows, found = rows_with(YEARS, RUNS, {}), []
    for index in range(YEARS):
        following = rows[min(index + 1, YEARS - 1)]
        step.step_year(*state, w.units, w.unit_cost, w.ages, rows[index], following, SEED, 0, FIRST_YEAR + index)
        found.append(state.nation["deflator"].copy())
    return found


def kommuner(states: list, column: str, year: int) -> np.ndarray:
    return states[year][column][:, :KOMMUNER]


@pytest.mark.parametrize(("name", "value", "column"), LATER)
def test_a_mechanism_changes_what_it_should_and_nothing_before_it_acts(name, value, column):
    other = path({name: value})
    for before in range(AT + 1):
        assert other[before].tobytes() == base()[before].tobytes(), f"{name} acts before its time"
    assert not np.array_equal(other[AT + 1][column], base()[AT + 1][column])
    for chance in CHANCE:
        assert np.array_equal(other[-1][chance], base()[-1][chance]), chance


def test_every_switch_named_here_says_where_it_is_off():
    for name, value, _ in LATER:
        if value in (0.0, 1.0) and name not in ("plan_tiltak_tak", "ko_retur", "etterslep_retur", "robek_plan_brutt"):
            assert PARAMS[name].inert == value, name


def test_savings_that_are_not_carried_out_are_paid_for_in_the_year_and_wait_in_the_next_budget():
    done, part = path({"gjennomforing": 1.0}), base()
    assert all(a.tobytes() == b.tobytes() for a, b in zip(done[: AT + 1], part, strict=False))  # drawn at the start
    k = part[2]
    left = k["ikke_gjennomfort"]
    saved = k["tiltak"][..., 0] + k["tiltak"][..., 5]  # bemanning, ostehovel
    assert np.abs(left - (1.0 - k["gjennomforing"]) * saved).max() <= 1.0
    assert left[:, :KOMMUNER].sum() > 0


# the budget and its fund


def test_cheap_staffing_costs_what_the_parameter_says_per_krone_in_force():
    without = path({"bemanning_slitasje": 0.0})
    rate = PARAMS["bemanning_slitasje"].default
    stock = base()[AT]["bemanningskutt"]  # in force through the year
    more = base()[AT + 1]["merkostnad"] - without[AT + 1]["merkostnad"]
    assert stock.max() > 0
    assert np.abs(more - rate * stock).max() <= 1.0


def test_a_careful_kommune_budgets_less_by_that_share_of_its_frie_inntekter():
    open_handed = path({"skatteanslag_forsiktighet": 0.0})
    share = PARAMS["skatteanslag_forsiktighet"].default
    here, there = base()[AT + 1], open_handed[AT + 1]
    assert np.array_equal(here["frie_inntekter"], there["frie_inntekter"])
    less = (there["budsjett_driftsinntekter"] - here["budsjett_driftsinntekter"]) / share / here["frie_inntekter"]
    assert (less > 0.9).all() and (less < 1.2).all()  # of the coming year's, at the coming year's prices


def test_only_a_fund_above_the_own_norm_pays_for_investment_and_never_beside_a_deficit():
    for year in range(1, YEARS + 1):
        k = base()[year]
        drawn = k["budsjett_bruk_til_investering"] > 0
        norm = PARAMS["fondsmal"].default * k["fondsmal_faktor"] * k["driftsinntekter"]
        # December judges from its own estimate of the closing, so a little below the norm is seen afterwards
        assert (k["disposisjonsfond"][drawn] > 0.5 * norm[drawn]).all()
        assert (k["budsjett_overforing"][drawn] >= k["budsjett_bruk_til_investering"][drawn]).all()


def test_use_of_the_fund_that_goes_on_to_investment_is_not_shielded():
    """Case D of law.md § 7.2: result -20, transfer 5, allocation 4, fund 30; 18 used next year, 10 of it to build."""
    left = []
    for invested in (0.0, 10.0):
        k = np.zeros(1, STATE_DTYPE)
        k["netto_driftsresultat"], k["disposisjonsfond"] = -20.0, 30.0
        k["overforing_investering"], k["avsetning_disposisjonsfond"] = 5.0, 4.0
        k["budsjett_bruk_disposisjonsfond"], k["budsjett_bruk_til_investering"] = 18.0, invested
        closing.close_operations(k[0], rows_with(1, 1, {})[0, 0])
        left.append((float(k["disposisjonsfond"][0]), float(k["merforbruk"][0])))
    assert left == [(18.0, 8.0), (10.0, 0.0)]


def test_a_comfortable_unit_that_uses_its_fund_borrows_less():
    hoards = path({"fond_avbygging": 0.0}, years=6)
    uses = path(years=6)
    assert kommuner(uses, "lanegjeld", 6).sum() < kommuner(hoards, "lanegjeld", 6).sum()
    assert kommuner(uses, "disposisjonsfond", 6).sum() < kommuner(hoards, "disposisjonsfond", 6).sum()


def test_all_identities_hold_with_every_mechanism_on_and_off():
    off = {name: value for name, value, _ in LATER if name not in ("ko_retur", "levetid_nye", "investering_tak")}
    for params in ({}, off, {"fond_avbygging": 0.5, "tiltaksplan_binding": 1.0, "bemanning_slitasje": 0.4}):
        state, w = opened(2, SEED, **params), world()
        rows = rows_with(4, 2, params)
        for index in range(4):
            before = state.units.copy()
            step.step_year(*state, w.units, w.unit_cost, w.ages, rows[index], rows[index], SEED, 0, FIRST_YEAR + index)
            assert verify(before, state, rows[index], FIRST_YEAR + index) == []


def test_fees_follow_what_their_services_cost_and_a_rise_of_charges_is_never_taken_back():
    """Running costs: prices and what the budget follows of growth; capital costs: rate and depreciation (§ 15-1)."""
    deflator, up, down = advance_deflators(), PARAMS["demografi_opp"].default, PARAMS["demografi_ned"].default
    for year in range(1, YEARS + 1):
        before, after = base()[year - 1], base()[year]
        assert (after["gebyr_okning"] >= 0).all()
        growth = after["behovsvekst"][..., 7]
        followed = np.where(growth > 0.0, up, down) * growth
        running = (before["gebyrer"] - before["selvkost_kapital"]) * (1.0 + deflator[year - 1][:, None])
        assert np.abs(after["gebyrer"] - after["selvkost_kapital"] - running * (1.0 + followed)).max() <= 0.5 + 1e-4
    assert max(k["gebyr_okning"].max() for k in base()) > 0


def test_postponed_investment_and_deferred_maintenance_wait_and_come_back():
    """Both absorb in a bad year; the queue and the backlog are what was not done, and none of either without them."""
    never = path({"investering_tak": 0.0, "vedlikehold_tak": 0.0})
    here, there = base()[AT + 1], never[AT + 1]
    postponed = there["budsjett_investering"] - here["budsjett_investering"]
    assert postponed.max() > 0
    assert np.abs(here["investeringsko"] - there["investeringsko"] - postponed).max() <= 1.0
    deferred = here["vedlikeholdsnorm"] - here["budsjett_vedlikehold"]
    assert (deferred >= 0).all() and deferred.max() > 0
    backlog = base()[AT + 2]["vedlikeholdsetterslep"] - never[AT + 2]["vedlikeholdsetterslep"]
    assert backlog.sum() > 0.9 * deferred.sum()


# directions that the literature gives (behaviour.md)


def test_a_stricter_deadline_means_fewer_accumulated_deficits_and_faster_larger_cuts():
    paths = [path(years=6, runs=20, dekningsfrist=years) for years in (1.0, 2.0, 4.0)]
    standing = [kommuner(states, "merforbruk", 6).sum() for states in paths]
    assert standing[0] < standing[1] < standing[2]
    owing = kommuner(paths[0], "merforbruk", 0) > 0  # the same units at the start in all three
    cuts = [kommuner(states, "innsparing", 0)[owing].sum() for states in paths]
    assert cuts[0] > cuts[1] > cuts[2]


def test_without_a_fund_adjustment_is_faster():
    w = world()
    rich, poor = opened(RUNS, SEED), opened(RUNS, SEED)
    fund = np.floor(0.15 * rich.units["driftsinntekter"])
    for state, new in ((rich, fund), (poor, 0.0 * fund)):
        state.units["arbeidskapital"] += new - state.units["disposisjonsfond"]
        state.units["disposisjonsfond"] = new
    rows = rows_with(1, RUNS, {})[0]
    for state in (rich, poor):
        step.step_year(*state, w.units, w.unit_cost, w.ages, rows, rows, SEED, 0, FIRST_YEAR)
    both = (rich.units["konsoliderer"] > 0) & (poor.units["konsoliderer"] > 0)
    assert both.sum() > 200
    assert (poor.units["tilpasningsfart"][both] >= rich.units["tilpasningsfart"][both]).all()
    assert np.median(poor.units["tilpasningsfart"][both]) > 1.3 * np.median(rich.units["tilpasningsfart"][both])


def test_the_register_speeds_up_units_with_deficits_before_they_are_in_it_and_only_them():
    without = path({"robek_forventning": 0.0})
    here, there = base()[AT + 1], without[AT + 1]
    faster = here["tilpasningsfart"] > there["tilpasningsfart"]
    assert faster.any() and not (here["tilpasningsfart"] < there["tilpasningsfart"]).any()
    assert (base()[AT]["robek_grunnlag"][faster] == 0).all()
    owes = (base()[AT]["merforbruk"] > 0) | (here["netto_driftsresultat"] < 0)
    assert owes[faster].all()
    no_register = path({"robek": 0.0})
    neither = path({"robek": 0.0, "robek_forventning": 0.0})
    assert no_register[AT + 1].tobytes() == neither[AT + 1].tobytes()  # nothing to expect


def test_a_lasting_rise_of_income_first_lowers_net_debt_and_in_the_end_is_spent():
    """Langorgen 1995: sluggish spending, long-run elasticity about 1 (behaviour.md finding 2, A9)."""
    years, runs, rise = 16, 6, {"realvekst_frie_inntekter": PARAMS["realvekst_frie_inntekter"].default + 0.02}
    totals = ("driftsinntekter", "driftsutgifter", "lanegjeld", "disposisjonsfond")
    w, sums = world(), []
    for later in ({}, rise):
        state, rows = opened(runs, SEED), rows_with(years, runs, {})
        for name, value in later.items():
            rows[name][AT] = value  # once: the level of income is higher ever after
        found = []
        for index in range(years):
            following = rows[min(index + 1, years - 1)]
            step.step_year(*state, w.units, w.unit_cost, w.ages, rows[index], following, SEED, 0, FIRST_YEAR + index)
            k = state.units[:, :KOMMUNER]
            found.append([k[name].sum() for name in totals])
        sums.append(np.array(found))
    income, spending, debt, fund = (sums[1] - sums[0]).T
    assert (income[:AT] == 0).all() and (income[AT:] > 0).all()
    assert spending[AT] < 0.4 * income[AT]
    assert debt[AT + 2] - fund[AT + 2] < 0
    assert 0.85 < spending[-1] / income[-1] < 1.15
