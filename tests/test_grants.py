"""The block grant part by part, the income guarantee, and earmarked grants: sums, levers, and published figures."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import baseline, checks
from sim.baseline import grants as sharing
from sim.commands.cli import cli
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
    people = w["folketall_start"] * w["vekst"][:, 0]
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
        people = k["folketall"]
        parts = sum(
            k[p] for p in PARTS if p not in ("inntektsgaranti", "inntektsutjevning", "skjonnstilskudd", "veksttilskudd")
        )
        mean = parts.sum(1) / people.sum(1)
        old = sum(
            was[p]
            for p in PARTS
            if p not in ("inntektsgaranti", "inntektsutjevning", "skjonnstilskudd", "veksttilskudd")
        )
        mean_old = old.sum(1) / was["folketall"].sum(1)
        growth = parts / people - old / was["folketall"]
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
    flat = equal.units["skjonnstilskudd"][:, :N] / equal.units["folketall"][:, :N]
    assert flat.std() < 0.01 * flat.mean() and per_head.std() > 0.3 * per_head.mean()
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


# --- earmarked grants


def test_earmarked_grants_of_2026_are_the_adopted_ones() -> None:
    state = after(2026)
    assert total(state, "integreringstilskudd") == pytest.approx(17_435.2e6, abs=N)
    assert total(state, "toppfinansiering") == pytest.approx(14_249.9e6, abs=N)
    start = opened(2)
    assert total(start, "integreringstilskudd") == pytest.approx(19_402.8e6, rel=1e-3)
    assert total(start, "toppfinansiering") == pytest.approx(13_335.9e6, rel=1e-3)
    assert (start.units["brukerbetaling_refusjoner"] > 0).all()


def test_a_refugee_brings_grants_for_five_years_in_the_shares_of_the_tail() -> None:
    paths = []
    for extra in (0.0, 1_000.0):
        n = np.zeros(1, NATION_DTYPE)
        n["folketall"], n["pris_oremerkede"], n["ressurskrevende"] = 1.0, 1.0, 1.0
        n["bosatt_argang"] = 10_000.0
        q = default_rows([2030])[0]
        years = []
        for year in range(2027, 2035):
            q["bosetting_anmodning"] = 10_000.0 + (extra if year == 2027 else 0.0)
            grants.earmark(n[0], q[0], year)
            years.append(n["integrering"][0])
        paths.append(np.array(years))
    more = paths[1] - paths[0]
    assert more[:5] == pytest.approx(1_000.0 * grants.GRANT_PER_SETTLED * np.array(grants.TAIL), rel=1e-6)
    assert more[5:] == pytest.approx(0.0, abs=1.0)


def test_settled_refugees_cost_more_than_the_grant_and_the_budget_follows() -> None:
    n = np.zeros(1, NATION_DTYPE)
    n["folketall"], n["pris_oremerkede"], n["ressurskrevende"], n["bosatt_argang"] = 1.0, 1.0, 1.0, 10_000.0
    q, more = default_rows([2030])[0], default_rows([2030])[0]
    grants.earmark(n[0], q[0], 2028)
    more["bosetting_anmodning"] += 5_000
    change = []
    for coming in (q, more):
        grants.expect_earmarked(n[0], q[0], coming[0], 2028)
        change.append((float(n["bosetting_endring"][0]), float(n["tilskudd_endring"][0])))
    cost, grant = change[1][0] - change[0][0], change[1][1] - change[0][1]
    assert grant == pytest.approx(0.91 * cost) and cost > 0
    # in a run: those who are asked to settle more budget more for it the year before they come
    few, many = after(2027), after(2027, bosetting_anmodning=40_000, bosetting_framskrevet=40_000)
    outside_the_key = 7
    assert (
        many.units["budsjett_utgifter"][:, :N, outside_the_key].sum(1)
        > few.units["budsjett_utgifter"][:, :N, outside_the_key].sum(1)
    ).all()


def test_coverage_share_and_threshold_move_their_grant_alone() -> None:
    usual = after(2026)
    half = after(2026, integrering_dekning=0.455, topp_dekning=0.4)
    assert total(half, "integreringstilskudd") == pytest.approx(total(usual, "integreringstilskudd") / 2, abs=N)
    assert total(half, "toppfinansiering") == pytest.approx(total(usual, "toppfinansiering") / 2, abs=N)
    assert (total(half, "frie_inntekter") == total(usual, "frie_inntekter")).all()
    higher = after(2026, topp_innslagspunkt=1.2)
    assert (total(higher, "toppfinansiering") < total(usual, "toppfinansiering")).all()
    assert (total(higher, "integreringstilskudd") == total(usual, "integreringstilskudd")).all()


def test_more_resource_intensive_users_are_paid_for_the_year_after() -> None:
    for year, more in ((2027, 1.0), (2028, 1.05), (2029, 1.05**2)):
        usual, grown = after(year), after(year, ressurskrevende_vekst=0.05)
        assert total(grown, "toppfinansiering") == pytest.approx(more * total(usual, "toppfinansiering"), rel=1e-6)


def test_what_moves_into_the_frame_leaves_earmarked_grants_and_changes_no_sum() -> None:
    usual, moved = after(2028), after(2028, oremerket_til_ramme=1)
    assert (total(moved, "oremerkede_tilskudd") == 0).all() and (total(usual, "oremerkede_tilskudd") > 1e10).all()
    rise = total(moved, "rammetilskudd") - total(usual, "rammetilskudd")
    assert rise == pytest.approx(total(usual, "oremerkede_tilskudd"), abs=10 * N)
    grown = total(moved, "ovrige_inntekter") - total(usual, "ovrige_inntekter")
    assert rise + grown == pytest.approx(0.0, abs=10 * N)
    # December 2027 knows what each kommune gains or loses by it
    gain = (moved.units["frie_inntekter"] + moved.units["ovrige_inntekter"])[:, :N]
    gain = gain - (usual.units["frie_inntekter"] + usual.units["ovrige_inntekter"])[:, :N]
    known = (after(2027, oremerket_til_ramme=1).units["budsjett_driftsinntekter"])[:, :N]
    known = known - after(2027).units["budsjett_driftsinntekter"][:, :N]
    assert np.abs(gain).max() > 1e6 and np.corrcoef(gain.ravel(), known.ravel())[0, 1] > 0.99
    for year in (2026, 2027):
        early = after(year, oremerket_til_ramme=1)
        assert (early.units["driftsinntekter"] == after(year).units["driftsinntekter"]).all()


def test_growth_above_the_threshold_is_paid_and_growth_below_is_not() -> None:
    state = after(2029)
    k = state.units[:, :N]
    paid = k["veksttilskudd"] > 0
    assert paid.any() and (paid == (k["vekst_snitt"] > 0.014)).all()
    assert (after(2029, vekst_grense=0.1).units["veksttilskudd"] == 0).all()


def test_compensated_vat_is_its_share_of_investment() -> None:
    k = after(2027).units[:, :N]
    assert (k["mva_kompensasjon"] == np.floor(0.14 * k["investering"])).all()
    assert (k["mva_kompensasjon"] <= k["investeringstilskudd"]).all()


# --- the rules alone against 2027


def test_the_rules_alone_are_nearer_to_the_published_figures_than_even_growth() -> None:
    result = CliRunner().invoke(cli, ["income", "--json"])
    assert result.exit_code == 0
    found = json.loads(result.output)
    everyone = found["all"]
    assert everyone["kommuner"] == N - 2
    assert abs(everyone["sum_pct"]) < 0.1  # the national sum is given
    assert 0.1 < everyone["mean_abs_pct"] < everyone["even_mean_abs_pct"]
    assert len(found["largest"]) == 10
    sizes = [abs(row["deviation_pct"]) for row in found["largest"]]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] > everyone["mean_abs_pct"]
    for kind in ("size", "centrality", "fylke"):
        assert sum(row["kommuner"] for row in found["groups"] if row["by"] == kind) == N - 2


def test_the_table_of_the_rules_alone_is_readable_without_json() -> None:
    result = CliRunner().invoke(cli, ["income"])
    assert result.exit_code == 0 and "The ten largest deviations" in result.output
