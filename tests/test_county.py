"""Fylkeskommuner: what they get, what they must pay for, and Oslo, which is counted once."""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import county
from sim.params import PARAMS, default_value
from tests.simulate import advance, opened, run, world

KOMMUNER = 357
DATA = Path(__file__).resolve().parents[1] / "sim" / "data"
TRANSPORT, FERJE, FYLKESVEG, VIDEREGAENDE = 1, 4, 2, 0


def fylker(state_or_units) -> np.ndarray:
    """The records of fylkeskommuner (runs, 15)."""
    units = getattr(state_or_units, "units", state_or_units)
    return units[:, KOMMUNER:]


@cache
def published() -> tuple[dict[str, str], ...]:
    """The published accounts of 2025, one row per fylkeskommune, Oslo first."""
    with (DATA / "fylkeskommuner.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def column(name: str) -> np.ndarray:
    return np.array([float(r[name]) for r in published()])


# income


def test_equalisation_sums_to_zero_to_the_krone_and_leaves_an_eighth_of_a_deviation():
    for _, _, after, rows in advance(opened(2), 4):
        k = fylker(after)
        assert (k["inntektsutjevning"].sum(axis=1) == 0).all()
        mean = k["skatt"].sum(axis=1) / k["folketall"].sum(axis=1)
        keeps = 1 - rows["utjevningsgrad_fylke"][0]
        assert keeps == 0.125
        left = k["skatt"] + k["inntektsutjevning"] - mean[:, None] * k["folketall"]
        own = k["skatt"] - mean[:, None] * k["folketall"]
        assert np.abs(left - keeps * own)[:, 1:].max() <= 0.5 + 1e-3
        assert np.abs(left - keeps * own)[:, 0].max() <= 8.0  # carries what rounding leaves


@given(st.lists(st.floats(1e8, 1e10), min_size=15, max_size=15), st.floats(0.0, 1.0))
def test_any_taxes_equalise_to_zero_and_keep_their_order(taxes, rate):
    units = opened(1).units[0].copy()
    units["skatt"][KOMMUNER:] = np.rint(taxes)
    mean = units["skatt"][KOMMUNER:].sum() / units["folketall"][KOMMUNER:].sum()
    q = _rate(rate)
    county.equalise_counties(units, q, KOMMUNER, mean)
    k = units[KOMMUNER:]
    assert k["inntektsutjevning"].sum() == 0
    assert (k["inntektsutjevning"] == np.rint(k["inntektsutjevning"])).all()
    people = k["folketall"]
    before, after = k["skatt"] / people, (k["skatt"] + k["inntektsutjevning"]) / people
    order = np.argsort(before)
    assert (np.diff(after[order]) > -1e-3).all()


def _rate(rate: float) -> np.ndarray:
    from sim.params import default_rows

    q = default_rows([2028])[0, 0].copy()
    q["utjevningsgrad_fylke"] = rate
    return q


def test_grants_and_expected_tax_of_fylkeskommuner_add_up_to_their_frame():
    index = world().units["skatteindeks"][KOMMUNER:]
    for year, _, after, _ in advance(opened(2), 5):
        k, n = fylker(after), after.nation
        grants = (k["rammetilskudd"] - k["inntektsutjevning"]).sum(axis=1)
        tax = (n["skatt_niva_fylke"][:, None] * index * k["folketall"]).sum(axis=1)
        if year >= 2028:
            assert np.abs(grants + tax - n["ramme_fylke"]).max() < 15


def test_the_tax_base_of_a_fylke_deviates_as_those_of_its_kommuner():
    state = run(years=3)
    mine, of = state.units["lokal_skatt"], world().units["fylke"]
    for f in range(15):
        inside = mine[:, :KOMMUNER][:, of[:KOMMUNER] == f]
        assert (mine[:, KOMMUNER + f] <= inside.max(axis=1) + 1e-3).all()
        assert (mine[:, KOMMUNER + f] >= inside.min(axis=1) - 1e-3).all()
    oslo = [int(np.flatnonzero(world().units["kode"] == code)[0]) for code in (301, 3)]
    assert np.allclose(mine[:, oslo[0]], mine[:, oslo[1]], rtol=1e-9)  # its fylke has one kommune
    assert (mine[:, KOMMUNER:] != 0).all()


# Oslo and the start


def test_oslo_is_a_kommune_and_a_fylkeskommune_that_together_are_the_published_city():
    units, w = opened(1, spread=0.0).units[0], world().units
    city, tasks = units[w["kode"] == 301][0], units[w["kode"] == 3][0]
    first = published()[0]
    assert first["fylkeskommunekode"] == "0300"
    people = float(first["population_2025"])
    free = float(first["frie_inntekter_2025_kr_per_inhabitant"]) * people
    assert city["frie_inntekter"] + tasks["frie_inntekter"] == pytest.approx(free, rel=1e-6)
    revenue = float(first["gross_operating_revenue_2025_mkr"]) * 1e6
    assert city["driftsinntekter"] + tasks["driftsinntekter"] == pytest.approx(revenue, rel=2e-3)
    assert tasks["folketall"] == city["folketall"]


def test_national_sums_are_kommuner_and_fylkeskommuner_without_counting_the_city_twice():
    units = opened(1, spread=0.0).units[0]
    outside = units[KOMMUNER:][1:]
    revenue = column("gross_operating_revenue_2025_mkr")[1:].sum() * 1e6
    free = (column("frie_inntekter_2025_kr_per_inhabitant") * column("population_2025"))[1:].sum()
    assert outside["driftsinntekter"].sum() == pytest.approx(revenue, rel=1e-3)
    assert outside["frie_inntekter"].sum() == pytest.approx(free, rel=1e-6)
    oslo = units[world().units["kode"] == 3][0]
    # the whole sector: 14 published fylkeskommuner, the city once, and the other kommuner
    others = units[:KOMMUNER][world().units["kode"][:KOMMUNER] != 301]
    city = column("gross_operating_revenue_2025_mkr")[0] * 1e6
    assert units["driftsinntekter"].sum() == pytest.approx(revenue + city + others["driftsinntekter"].sum(), rel=1e-3)
    assert oslo["driftsinntekter"] < 0.2 * city
    assert units[KOMMUNER:]["folketall"].sum() == pytest.approx(units[:KOMMUNER]["folketall"].sum())


def test_the_cross_section_of_results_in_2025_is_the_published_one():
    k = fylker(opened(2))
    result = 100 * k["netto_driftsresultat"] / k["driftsinntekter"]
    assert np.allclose(result, column("ndr_2025_pct"), atol=0.06)
    outside = k[:, 1:]
    mean = 100 * outside["netto_driftsresultat"].sum(axis=1) / outside["driftsinntekter"].sum(axis=1)
    assert np.allclose(mean, 4.3, atol=0.06)
    assert np.allclose(result.min(axis=1), 0.1, atol=0.06)
    assert np.allclose(result.max(axis=1), 7.1, atol=0.06)


# contracts, pupils, roads


@given(
    renewed=st.floats(0.02, 0.5), bought=st.floats(0.0, 1.0), already=st.floats(0.0, 1.0), rise=st.floats(-0.5, 1.0),
)  # fmt: skip
def test_a_contract_price_rises_once_per_contract_and_then_stays(renewed, bought, already, rise):
    last = 1 + bought * (1 - already) * rise
    price, path = 1.0, []
    for _ in range(math.ceil((1 - already) / renewed) + 1):
        after = county.renewed_price(price, renewed, bought, already, rise)
        assert abs(after - price) <= renewed * bought * abs(rise) + 1e-12
        assert (after - price) * rise >= -1e-12
        price = after
        path.append(price)
    assert price == pytest.approx(last, abs=1e-9)
    assert county.renewed_price(price, renewed, bought, already, rise) == pytest.approx(price, abs=1e-12)
    assert county.renewed_price(1.3, renewed, bought, already, 0.0) == 1.3


def test_dearer_contracts_cost_money_but_buy_no_better_service_and_end_when_all_are_renewed():
    calm = {"kostnad_spredning": 0.0, "utgiftsdrift": 0.0}
    cheap = run(years=3, runs=1, bussanbud_pris=0.0, ferjeanbud_pris=0.0, **calm)
    dear = run(years=3, runs=1, **calm)
    for sector, price in ((TRANSPORT, "kontraktspris"), (FERJE, "ferjepris")):
        spent = fylker(dear)["utgifter"][0, :, sector] / fylker(cheap)["utgifter"][0, :, sector]
        assert (spent > 1.03).all()
        level = fylker(dear)["tjenesteniva"][0, :, sector] / fylker(cheap)["tjenesteniva"][0, :, sector]
        assert (level < 1.01).all()
        assert (fylker(cheap)[price] == 1).all()
    assert (run(years=3, runs=1).units["ferjepris"][:, :KOMMUNER] == 1).all()
    long = run(years=9, runs=1)
    share, rise, done = (
        default_value(PARAMS[p], 2030) for p in ("buss_kontrakt_andel", "bussanbud_pris", "kontrakt_fornyet")
    )
    assert np.allclose(fylker(long)["kontraktspris"], 1 + share * rise * (1 - done))
    assert (long.nation["kontraktsvekst"] == 0).all()


def test_the_deflator_spreads_the_cost_of_contracts_over_all_units():
    with_it, without = run(years=3, runs=1), run(years=3, runs=1, kontrakt_i_deflator=0.0)
    assert (without.nation["kontraktsvekst"] == 0).all()
    growth = with_it.nation["kontraktsvekst"][0]
    assert 0 < growth < 0.002
    for name in ("ramme", "ramme_fylke"):
        assert with_it.nation[name][0] > without.nation[name][0]
    whole = with_it.nation["ramme"][0] - without.nation["ramme"][0]
    assert whole > with_it.nation["ramme_fylke"][0] - without.nation["ramme_fylke"][0]  # most goes to kommuner


def test_pupils_are_those_who_were_13_to_15_three_years_before():
    with (DATA / "national_age_projection.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if (r["alternative"], r["age_group"]) == ("MMMM", "13-15")]
    new = {int(r["year"]): float(r["population"]) for r in rows if r["vintage"] == "2026"}
    old = {int(r["year"]): float(r["population"]) for r in rows if r["vintage"] == "2024"}
    young = {**{y: n * new[2026] / old[2026] for y, n in old.items()}, **new}
    upper = world().ages[:, 0, 3]
    share = {y: default_value(PARAMS["elever_andel"], y) for y in range(2026, 2051)}
    assert share[2026] == 1.0
    for year in range(2028, 2051):
        pupils = young[year - 3] / young[year - 4]
        implied = share[year] * upper[year - 2025] / (share[year - 1] * upper[year - 2026])
        assert implied == pytest.approx(pupils, abs=3e-4), year


def test_upper_secondary_needs_follow_the_share_of_pupils_and_the_frame_its_change():
    few, many = run(years=3, runs=1, elever_andel=1.0), run(years=3, runs=1, elever_andel=1.1)
    ratio = fylker(many)["behov"][0] / np.maximum(fylker(few)["behov"][0], 1)
    assert np.allclose(ratio[:, VIDEREGAENDE], 1.1)
    assert np.allclose(ratio[:, TRANSPORT], 1.0)
    assert np.array_equal(few.units["behov"][:, :KOMMUNER], many.units["behov"][:, :KOMMUNER])
    # a change of the share is demographic cost: that of the pupils, of which the frame covers its part
    w = world()
    state, after = opened(1), opened(1)
    for target, share in ((state, 1.0), (after, 1.02)):
        list(advance(target, 1, elever_andel=share))
    more = after.nation["demografi_fylke"] - state.nation["demografi_fylke"]
    pupils = 0.02 * state.nation["alder"][0, 3]
    assert more[0] == pytest.approx(0.73 * w.unit_cost[1, VIDEREGAENDE, 3] * pupils, rel=0.05)


@pytest.mark.parametrize(("name", "sector"), [("fylkesveg_beredskap", FYLKESVEG), ("fullforing_vekst", VIDEREGAENDE)])
def test_new_costs_come_with_the_budget_of_2027_and_not_before(name, sector):
    state, dear = opened(1, **{name: 0.0}), opened(1, **{name: 0.02})
    assert np.array_equal(state.units["budsjett_utgifter"], dear.units["budsjett_utgifter"])  # the budget of 2026
    state, dear = run(years=1, runs=1, **{name: 0.0}), run(years=1, runs=1, **{name: 0.02})
    assert np.array_equal(state.units["utgifter"], dear.units["utgifter"])
    ratio = fylker(dear)["budsjett_utgifter"][0] / np.maximum(fylker(state)["budsjett_utgifter"][0], 1)
    assert np.median(ratio[:, sector]) == pytest.approx(1.02, abs=5e-3)
    assert np.median(ratio[:, 5]) == pytest.approx(1.0, abs=5e-3)


def test_fylkeskommuner_pay_most_of_their_investment_from_results_so_that_their_fund_does_not_grow():
    state = opened(24)
    start = fylker(state)[:, 1:]  # the series is without Oslo, whose county tasks share the purse of the city
    before = start["disposisjonsfond"].sum() / start["driftsinntekter"].sum()
    list(advance(state, 4))
    k = fylker(state)[:, 1:]
    after = k["disposisjonsfond"].sum() / k["driftsinntekter"].sum()
    assert abs(after - before) < 0.03  # 13.0 % in 2020, 12.7 % in 2025, between them 16.1 % (SSB 13561)
