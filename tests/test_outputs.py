"""Outputs: declared once, and the compiled pass reads what numpy reads from the state."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.outputs import DEFAULT_PANEL, OUTPUTS, program, select, words_of
from sim.state import SECTORS_FYLKE, SECTORS_KOMMUNE, STATE, STATE_COLUMNS, STATE_DTYPE, State
from sim.store.national import EVENTS, SUM_NAMES, SUM_PROGRAM, national_columns

KINDS = np.array([0, 0, 0, 1, 1], np.int64)


def random_state(seed: int, runs: int = 3) -> State:
    """Whole kroner of both signs with many zeros, in every column."""
    chance = np.random.default_rng(seed)
    units = np.zeros((runs, len(KINDS)), STATE_DTYPE)
    for column in STATE:
        shape = (*units.shape, *column.shape)
        if column.integer:
            units[column.name] = chance.integers(0, 3, shape) * chance.integers(0, 50, shape)
        else:
            units[column.name] = chance.integers(0, 2, shape) * np.rint(chance.normal(0.0, 1e8, shape))
    return State(units, np.zeros(runs, np.float64))


def recorded(state: State, names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the compiled pass writes: panel (outputs, runs, units), sums (runs, 2, sums), counts."""
    from sim.kernel.record import record_year

    words, whole = words_of(state.units)
    runs, units = state.units.shape
    panel = np.full((len(names), runs, units), -1.0, np.float32)
    sums, counts = np.full((runs, 2, len(SUM_NAMES)), -1.0), np.zeros((units, 3), np.int64)
    record_year(words, whole, KINDS, program(select(names)), SUM_PROGRAM, EVENTS, panel, sums, counts)
    return panel, sums, counts


def by_numpy(state: State, name: str) -> np.ndarray:
    """The output from the columns of the state, written down a second time."""
    k = state.units
    with np.errstate(divide="ignore", invalid="ignore"):
        if name in STATE_COLUMNS and name not in ("tjenesteniva", "behov"):
            return k[name].astype(float)
        if name.endswith("_pct"):
            ratio = 100.0 * k[name[:-4]] / k["driftsinntekter"]
            return np.where(k["driftsinntekter"] == 0.0, np.nan, ratio)
        if name == "tjenesteniva":
            weight = k["behov"].sum(axis=-1)
            return np.where(weight == 0.0, np.nan, (k["tjenesteniva"] * k["behov"]).sum(axis=-1) / weight)
    if name == "behov":
        return k["behov"].sum(axis=-1)
    if name == "robek":
        return (k["robek_grunnlag"] > 0).astype(float)
    if name == "strykninger":
        return sum(k[f"strykning_{what}"] for what in ("overforing", "avsetning", "dekning", "bruk"))
    if name.startswith("tiltak_"):
        from sim.measures import MEASURE_INDEX

        return k["tiltak"][..., MEASURE_INDEX[name.removeprefix("tiltak_")]]
    column, sector = name.split("_", 1)
    found = np.full(k.shape, np.nan)
    for kind, sectors in ((0, SECTORS_KOMMUNE), (1, SECTORS_FYLKE)):
        if sector in sectors:
            found[:, kind == KINDS] = k[column][:, kind == KINDS, sectors.index(sector)]
    return found


@given(st.integers(0, 2**32))
def test_every_declared_output_is_what_numpy_reads_from_the_state(seed):
    state = random_state(seed)
    names = [name for name, output in OUTPUTS.items() if output.function is None]
    panel, _, _ = recorded(state, names)
    for k, name in enumerate(names):
        expected = by_numpy(state, name)
        assert np.allclose(panel[k], expected.astype(np.float32), rtol=1e-6, atol=0.0, equal_nan=True), name


