"""Whatever a design file holds, the answer is a Design or one sentence: nothing else is raised, nothing hangs."""

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.design import Design, from_document, read_design
from sim.design.document import to_document
from sim.params import PARAMS
from sim.scenario import ScenarioError
from sim.scenario.consistency import NAMES as CHECKED
from tests.test_scenario_fuzz import SCRAPS, VALUES

LONG = bool(os.environ.get("KOMMUNESIM_LONG"))
EXAMPLES = 50_000 if LONG else 150
SECONDS = 2.0  # of this process's own time
more = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
WHOLE = b"""[design]
scenarios = ["base.toml"]
runs = 10
seed = 7
sampling = "lhs"
points = 8
[[design.factor]]
name = "dekningsfrist"
values = [1, 2, 4]
from = 2027
[[design.factor]]
name = "kappa"
low = 1.0
high = 2.0
scale = "log"
[outputs]
panel = ["robek", "lanegjeld"]
years = [2030, 2035]
"""
CUT = st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 6), SCRAPS | st.binary(max_size=4))
ROW = st.lists(st.sampled_from(["1", "2", "x", "", '"', "nan", "1e9", "base", "-1", "below_threshold"]), max_size=4)
NAMES = st.sampled_from(["scenarios", "runs", "seed", "sampling", "points", "table", "years", "factor", "title", "x"])
FACTOR = st.dictionaries(st.sampled_from(["name", "values", "low", "high", "scale", "from", "y"]), VALUES, max_size=4)


def attempt(content: bytes, table: str = "dekningsfrist\n2\n") -> Design | None:
    """The design of a file with this content, or None if it was refused in one sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.toml"
        (Path(folder) / "base.toml").write_text("")
        (Path(folder) / "points.csv").write_text(table, encoding="utf-8", errors="surrogateescape")
        path.write_bytes(content)
        begin = time.process_time()
        try:
            found = read_design(path)
        except ScenarioError as error:
            assert str(error).isprintable() and error.exit_code == 2
            return None
        finally:
            assert time.process_time() - begin < SECONDS
        assert isinstance(found, Design)
        assert to_document(from_document(to_document(found))) == to_document(found)
        return found


def test_the_whole_file_is_a_design():
    assert len(attempt(WHOLE).points) == 8


LARGEST = {
    "lhs": ("points = 100000", 50), "sobol": ("points = 16384", 4), "morris": ("points = 10000", 9), "grid": ("", 16),
    "oat": ("", 50),
}  # fmt: skip


@pytest.mark.parametrize("sampling", LARGEST)
def test_the_largest_designs_are_read_in_time_too(sampling):
    points, factors = LARGEST[sampling]
    names = [name for name, param in PARAMS.items() if not param.choices and param.low < param.default < param.high]
    lines = ["[design]", 'scenarios = ["base.toml"]', "runs = 2", f'sampling = "{sampling}"', points]
    for name in [name for name in names if name not in CHECKED][:factors]:
        low, high = sorted((PARAMS[name].default, PARAMS[name].high))
        lines += ["[[design.factor]]", f'name = "{name}"', f"low = {low!r}", f"high = {high!r}"]
    found = attempt("\n".join(lines).encode())
    assert found is not None and len(found.factors) == factors
    assert len(found.points) > (50_000 if sampling != "oat" else 50)
    assert [point.number for point in (found.points[0], found.points[-1])] == [0, len(found.points) - 1]


def test_the_longest_table_is_read_in_time_too():
    rows = "1,0\n2,0.01\n" * 49_999
    found = attempt(b'[design]\nscenarios = ["base.toml"]\nruns = 1\nsampling = "list"\ntable = "points.csv"\n',
                    "dekningsfrist,rente_tillegg\n" + rows)  # fmt: skip
    assert found is not None and len(found.points) == 99_998
    assert found.points[99_997].settings == {"dekningsfrist": 2.0, "rente_tillegg": 0.01}


@given(st.lists(CUT, min_size=1, max_size=4))
@more
def test_a_file_with_bits_cut_out_and_put_in_gives_a_design_or_a_sentence(cuts):
    content = WHOLE
    for start, length, scrap in cuts:
        content = content[:start] + scrap + content[start + length :]
    attempt(content)


@given(st.dictionaries(NAMES, VALUES, max_size=4), FACTOR, st.sampled_from(list(PARAMS)), st.booleans())
@more
def test_any_value_under_any_name_gives_a_design_or_a_sentence(entries, factor, name, named):
    lines = ["[design]", *(f"{key} = {value}" for key, value in ({"scenarios": '["base.toml"]'} | entries).items())]
    lines += ["[[design.factor]]", *([f'name = "{name}"'] if named else [])]
    lines += [f"{key} = {value}" for key, value in factor.items() if not (named and key == "name")]
    attempt("\n".join(lines).encode())


@given(st.lists(ROW.map(",".join), max_size=5).map("\n".join) | st.text(max_size=40))
@settings(max_examples=10_000 if LONG else 100)
def test_any_table_gives_a_design_or_a_sentence(rows):
    content = b'[design]\nscenarios = ["base.toml"]\nsampling = "list"\ntable = "points.csv"\n'
    attempt(content, rows)
    attempt(content, "dekningsfrist,robek_utgang\n" + rows)
