"""Elections, councils, schools, networks, mergers: each mechanism on and off in paired runs, and rules alone."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import council, merger, neighbours, politics, schools, step
from sim.kernel.portfolio import FLOOR, SKOLESTRUKTUR, STANDARD
from sim.kernel.revenue import lost_school_grants, private_deduction, published_deduction
from sim.params import PARAMS, default_rows
from sim.state import FIRST_YEAR, STATE_DTYPE, WORLD_DTYPE, State
from tests.simulate import opened, rows_with, world

N = 357
RUNS = 6
OTHERS = ("skole_sperre_til",)  # dates that a calendar sets before anything happens


def history(years: int, runs: int = RUNS, start: State | None = None, **params) -> list[np.ndarray]:
    """Units (runs, 372) at the end of each year; a parameter is a number, or a dict {year: from then on}."""
    w = world()
    always = {name: value for name, value in params.items() if not isinstance(value, dict)}
    rows = rows_with(years + 1, runs, always)  # the last year announces what comes after it
    for name, by_year in params.items():
        if isinstance(by_year, dict):
            for year, value in sorted(by_year.items()):
                rows[name][year - FIRST_YEAR :] = value
    state = opened(runs, **always) if start is None else State(start.units.copy(), start.nation.copy())
    found = []
    for at in range(years):
        step.step_year(*state, w.units, w.unit_cost, w.ages, rows[at], rows[at + 1], 11, 0, FIRST_YEAR + at)
        found.append(state.units.copy())
    return found


@pytest.fixture(scope="module")
def base() -> list[np.ndarray]:
    return history(7)


def same(a: np.ndarray, b: np.ndarray, but: tuple[str, ...] = ()) -> bool:
    return all(np.array_equal(a[name], b[name]) for name in STATE_DTYPE.names or () if name not in but)


def q_with(**values: float) -> np.void:
    row = default_rows([2027])[0]
    for name, value in values.items():
        row[name] = value
    return row[0]


def unit(**values: float) -> np.void:
    record = np.zeros(1, STATE_DTYPE)
    for name, value in values.items():
        record[name] = value
    return record[0]


# inert before it acts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("valghensyn", 0), ("delegering", 1), ("nabonettverk", 1), ("nabonettverk", 2), ("naboeffekt", 0),
        ("privatskole_regime", 0), ("privatskole_regime", 2), ("sammenslaing_grense", 3000), ("venstre_fart", 0),
        ("nabo_norm", 0), ("eskatt_nabo", 0), ("eskatt_gap", 0), ("skole_gjenbruk", 0), ("skole_apning", 0),
        ("vedtak_protest", 0), ("vedtak_fragmentering", 0), ("vedtak_kapasitet", 0), ("skole_plan", 0),
    ],
)  # fmt: skip
def test_a_lever_that_moves_in_2029_moves_nothing_before_and_something_after(base, name, value):
    moved = history(7, **{name: {2029: value}})
    for year in (2026, 2027, 2028):
        assert same(moved[year - FIRST_YEAR], base[year - FIRST_YEAR]), year
    assert not same(moved[-1], base[-1])


@pytest.mark.parametrize("name", ["sammenslaing_drift", "sammenslaing_investering", "mindretall_grense"])
def test_how_large_a_thing_would_be_counts_for_nothing_while_its_lever_is_at_rest(base, name):
    assert same(history(3, **{name: PARAMS[name].high})[-1], base[2])


def test_what_voters_forgive_changes_majorities_and_nothing_before_the_first_election(base):
    moved = history(3, valgtap_robek=0.0, valgtap_skole=0.0, valgtap_eskatt=0.0, valgtap_kutt=0.0)
    assert same(moved[0], base[0], ("velgertap",))
    assert (moved[0]["velgertap"] == 0.0).all() and (base[0]["velgertap"] > 0.0).any()
    assert moved[1]["nytt_flertall"].sum() < base[1]["nytt_flertall"].sum()
    kept = moved[1]["nytt_flertall"] <= base[1]["nytt_flertall"]
    assert kept.all()  # the same draw: whoever falls without a loss falls with one


# proposal and decision


def test_a_council_that_amends_nothing_adopts_what_was_proposed():
    calm = {"fragmentering_fart": 0, "kapasitet_fart": 0, "venstre_fart": 0, "valgar_fart": 1}
    for units in history(3, runs=2, **calm):
        assert np.array_equal(units["foreslatt_innsparing"], units["vedtatt_innsparing"])


def test_councils_adopt_less_than_is_proposed_and_less_before_an_election(base):
    proposed, adopted = (
        np.array([units[name][:, :N].sum() for units in base])
        for name in ("foreslatt_innsparing", "vedtatt_innsparing")
    )
    assert (adopted < proposed).all()
    forgiving = history(5, valgar_fart=1.0)
    assert same(forgiving[0], base[0]) is False  # the budget of 2027, an election year, is adopted in 2026
    assert forgiving[0]["vedtatt_innsparing"].sum() > base[0]["vedtatt_innsparing"].sum()
    assert np.array_equal(forgiving[0]["foreslatt_innsparing"], base[0]["foreslatt_innsparing"])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.2), st.booleans())
def test_a_council_adopts_less_when_fragmented_left_or_badly_prepared(split, able, left, more, close):
    q = q_with()
    share = council.council_share(unit(fragmentering=split, kapasitet=able, venstre_andel=left), q, close)
    worse = unit(fragmentering=split + more, kapasitet=able - more, venstre_andel=left + more)
    assert 0.0 <= council.council_share(worse, q, close) <= share
    assert council.council_share(worse, q, True) <= council.council_share(worse, q, False)


@given(st.floats(0.3, 1), st.floats(0, 1), st.floats(0, 1))
def test_delegation_helps_only_where_no_majority_governs(split, able, delegated):
    k = unit(fragmentering=split, kapasitet=able, venstre_andel=0.4)
    plain, other = (council.council_share(k, q_with(delegering=d), False) for d in (0.0, delegated))
    minority = split > PARAMS["mindretall_grense"].default
    assert other >= plain if minority else other == plain
    if minority and delegated == 1.0:
        assert other == pytest.approx(max(1.0, plain))


@given(st.floats(0, 1), st.floats(-5, 5), st.floats(0, 5))
def test_odds_keep_order_and_a_push_of_nothing_changes_nothing(p, push, more):
    assert council.with_odds(p, 0.0) == pytest.approx(p)
    pushed = council.with_odds(p, push)
    assert 0.0 <= pushed <= council.with_odds(p, push + more) <= 1.0
    if 0.01 < p < 0.99:
        assert np.log(pushed / (1 - pushed)) - np.log(p / (1 - p)) == pytest.approx(push)


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1), st.floats(-5, 5))
def test_what_happens_is_what_the_odds_say(u, p, push):
    assert council.happens(u, p, push) == (u < council.with_odds(p, push))


# elections


def test_elections_come_every_fourth_year_and_a_longer_term_moves_the_second_one():
    assert [politics.next_election(year) for year in (2022, 2023, 2026, 2027, 2028, 2035)] == [
        2023, 2023, 2027, 2027, 2031, 2035,
    ]  # fmt: skip
    held = {term: [bool(u["nytt_flertall"].any()) for u in history(10, valgperiode=term)] for term in (4, 5)}
    years = {term: [FIRST_YEAR + at for at, one in enumerate(flags) if one] for term, flags in held.items()}
    assert years == {4: [2027, 2031, 2035], 5: [2027, 2032]}


def test_proposals_wait_for_the_election_and_move_with_it():
    runs = 20
    four, five, free = (
        np.array([u["skoleforslag"][:, :N].mean() for u in history(7, runs, **values)])
        for values in ({}, {"valgperiode": 5}, {"valghensyn": 0})
    )
    at = {year: year - FIRST_YEAR for year in range(2026, 2033)}
    assert four[at[2026]] < 0.85 * free[at[2026]]
    assert four[at[2030]] < 0.85 * five[at[2030]]  # under a term of five the election is in 2032
    assert five[at[2031]] < 0.85 * five[at[2030]]
    assert np.array_equal(four[: at[2030]], five[: at[2030]])


def test_a_longer_term_changes_only_dates_until_the_old_calendar_would_have_acted(base):
    longer = history(5, valgperiode=5)
    for year in (2026, 2027, 2028, 2029):
        assert same(longer[year - FIRST_YEAR], base[year - FIRST_YEAR], OTHERS), year
    assert not same(longer[-1], base[4], OTHERS)


def test_a_rejected_plan_costs_votes_as_an_adopted_one_and_rests_until_after_the_next_election(base):
    rejected = (base[0]["skoleforslag"] > 0) & (base[0]["skolevedtak"] == 0)
    assert rejected.sum() > 50
    assert (base[0]["velgertap"][rejected] > 0).all()
    rests = base[0]["skole_sperre_til"] > 0
    assert 0.3 < rests.sum() / rejected.sum() < 0.7 and not rests[~rejected].any()
    assert (base[0]["skole_sperre_til"][rests] == 2028).all()
    assert not base[1]["skoleforslag"][rests].any() and base[2]["skoleforslag"][rests].any()
    assert base[1]["skoleforslag"][rejected & ~rests].any()
    after = base[1]["skole_sperre_til"] > 2028  # rejected after the election of 2027
    assert after.any() and (base[1]["skole_sperre_til"][after] == 2032).all()
    free = history(2, valghensyn=0)
    assert not any(units["skole_sperre_til"].any() or units["velgertap"].any() for units in free)


def test_where_every_rejected_plan_rests_none_comes_back_before_the_election_is_over():
    found = history(6, runs=4, skole_hvile=1.0)
    for before, after in pairwise(found):
        rejected = (before["skoleforslag"] > 0) & (before["skolevedtak"] == 0)
        assert not after["skoleforslag"][rejected].any() or after is found[2]  # 2028: the rest of 2026 is over


def test_a_new_majority_redraws_the_council_and_keeps_the_spread_of_councils():
    first, *_, last = history(10, runs=10)
    for name in ("venstre_andel", "fragmentering"):
        before, after = first[name][:, :N], last[name][:, :N]
        assert abs(after.mean() - before.mean()) < 0.02, name
        assert 0.8 < after.std() / before.std() < 1.25, name
    unmoved = history(2, runs=1)
    stays = unmoved[1]["nytt_flertall"][0, :N] == 0
    assert np.array_equal(unmoved[1]["venstre_andel"][0, :N][stays], unmoved[0]["venstre_andel"][0, :N][stays])


@given(st.floats(0, 0.1), st.floats(0, 0.1), st.integers(0, 10**6))
def test_more_blame_never_saves_a_majority(loss, more, run):
    fates = []
    for blame in (loss, loss + more):
        k = unit(velgertap=blame, venstre_andel=0.4, fragmentering=0.7)
        politics.hold_election(k, q_with(), 1, run, 301, 2027)
        fates.append(float(k["nytt_flertall"]))
        assert k["velgertap"] == 0.0
    assert fates[0] <= fates[1]


def test_three_points_of_votes_cost_twelve_of_re_election():
    """behaviour.md C14: both figures are of the same study."""
    q = q_with()
    kept = 1.0 - council.with_odds(q["maktskifte"], 0.0)
    assert kept - (1.0 - council.with_odds(q["maktskifte"], q["valg_utslag"] * 0.03)) == pytest.approx(0.12, abs=0.01)


# schools


def test_schools_change_by_what_closes_and_opens_and_pupils_of_closed_ones_travel(base):
    for before, after in pairwise(base):
        change = after["skoler_apnet"] - after["skoler_nedlagt"]
        assert np.array_equal(after["skoler"], before["skoler"] + change)
        farther = after["skolevei_okning"] - before["skolevei_okning"]
        moved = after["elever_nedlagt"] - after["privatelever_nye"] > 0
        assert (farther[moved] > 0).all() and (farther[~moved] == 0).all()
        assert np.array_equal(after["elever_nedlagt"] > 0, after["skoler_nedlagt"] > 0)
    assert (base[-1]["elever_lengre_vei"] <= 1).all() and (base[-1]["elever_lengre_vei"] > 0).any()


def test_schools_open_where_pupils_become_more():
    found = history(6, runs=10, skole_apning=0.02)
    growth = np.array([units["behovsvekst"][:, :N, 0] for units in found])[:-1]
    number = np.array([units["skoler"][:, :N] for units in found])[:-1]
    opens = np.array([units["skoler_apnet"][:, :N] for units in found])[1:]
    parts = (growth < -0.01, (growth >= -0.01) & (growth < 0), growth >= 0)
    rates = [opens[part].sum() / number[part].sum() for part in parts]
    assert rates[0] == 0 < rates[1] < rates[2]
    assert not any(units["skoler_apnet"].any() for units in history(4, runs=1, skole_apning=0.0))


def test_the_extra_way_is_that_of_pupils_spread_over_a_square():
    points = np.random.default_rng(0).random((200_000, 2)) - 0.5
    shifts = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
    own = np.hypot(points[:, 0], points[:, 1])
    other = np.min([np.hypot(points[:, 0] - i, points[:, 1] - j) for i, j in shifts], axis=0)
    assert (other - own).mean() == pytest.approx(schools.EXTRA_WAY, abs=0.002)
    w = np.zeros(1, WORLD_DTYPE)[0]
    w["areal"] = 400.0
    k = unit(skoler=4, elever=400, elever_nedlagt=40)
    schools.lengthen_way(k, w)
    side = (schools.SETTLED * 400.0 / 4.0) ** 0.5
    assert k["skolevei_okning"] == pytest.approx(0.1 * schools.EXTRA_WAY * schools.ROAD * side)
    assert k["elever_lengre_vei"] == pytest.approx(0.1)


def _school_correction(k, q, nation):
    """What the grant of a unit has lost by its schools and private pupils since the start, below 0."""
    return private_deduction(k, q, nation) + published_deduction(k, nation) - lost_school_grants(k, q)


def test_the_right_to_say_no_to_private_schools_makes_closing_pay_more():
    gain, private = [], []
    plans = {"skole_s8": 0.0, "skole_s9": 0.0, "privat_erstatning": 0.4, "skole_vedtak": 0.7}  # the same plans in all
    for regime in (0, 1, 2):
        found = history(6, runs=4, privatskole_regime=regime, **plans)
        saved = sum(units["tiltak"][:, :N, SKOLESTRUKTUR].sum() for units in found)
        nation = np.zeros(1, [("prisnivaa_tilskudd", "f8")])
        nation["prisnivaa_tilskudd"] = 1.1
        last, q = found[-1], q_with(privatskole_regime=regime)
        taken = sum(_school_correction(last[0, u], q, nation[0]) for u in range(N))
        gain.append(saved / 4 + taken)
        private.append(float((last["privatelever"] - last["privatelever_start"])[:, :N].sum()))
    assert gain[0] < gain[1] < gain[2]
    assert private[0] > private[1] > private[2] == 0.0


def test_what_is_spent_again_is_missing_from_the_saving():
    q, w = q_with(), world()
    state = opened(1)
    results = []
    for again in (0.0, 0.4):
        k = State(state.units.copy(), state.nation.copy()).units[0, 200]
        k["skoler"], k["elever"], k["skoler_vedtatt"] = 8, 800, (2.0, 0.0, 0.0)
        before = k["budsjett_utgifter"][0]
        q["skole_gjenbruk"] = again
        schools.carry_out(k, q, state.nation[0], 3, 0, int(w.units[200]["kode"]), 2027)
        first = before - k["budsjett_utgifter"][0]
        results.append((first, k["skolesparing_neste"]))
    assert results[0][0] == results[1][0] > 0  # the first autumn is as it was
    full = sum(results[0])
    assert sum(results[1]) == pytest.approx(0.6 * full, abs=2)


@given(st.integers(2, 140), st.floats(0, 1, exclude_max=True), st.floats(0, 0.2))
def test_a_plan_closes_at_least_one_school_and_at_most_a_third(number, u, more):
    k, q = unit(skoler=number), q_with()
    size = schools.plan_size(k, q, u)
    assert 1 <= size <= max(1, number // 3)
    assert schools.plan_size(k, q, min(u + more, 0.999)) <= size


# networks


def test_without_imitation_no_network_counts_bit_for_bit(base):
    off = history(4, naboeffekt=0)
    assert not same(off[-1], base[3])
    w = world()
    scrambled = w.units.copy()
    scrambled["naboer"][:N] = np.random.default_rng(1).integers(0, N, (N, 8))
    scrambled["sammenlignbare"][:N] = 0
    strong = {"nabonettverk": 2, "eskatt_nabo": 12, "skole_s5": 2, "nabo_norm": 0.5}
    rows = rows_with(5, RUNS, {"naboeffekt": 0, **strong})
    state = opened(RUNS, naboeffekt=0)
    for at in range(4):
        step.step_year(*state, scrambled, w.unit_cost, w.ages, rows[at], rows[at + 1], 11, 0, FIRST_YEAR + at)
        assert same(state.units, off[at])


def test_without_imitation_a_year_is_that_of_a_model_without_the_code():
    from tests.test_agents_reference import pair

    _, whole = pair(naboeffekt=0.0)
    _, bare = pair(naboeffekt=0.0)
    inner = vars(bare.rules.module("step"))["step_year"].__globals__
    inner["watch_neighbours"] = inner["follow_norms"] = lambda *arguments: None  # what is seen stays all zeros
    for _ in range(2):
        whole.step()
        bare.step()
    assert same(whole.state().units, bare.state().units)


def test_imitation_makes_clusters_of_taxes_plans_and_norms_on_the_network_that_is_watched():
    from sim.analysis.clustering import joins, morans_i

    # without the common push of neighbours that are alike: a tax for many, by chance and imitation alone
    strong = {"eskatt_nabo": 12, "skole_s5": 2, "eskatt_innforing": 0.05}
    start = opened(12)
    start.units["eiendomsskatt_promille"][:, :N] *= np.random.default_rng(5).random((12, N)) < 0.5
    found = {}
    for name, values in {
        "none": {"naboeffekt": 0}, "nearest": {"naboeffekt": 0.5}, "peers": {"naboeffekt": 0.5, "nabonettverk": 1},
    }.items():  # fmt: skip
        units = history(8, 12, start, **strong, **values)
        has = start.units["eiendomsskatt_promille"][:, :N] > 0
        new = ((units[-1]["eiendomsskatt_promille"][:, :N] > 0) & ~has).astype(float)
        plans = np.array([u["skoleforslag"][:, :N] for u in units])
        around = plans[:-1][..., world().units["naboer"][:N]].mean(-1)
        follows = (around * plans[1:]).sum() / plans[1:].sum() / around.mean()
        found[name] = (
            np.nanmean(joins(new, world().units["naboer"][:N])),
            np.nanmean(joins(new, world().units["sammenlignbare"][:N])),
            follows,
            morans_i(units[-1]["tjenesteniva"][:, :N, 0], world().units["naboer"][:N]).mean(),
        )
    assert found["nearest"][0] > 1.1 * found["none"][0]
    assert found["peers"][1] > 1.1 * found["none"][1]
    assert found["nearest"][2] > 1.05 * found["none"][2]
    assert found["nearest"][3] > 1.1 * max(found["none"][3], found["peers"][3])


def test_what_one_kommune_does_moves_its_neighbours_decisions_and_nobody_s_draws():
    start = opened(20)
    moved = State(start.units.copy(), start.nation.copy())
    w = world().units
    watchers = [u for u in range(N) if 40 in w["naboer"][u]]
    moved.units["eiendomsskatt_promille"][:, 40] = np.where(moved.units["eiendomsskatt_promille"][:, 40] > 0, 0.0, 4.0)
    ours, theirs = (history(3, 20, one, naboeffekt=0.5, eskatt_nabo=12) for one in (start, moved))
    for name in ("lokal_skatt", "lokal_kostnad", "avvik_siste", "lokal_natur"):
        assert np.array_equal(np.delete(ours[-1][name], 40, 1), np.delete(theirs[-1][name], 40, 1)), name
    first = (ours[0]["eiendomsskatt_promille"] != theirs[0]["eiendomsskatt_promille"]).any(0)
    outsiders = [u for u in range(N) if u not in watchers and u != 40]
    assert not first[outsiders].any()
    off = [history(3, 20, one, naboeffekt=0, eskatt_nabo=12) for one in (start, moved)]
    assert np.array_equal(*(np.delete(o[0]["budsjett_utgifter"], 40, 1) for o in off))
    assert not np.array_equal(*(np.delete(o[-1]["eiendomsskatt_promille"], 40, 1) for o in (ours, theirs)))


@given(st.floats(0.8, 1.3), st.floats(0.8, 1.3), st.booleans())
def test_standards_drift_up_in_good_years_and_down_when_saving_but_not_below_the_floor(own, theirs, saves):
    norms = np.zeros((5, 8))
    norms[FLOOR], norms[STANDARD] = 0.9, 1.0
    k = unit(konsoliderer=float(saves))
    k["behov"], k["tjenesteniva"], k["budsjett_utgifter"] = 1e8, own, np.floor(own * 1e8)
    seen = np.full(neighbours.N_SEEN, theirs)
    before = k["budsjett_utgifter"].copy()
    neighbours.follow_norms(k, q_with(), seen, norms)
    change = k["budsjett_utgifter"] - before
    assert (change[neighbours.N_WELFARE :] == 0).all()
    assert (change <= 0).all() if saves else (change >= 0).all()
    if theirs == own or (theirs < own) != saves:
        assert (change == 0).all()
    assert (k["budsjett_utgifter"] >= np.minimum(before, 0.9e8)).all()
    k["budsjett_utgifter"] = before
    neighbours.follow_norms(k, q_with(naboeffekt=0.0), seen, norms)
    assert np.array_equal(k["budsjett_utgifter"], before)


# mergers


def test_before_a_merger_the_small_overspend_and_both_build_and_no_budget_shows_it(base):
    planned = {"sammenslaing_grense": {2028: 2500.0, 2029: 0.0}}
    ours = history(4, **planned)
    before, during, after = ours[1], ours[2], ours[3]
    assert same(before, base[1])
    who = during["sammenslaing"][:, :N]
    small = during["folketall"][:, :N] < 2500
    assert np.array_equal(who == merger.JUNIOR, small)
    assert (who == merger.SENIOR).any() and not after["sammenslaing"].any()
    more = (during["merkostnad"] - base[2]["merkostnad"])[:, :N]
    rate = PARAMS["sammenslaing_drift"].default * during["driftsinntekter"][:, :N]
    assert np.allclose(more[small], rate[small], atol=1.0) and (more[~small] == 0).all()
    built = (during["investering"] - base[2]["investering"])[:, :N]
    assert (built[who == 0] == 0).all() and built[who > 0].sum() > 0
    assert np.array_equal(during["utgifter"][:, :N][who == 0], base[2]["utgifter"][:, :N][who == 0])
