"""Director, council, network and plan in the ledger: what is told agrees with the panel and with the kernel's rules."""

import json
from io import StringIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from sim.explain import Ledger, write_ledger
from sim.explain.autumn import live_autumn
from sim.explain.chosen import behaviour, choose, vector
from sim.explain.plan import plan_years
from sim.explain.show import render
from sim.kernel import notes
from sim.measures import MEASURE_INDEX
from sim.scenario import ScenarioError, from_stored
from sim.scenario.parameter_set import required
from tests.sweeps import world
from tests.test_explain import YEARS, addresses, chosen, in_trouble, ledgers, panel, watched

troubled = given(at=st.integers(0, 10**6))


def in_need(at: int) -> tuple[int, int]:
    return in_trouble()[at % len(in_trouble())]


def output(name: str) -> np.ndarray:
    """(years, runs, units)."""
    return panel()[list(chosen().panel).index(name)]


def told(ledger: Ledger, name: str) -> float | None:
    return next((entry.value for entry in ledger.entries if entry.name == name), None)


@settings(max_examples=25)
@troubled
def test_the_years_of_the_plan_lead_to_its_weakest_year_its_measures_and_its_balance(at):
    check_plans(*in_need(at))


@pytest.mark.parametrize("unit", [0, 357, 360, 371])
def test_the_plans_of_oslo_and_of_fylkeskommuner_do_too(unit):
    check_plans(1, unit)


def check_plans(run: int, unit: int) -> None:
    for year in watched(run, unit):
        k, rows = year.adopted, plan_years(year)
        results = [k["budsjett_resultat"], *(row.result for row in rows)]
        assert k["plan_resultat"] == pytest.approx(min(results), abs=1.0)
        assert k["tiltaksplan"] == pytest.approx(rows[0].measures if rows else 0.0, abs=1.0)
        short = max([row.short for row in rows], default=0.0)
        if k["plan_balanse"] < 0.0:
            assert -k["plan_balanse"] == pytest.approx(max(short, -k["budsjett_balanse"]), abs=1.0)
        if k["budsjett_balanse"] < 0.0:
            assert -k["plan_balanse"] >= short - 1.0


@settings(max_examples=25)
@troubled
def test_the_plan_covers_each_deficit_once(at):
    for year in watched(*in_need(at)):
        rows = plan_years(year)
        standing = year.work[notes.NOTES, notes.STANDING]
        budget = max(0.0, year.adopted["budsjett_dekning"] + year.adopted["budsjett_balanse"])  # of it what is paid for
        assert budget + sum(row.owed for row in rows) <= standing + 1.0
        assert all(row.owed >= 0.0 and row.fund >= 0.0 and (row.fund == 0.0 or row.short == 0.0) for row in rows)


@settings(max_examples=25)
@troubled
def test_the_reasons_that_are_told_give_the_councils_pace(at):
    for ledger in ledgers(*in_need(at)):
        pace, director = ledger.value("tilpasningsfart"), told(ledger, "direktorens_fart")
        if director is None:
            assert pace == 0.0 and ledger.value("konsoliderer") == 0.0
            continue
        factors = [e.value for e in ledger.step("speed") if e.name.startswith("radets_") and e.unit == "factor"]
        assert ledger.value("radets_andel") == pytest.approx(np.prod(factors))
        assert pace == pytest.approx(min(director * np.prod(factors), 1.0))


@settings(max_examples=25)
@troubled
def test_the_council_is_slower_in_the_budget_before_an_election_only(at):
    for ledger in ledgers(*in_need(at)):
        assert (told(ledger, "radets_valg") is not None) <= (ledger.year + 1 in (2027, 2031))


@settings(max_examples=25)
@troubled
def test_relief_is_at_least_what_the_last_plan_binds_to(at):
    years = ledgers(*in_need(at))
    for before, ledger in pairwise(years):
        bound = told(ledger, "bundet_av_plan")
        if bound is not None:
            assert before.value("tiltaksplan") >= bound > 0.0
            assert ledger.value("vedtatt_innsparing") >= bound


@settings(max_examples=25)
@given(run=st.integers(0, 2), unit=st.integers(0, 356))
def test_what_the_network_did_is_what_the_panel_has_of_the_neighbours_a_year_before(run, unit):
    others = world().units["naboer"][unit]
    for at, ledger in enumerate(ledgers(run, unit)[1:]):
        assert ledger.value("nabo_skoleforslag") == pytest.approx(output("skoleforslag")[at, run, others].mean())
        have = output("eiendomsskatt_promille")[at, run, :357] > 0
        assert ledger.value("nabo_eiendomsskatt") == pytest.approx(have[others].mean() - have.mean())


