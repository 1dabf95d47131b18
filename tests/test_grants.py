"""The block grant part by part, the income guarantee, and earmarked grants: sums, levers, and published figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import baseline, checks
from sim.baseline import grants as sharing
from sim.kernel import grants
from sim.params import default_rows
from sim.state import NATION_DTYPE, STATE_DTYPE, WORLD_DTYPE, State
from tests.simulate import advance, opened, run, world

N = 357
QUIET = {"redning": 0}
PARTS = [part for part in checks.RAMMETILSKUDD if part != "redning"]


def codes() -> list[str]:
    return baseline.unit_codes()[:N]


def after(year: int, **params: float) -> State:
    return run(year - 2025, 2, **QUIET, **params)


def total(state: State, column: str) -> np.ndarray:
    return state.units[column][:, :N].sum(axis=1)


WORLDS = {
    "skjonn to the weak": {"skjonn_fordeling": 1},
    "skjonn held for bad years, which come at once": {"skjonn_fordeling": 2, "redning_terskel": 0.03},
    "skjonn held, targeted rescue": {"skjonn_fordeling": 2, "redning": 2, "redning_terskel": 0.03},
    "a tight guarantee": {"ingar_k": 0},
    "no guarantee": {"ingar_k": 100_000},
    "earmarked grants in the frame": {"oremerket_til_ramme": 0.7},
    "many refugees, half paid": {"bosetting_anmodning": 40_000, "integrering_dekning": 0.5},
    "no toppfinansiering": {"topp_dekning": 0},
    "all growth is paid": {"vekst_grense": 0},
    "more VAT than grants": {"mva_andel": 0.25, "investering_tilskudd": 0.1},
}


@pytest.mark.parametrize("name", WORLDS)
def test_parts_add_up_to_the_krone_and_ingar_sums_to_zero_in(name: str) -> None:
    params = WORLDS[name]
    state = opened(2, **params)
    for year, before, now, rows in advance(state, 6, **params):
        assert checks.verify(before, now, rows, year) == []


@pytest.mark.parametrize(
    ("column", "identity"),
    [
        ("storbytilskudd", "rammetilskudd = sum of parts (kommuner)"),
        ("inntektsgaranti", "inntektsgaranti (INGAR) sums to zero over kommuner"),
        ("toppfinansiering", "ovrige_inntekter = sum of parts"),
        ("oremerket_innlemmet", "earmarked grants are paid or moved into the block grant"),
    ],
)
def test_a_krone_astray_in_a_part_is_a_violation(column: str, identity: str) -> None:
    state = opened(1)
    year, before, now, rows = next(advance(state, 1))
    now.units[column][0, 41] += 1.0
    assert identity in {v.identity for v in checks.verify(before, now, rows, year)}


# --- the parts and their published sums


def test_each_post_of_the_state_budget_is_shared_out_whole() -> None:
    w = world().units[:N]
    people = w["folketall_start"] * 0.5 * (1.0 + w["vekst"][:, 0])  # 1 July 2026
    district = w["distrikt_sats"] * people + w["distrikt_fast"]
    north = w["distrikt_nord"] == 1
    prices = 1.033
    assert district[north].sum() == pytest.approx(2_670.7e6 * prices, rel=1e-4)
    assert district[~north].sum() == pytest.approx(812.0e6 * prices, rel=1e-4)
    assert (w["storby_sats"] * people).sum() == pytest.approx(688.4e6 * prices, rel=1e-4)
    assert (district >= 0).all()
    assert sharing.SMOOTH == grants.SMOOTH  # what the World expects of veksttilskudd is what the kernel pays


def test_the_city_grant_per_inhabitant_is_the_published_one_of_oslo_grown_with_prices() -> None:
    rate = world().units["storby_sats"][codes().index("0301")]
    assert 297_132e3 / 720_616 * 1.041 < rate < 297_132e3 / 720_616 * 1.09  # Gront hefte 2025, two years on
    getters = {code for code, w in zip(codes(), world().units, strict=False) if w["storby_sats"] > 0}
    assert {"0301", "4601", "5001", "1103"} <= getters and len(getters) == 6


def test_the_north_is_nordland_troms_finnmark_and_part_of_trondelag() -> None:
    north = world().units["distrikt_nord"][:N] == 1
    for code, is_north in zip(codes(), north, strict=True):
        if code[:2] in ("18", "55", "56"):
            assert is_north
        else:
            assert not is_north or code[:2] == "50"
    rate = world().units["distrikt_sats"][:N]
    by_fylke = [rate[[code[:2] == fylke for code in codes()]].max() for fylke in ("18", "55", "56")]
    assert by_fylke == sorted(by_fylke) and by_fylke[0] > 0


def test_central_kommuner_of_the_south_get_no_district_grant() -> None:
    w = world().units[:N]
    central = (w["sentralitet"] <= 3) & (w["distrikt_nord"] == 0) & (w["folketall_start"] > 3_500)
    assert central.sum() > 50 and (w["distrikt_sats"][central] == 0).all() and (w["distrikt_fast"][central] == 0).all()


def test_published_figures_stand_whatever_the_rules_say() -> None:
    state = opened(2)
    for year, _, now, _ in advance(state, 2, vekst_sats=0, skjonn_ramme=5e9, ingar_k=0, oremerket_til_ramme=1):
        k, w = now.units[:, :N], world().units[:N]
        grant = k["rammetilskudd"] - k["inntektsutjevning"] - k["redning"]
        assert (grant == np.floor(w[f"ramme_{year}"] + 0.5)).all()
        assert (k["inntektsgaranti"] == 0).all() and (k["oremerket_innlemmet"] == 0).all()


def test_from_2027_to_2028_no_kommune_falls_off_because_published_figures_end() -> None:
    calm = {"skatterisiko_skala": 0, "skatteanslag_skjevhet": 0, "kostnad_spredning": 0, "lokal_skatt_spredning": 0,
            "lokal_vekst_spredning": 0, "fylke_vekst_spredning": 0, "befolkning_spredning": 0}  # fmt: skip
    state = opened(3, **calm)
    levels = {}
    for year, _, now, _ in advance(state, 3, **calm, **QUIET):
        levels[year] = now.units["tilskudd_per_innbygger"][:, :N].copy()
    growth = levels[2028] - levels[2027]
    typical = np.median(growth)
    assert np.quantile(np.abs(growth - typical), 0.9) < 0.03 * levels[2027].mean()


# --- the income guarantee


def test_the_guarantee_agrees_with_its_formula() -> None:
    state = opened(2)
    for year, before, now, rows in advance(state, 5, lokal_vekst_spredning=0.015):
        if year < 2029:
            continue
        k, was = now.units[:, :N], before[:, :N]
        people, people_before = k["folketall_juli"], was["folketall_juli"]
        parts = sum(
            k[p] for p in PARTS if p not in ("inntektsgaranti", "inntektsutjevning", "skjonnstilskudd", "veksttilskudd")
        )
        mean = parts.sum(1) / people.sum(1)
        old = sum(
            was[p]
            for p in PARTS
            if p not in ("inntektsgaranti", "inntektsutjevning", "skjonnstilskudd", "veksttilskudd")
        )
        mean_old = old.sum(1) / people_before.sum(1)
        growth = parts / people - old / people_before
        gross = np.maximum(0.0, (mean - mean_old)[:, None] - rows["ingar_k"][:, None] - growth) * people
        net = gross - (gross.sum(1) / people.sum(1))[:, None] * people
        assert (gross > 0).sum() > 10
        off = np.abs(k["inntektsgaranti"] - net)
        assert off[:, 1:].max() <= 0.51 and off[:, 0].max() < N


@st.composite
def nations(draw):
    n = draw(st.integers(2, 8))
    units, w = np.zeros(n, STATE_DTYPE), np.zeros(n, WORLD_DTYPE)
    units["folketall"] = draw(st.lists(st.integers(200, 700_000), min_size=n, max_size=n))
    per_head = np.array(draw(st.lists(st.integers(10_000, 90_000), min_size=n, max_size=n)), float)
    growth = np.array(draw(st.lists(st.integers(-6_000, 9_000), min_size=n, max_size=n)), float)
    units["tilskudd_per_innbygger"] = per_head
    units["rammetilskudd"] = np.floor((per_head + growth) * units["folketall"])
    units["folketall_juli"] = units["folketall"]
    nation = np.zeros(1, NATION_DTYPE)
    nation["folketall"] = units["folketall"].sum()
    nation["tilskudd_snitt"] = (per_head * units["folketall"]).sum() / units["folketall"].sum()
    row = default_rows([2028])[0]
    row["ingar_k"] = draw(st.sampled_from([0.0, 200.0, 400.0, 1e5]))
    return units, w, nation, row


@settings(deadline=None)
@given(nations())
def test_the_guarantee_makes_no_krone_and_leaves_nobody_behind(case) -> None:
    units, w, nation, row = case
    was, mean_was = units["tilskudd_per_innbygger"].copy(), float(nation["tilskudd_snitt"][0])
    grants.guarantee_income(units, w, nation[0], row[0], 2028, len(units))
    assert units["inntektsgaranti"].sum() == 0.0
    growth = units["rammetilskudd"] / units["folketall"] - was
    mean = units["rammetilskudd"].sum() / units["folketall"].sum() - mean_was
    limit, deduction = row["ingar_k"][0], nation["ingar_trekk"][0]
    lifted = growth + units["inntektsgaranti"] / units["folketall"]
    assert (lifted[1:] >= mean - limit - deduction - 1.0).all()  # the first unit carries the rounding
    assert deduction >= 0.0
    if limit == 1e5:
        assert (units["inntektsgaranti"] == 0).all()


def test_a_tighter_guarantee_moves_more_money_and_none_before_2028() -> None:
    moved = {}
    for limit in (0, 400, 100_000):
        state = after(2029, ingar_k=limit)
        moved[limit] = np.abs(state.units["inntektsgaranti"]).sum()
        assert (np.abs(after(2027, ingar_k=limit).units["inntektsgaranti"]) == 0).all()
    assert moved[0] > 3 * moved[400] > 0 and moved[100_000] == 0


# --- skjonn


def test_skjonn_by_need_goes_to_the_weak_and_is_the_same_sum() -> None:
    equal, needs = after(2028), after(2028, skjonn_fordeling=1)
    assert np.abs(total(equal, "skjonnstilskudd") - total(needs, "skjonnstilskudd")).max() < N
    per_head = needs.units["skjonnstilskudd"][:, :N] / needs.units["folketall"][:, :N]
    flat = equal.units["skjonnstilskudd"][:, :N] / equal.units["folketall_juli"][:, :N]
    assert (flat.std(axis=1) < 1e-4 * flat.mean(axis=1)).all() and per_head.std() > 0.3 * per_head.mean()
    before = after(2027, skjonn_fordeling=1).units[:, :N]
    margin = before["netto_driftsresultat"] / before["driftsinntekter"]
    weak = (before["disposisjonsfond"] == 0) & (margin < 0)
    strong = (before["disposisjonsfond"] > 0.1 * before["driftsinntekter"]) & (margin > 0.0175)
    assert weak.any() and strong.any()
    assert per_head[weak].min() > per_head[strong].max() == 0.0


def test_skjonn_held_back_is_paid_in_a_bad_year_and_in_no_other() -> None:
    good = run(5, 2, skjonn_fordeling=2, redning=0, redning_terskel=-0.02, skatterisiko_skala=0.3, kostnad_spredning=0)
    assert (total(good, "skjonnstilskudd") == 0).all()
    assert (good.nation["skjonn_holdt"] > 3 * 1_064e6).all() and (total(good, "redning") == 0).all()
    state = opened(2, skjonn_fordeling=2)
    paid = np.zeros(2)
    for _, _, now, _ in advance(
        state, 5, skjonn_fordeling=2, redning=0, redning_terskel=0.03, mal_ndr=0.0, mal_ndr_fylke=0.0
    ):
        paid += total(now, "redning")
    assert (paid > 1_064e6).any()


def test_growth_above_the_threshold_is_paid_and_growth_below_is_not() -> None:
    state = after(2029)
    k = state.units[:, :N]
    paid = k["veksttilskudd"] > 0
    assert paid.any() and (paid == (k["vekst_snitt"] > 0.014)).all()
    assert (after(2029, vekst_grense=0.1).units["veksttilskudd"] == 0).all()


# --- private schools, and whom grants are counted on


def test_the_deduction_for_private_schools_is_its_rate_times_pupils_and_goes_back_to_all_per_head() -> None:
    state = after(2029)
    k, n = state.units[:, :N], state.nation
    pupils = k["privatelever"] - 7.0 / 12.0 * k["privatelever_nye"]
    rate = 0.8 * 140_000.0 * n["prisnivaa_tilskudd"]
    assert np.abs(k["trekk_private_skoler"] + rate[:, None] * pupils).max() <= 0.5
    assert (k["trekk_private_skoler"].sum(axis=1) < -2e9).all()
    # with no deduction the pot is in the grant that all get per head: for the country no krone more or less
    none = after(2029, privatskole_trekk=0.0)
    assert (none.units["trekk_private_skoler"] == 0).all()
    rise = total(none, "innbyggertilskudd") - total(state, "innbyggertilskudd")
    assert rise == pytest.approx(total(state, "trekk_private_skoler"), rel=0.02)


def test_pupils_who_were_in_private_schools_at_the_start_are_in_the_published_grants_already() -> None:
    """Twice as many of them in one kommune: twice the deduction, and the remainder makes good for it."""
    states = []
    for factor in (1.0, 2.0):
        state = opened(2)
        for name in ("privatelever", "privatelever_start"):
            state.units[name][:, 40] *= factor
        for _ in advance(state, 3, **QUIET):
            pass
        states.append(state.units[:, 40])
    usual, doubled = states
    assert doubled["trekk_private_skoler"] == pytest.approx(2.0 * usual["trekk_private_skoler"], rel=0.02)
    assert (usual["trekk_private_skoler"] < -1e5).all()
    apart = np.abs(doubled["rammetilskudd"] - usual["rammetilskudd"])
    assert (apart < -0.02 * usual["trekk_private_skoler"]).all()


def test_grants_are_counted_on_the_people_of_1_july_of_the_year_before() -> None:
    state = opened(2)
    k = state.units[:, :N]
    start = world().start[:N]
    assert (k["folketall_juli"] == 0.5 * (start["folketall_2025"] + k["folketall"])).all()
    for year, before, now, _ in advance(state, 3):
        k = now.units[:, :N]
        if year > 2026:
            assert (k["folketall_juli"] == 0.5 * (before["folketall"][:, :N] + k["folketall"])).all()
        per_head = k["innbyggertilskudd"] / k["folketall_juli"]
        assert np.ptp(per_head, axis=1).max() < 0.02
        changed = k["skoler_nedlagt"] - k["skoler_apnet"]  # with the school year: five months of the grant
        closed = (k["skoler_start"] - k["skoler"] - 7.0 / 12.0 * changed).sum(axis=1)
        assert (k["utgiftsutjevning"].sum(axis=1) == 0.0).all()
        assert np.abs(k["trekk_nedlagte_skoler"].sum(axis=1) + 0.5e6 * closed).max() < N
