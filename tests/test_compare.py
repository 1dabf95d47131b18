"""A against B from stored results: nothing between A and itself, signs that flip, refusals, commands."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from sim.analysis import pairing
from sim.analysis.compare import NATIONAL, UNITS, chosen_outputs, compare
from sim.analysis.contrast import COLUMNS
from sim.analysis.direction import BETTER, direction
from sim.analysis.groups import GROUPINGS, group_order, kommune_groups, unit_names
from sim.analysis.values import group_values, unit_values
from sim.analysis.winners import SAME
from sim.commands.compare import run_compare, settings_apart
from sim.commands.compare_text import settings_in_words
from sim.errors import UserError
from sim.outputs import OUTPUTS
from sim.store import Results, open_results
from tests.stored import make_result, shared_result

finite = st.floats(-1e6, 1e6)


@pytest.fixture(scope="module")
def a() -> Results:
    return open_results(shared_result())


@pytest.fixture(scope="module")
def b(tmp_path_factory) -> Results:
    return open_results(make_result(tmp_path_factory.mktemp("dear"), text=interest()))


def interest() -> str:
    """A scenario text that raises interest, by whatever lever does so."""
    text = (Path(__file__).parents[1] / "scenarios" / "rente_pluss_2.toml").read_text(encoding="utf-8")
    return "[" + text.split("\n[", 1)[1]


def test_every_direction_is_of_a_declared_output_or_a_national_column(a: Results) -> None:
    known = {*OUTPUTS, *a.national().columns}
    for name in BETTER:
        assert name in known, name
    assert direction("tjenesteniva_grunnskole") == 1 and direction("merforbruk_pct") == -1 and direction("skoler") == 0


def test_group_values_are_means_over_kommuner_and_ratios_of_sums(a: Results) -> None:
    panel = a.panel(["disposisjonsfond", "driftsinntekter", "robek"], years=[2027], runs=range(3))
    groups = kommune_groups("centrality")
    found = group_values(panel, groups, ["disposisjonsfond_pct", "robek"]).set_index(["run", "group"])
    panel = panel.assign(kommunenummer=panel["kommunenummer"].astype(str))
    for name in group_order("centrality", groups):
        members = [code for code, group in groups.items() if group == name]
        rows = panel[(panel["run"] == 2) & panel["kommunenummer"].isin(members)]
        fund = 100 * rows["disposisjonsfond"].astype(float).sum() / rows["driftsinntekter"].astype(float).sum()
        assert found.loc[(2, name), "disposisjonsfond_pct"] == pytest.approx(fund, rel=1e-9)
        assert found.loc[(2, name), "robek"] == pytest.approx(rows["robek"].astype(float).mean(), abs=1e-9)


def test_the_values_of_a_unit_are_those_of_the_panel(a: Results) -> None:
    panel = a.panel(["lanegjeld", "driftsinntekter"], years=[2026], runs=range(1))
    found = unit_values(panel, ["lanegjeld_pct", "lanegjeld"])
    expected = 100 * panel["lanegjeld"].astype(float) / panel["driftsinntekter"].astype(float)
    assert np.allclose(found["lanegjeld_pct"], expected)
    with pytest.raises(KeyError, match="skoler"):
        unit_values(panel, ["skoler"])


def test_every_grouping_has_all_357_kommuner_in_known_groups() -> None:
    for by in GROUPINGS:
        groups = kommune_groups(by)
        assert len(groups) == 357
        assert set(group_order(by, groups)) == set(groups.values())
    assert len(unit_names()) == 372 and set(kommune_groups("size")) < set(unit_names())


def test_a_stored_result_against_itself_is_exactly_zero_everywhere(a: Results) -> None:
    found = compare(a, a, by="size")
    for frame in (found.national, found.groups, found.units):
        assert (frame["difference"] == 0.0).all() and (frame["sd"] == 0.0).all()
        assert (frame["higher"] == 0.0).all() and (frame["lower"] == 0.0).all()
    assert set(found.units["verdict"]) == {SAME}
    assert found.notes == ["Both are the same result: every difference is 0."]


def test_two_copies_of_a_result_are_said_to_be_one_and_the_same(a: Results, b: Results, tmp_path) -> None:
    import shutil

    copy = open_results(shutil.copytree(a.folder, tmp_path / "copy"))
    (note,) = pairing.check_pair(a, copy)
    assert note.startswith("Both are results of the same scenario") and "every difference is 0" in note
    assert not pairing.check_pair(a, b)


def test_swapping_stored_results_flips_signs_and_verdicts(a: Results, b: Results) -> None:
    there, back = compare(a, b, by="robek"), compare(b, a, by="robek")
    for one, other in ((there.national, back.national), (there.groups, back.groups), (there.units, back.units)):
        assert np.array_equal(one["difference"], -other["difference"])
    swapped = {"better": "worse", "worse": "better", "higher": "lower", "lower": "higher"}
    assert list(there.units["verdict"]) == [swapped.get(word, word) for word in back.units["verdict"]]
    assert there.units["difference"].ne(0).any()


def test_units_do_not_depend_on_how_many_are_in_memory(a: Results, b: Results, monkeypatch) -> None:
    whole = compare(a, b).units
    monkeypatch.setattr(pairing, "ROWS_AT_A_TIME", 25 * 50)  # fifty units at a time
    pd.testing.assert_frame_equal(compare(a, b).units, whole)


def test_the_unit_table_is_numpy_on_the_panel(a: Results, b: Results) -> None:
    found = compare(a, b, ["disposisjonsfond"], year=2028).units.set_index("kommunenummer")
    panels = [r.panel(["disposisjonsfond"], years=[2028])["disposisjonsfond"].to_numpy(float) for r in (a, b)]
    difference = (panels[1] - panels[0]).reshape(25, -1)
    codes = a.panel([], [2028], range(1))["kommunenummer"].astype(str)
    assert np.allclose(found.loc[codes, "difference"], difference.mean(axis=0))
    assert np.allclose(found.loc[codes, "p95"], np.quantile(difference, 0.95, axis=0))


class Other:
    """A result that says something else of itself."""

    def __init__(self, result: Results, **changed) -> None:
        self._result = result
        hashes = result.manifest["hashes"] | {k: v for k, v in changed.items() if k in ("data", "rules")}
        self.manifest = result.manifest | {k: v for k, v in changed.items() if k not in hashes} | {"hashes": hashes}
        self.years, self.runs = self.manifest["years"], self.manifest["runs"]

    def __getattr__(self, name: str):
        return getattr(self._result, name)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": 99}, "the seed is 1 in the first and 99 in the second"),
        ({"start": "median"}, "the kind of start is drawn in the first and median"),
        ({"data": "0" * 64}, r"the start accounts \(hash\)"),
        ({"units": 5}, "the number of units is 372 in the first and 5"),
        ({"rules": "0" * 64}, "different rules"),
        ({"years": [2040]}, "no year in common"),
    ],
)
def test_results_that_are_no_pair_are_refused_with_the_difference_named(a: Results, changed: dict, said: str) -> None:
    with pytest.raises(UserError, match=said):
        compare(a, Other(a, **changed))


def test_other_rules_may_be_compared_when_that_is_what_is_asked(a: Results) -> None:
    found = compare(a, Other(a, rules="0" * 64), rules_may_differ=True)
    assert "different rules" in found.notes[0]


def test_fewer_runs_and_years_are_compared_as_far_as_they_go_and_said(a: Results) -> None:
    found = compare(a, Other(a, runs=10, years=[2026, 2027]), by="fylke")
    assert found.runs == 10 and found.year == 2027 and len(found.notes) == 2
    assert set(found.national["year"]) == {2026, 2027} and (found.national["runs"] == 10).all()


def test_only_the_columns_asked_for_are_read(a: Results) -> None:
    whole, some = a.national(), a.national(["skoler", "antall_robek"])
    assert list(some) == ["run", "year", "gruppe", "skoler", "antall_robek"]
    pd.testing.assert_frame_equal(some, whole[list(some)])
    assert list(whole) == ["run", "year", "gruppe", *a.national_columns]
    with pytest.raises(UserError, match="no column skolr"):
        a.national(["skolr"])


def test_unknown_names_are_refused_with_the_nearest(a: Results) -> None:
    with pytest.raises(UserError, match="did you mean 'disposisjonsfond'"):
        compare(a, a, ["disposisjonfond"])
    with pytest.raises(UserError, match="2026 to 2029"):
        compare(a, a, year=1999)
    with pytest.raises(UserError, match="size, centrality, fylke, robek"):
        compare(a, a, by="county")


def test_one_name_stands_for_the_register_of_units_and_of_groups() -> None:
    assert chosen_outputs(["antall_robek", "skoler"], ["robek", "skoler"], ["robek"]) == (["antall_robek"], ["robek"])
    nation, units = chosen_outputs([*NATIONAL], ["lanegjeld", "driftsinntekter", "robek"], [])
    assert nation == list(NATIONAL) and units == ["lanegjeld_pct", "robek"]
    assert set(units) <= set(UNITS)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "run.py", "compare", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_command_writes_tables_and_figures_and_says_where(
    root: Path, a: Results, b: Results, tmp_path, capsys
) -> None:
    out = tmp_path / "out"
    done = run(root, str(a.folder), str(b.folder), "--by", "size", "--outputs", "robek,skoler", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(out)
    assert "Set differently (A / B): rente_tillegg" in done.stdout
    for name in ("national", "groups", "units"):
        frame, stored = pd.read_csv(out / f"{name}.csv"), pq.read_table(out / f"{name}.parquet")
        assert list(frame) == stored.column_names
        assert np.allclose(frame["difference"], stored["difference"].to_pandas(), equal_nan=True)
        assert stored.schema.field("variance_ratio").metadata[b"unit"] == b"1"
        assert set(COLUMNS) <= set(frame)
    for name in ("contrast_kommuner", "contrast_fylkeskommuner", "winners"):
        assert (out / "figures" / f"{name}.png").stat().st_size > 10_000
        assert (out / "figures" / f"{name}.svg").read_bytes().startswith(b"<?xml")
    before = {path: path.read_bytes() for path in sorted(out.rglob("*.*"))}
    sides = str(a.folder), str(b.folder)
    assert run_compare(*sides, "size", ["robek", "skoler"], None, out, out, "kommuner", False, as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["pairs"] == 25 and len(document["units"]) == 372 * 2
    assert {path: path.read_bytes() for path in sorted(out.rglob("*.*"))} == before  # the same bytes again


def test_what_two_results_set_differently_is_named_and_nothing_else(a: Results, b: Results) -> None:
    apart = settings_apart(a, b)
    both = {**a.scenario["levers"], **a.scenario["assumptions"]}, {**b.scenario["levers"], **b.scenario["assumptions"]}
    assert apart and {row["name"] for row in apart} == {name for name in both[0] if both[0][name] != both[1][name]}
    assert all((row["a"], row["b"]) == (both[0][row["name"]], both[1][row["name"]]) for row in apart)
    assert settings_apart(a, a) == []
    many = [{"name": f"x{i}", "a": i, "b": i + 1} for i in range(11)]
    assert settings_in_words(many).startswith("x0 0 / 1; x1 1 / 2; ")
    assert settings_in_words(many).endswith("; and 3 more (compare.json)")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["baseline"], "name two results"),
        (["nowhere", "baseline"], "neither a result folder nor a scenario"),
        (["--library", "baseline"], "takes no A and B"),
        (["a*b", "c"], "neither a result folder"),
    ],
)
def test_what_cannot_be_compared_ends_in_one_sentence(root: Path, tmp_path, arguments: list, said: str) -> None:
    done = run(root, *arguments, "--results", str(tmp_path))
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert not done.stdout


def test_the_library_command_runs_what_is_missing_and_writes_the_page(tmp_path, monkeypatch, capsys) -> None:
    import shutil

    from sim.commands import library, run
    from tests.stored import BASELINE

    shutil.copy(BASELINE, tmp_path / "baseline.toml")
    (tmp_path / "dear.toml").write_text('inherits = "baseline.toml"\n' + interest(), encoding="utf-8")
    lines = [
        "scenario,group,output,from,to,direction",
        "dear,kommuner,lanegjeld_pct,2035,2035,little",
        "dear,kommuner,netto_driftsresultat_pct,2027,2035,down",
        "dear,kommuner,netto_driftsresultat_pct,2027,2035,up",
    ]
    (tmp_path / "expected.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(run, "SCENARIOS", tmp_path)
    arguments = (tmp_path / "results", tmp_path / "out", 6, "kommuner")
    assert library.run_library(*arguments, markdown=True, as_json=False) == 0
    page = capsys.readouterr().out
    assert page.startswith("# Pairing") and "| `dear` |" in page and "--runs 6 --markdown" in page
    assert library.run_library(*arguments, markdown=False, as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["verdict"] for one in document["expected"]][1:] == ["as expected", "the other way"]
    assert "netto_driftsresultat_pct of kommuner 2027–2035, expected up: the other way" in page
    (row,) = document["scenarios"]
    stored = pd.read_csv(tmp_path / "out" / "variance_ratios.csv").iloc[0]
    assert row["scenario"] == "dear" and row["antall_robek"] == pytest.approx(stored["antall_robek"])
    both = [open_results(next((tmp_path / "results").glob(f"{name}-*"))) for name in ("baseline", "dear")]
    values = [r.national().query("gruppe == 'kommuner' and year == 2035")["antall_robek"].to_numpy() for r in both]
    by_hand = (values[0].var(ddof=1) + values[1].var(ddof=1)) / (values[1] - values[0]).var(ddof=1)
    assert row["antall_robek"] == pytest.approx(by_hand)