@settings(max_examples=25)
@given(run=st.integers(0, 2), unit=st.integers(0, 356))
def test_no_school_plan_and_no_new_tax_comes_with_a_chance_of_nought(run, unit):
    for ledger in ledgers(run, unit):
        for entry in ledger.entries:
            assert entry.unit != "probability" or 0.0 <= entry.value <= 1.0
        if ledger.value("skoleforslag"):
            assert told(ledger, "skoleforslag_sjanse") > 0.0
        tax = MEASURE_INDEX["eiendomsskatt"]
        if watched(run, unit)[ledger.year - 2026].after["tiltak"][tax] > 0.0:
            assert told(ledger, "eskatt_sjanse") > 0.0


def test_school_plans_are_proposed_about_as_often_as_the_chances_say():
    """Over kommuner and years: the sum of what was proposed is within four standard deviations of the chances."""
    chances, proposed = [], 0.0
    for unit in range(0, 357, 6):
        for ledger in ledgers(2, unit):
            chance = told(ledger, "skoleforslag_sjanse")
            if chance is not None:
                chances.append(chance)
                proposed += ledger.value("skoleforslag")
    p = np.array(chances)
    assert len(p) > 150
    assert abs(proposed - p.sum()) < 4.0 * np.sqrt((p * (1.0 - p)).sum())


def test_what_oslo_moves_between_its_units_sums_to_zero():
    for city, county in zip(ledgers(1, 0), ledgers(1, 357), strict=True):
        assert city.value("fordeling_oslo") + county.value("fordeling_oslo") == 0.0
        assert city.value("robek_grunnlag") == county.value("robek_grunnlag")


def test_an_autumn_that_ends_elsewhere_is_noticed():
    year = watched(0, 5)[1]
    other = year.adopted.copy()
    other["eiendomsskatt_promille"] += 1.0
    chance = (chosen().seed, 0, year.year)
    at = year.booked, other, year.world, year.nation, year.q, chance, year.seen, year.norms
    assert not live_autumn(*at).agrees
    assert live_autumn(year.booked, year.adopted, *at[2:]).agrees


@pytest.mark.parametrize("width", [80, 120, 150])
def test_the_ledger_fits_the_terminal_and_cuts_no_figure(width):
    for run, unit in [*in_trouble()[:3], (1, 0), (1, 357)]:
        out = Console(width=width, highlight=False, record=True, file=StringIO())
        out.print(render(write_ledger(watched(run, unit)[YEARS - 1]), width=width))
        lines = out.export_text().splitlines()
        assert max(map(len, lines)) <= width
        assert not any("…" in line for line in lines)


def test_the_vector_that_is_told_is_the_one_that_the_run_uses():
    for run in (0, 17, 317):
        one = choose("scenarios/baseline.toml", {}, run, None, None)
        values, row = vector(one), one.scenario.rows(run, 1)[0, 0]
        table = required().column("fondsmal", run, 1)[0]
        assert values["fondsmal"] == table == row["fondsmal"]
        assert all(row[name] == value for name, value in values.items())
        assert f"vector {run % 300} " in behaviour(one)


def test_a_stored_scenario_of_the_calibrated_set_is_read_back_with_its_vectors():
    for overrides in ({}, {"fondsmal": "0.08"}):
        made = choose("scenarios/baseline.toml", overrides, 0, None, None).scenario
        again = from_stored(json.loads(made.to_json()))
        assert made.drawn and again == made
        assert again.rows(17, 3).tobytes() == made.rows(17, 3).tobytes()


def test_a_stored_scenario_of_another_calibrated_set_is_refused():
    document = choose("scenarios/baseline.toml", {}, 0, None, None).scenario.to_dict()
    document["parameter_set"]["sha256"] = "0" * 64
    with pytest.raises(ScenarioError, match="another version"):
        from_stored(document)


def test_without_the_calibrated_set_the_defaults_are_told(tmp_path):
    file = tmp_path / "plain.toml"
    file.write_text('title = "t"\n\n[run]\nparameters = "default"\n')
    one = choose(str(file), {}, 0, None, None)
    assert vector(one) == {} and "defaults" in behaviour(one)


def test_a_range_of_the_scenario_is_told_with_the_value_of_the_run(tmp_path):
    file = tmp_path / "plain.toml"
    file.write_text(
        'title = "t"\n\n[run]\nparameters = "default"\n\n[assumptions]\nkappa = { low = 1.2, high = 2.8 }\n'
    )
    first, second = (vector(choose(str(file), {}, run, None, None)) for run in (0, 1))
    assert list(first) == list(second) == ["kappa"]
    assert 1.2 <= first["kappa"] <= 2.8 and first != second


@settings(max_examples=15)
@addresses
def test_what_the_aim_is_made_of_is_never_negative(run, unit):
    for ledger in ledgers(run, unit):
        parts = [entry for entry in ledger.step("gap") if entry.into == "mal"]
        assert all(entry.value >= -1e-12 for entry in parts)
