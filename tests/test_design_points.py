"""Points are made when they are asked for: the same as if all had been written down, and they survive being stored."""

import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.design import Design, Factor, Grid, Points, from_document
from sim.design.document import to_document, to_json
from sim.design.points import Listed, OneAtATime, Sampled
from sim.design.sample import count, make_points
from sim.params import PARAMS
from sim.scenario import ScenarioError
from tests.designs import design

NAMES = ("dekningsfrist", "rente_tillegg", "kappa", "mal_ndr")
LEVELS = st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0]), min_size=1, max_size=4, unique=True).map(tuple)
FACTORS = st.lists(LEVELS, max_size=4).map(
    lambda found: tuple(Factor(PARAMS[name], levels) for name, levels in zip(NAMES, found, strict=False))
)


@given(FACTORS, st.integers(1, 3))
def test_a_grid_is_every_combination_base_by_base(factors, bases):
    points = Points(Grid(factors, bases))
    rows = list(itertools.product(*(factor.values for factor in factors)))
    expected = [(base, row) for base in range(bases) for row in rows]
    assert [(point.base, tuple(point.settings.values())) for point in points] == expected
    assert len(points) == len(expected) == bases * count("grid", 0, factors)
    assert [point.number for point in points] == list(range(len(points)))
    assert all(list(point.settings) == [factor.name for factor in factors] for point in points)


@given(FACTORS.filter(len), st.integers(1, 3))
def test_one_at_a_time_is_the_base_and_each_level_alone(factors, bases):
    points = Points(OneAtATime(factors, bases))
    expected = [{}, *({factor.name: level} for factor in factors for level in factor.values)]
    assert [(point.base, point.settings) for point in points] == [
        (base, one) for base in range(bases) for one in expected
    ]  # fmt: skip
    assert len(points) == bases * count("oat", 0, factors)


@given(FACTORS.filter(len), st.integers(1, 3), st.data())
def test_a_row_of_a_list_is_a_point_of_its_base_or_of_each(factors, bases, data):
    rows = data.draw(st.lists(st.tuples(*(st.integers(0, len(f.values) - 1) for f in factors)), min_size=1, max_size=5))
    of_each = Points(Listed(factors, bases, np.array(rows)))
    wanted = [tuple(f.values[at] for f, at in zip(factors, row, strict=True)) for row in rows]
    assert [(p.base, tuple(p.settings.values())) for p in of_each] == [(b, w) for w in wanted for b in range(bases)]
    bases_of = np.array(data.draw(st.lists(st.integers(0, bases - 1), min_size=len(rows), max_size=len(rows))))
    named = Points(Listed(factors, bases, np.array(rows), bases_of))
    assert [(p.base, tuple(p.settings.values())) for p in named] == list(zip(bases_of.tolist(), wanted, strict=True))


@pytest.mark.parametrize(("sampling", "samples"), [("lhs", 7), ("sobol", 4), ("morris", 3)])
def test_a_sampled_point_is_where_its_shares_say(sampling, samples):
    factors = (Factor(PARAMS["kappa"], (), 1.0, 2.0), Factor(PARAMS["dekningsfrist"], (1.0, 2.0, 4.0)))
    points = make_points(sampling, samples, factors, 2, 5)
    assert isinstance(points.plan, Sampled) and len(points) == 2 * count(sampling, samples, factors)
    for point in points:
        x, y = point.shares
        assert point.settings == {"kappa": 1.0 + x, "dekningsfrist": (1.0, 2.0, 4.0)[min(int(3 * y), 2)]}
    half = len(points) // 2
    assert [p.settings for p in points[:half]] == [p.settings for p in points[half:]]
    assert {p.base for p in points[:half]} == {0} and {p.base for p in points[half:]} == {1}


def test_a_sequence_of_points_is_one_like_any_other():
    points = Points(Grid((Factor(PARAMS["dekningsfrist"], (1.0, 2.0, 4.0)),), 1))
    assert points[-1] == points[2] and points[0:2] == (points[0], points[1]) and points[2] in points
    for number in (3, -4):
        with pytest.raises(IndexError):
            points[number]


LIST = """
[design]
scenarios = ["base.toml"]
runs = {runs}
sampling = "list"
table = "points.csv"
"""
SAMPLED = """
[design]
scenarios = ["base.toml"]
runs = {runs}
sampling = "lhs"
points = 5
[[design.factor]]
name = "kappa"
low = 1.0
high = 2.0
scale = "log"
[[design.factor]]
name = "dekningsfrist"
values = [1, {2026 = 2, 2027 = 4}]
"""


def stored(found: Design) -> Design:
    return from_document(json.loads(to_json(found)))


@pytest.mark.parametrize("table", ["dekningsfrist,kappa\n1,1.5\n2,1.25\n1,1.25\n", "scenario\nbase\nbase\n"])
def test_a_list_is_the_same_after_it_was_stored(tmp_path, table):
    (tmp_path / "points.csv").write_text(table)
    found = design(tmp_path, 2, text=LIST)
    assert list(stored(found).points) == list(found.points)


def test_sampled_points_and_values_by_year_are_the_same_after_they_were_stored(tmp_path):
    found = design(tmp_path, 2, text=SAMPLED)
    assert list(stored(found).points) == list(found.points)
    assert len({json.dumps(dict(point.settings), sort_keys=True) for point in found.points}) == 5


@pytest.mark.parametrize(
    ("key", "value"),
    [("count", 4), ("shares", "AAAA"), ("shares", "not base64!"), ("shares", None), ("shares", "AAAAAAAA8D8=" * 10)],
)
def test_a_stored_design_whose_points_are_not_its_own_is_refused_in_a_sentence(tmp_path, key, value):
    document = to_document(design(tmp_path, 2, text=SAMPLED))
    document["points"][key] = value
    with pytest.raises(ScenarioError, match="the stored design is of another version"):
        from_document(document)


@settings(max_examples=50)
@given(st.lists(st.floats(-1.0, 2.0), min_size=10, max_size=10))
def test_places_outside_the_cube_are_refused(numbers):
    from sim.store.packed import pack, unpack

    shares = np.array(numbers).reshape(5, 2)
    assert np.array_equal(unpack(pack(shares), 2), shares)
    factors = (Factor(PARAMS["kappa"], (), 1.0, 2.0), Factor(PARAMS["rente_tillegg"], (), 0.0, 0.01))
    assert Points(Sampled(factors, 1, shares)).plan.makes_sense() == bool(((shares >= 0) & (shares <= 1)).all())
