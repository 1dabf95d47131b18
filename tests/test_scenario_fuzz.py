"""Whatever a file holds, the answer is a scenario or one sentence: nothing else is raised, nothing hangs."""

import os
import tempfile
import time
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.params import PARAMS
from sim.scenario import Scenario, ScenarioError, from_file
from sim.scenario.run_settings import RUN_KEYS

LONG = bool(os.environ.get("KOMMUNESIM_LONG"))  # 100,000 files
SECONDS = 2.0  # of this process's own time
WHOLE = b"""title = "Fuzz"
inherits = "fuzz.toml"
[run]
runs = 10
panel = ["robek", "lanegjeld"]
[levers]
dekningsfrist = { 2026 = 2, 2028 = 4 }
robek_utgang = "below_threshold"
[assumptions]
kappa = { low = 1.0, high = 2.0 }
levetid_nye.2027 = 30
"""
SCRAPS = st.sampled_from(
    [b"[", b"]", b"{", b"}", b"=", b".", b",", b'"', b"'", b'"""', b"\n", b"#", b"nan", b"\x00", b"\xff",
     b"2026", b"low", b"true", b"9" * 5000, b"[" * 300, b"a." * 3000, b"{a=" * 300, b"\\u", b"\r", b"-",
     b"0x", b"1e999", b"1979-05-27", b"25:61:61", b"_", b"levers", b"[[levers]]"]
)  # fmt: skip
CUT = st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 6), SCRAPS | st.binary(max_size=4))


def attempt(content, overrides=None):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.toml"
        path.write_bytes(content)
        begin = time.process_time()
        try:
            found = from_file(path, overrides)
        except ScenarioError as error:
            assert str(error).isprintable() and error.exit_code == 2
            return None
        finally:
            assert time.process_time() - begin < SECONDS
        assert isinstance(found, Scenario)
        found.to_json()
        return found


@given(st.binary(max_size=300))
@settings(max_examples=25_000 if LONG else 100)
def test_any_bytes_give_a_scenario_or_a_sentence(content):
    attempt(content)


@given(st.lists(CUT, min_size=1, max_size=4))
@settings(max_examples=25_000 if LONG else 300)
def test_a_file_with_bits_cut_out_and_put_in_gives_a_scenario_or_a_sentence(cuts):
    content = WHOLE.replace(b'inherits = "fuzz.toml"\n', b"")
    for start, length, scrap in cuts:
        content = content[:start] + scrap + content[start + length :]
    attempt(content)


NAMES = st.sampled_from(list(PARAMS)) | st.sampled_from(RUN_KEYS) | st.text("abc_", min_size=1, max_size=5)
VALUES = st.recursive(
    st.sampled_from(["1", "0", "2.5", "-1", "true", "nan", "'zero'", '"none"', "2026-01-01", "0x" + "F" * 20])
    | st.floats().map(repr),
    lambda inner: st.lists(inner, max_size=2).map(lambda items: "[" + ", ".join(items) + "]")
    | st.dictionaries(st.sampled_from(["low", "high", "2026", "2030", "x"]), inner, max_size=3).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
    ),
    max_leaves=4,
)  # fmt: skip


@given(st.sampled_from(["run", "levers", "assumptions", "title"]), st.dictionaries(NAMES, VALUES, max_size=4))
@settings(max_examples=25_000 if LONG else 300)
def test_any_value_under_any_name_gives_a_scenario_or_a_sentence(section, entries):
    attempt("\n".join([f"[{section}]", *(f"{name} = {value}" for name, value in entries.items())]).encode())


@given(NAMES, VALUES | st.text(max_size=20))
@example("kappa", "1] # x")
@example("kappa", "\ud800")
@settings(max_examples=25_000 if LONG else 100)
def test_any_option_gives_a_scenario_or_a_sentence(name, value):
    attempt(b"", {name: value})
