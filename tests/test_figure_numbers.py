"""What figures are made of: states and flows, the cartogram, groups and pairs, numbers and words."""

import string
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.analysis.drivers import low_and_high
from sim.analysis.labels import unit_labels
from sim.analysis.paired import paired_band, paired_units
from sim.analysis.quantity import group_paths, quantities, quantity, unit_runs
from sim.analysis.states import STATES, flows, shares, state_of, transitions
from sim.outputs import DEFAULT_PANEL
from sim.plots.classes import diverging, round_to, sequential
from sim.plots.dorling import BETWEEN, WITHIN, layout, project, radii, relax
from sim.store import open_results
from sim.words import number, output_title, signed
from sim.words.catalogue import PHRASES
from sim.words.figures import FIGURE_TEXTS
from sim.words.heads import HEADLINES, HEADS
from sim.words.outputs import MEASURES, TITLES
from sim.words.page import PAGE
from tests.stored import shared_result

MOVES = hnp.arrays(
    np.int8, st.tuples(st.integers(2, 4), st.integers(1, 5), st.integers(1, 4)), elements=st.integers(0, 3)
)


@given(MOVES)
def test_flows_lead_from_the_number_in_each_state_to_the_number_in_the_next_year(of: np.ndarray) -> None:
    moved, count = flows(of), shares(of)
    assert np.allclose(moved.sum(axis=2), count[:-1])
    assert np.allclose(moved.sum(axis=1), count[1:])
    assert np.allclose(count.sum(axis=1), of.shape[1])


@given(MOVES)
def test_transitions_are_those_counted_one_by_one(of: np.ndarray) -> None:
    seen = Counter()
    for year, unit, k in np.ndindex(of.shape[0] - 1, *of.shape[1:]):
        seen[of[year, unit, k], of[year + 1, unit, k]] += 1
    table = transitions(of).to_numpy()
    for i in range(4):
        total = sum(seen[i, j] for j in range(4))
        for j in range(4):
            assert np.isnan(table[i, j]) if total == 0 else table[i, j] == pytest.approx(seen[i, j] / total)


@given(st.floats(-10, 10), st.floats(0, 10), st.integers(0, 1))
def test_a_unit_is_in_the_worst_state_that_applies(result: float, deficit: float, register: int) -> None:
    found = STATES[int(state_of(*(np.array([value]) for value in (result, deficit, register)))[0])]
    if register:
        assert found == "robek"
    elif deficit > 0:
        assert found == "deficit"
    else:
        assert found == ("fund" if result < 0 else "healthy")


def gaps(x: np.ndarray, y: np.ndarray, radius: np.ndarray) -> np.ndarray:
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - radius[:, None] - radius
    np.fill_diagonal(apart, np.inf)
    return apart


def test_no_circle_of_the_cartogram_lies_on_another_and_fylker_stay_apart() -> None:
    codes, found = layout()
    labels = unit_labels().loc[list(codes)]
    apart = gaps(found.x, found.y, found.radius)
    assert len(codes) == 357 and apart.min() > 0.9 * WITHIN
    other = labels["fylkesnummer"].to_numpy()[:, None] != labels["fylkesnummer"].to_numpy()
    assert apart[other].min() > 0.9 * BETWEEN


def test_circles_have_the_area_of_their_people_and_lie_near_their_place() -> None:
    codes, found = layout()
    labels = unit_labels().loc[list(codes)]
    area = found.radius**2 / labels["inhabitants"].to_numpy(float)
    assert np.allclose(area, area[0])
    x, y = project(labels["lon"].to_numpy(float), labels["lat"].to_numpy(float))
    moved = np.hypot(found.x - x, found.y - y)
    assert np.median(moved) < 40.0 and moved.max() < 200.0
    assert np.corrcoef(found.y, y)[0, 1] > 0.99 and np.corrcoef(found.x, x)[0, 1] > 0.98


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(1, 30), st.integers(0, 2)), min_size=1, max_size=9
    )
)
def test_any_circles_are_moved_apart_the_same_way_every_time(circles: list) -> None:
    x, y, radius, group = (np.array(column) for column in zip(*circles, strict=True))
    one, two = relax(x, y, radius, group), relax(x, y, radius, group)
    assert np.array_equal(one.x, two.x) and np.array_equal(one.y, two.y)
    assert gaps(one.x, one.y, radius).min() > 0.5 * WITHIN


def test_circles_on_one_spot_are_moved_apart() -> None:
    same = np.zeros(5)
    found = relax(same, same, np.full(5, 10.0), np.zeros(5, int))
    assert gaps(found.x, found.y, found.radius).min() > 0.5 * WITHIN


