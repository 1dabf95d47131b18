"""JSON-stat from the service: read in every form the format allows, else refused in one sentence."""

import copy
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fetch_server import answer, serving
from hypothesis import given
from hypothesis import strategies as st

from sim.fetch.errors import FetchError
from sim.fetch.jsonstat import read_dataset

FIXTURES = Path(__file__).parents[1] / "sim" / "data" / "ssb_fixtures"
RECORDED = (FIXTURES / "ssb_12134_frie_inntekter_2024.jsonstat2.json").read_bytes()
CONSTRUCTED = (FIXTURES / "ssb_12143_constructed.jsonstat2.json").read_bytes()


def refused(found: Any) -> str:
    """The sentence for this answer."""
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    with pytest.raises(FetchError) as problem:
        read_dataset(body, "SSB 12143")
    sentence = str(problem.value)
    assert sentence.startswith("SSB 12143") and sentence.endswith(".") and "\n" not in sentence
    assert problem.value.exit_code == 2
    return sentence


def test_the_recorded_answer_is_read_with_codes_labels_and_figures() -> None:
    found = read_dataset(RECORDED, "SSB 12134")
    assert [d.id for d in found.dimensions] == ["KOKkommuneregion0000", "ContentsCode", "Tid"]
    assert found.dimensions[0].labels["4601"] == "Bergen"
    assert found.updated == "2026-03-16T07:00:00Z"
    assert found.roles["geo"] == ("KOKkommuneregion0000",)
    assert found.value is not None and found.value.shape == (3, 1, 1)
    assert found.value[:, 0, 0].tolist() == [81240.0, 66605.0, 62853.0]


@pytest.mark.parametrize(("table", "body"), [("12134", RECORDED), ("12143", CONSTRUCTED)])
def test_an_answer_comes_through_http_unchanged_and_half_of_it_is_refused(table: str, body: bytes) -> None:
    what = f"SSB {table}"
    with serving() as ssb:
        client, address = ssb.client(), ssb.site.address(f"/api/pxwebapi/v2/tables/{table}/data", [])
        ssb.always = answer(body)
        assert client.get_json(address, what) == body
        ssb.always = answer(body[: len(body) // 2])
        with pytest.raises(FetchError, match="not complete JSON"):
            read_dataset(client.get_json(address, what), what)


def test_null_cells_are_nan_and_keep_their_symbol() -> None:
    found = read_dataset(CONSTRUCTED, "SSB 12143")
    assert found.value is not None and found.value.shape == (3, 2, 2, 1)
    assert found.value[1, 0].ravel().tolist() == [2_000_000.0, 80.0]
    assert np.isnan(found.value[2, 0]).all() and found.value[2, 1, 1, 0] == 5.0
    assert found.status == {8: ".", 9: "."}


numbers = st.one_of(st.none(), st.integers(-(10**15), 10**15), st.floats(-1e12, 1e12))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], list[Any]]:
    codes = st.lists(st.text("abcåø019", min_size=1, max_size=4), min_size=1, max_size=4, unique=True)
    lists = draw(st.lists(codes, min_size=1, max_size=4))
    count = math.prod(map(len, lists))
    return lists, draw(st.lists(numbers, min_size=count, max_size=count))


def as_json(lists: list[list[str]], values: list[Any], sparse: bool, as_list: bool, shuffled: bool) -> bytes:
    """The same table in one of the forms that JSON-stat allows."""
    dimension = {}
    for at, codes in enumerate(lists):
        index: Any = list(codes) if as_list else {code: i for i, code in enumerate(codes)}
        if shuffled and isinstance(index, dict):  # the order of keys in an object means nothing
            index = dict(reversed(index.items()))
        if len(codes) == 1 and as_list:
            dimension[f"d{at}"] = {"category": {"label": {codes[0]: "the only one"}}}
        else:
            dimension[f"d{at}"] = {"category": {"index": index}}
    cells: Any = {str(i): v for i, v in enumerate(values) if v is not None} if sparse else values
    found = {
        "version": "2.0", "class": "dataset", "id": list(dimension), "size": [len(codes) for codes in lists],
        "dimension": dimension, "value": cells,
    }  # fmt: skip
    return json.dumps(found).encode()


@given(tables(), st.booleans(), st.booleans(), st.booleans())
def test_every_allowed_form_of_a_table_gives_the_same_cells(
    table: tuple[list[list[str]], list[Any]], sparse: bool, as_list: bool, shuffled: bool
) -> None:
    lists, values = table
    found = read_dataset(as_json(lists, values, sparse, as_list, shuffled), "SSB 12143")
    assert [list(d.codes) for d in found.dimensions] == lists
    assert found.value is not None
    # An oracle without numpy: the place of a cell, last dimension fastest (json-stat.org/format, "value").
    for at, value in enumerate(values):
        place, rest = [], at
        for codes in reversed(lists):
            rest, inside = divmod(rest, len(codes))
            place.append(inside)
        cell = found.value[tuple(reversed(place))]
        assert math.isnan(cell) if value is None else cell == float(value)


