"""The plain-Python reference: the same source text without the compiler gives the same numbers."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from agents import KommuneModel
from agents.mesa_api import Agent
from agents.plain import Rules, _Rewrite, nested_lists, transpose
from agents.reference import PlainModel
from sim.params import PARAMS
from sim.scenario.values import resolve
from tests.sweeps import scenario, world

YEARS = 3
OTHER_LAW = {  # branches that today's law never enters
    "minimumsavdrag_regel": 1.0, "robek_utgang": 1.0, "strykningsrekkefolge": 1.0, "statlig_kontroll": 2.0,
    "lanetak_regel": 2.0, "fondsskjerming": 0.0, "redning": 2.0, "minste_fond": 0.05, "fet_hale": 1.0,
}  # fmt: skip


def pair(run: int = 0, chance: str = "address", **values: float) -> tuple[KommuneModel, PlainModel]:
    """The compiled and the plain model of the same run, books opened."""
    years = scenario(1, YEARS).years
    resolved = {name: resolve(PARAMS[name], value, years) for name, value in values.items()}
    model = KommuneModel(scenario(1, YEARS, **resolved), run, data=world())
    return model, PlainModel(model, chance)


def differences(model: KommuneModel, plain: PlainModel, tolerance: float = 1e-9) -> list[str]:
    """The columns in which they differ by more than the tolerance, relative."""
    found, state = [], plain.state()
    for ours, theirs in ((state.units, model.state.units), (state.nation, model.state.nation)):
        for name in ours.dtype.names or ():
            off = np.abs(ours[name] - theirs[name]) > tolerance * np.maximum(np.abs(theirs[name]), 1.0)
            if off.any() or not np.isfinite(ours[name]).all():
                found.append(name)
    return found


@pytest.mark.parametrize(("run", "law"), [(0, {}), (4_000_000_000, {}), (1, OTHER_LAW)])
def test_plain_python_and_the_compiled_kernel_agree_for_every_unit_and_column(run, law):
    model, plain = pair(run, **law)
    for _ in range(YEARS):
        model.step()
        plain.step()
        assert differences(model, plain) == [], model.year
    assert len(plain.units) == 372
    assert plain.steps == YEARS


def test_the_other_law_is_another_law():
    first, second = pair()[0], pair(**OTHER_LAW)[0]
    first.step()
    second.step()
    assert not np.array_equal(first.state.units["avdrag"], second.state.units["avdrag"])
    assert not np.array_equal(first.state.units["robek_grunnlag"], second.state.units["robek_grunnlag"])


def test_the_comparison_notices_a_rule_that_is_a_millionth_off():
    model, plain = pair()
    step = plain.rules.module("step")
    inner = vars(step)["step_year"].__globals__
    right = inner["own_tax"]

    def wrong(k, w, n, q, shock):
        right(k, w, n, q, shock)
        k.skatt *= 1.000001

    inner["own_tax"] = wrong
    model.step()
    plain.step()
    assert {"skatt", "frie_inntekter", "driftsinntekter"} <= set(differences(model, plain))


def test_plain_agents_are_ordinary_mesa_agents_with_numbers_and_lists_of_their_own():
    _, plain = pair()
    plain.step()
    unit = plain.agents.select(lambda one: one.merforbruk > 0.0)[0]
    assert isinstance(unit, Agent)
    assert isinstance(unit.disposisjonsfond, int | float)
    assert isinstance(unit.alder, list)
    assert vars(unit)["lanegjeld"] == unit.lanegjeld


def test_counting_the_draws_changes_nothing_and_counts_each_of_them():
    model, plain = pair(chance="counted")
    model.step()
    plain.step()
    assert differences(model, plain) == []
    units = len(plain.units)
    # each year every unit draws for income, spending and decisions; kommuner for schools only if they may propose
    assert 3 * units <= plain.rules.blocks <= 8 * units
    assert plain.rules.inversions >= 7 * units  # four of income, three of spending
    assert pair()[1].rules.blocks == 0


def test_with_python_s_own_generator_the_draws_are_others_but_repeat():
    def fund(run: int) -> list[float]:
        _, plain = pair(run, "mersenne")
        plain.step()
        return [unit.disposisjonsfond for unit in plain.units]

    model = pair()[0]
    model.step()
    assert fund(0) == fund(0)
    assert fund(0) != list(model.state.units["disposisjonsfond"][0])


def test_rules_are_compiled_from_the_files_of_the_kernel_and_contain_no_numpy():
    rules = Rules()
    rules.module("step")
    names = {"step", "budget", "closing", "accounts", "balance_rule", "execute", "portfolio", "rng", "schools"}
    assert names <= set(rules._modules)
    for name, module in rules._modules.items():
        assert "np" not in vars(module), name
        for value in vars(module).values():
            assert type(value).__module__ not in ("numpy", "numba.core.registry"), name


def test_the_uniforms_and_normals_of_plain_python_are_those_of_the_kernel():
    from sim.kernel import rng

    plain = Rules().module("rng")
    for address in [(1, 4, 0, 301, 2026), (2**63 - 1, 9, 2**32 - 1, 5001, 2050), (0, 0, 0, 0, 0)]:
        assert plain.uniforms(*address) == rng.uniforms(*address)
        assert plain.normals(*address) == pytest.approx(rng.normals(*address), rel=1e-14)


def rewritten(text: str) -> str:
    """Source text as the loader rewrites it."""
    return ast.unparse(ast.fix_missing_locations(_Rewrite().visit(ast.parse(text))))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x[i, j, k]", "x[i][j][k]"),
        ("x[i, j], y = f()", "x[i][j], y = f()"),
        ("x[i, j] += 1", "x[i][j] += 1"),
        ("units.shape[0]", "len(units)"),
        ("k.merforbruk_argang.shape[0] - 1", "len(k.merforbruk_argang) - 1"),
        ("a.shape[2]", "len(a[0][0])"),
        ("np.floor(x + 0.5)", "floor(x + 0.5)"),
        ("np.uint64(run) & LOW", "run & LOW"),
        ("np.zeros((2, N))", "zeros((2, N))"),
        ("a.transpose(0, 2, 1)", "transpose(a, 0, 2, 1)"),
    ],
)
def test_arrays_become_lists_and_numpy_becomes_python(before, after):
    assert rewritten(before) == after


@pytest.mark.parametrize("text", ["np.cumsum(x)", "x[:, 0]", "x[0, 1:]"])
def test_what_has_no_plain_counterpart_is_refused_instead_of_computed_wrongly(text):
    with pytest.raises(NotImplementedError):
        rewritten(text)


def test_lists_have_the_shape_of_the_arrays_they_stand_for():
    assert nested_lists(3) == [0.0, 0.0, 0.0]
    assert nested_lists((2, 1, 2)) == [[[0.0, 0.0]], [[0.0, 0.0]]]
    rows = nested_lists((2, 2))
    rows[0][0] = 1.0
    assert rows == [[1.0, 0.0], [0.0, 0.0]]
    assert transpose([[1, 2, 3], [4, 5, 6]]) == [[1, 4], [2, 5], [3, 6]]


def test_a_reference_of_another_seed_is_another_run():
    chosen = scenario(1, 1)
    first, second = (PlainModel(KommuneModel(replace(chosen, seed=seed), data=world())) for seed in (1, 2))
    first.step()
    second.step()
    assert [unit.skatt for unit in first.units] != [unit.skatt for unit in second.units]
