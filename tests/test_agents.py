"""One run as a Mesa model is that run of a sweep, bit for bit, and leaves nothing behind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import Fylkeskommune, Kommune, KommuneModel
from agents.mesa_api import DataCollector
from sim import batch
from sim.batch.chunks import Sweep, run_chunk
from sim.outputs import select
from sim.scenario import Scenario
from sim.state import NATION, SECTORS_FYLKE, STATE, State, new_state
from sim.store import open_results
from sim.store.panel import Layout, kommunenummer
from tests.sweeps import PANEL, scenario, world

YEARS = 3


def made(run: int = 0, seed: int | None = None, steps: int = 0, **more) -> KommuneModel:
    """A model of the small test scenario, some years on."""
    model = KommuneModel(scenario(6, YEARS), run, seed, world(), **more)
    for _ in range(steps):
        model.step()
    return model


def chunk_state(chosen: Scenario, first_run: int, runs: int) -> State:
    """The state after all years, by the code of sweeps."""
    units = world().units
    layout = Layout(select(PANEL), chosen.years, tuple(kommunenummer(units["kode"], units["er_fylke"])), chosen.runs)
    state = new_state(runs, len(units))
    out = np.empty((len(PANEL), len(chosen.years), runs, len(units)), np.float32)
    run_chunk(Sweep(chosen, world(), layout, False), state, first_run, out)
    return state


def test_every_run_of_a_stored_sweep_is_that_run_as_a_model(tmp_path):
    results = open_results(batch.run(scenario(6, YEARS), world(), tmp_path))
    panel = results.panel()
    for run in (0, 5):
        model = made(run)
        for year in results.years:
            model.step()
            assert model.year == year
            rows = panel[(panel["run"] == run) & (panel["year"] == year)]
            assert list(rows["kommunenummer"]) == [unit.kommunenummer for unit in model.units]
            for name in PANEL:
                ours = np.array([model.output(name, at) for at in range(len(model.units))], np.float32)
                assert np.array_equal(ours, rows[name].to_numpy(), equal_nan=True), (run, year, name)


@settings(max_examples=8)
@given(run=st.integers(0, 2**32 - 1), seed=st.integers(0, 2**63 - 1))
def test_the_state_is_that_of_the_run_of_a_sweep_to_the_last_bit(run, seed):
    chosen = replace(scenario(1, YEARS), seed=seed)
    model = KommuneModel(chosen, run, data=world())
    model.run_model()
    swept = chunk_state(chosen, run, 1)
    assert model.state.units.tobytes() == swept.units.tobytes()
    assert model.state.nation.tobytes() == swept.nation.tobytes()


def test_a_model_is_run_r_of_a_chunk_and_not_its_neighbour():
    swept = chunk_state(scenario(6, YEARS), 0, 6)
    model = made(4, steps=YEARS)
    assert model.state.units[0].tobytes() == swept.units[4].tobytes()
    assert model.state.units[0].tobytes() != swept.units[3].tobytes()


def test_the_median_start_is_taken_from_the_scenario():
    chosen = replace(scenario(1, 1), start="median")
    first, second = (KommuneModel(chosen, run, data=world()) for run in (0, 1))
    assert np.array_equal(first.state.units["disposisjonsfond"], second.state.units["disposisjonsfond"])
    assert not np.array_equal(made(0).state.units["disposisjonsfond"], made(1).state.units["disposisjonsfond"])


def test_it_runs_from_the_closed_books_of_2025_to_the_last_year_and_no_further():
    model = made()
    assert (model.year, model.running, model.steps) == (2025, True, 0)
    model.run_model()
    assert (model.year, model.running, model.steps) == (2025 + YEARS, False, YEARS)
    with pytest.raises(RuntimeError, match="2028 is the last year"):
        model.step()


def test_without_arguments_it_is_run_0_of_the_baseline():
    model = KommuneModel()
    assert model.scenario.name == "baseline"
    assert (model.run, model.seed) == (0, model.scenario.seed)
    assert model.scenario.years[-1] == 2035


def test_every_column_of_every_unit_reads_what_stands_in_the_state():
    model = made(steps=1)
    for unit in (model.units[0], model.units[200], model.units[-1]):
        record = model.state.units[0, model.units.index(unit)]
        for column in STATE:
            value = getattr(unit, column.name)
            if not column.shape:
                assert value == record[column.name], column.name
            elif column.name.endswith("_argang"):
                assert all(
                    value[model.year - age] == record[column.name][age] for age in range(len(record[column.name]))
                )
            else:
                assert list(value.values()) == list(record[column.name][: len(value)]), column.name
    for column in NATION:
        value = getattr(model.nation, column.name)
        stored = model.state.nation[0][column.name]
        assert value == stored if not column.shape else list(value.values()) == list(stored[: len(value)])


def test_units_know_who_and_where_they_are():
    model = made()
    bergen = model.unit("Bergen")
    assert (bergen.kommunenummer, bergen.name, bergen.fylke) == ("4601", "Bergen", "Vestland")
    assert isinstance(bergen, Kommune)
    assert bergen.fylkeskommune is model.unit("46")
    assert isinstance(model.unit("46"), Fylkeskommune)
    assert bergen in model.unit("46").kommuner
    assert model.unit("Oslo").kommunenummer == "0301"
    assert len(bergen.neighbours) == 8
    assert bergen not in bergen.neighbours
    assert (len(model.kommuner), len(model.fylkeskommuner), len(model.agents)) == (357, 15, 372)
    assert sum(len(county.kommuner) for county in model.fylkeskommuner) == 357
    with pytest.raises(KeyError, match="no unit 'Bergenn'"):
        model.unit("Bergenn")


def test_a_name_that_two_kommuner_share_must_be_asked_for_by_number():
    model = made()
    names = [unit.name for unit in model.kommuner]
    twice = {name for name in names if names.count(name) > 1}
    assert twice, "Norway has a Herøy and a Våler twice"
    for name in twice:
        with pytest.raises(KeyError, match="is the name of"):
            model.unit(name)


def test_arrays_are_read_by_the_names_of_the_unit_s_own_services():
    model = made(steps=1)
    kommune, county = model.units[0], model.units[-1]
    assert kommune.tjenesteniva["grunnskole"] == model.state.units["tjenesteniva"][0, 0, 0]
    assert county.utgifter["tannhelse"] == model.state.units["utgifter"][0, -1, SECTORS_FYLKE.index("tannhelse")]
    assert "ikke_i_bruk" not in county.utgifter
    assert kommune.alder["6-15"] == model.state.units["alder"][0, 0, 2]
    with pytest.raises(KeyError, match="tjenesteniva has no 'tannhelse'; it has grunnskole"):
        _ = kommune.tjenesteniva["tannhelse"]


def test_measures_taken_are_those_with_an_amount():
    model = made(steps=2)
    seen = set()
    for unit in model.agents:
        assert unit.measures_taken == {name: kr for name, kr in unit.tiltak.items() if kr > 0.0}
        seen |= set(unit.measures_taken)
    assert {"bemanning", "ostehovel", "fond"} <= seen


def test_vintages_stand_under_the_year_in_which_they_arose():
    model = made(steps=2)
    owing = model.agents.select(lambda unit: unit.merforbruk > 0.0)
    assert len(owing) > 5
    for unit in owing:
        assert sum(unit.merforbruk_argang.values()) == unit.merforbruk
        assert unit.merforbruk_argang[2027] == unit.nytt_merforbruk
        assert all(2025 - 16 <= year <= 2027 for year in unit.merforbruk_argang)


def test_agentset_queries_work():
    model = made(steps=1)
    registered = model.agents.select(lambda unit: unit.robek)
    assert len(registered) == (model.state.units["robek_grunnlag"] > 0).sum() == model.agents.agg("robek", sum)
    assert all(unit.robek_letters for unit in registered)
    funds = model.agents.groupby("fylke").agg("disposisjonsfond", sum)
    assert sum(funds.values()) == model.state.units["disposisjonsfond"].sum()
    richest = model.kommuner.sort("netto_driftsresultat_pct")[0]
    assert richest.netto_driftsresultat_pct == max(model.kommuner.get("netto_driftsresultat_pct"))
    assert len(model.agents.shuffle()) == 372


def test_a_datacollector_collects_columns_outputs_and_the_nation():
    model = made()
    collector = DataCollector(
        {"year": "year", "rate": lambda m: m.nation.rente},
        {"kommune": "kommunenummer", "fund": "disposisjonsfond", "debt": "lanegjeld_per_innbygger"},
    )
    while model.running:
        model.step()
        collector.collect(model)
    table = collector.get_agent_vars_dataframe().reset_index()
    assert len(table) == 372 * YEARS
    last = table[table["Step"] == YEARS]
    assert list(last["fund"]) == list(model.state.units["disposisjonsfond"][0])
    debt = model.state.units["lanegjeld"][0] / model.state.units["folketall"][0]
    assert np.array_equal(last["debt"].to_numpy(np.float32), debt.astype(np.float32))
    assert list(collector.get_model_vars_dataframe()["year"]) == [2026, 2027, 2028]


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("disposisjonfond", "disposisjonsfond"), ("lanejeld", "lanegjeld"), ("robek_letter", "robek_letters")],
)
def test_a_misspelt_attribute_is_an_error_that_names_the_nearest(wrong, near):
    unit = made().units[0]
    with pytest.raises(AttributeError, match=f"Kommune has no '{wrong}'. Did you mean '{near}'"):
        getattr(unit, wrong)
    with pytest.raises(AttributeError, match=f"Kommune has no '{wrong}'. Did you mean '{near}'"):
        setattr(unit, wrong, 1.0)


def test_a_misspelt_attribute_of_the_nation_is_an_error():
    nation = made().nation
    with pytest.raises(AttributeError, match=r"the nation has no 'rentee'. Did you mean 'rente'"):
        _ = nation.rentee
    with pytest.raises(AttributeError, match="the nation has no 'rentee'"):
        nation.rentee = 0.05


def test_what_is_computed_or_given_cannot_be_set():
    unit = made().units[0]
    for name in ("netto_driftsresultat_pct", "robek", "kommunenummer", "fylke", "sentralitet", "measures_taken"):
        with pytest.raises(AttributeError):
            setattr(unit, name, 1)