def test_ratios_of_groups_are_ratios_of_sums_over_the_stored_panel() -> None:
    results = open_results(shared_result())
    frame = results.panel()
    units = list(frame["kommunenummer"].astype(str).unique()[5:17])
    part = frame[frame["kommunenummer"].astype(str).isin(units)]
    sums = part.groupby(["year", "run"])[["netto_driftsresultat", "driftsinntekter", "robek"]].agg(
        lambda values: values.astype(float).sum()
    )
    expected = (100 * sums["netto_driftsresultat"] / sums["driftsinntekter"]).unstack("run")  # noqa: PD010
    found = group_paths(results, quantity(results, "netto_driftsresultat_pct"), units)
    assert np.allclose(found, expected, rtol=1e-9)
    assert np.allclose(group_paths(results, quantity(results, "robek"), units), sums["robek"].unstack("run"))  # noqa: PD010


def test_one_unit_is_the_rows_of_that_unit() -> None:
    results = open_results(shared_result())
    rows = results.panel(["lanegjeld", "folketall"], years=[2028], units=["3403"]).sort_values("run")
    found = unit_runs(results, quantity(results, "lanegjeld_per_innbygger"), 2028).loc["3403"]
    assert np.allclose(found, rows["lanegjeld"].astype(float) / rows["folketall"])


def test_every_quantity_of_an_ordinary_result_can_be_shown_and_has_names_in_both_languages() -> None:
    results = open_results(shared_result())
    known = quantities(results)
    assert set(DEFAULT_PANEL) <= set(known)
    for name in known:
        for lang in ("en", "nb"):
            assert "_" not in output_title(name, lang)
    assert {name.removesuffix("_pct").removesuffix("_per_innbygger") for name in known} <= set(TITLES)


def test_a_result_does_not_differ_from_itself() -> None:
    results = open_results(shared_result())
    what = quantity(results, "disposisjonsfond_pct")
    table = paired_band(results, results, what, ["3403", "0301"])
    assert list(table.columns) == ["year", "median", "low", "high", "mean"]
    assert (table[["median", "low", "high", "mean"]] == 0.0).all().all()
    assert (paired_units(results, results, what, 2027) == 0.0).all().all()


def test_what_raises_an_outcome_is_found_and_what_does_not_is_not() -> None:
    rng = np.random.default_rng(4)
    cause, idle = rng.normal(size=500), rng.normal(size=500)
    outcome = pd.Series(3.0 * cause + 0.1 * rng.normal(size=500))
    table = low_and_high(pd.DataFrame({"idle": idle, "cause": cause, "constant": 1.0}), outcome)
    assert list(table["factor"]) == ["cause", "idle"]
    first, second = (table["high"] - table["low"]).to_numpy()
    assert first > 6.0 and abs(second) < 1.5
    split = np.quantile(cause, [0.2, 0.8])
    assert table["low"][0] == pytest.approx(outcome[cause <= split[0]].median(), abs=0.05)


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_as_itself_in_both_languages(value: float, decimals: int) -> None:
    for lang, thousands, point in (("en", ",", "."), ("nb", "\u00a0", ",")):
        text = number(value, decimals, lang)
        assert set(text) <= set(string.digits) | {thousands, point, "−"}
        plain = text.replace(thousands, "" if thousands != point else thousands).replace(point, ".").replace("−", "-")
        assert float(plain) == round(value, decimals)
        assert not text.startswith("−") or float(plain) < 0


def test_numbers_are_written_as_norwegians_and_englishmen_do() -> None:
    assert number(-1234567.891, 2, "nb") == "−1\u00a0234\u00a0567,89"
    assert number(-1234567.891, 2, "en") == "−1,234,567.89"
    assert (number(-0.001, 1), number(float("nan")), signed(0.04, 1), signed(2, 0)) == ("0.0", "–", "0.0", "+2")


def test_both_languages_say_everything_and_fill_in_the_same() -> None:
    for table in (PHRASES, PAGE, HEADS, TITLES, MEASURES, FIGURE_TEXTS):
        for key, (english, norwegian) in table.items():
            places = [
                {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, norwegian)
            ]
            assert places[0] == places[1], key
            assert norwegian and (english or key == "declared"), key
    for words in HEADLINES.values():
        assert all(len(pair) == 2 and all(pair) for pair in words)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_every_value_has_one_class_and_classes_rise_with_it(values: list[float]) -> None:
    for classes in (sequential(values), diverging(values)):
        assert len(classes.colours) == len(classes.limits) + 1
        assert list(classes.limits) == sorted(set(classes.limits))
        order = [classes.colours.index(classes.colour(value)) for value in sorted(values)]
        assert order == sorted(order)
    pale = diverging(values).colour(0.0)
    assert pale == "#efefef"


@given(st.floats(1e-9, 1e9))
def test_rounded_limits_are_near_and_short(value: float) -> None:
    near, above = round_to(value), round_to(value, up=True)
    assert 0.75 <= near / value <= 1.34
    assert value <= above * (1 + 1e-8) and above <= 1.67 * value
    assert len(f"{near:e}".split("e")[0].rstrip("0").rstrip(".")) <= 3


def test_radii_of_a_quarter_of_the_people_are_half() -> None:
    assert radii(np.array([4000.0]))[0] == pytest.approx(2 * radii(np.array([1000.0]))[0])