@given(st.integers(0, 2**32))
def test_national_sums_and_ratios_are_those_of_the_columns(seed):
    state = random_state(seed)
    _, sums, _ = recorded(state, ["folketall"])
    table = {name: values.reshape(-1, 2) for name, (values, _, _) in national_columns(sums, np.zeros((3, 4))).items()}
    for group in (0, 1):
        k = state.units[:, group == KINDS]
        for name in ("frie_inntekter", "driftsutgifter", "skoler", "netto_driftsresultat"):
            assert np.array_equal(table[name][:, group], k[name].sum(axis=1))
        assert np.array_equal(table["n_units"][:, group], np.full(3, k.shape[1]))
        assert np.array_equal(table["antall_negativ"][:, group], (k["netto_driftsresultat"] < 0).sum(axis=1))
        assert np.array_equal(table["antall_uten_fond"][:, group], (k["disposisjonsfond"] <= 0).sum(axis=1))
        assert np.array_equal(table["antall_merforbruk"][:, group], (k["merforbruk"] > 0).sum(axis=1))
        assert np.array_equal(table["antall_robek"][:, group], (k["robek_grunnlag"] != 0).sum(axis=1))
        for bit, letter in enumerate("abcdefg"):
            assert np.array_equal(table[f"antall_{letter}"][:, group], (k["robek_grunnlag"] >> bit & 1).sum(axis=1))
        assert np.array_equal(table["tiltak_fond"][:, group], k["tiltak"][..., 4].sum(axis=1))
        assert np.array_equal(table["antall_tiltak_fond"][:, group], (k["tiltak"][..., 4] > 0).sum(axis=1))
        income, need = k["driftsinntekter"].sum(axis=1), k["behov"].sum(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(income == 0, np.nan, 100.0 * k["lanegjeld"].sum(axis=1) / income)
            level = np.where(need == 0, np.nan, (k["tjenesteniva"] * k["behov"]).sum(axis=(1, 2)) / need)
        assert np.allclose(table["lanegjeld_pct"][:, group], share, equal_nan=True)
        assert np.allclose(table["tjenesteniva"][:, group], level, equal_nan=True)


@given(st.integers(0, 2**32))
def test_events_are_counted_over_runs_for_each_unit(seed):
    state = random_state(seed, runs=7)
    _, _, counts = recorded(state, ["folketall"])
    k = state.units
    expected = [k["netto_driftsresultat"] < 0.0, k["robek_grunnlag"] != 0, k["disposisjonsfond"] <= 0.0]
    assert np.array_equal(counts, np.stack([event.sum(axis=0) for event in expected], axis=-1))


@given(st.integers(0, 2**32))
def test_the_age_of_merforbruk_is_that_of_the_oldest_vintage(seed):
    state = random_state(seed)
    found = OUTPUTS["merforbruk_alder"].function(state)
    for position in np.ndindex(state.units.shape):
        left = np.flatnonzero(state.units["merforbruk_argang"][position] > 0.0)
        assert found[position] == (left[-1] if left.size else 0)


def test_every_output_says_its_unit_and_what_it_means():
    for output in OUTPUTS.values():
        assert output.unit and output.text.endswith("."), output.name
        assert output.name.isascii() and output.name.islower()
        assert (output.read is None) != (output.function is None)


def test_the_default_panel_holds_the_twelve_outputs_that_others_rely_on():
    assert len(DEFAULT_PANEL) == 12
    assert {"netto_driftsresultat", "disposisjonsfond", "merforbruk", "lanegjeld", "robek"} <= set(DEFAULT_PANEL)
    assert [output.name for output in select(DEFAULT_PANEL)] == list(DEFAULT_PANEL)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["lanegjeldd"], "did you mean 'lanegjeld'"),
        (["robek", "robek"], "named twice"),
        (["\x1b[31m"], "there is no output"),
    ],
)
def test_an_unknown_or_repeated_output_is_one_sentence(names, said):
    with pytest.raises(UserError) as refused:
        select(names)
    assert said in str(refused.value) and "\x1b" not in str(refused.value)
