"""The scanner says where every key and value stands; tomllib, which knows what they are, is the oracle."""

import tomllib

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from sim.scenario.positions import MAX_DEPTH, MAX_KEYS, TooMuch, line_column, scan

BARE = st.text("abcXYZ0189_-", min_size=1, max_size=6)
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
QUOTED = st.text(LETTERS, max_size=6).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
LITERAL = st.text(LETTERS.filter(lambda letter: letter != "'"), max_size=6).map(lambda text: f"'{text}'")
KEY = BARE | QUOTED | LITERAL
BLANK = st.sampled_from(["", " ", "\t", "  "])
SPACE = st.sampled_from(["", " ", "\n", " # = [x] }\n", "\n\n  ", "\t"])
SCALAR = st.one_of(
    st.integers(-(2**62), 2**62).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["true", "false", "inf", "-nan", "1979-05-27 07:32:00", "1979-05-27T07:32:00Z", "0xfF", "1_000"]),
    QUOTED,
    LITERAL,
    st.sampled_from(['"""\na "" [x] # \\""" b"""', "'''\nc = 1\n'' ]'''", '""""quoted""""', "''''x''''", '""', "''"]),
)


@st.composite
def dotted(draw):
    blank = draw(BLANK)
    return f"{blank}.{blank}".join(draw(st.lists(KEY, min_size=1, max_size=3)))


def arrays(inner):
    def join(parts):
        items, spaces, comma = parts
        body = ",".join(spaces[i % len(spaces)] + item + spaces[-1] for i, item in enumerate(items))
        return "[" + body + (("," + spaces[0]) if comma and items else spaces[0]) + "]"

    return st.tuples(st.lists(inner, max_size=3), st.lists(SPACE, min_size=1, max_size=3), st.booleans()).map(join)


def inline_tables(inner):
    pair = st.tuples(dotted(), BLANK, inner).map(lambda p: f"{p[1]}{p[0]}{p[1]}={p[1]}{p[2]}{p[1]}")
    return st.lists(pair, max_size=3).map(lambda pairs: "{" + ",".join(pairs) + "}")


VALUE = st.recursive(SCALAR, lambda inner: arrays(inner) | inline_tables(inner), max_leaves=5)
ASSIGNMENT = st.tuples(BLANK, dotted(), BLANK, VALUE, st.sampled_from(["", " # comment = [1"])).map(
    lambda p: f"{p[0]}{p[1]}{p[2]}={p[2]}{p[3]}{p[4]}"
)
HEADER = st.tuples(dotted(), BLANK, st.booleans()).map(
    lambda p: f"[[{p[1]}{p[0]}{p[1]}]]" if p[2] else f"[{p[1]}{p[0]}{p[1]}] # here"
)
DOCUMENT = st.lists(ASSIGNMENT | HEADER | st.sampled_from(["", "# [a]", "  "]), max_size=8).map("\n".join)


def flatten(value, path=()):
    """Every path of a parsed document with its value, tables and arrays included."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, (*path, key))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from flatten(inner, (*path, place))


def same(left, right):
    return repr(left) == repr(right)  # nan is itself


@given(DOCUMENT)
def test_every_part_of_a_valid_document_is_found_where_it_stands(text):
    try:
        data = tomllib.loads(text)
        found = scan(text)
    except (tomllib.TOMLDecodeError, TooMuch):
        reject()  # a key twice, or too deep; hypothesis complains if that is most of them
    there = dict(flatten(data))
    assert set(found) == set(there)
    for path, spot in found.items():
        if isinstance(path[-1], str):
            key = text[slice(*spot.key)]
            assert list(tomllib.loads(f"{key} = 1")) == [path[-1]]
        if spot.value != spot.key:
            assert same(tomllib.loads("x = " + text[slice(*spot.value)])["x"], there[path])


@given(st.text(max_size=200) | st.text("abc=[]{}\"',.#\n\\ 1", max_size=60))
def test_text_that_is_not_toml_ends_the_scan_without_an_exception(text):
    try:
        scan(text)
    except TooMuch:
        return


@given(st.text("ab\n", max_size=30), st.integers(0, 30))
def test_lines_and_columns_are_counted_from_one(text, offset):
    offset = min(offset, len(text))
    line, column = line_column(text, offset)
    lines = text[:offset].split("\n")
    assert (line, column) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5000,
        "x = " + "{a=" * 5000,
        ".".join("a" * 200_000) + " = 1",
        "[" + ".".join("a" * 200_000) + "]",
        "\n".join(f"a{i} = 1" for i in range(MAX_KEYS + 1)),
        "x = [" + "1," * (MAX_KEYS + 1) + "]",
        "x = " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    ],
)
def test_depth_and_number_of_keys_are_limited_before_the_text_is_parsed(text):
    with pytest.raises(TooMuch):
        scan(text)
