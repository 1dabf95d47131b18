"""Scenarios and the calibrated set: who draws what, and what goes before it."""

import json
import shutil

import numpy as np
import pytest

from sim.errors import UserError
from sim.params import PARAMS
from sim.report.recipe import scenario_toml
from sim.scenario import from_file
from sim.scenario.parameter_set import ABOUT, DATA, TABLE, load_set, required


@pytest.fixture
def write(tmp_path):
    def to_file(text: str, name: str = "s.toml") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return to_file


def test_run_r_takes_vector_r_modulo_their_number_in_every_year(write):
    scenario, chosen = from_file(write("")), required()
    n = len(chosen.vectors)
    rows = scenario.rows(n - 2, 4)
    for name in chosen.names:
        wanted = chosen.vectors[[n - 2, n - 1, 0, 1], chosen.names.index(name)]
        assert (rows[name] == wanted).all(), name
    # the same run has the same vector however the runs are cut
    assert (scenario.rows(0, n)["alfa_hoy"][:, n - 2 :] == rows["alfa_hoy"][:, :2]).all()


def test_default_parameters_are_those_declared_and_nothing_is_drawn(write):
    scenario = from_file(write('[run]\nparameters = "default"'))
    assert scenario.drawn == () and json.loads(scenario.to_json())["parameter_set"] is None
    for name in required().names:
        assert (scenario.rows(0, 3)[name] == PARAMS[name].default).all()
    assert from_file(write(""), {}, {"parameters": "default"}).drawn == ()


def test_a_value_of_the_scenario_or_of_an_option_goes_before_the_set(write):
    scenario = from_file(write("[assumptions]\nalfa_lav = 0.25"), {"kappa": "2"})
    rows = scenario.rows(0, 5)
    assert (rows["alfa_lav"] == 0.25).all() and (rows["kappa"] == 2.0).all()
    assert np.ptp(rows["alfa_hoy"][0]) > 0
    assert {"alfa_lav", "kappa"}.isdisjoint(scenario.drawn)
    changed = {row["name"]: (row["baseline"], row["value"]) for row in scenario.difference()}
    assert changed == {"alfa_lav": ("calibrated", 0.25), "kappa": ("calibrated", 2)}  # at their defaults, and yet set


def test_the_resolved_scenario_names_the_set_and_its_recipe_gives_it_again(write):
    scenario = from_file(write("[assumptions]\nalfa_lav = 0.25"))
    stored = json.loads(scenario.to_json())
    assert stored["run"]["parameters"] == "calibrated"
    assert stored["parameter_set"]["sha256"] == required().sha256
    assert set(stored["parameter_set"]["drawn"]) == set(required().names) - {"alfa_lav"}
    again = from_file(write(scenario_toml(stored)))
    assert again.to_json() == scenario.to_json()


def test_a_scenario_is_paired_with_its_baseline_in_every_run(write):
    one, two = from_file(write("")), from_file(write("[levers]\ndekningsfrist = 4", "t.toml"))
    a, b = one.rows(0, 50), two.rows(0, 50)
    assert all((a[name] == b[name]).all() for name in required().names)


def test_a_table_that_is_not_the_one_its_provenance_names_is_not_used(tmp_path):
    for name in (TABLE, ABOUT):
        shutil.copy(DATA / name, tmp_path / name)
    assert load_set(tmp_path) is not None
    load_set.cache_clear()
    text = (tmp_path / TABLE).read_text(encoding="utf-8")
    (tmp_path / TABLE).write_text(text.replace("0.", "1.", 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"parameter_sets\.csv: is not the table"):
        load_set(tmp_path)
    assert load_set(tmp_path / "nowhere") is None
    with pytest.raises(UserError, match="there is no parameter_sets"):
        required(tmp_path / "nowhere")
