"""A Mesa model of one run: seeds, own classes, numbers, memory, and what importing it leaves alone."""

import gc
import multiprocessing
import random
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

from agents import Fylkeskommune, Kommune, KommuneModel
from agents.mesa_api import Agent, Model
from sim.errors import UserError
from tests.sweeps import scenario, world
from tests.test_agents import made


class Careful(Kommune):
    """Defers all maintenance: a rule of its own, each year before the budget is carried out."""

    asked = 0

    def step(self) -> None:
        type(self).asked += 1
        self.budsjett_vedlikehold = 0.0


def test_agents_of_an_own_class_act_before_every_year():
    model = made(kommune_class=Careful)
    model.step()
    assert Careful.asked == 357
    assert (model.state.units["vedlikehold"][0, :357] == 0.0).all()
    assert (model.state.units["vedlikehold"][0, 357:] > 0.0).all()


def test_models_neither_read_nor_move_the_generators_of_numpy_and_python():
    found = []
    before = np.random.get_state(), random.getstate()  # noqa: NPY002 (the global generator is what is tested)
    try:
        for seed in (1, 2):
            np.random.seed(seed)  # noqa: NPY002
            random.seed(seed)
            found.append(made(2, steps=1))
            assert np.random.random() == np.random.RandomState(seed).random()  # noqa: NPY002
            assert random.random() == random.Random(seed).random()
    finally:
        np.random.set_state(before[0])  # noqa: NPY002
        random.setstate(before[1])
    first, second = found
    assert first.state.units.tobytes() == second.state.units.tobytes()
    assert first.random.random() == second.random.random() != made(3).random.random()


def test_seed_and_rng_are_taken_as_mesa_takes_them():
    chosen = scenario(1, 1)
    seeds = [
        KommuneModel(chosen, 0, 7, world()).seed,
        KommuneModel(chosen, seed=np.int64(7), data=world()).seed,
        KommuneModel(chosen, rng=7, data=world()).seed,
    ]
    assert seeds == [7, 7, 7]
    drawn = [KommuneModel(chosen, rng=np.random.default_rng(5), data=world()).seed for _ in range(2)]
    assert drawn[0] == drawn[1] != 7
    assert KommuneModel(chosen, data=world()).seed == chosen.seed
    with pytest.raises(ValueError, match="either seed or rng"):
        KommuneModel(chosen, seed=1, rng=1, data=world())


def test_another_seed_draws_the_ranges_of_the_scenario_anew():
    assert made(0, 1).rows["skole_vedtak"][0, 0] != made(0, 2).rows["skole_vedtak"][0, 0]


@pytest.mark.parametrize("run", [-1, 2**32, 0.5, True])
def test_a_run_that_has_no_address_is_refused(run):
    with pytest.raises(ValueError, match=r"run = .* is not a whole number from 0"):
        made(run)


@pytest.mark.parametrize("seed", [-1, 2**63, 0.5, True])
def test_a_seed_that_has_no_address_is_refused(seed):
    with pytest.raises(ValueError, match=r"seed = .* is not a whole number from 0"):
        made(0, seed)


def test_a_scenario_or_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="nowhere"):
        KommuneModel(tmp_path / "nowhere.toml")
    with pytest.raises(UserError, match="no such folder"):
        KommuneModel(scenario(1, 1), data=tmp_path / "nowhere")


def test_models_that_nobody_holds_are_freed():
    held = [weakref.ref(made(run, steps=1)) for run in range(3)]
    gc.collect()
    assert [model() for model in held] == [None, None, None]
    assert not [key for key in getattr(Agent, "_ids", {}) if isinstance(key, KommuneModel)]


def test_agents_are_numbered_from_1_and_agents_of_other_kinds_go_on_from_there():
    model = made()
    assert [unit.unique_id for unit in model.agents] == list(range(1, 373))
    state = Agent(model)
    assert state.unique_id == 373
    assert len({agent.unique_id for agent in model.agents}) == 373
    held = weakref.ref(model)
    del model, state
    gc.collect()
    assert held() is None


@pytest.mark.parametrize("method", ["None", "'fork'", "'forkserver'"])
def test_importing_the_agents_leaves_the_start_method_of_multiprocessing_alone(method, root: Path):
    if method.strip("'") not in [*multiprocessing.get_all_start_methods(), "None"]:
        pytest.skip(f"this platform has no {method}")
    code = (
        f"import multiprocessing as m\nm.set_start_method({method}, force=True)\nimport agents.model, sys\n"
        f"assert 'mesa' in sys.modules\nassert m.get_start_method(allow_none=True) == {method}\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_the_package_is_imported_without_mesa_until_a_class_is_asked_for(root: Path):
    code = "import agents, sys\nassert 'mesa' not in sys.modules\nagents.KommuneModel\nassert 'mesa' in sys.modules\n"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_a_model_is_a_mesa_model_and_its_units_are_mesa_agents():
    model = made()
    assert isinstance(model, Model)
    assert all(isinstance(unit, Agent) for unit in model.agents)
    assert set(model.agent_types) == {Kommune, Fylkeskommune}