GOOD: dict[str, Any] = json.loads(CONSTRUCTED)


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The constructed answer with one thing changed."""
    found = copy.deepcopy(GOOD)
    inner: Any = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return found


REGION = ("dimension", "KOKkommuneregion0000", "category", "index")


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (b"<!DOCTYPE html><html>404</html>", "not complete JSON"),
        (CONSTRUCTED[:400], "not complete JSON"),
        (b"\xff\xfe\x00", "not complete JSON"),
        (b"[" * 100_000, "not complete JSON"),
        (b"[1, 2]", "a JSON list"),
        (b"null", "a JSON NoneType"),
        (b'{"class": "dataset", "class": "dataset"}', "'class' twice"),
        (CONSTRUCTED.replace(b"100.0", b"NaN"), "NaN"),
        (CONSTRUCTED.replace(b"100.0", b"1e999"), "not a number"),
        (CONSTRUCTED.replace(b"100.0", b"9" * 5000), "not complete JSON"),
        ({"hello": "world"}, "not a JSON-stat dataset"),
        (changed("class", to="collection"), "not a JSON-stat dataset"),
        (changed("id", to=[]), "'id'"),
        (changed("id", to=["Tid", "Tid", "ContentsCode", "KOKartkap0000"]), "twice"),
        (changed("size", to=[3, 2, 2]), "'size'"),
        (changed("size", to=[3, 2, 2, True]), "'size'"),
        (changed("size", to=[3, 2, 2, -1]), "'size'"),
        (changed("size", to=[3, 2, 2, 10**9]), "'size'"),
        (changed("size", to=[4, 2, 2, 1]), "has 3 codes where 'size' says 4"),
        (changed("dimension", to=None), "'dimension'"),
        (changed("dimension", "Tid", to={}), "Tid is not described"),
        (changed(*REGION, to={"1804": 0, "1806": 0, "1811": 2}), "same position"),
        (changed(*REGION, to={"1804": 0, "1806": 1, "1811": 7}), "same position"),
        (changed(*REGION, to={"1804": 0, "1806": 1, "1811": "2"}), "whole number"),
        (changed(*REGION, to=["1804", "1806", "1804"]), "a code stands twice"),
        (changed(*REGION, to=["1804", "1806", 1811]), "'index'"),
        (changed(*REGION, to=None), "has 0 codes"),
        (changed("value", to=[1.0] * 11), "11 values where the sizes multiply to 12"),
        (changed("value", to=None), "'value'"),
        (changed("value", to="12"), "'value'"),
        (changed("value", 0, to="12"), "not a number"),
        (changed("value", 0, to=True), "not a number"),
        (changed("value", 0, to=[1]), "not a number"),
        (changed("value", to={"12": 1}), "outside 0 to 11"),
        (changed("value", to={"-1": 1}), "outside 0 to 11"),
        (changed("value", to={"a\x1b[31m": 1}), "outside 0 to 11"),
        (changed("status", to={"99": "."}), "outside 0 to 11"),
        (changed("status", to=[".", "."]), "status symbols"),
        (changed("status", to=3), "'status'"),
    ],
)
def test_a_malformed_answer_is_refused_in_one_sentence(found: Any, word: str) -> None:
    sentence = refused(found)
    assert word in sentence and "\x1b" not in sentence


def test_an_answer_that_claims_billions_of_cells_is_refused_before_memory_is_taken() -> None:
    codes = {f"{n}": n for n in range(4000)}
    found = {
        "class": "dataset", "id": ["a", "b", "c"], "size": [4000, 4000, 4000], "value": {},
        "dimension": {name: {"category": {"index": codes}} for name in "abc"},
    }  # fmt: skip
    assert "64,000,000,000 cells" in refused(found)


@given(st.data())
def test_an_answer_with_any_one_part_replaced_is_read_or_refused_but_never_crashes(
    data: st.DataObject,
) -> None:
    found = copy.deepcopy(GOOD)
    inner: Any = found
    while True:
        keys = sorted(inner) if isinstance(inner, dict) else list(range(len(inner)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(inner[key], dict | list) or not inner[key] or data.draw(st.booleans()):
            break
        inner = inner[key]
    json_values = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.just([]), st.just({}))
    inner[key] = data.draw(json_values)
    try:
        read_dataset(json.dumps(found).encode(), "SSB 12143")
    except FetchError as problem:
        assert "\n" not in str(problem)


def test_metadata_is_read_without_cells_and_with_its_code_lists() -> None:
    found = copy.deepcopy(GOOD)
    del found["value"], found["status"]
    lists = [{"id": "agg_1", "label": "Uttrekk for Kommuner 2024-", "type": "Aggregation"}, "not a list"]
    found["dimension"]["KOKkommuneregion0000"]["extension"] = {"elimination": True, "codelists": lists}
    meta = read_dataset(json.dumps(found).encode(), "SSB 12143", with_cells=False)
    assert meta.value is None
    region = meta.dimension("KOKkommuneregion0000")
    assert region.optional and [(each.id, each.label) for each in region.codelists] == [
        ("agg_1", "Uttrekk for Kommuner 2024-")
    ]
