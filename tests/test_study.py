"""Studies: the same bytes however they are computed, summaries that are those of the runs, failures as data."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim import batch
from sim.batch import chunks, task
from sim.batch import part as parts_of_a_point
from sim.batch.study import fill, run_study, stored_design
from sim.store import StoreError, Study, open_results
from sim.store.study import StudyFolder
from tests.designs import design, make_study, study_hashes
from tests.sweeps import world

BASELINE = Path(__file__).parents[1] / "scenarios" / "baseline.toml"
LONG = 530  # runs: two records, and panel files of which the last is short
ONE = """
[design]
scenarios = ["base.toml"]
runs = {runs}
seed = 3
sampling = "oat"
years = 1
[[design.factor]]
name = "rente_tillegg"
values = [0.02]
[outputs]
panel = [{panel}]
years = [2026]
summary = ["netto_driftsresultat", "robek"]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """A study of four points."""
    return make_study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def long_study(tmp_path_factory) -> Path:
    """A study of two points whose runs fill more than one record."""
    return make_study(tmp_path_factory.mktemp("long"), LONG, panel='"robek"', text=ONE)


def result_of(found: Study, point: int, tmp_path: Path) -> sim.store.Results:
    """An ordinary result of a point, computed on its own."""
    chosen = stored_design(found.folder).scenario(point)
    import dataclasses

    panel = ("netto_driftsresultat", "merforbruk", "robek", "tjenesteniva_grunnskole")
    return open_results(batch.run(dataclasses.replace(chosen, panel=panel), world(), tmp_path))


def test_a_point_is_the_ordinary_run_of_its_scenario(study, tmp_path):
    found = open_results(study)
    assert isinstance(found, Study) and len(found.points) == 4
    ordinary = result_of(found, 3, tmp_path)
    pd.testing.assert_frame_equal(
        found.national(points=[3]).drop(columns="point"), ordinary.national(), check_exact=True
    )  # fmt: skip
    ours = found.panel(["netto_driftsresultat", "robek"], points=[3]).drop(columns="point")
    theirs = ordinary.panel(["netto_driftsresultat", "robek"])
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True)


def test_the_summary_is_that_of_pandas_over_the_national_table(study):
    found = open_results(study)
    rows = found.national().groupby(["point", "year", "gruppe"], observed=True)["antall_robek"]
    ours = found.summary("antall_robek").set_index(["point", "year", "gruppe"]).sort_index()
    for name, expected in {
        "mean": rows.mean(), "sd": rows.std(), "min": rows.min(), "max": rows.max(), "p5": rows.quantile(0.05),
        "p50": rows.quantile(0.5), "p95": rows.quantile(0.95),
    }.items():  # fmt: skip
        assert np.allclose(ours[name], expected.sort_index().reindex(ours.index), rtol=1e-12), name
    assert set(ours["runs"]) == {12}


def test_mean_and_spread_of_units_are_exact_and_quantiles_within_a_bin(long_study):
    found = open_results(long_study)
    point = stored_design(long_study).scenario(1)
    values = run_alone(point, found)
    units = found.units(points=[1])
    for k, name in enumerate(found.manifest["summary"]):
        runs = values[k, 0].astype(np.float64)
        assert np.allclose(units[f"{name}_mean"], runs.mean(axis=0), rtol=1e-6)
        assert np.allclose(units[f"{name}_sd"], runs.std(axis=0, ddof=1), rtol=1e-5, atol=1e-6)
        assert np.array_equal(units[f"{name}_min"], values[k, 0].min(axis=0))
        assert np.array_equal(units[f"{name}_max"], values[k, 0].max(axis=0))
        for q in (5, 25, 50, 75, 95):
            rank, ordered = q / 100 * (len(runs) - 1), np.sort(runs, axis=0)
            below, above = ordered[int(np.floor(rank))], ordered[int(np.ceil(rank))]
            ours = units[f"{name}_p{q}"].to_numpy()
            off = np.maximum(np.maximum(below - ours, ours - above), 0.0)
            assert (off <= bin_width(found, k, below, above) + 1e-6 * np.abs(ours)).all(), (name, q)


def bin_width(found: Study, k: int, below: np.ndarray, above: np.ndarray) -> np.ndarray:
    """The widest of the bins near these values: equal steps of 2/127 in g = z / (1 + |z|), so dz = dg (1 + |z|)^2."""
    ruler = StudyFolder(found.folder, None, found.manifest["hashes"]["digest"]).read_ruler()
    recorded = list(dict.fromkeys([*found.outputs, *found.manifest["summary"]]))
    k = recorded.index(found.manifest["summary"][k])
    middle, half = ruler.middle[k, 0] / ruler.scale[k], ruler.half[k, 0] / ruler.scale[k]
    z = np.maximum(np.abs(below - middle), np.abs(above - middle)) / half
    g = np.minimum(z / (1 + z) + 2 / 127, 0.999)
    return half * (g / (1 - g) - z) * 2


def run_alone(chosen, found: Study) -> np.ndarray:
    """(outputs, years, runs, units) of what the study summarised, without a store."""
    from sim.batch.chunks import Sweep, run_chunk
    from sim.outputs import select
    from sim.state import new_state
    from sim.store.panel import Layout, kommunenummer

    units = world().units
    names = tuple(kommunenummer(units["kode"], units["er_fylke"]))
    layout = Layout(select(found.manifest["summary"]), tuple(found.years), names, found.runs)
    out = np.empty((len(layout.outputs), len(layout.years), found.runs, len(names)), np.float32)
    state = new_state(50, len(units))
    for first in range(0, found.runs, 50):
        n = min(50, found.runs - first)
        room = type(state)(state.units[:n], state.nation[:n])
        run_chunk(Sweep(chosen, world(), layout, False), room, first, out[:, :, first : first + n])
    return out


@pytest.mark.parametrize(("workers", "chunk"), [(1, 7), (3, 1)])
def test_every_file_is_the_same_for_any_workers_and_chunk(study, tmp_path, monkeypatch, workers, chunk):
    monkeypatch.setattr(parts_of_a_point, "CHUNK", chunk)
    assert study_hashes(make_study(tmp_path, workers=workers)) == study_hashes(study)


@pytest.mark.parametrize("steps", [(7, 500), (100, 101, 520)])
def test_a_study_that_grew_has_the_bytes_of_one_made_at_once(long_study, tmp_path, steps):
    for runs in (*steps, LONG):
        folder = make_study(tmp_path, runs, panel='"robek"', text=ONE)
    assert folder.name == long_study.name
    assert study_hashes(folder) == study_hashes(long_study)


def test_growing_computes_no_run_twice(tmp_path, monkeypatch):
    folder = make_study(tmp_path, 130, panel='"robek"', text=ONE)
    asked: list[range] = []
    run_chunk = chunks.run_chunk

    def noted(sweep, state, first_run, *rest):
        asked.append(range(first_run, first_run + len(state.units)))
        return run_chunk(sweep, state, first_run, *rest)

    monkeypatch.setattr(chunks, "run_chunk", noted)
    fill(stored_design(folder).with_runs(150), world(), folder)
    assert sorted(run for some in asked for run in some) == sorted([*range(130, 150)] * 2)


def test_parts_in_any_order_by_anyone_give_the_same_bytes(long_study, tmp_path):
    def backwards(folder, parts, tick, stop):
        for point, part in reversed(parts):
            named = task.compute(str(folder), point, part)
            assert all((folder / name).stat().st_size == said["bytes"] for name, said in named.items())
            tick(0)

    folder = run_study(design(tmp_path, LONG, '"robek"', ONE), world(), tmp_path / "out", engine=backwards)
    assert study_hashes(folder) == study_hashes(long_study)


def test_summaries_only_keeps_no_panel_and_says_so(tmp_path):
    folder = make_study(tmp_path, 3, panel="")
    assert not list(folder.rglob("panel*"))
    with pytest.raises(StoreError, match="keeps no panel"):
        open_results(folder).panel()


def test_a_run_that_fails_is_recorded_and_the_others_go_on(study, tmp_path, monkeypatch):
    run_chunk = chunks.run_chunk

    def failing(sweep, state, first_run, *rest):
        interest = sweep.scenario.values["rente_tillegg"][-1]
        runs = range(first_run, first_run + len(state.units))
        if interest > 0.0 and 5 in runs:
            raise ZeroDivisionError("division by zero")
        piece = run_chunk(sweep, state, first_run, *rest)
        if interest > 0.0 and 7 in runs:
            piece.sums[7 - first_run, -1, 0, 0] = np.nan
        return piece

    monkeypatch.setattr(chunks, "run_chunk", failing)
    folder = make_study(tmp_path)
    found, whole = open_results(folder), open_results(study)
    assert found.points["status"].tolist() == ["ok", "partial", "ok", "partial"]
    assert found.points["runs"].tolist() == [12, 10, 12, 10]
    assert found.missing[["point", "run"]].to_numpy().tolist() == [[1, 5], [1, 7], [3, 5], [3, 7]]
    assert found.missing["reason"].iloc[0] == "ZeroDivisionError: division by zero"
    assert "not finite" in found.missing["reason"].iloc[1]
    expected = whole.national()
    gone = expected["point"].isin([1, 3]) & expected["run"].isin([5, 7])
    pd.testing.assert_frame_equal(found.national(), expected[~gone].reset_index(drop=True), check_exact=True)
    assert set(found.panel(points=[1])["run"]) == set(range(12)) - {5, 7}


def test_a_point_whose_settings_contradict_each_other_is_refused_with_its_reason(tmp_path):
    text = ONE.replace("rente_tillegg", "gap_stopp").replace("[0.02]", "[0.02, 0.001]")
    found = open_results(make_study(tmp_path, 3, text=text, panel=""))
    assert found.points["status"].tolist() == ["ok", "refused", "ok"]
    assert "is above gap_start" in found.points["reason"][1]
    assert found.missing[["point", "run"]].to_numpy().tolist() == [[1, -1]]
    assert set(found.national()["point"]) == {0, 2}


@pytest.mark.parametrize("what", ["design", "data", "rules"])
def test_going_on_with_something_else_is_refused_and_the_difference_named(study, tmp_path, monkeypatch, what):
    copy = Path(shutil.copytree(study, tmp_path / study.name))
    start, named = world(), {"design": "factors", "data": "units.frie_2026", "rules": "sim/kernel/closing.py"}
    if what == "data":
        units = start.units.copy()
        units["frie_2026"][17] += 1.0
        start = start._replace(units=units)
    if what == "rules":
        from sim.store import identity

        real = identity.describe_rules()
        monkeypatch.setattr(identity, "describe_rules", lambda: real | {"sim/kernel/closing.py": "changed"})
    if what == "design":
        document = json.loads((copy / "design.json").read_bytes())
        document["factors"][0]["values"] = [1, 3]
        (copy / "design.json").write_text(json.dumps(document))
    with pytest.raises(StoreError, match=named[what].replace(".", r"\.")):
        fill(stored_design(copy), start, copy)


def test_reading_knows_units_and_refuses_what_is_not_there(study):
    found = open_results(study)
    assert found.columns["antall_robek"][0] == "units"
    assert found.columns["netto_driftsresultat_p50"][0] == "kr"
    assert found.factors == ["dekningsfrist", "rente_tillegg"]
    assert found.points["rente_tillegg"].tolist() == [0.0, 0.02, 0.0, 0.02]
    for ask in (
        lambda: found.national(points=[9]), lambda: found.summary("antal_robek"), lambda: found.panel(["lanegjeld"]),
        lambda: found.national(years=[2040]), lambda: found.national(columns=["x"]),
    ):  # fmt: skip
        with pytest.raises(StoreError, match="there is no"):
            ask()


def test_a_query_sees_the_tables_and_nothing_else_of_the_machine(study, tmp_path):
    found = open_results(study)
    asked = found.query("select point, avg(antall_robek) as m from national where gruppe = 'kommuner' and year = 2027 "
                        "group by point order by point")  # fmt: skip
    summary = found.summary("antall_robek")
    expected = summary[(summary["gruppe"] == "kommuner") & (summary["year"] == 2027)]["mean"]
    assert np.allclose(asked["m"], expected)
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    for sql in (
        f"select * from '{outside}'", f"select * from read_csv('{outside}')", f"copy points to '{tmp_path / 'x.csv'}'",
        f"attach '{tmp_path / 'x.db'}'", "set enable_external_access = true", "select * from found", "nonsense",
    ):  # fmt: skip
        with pytest.raises(StoreError, match="the query cannot be answered"):
            found.query(sql)
    assert not (tmp_path / "x.csv").exists() and not (tmp_path / "x.db").exists()


def test_the_dataset_has_the_numbers_of_the_summary(study):
    found = open_results(study)
    data = found.to_xarray(["antall_robek"])
    assert data["antall_robek"].dims == ("point", "year", "gruppe", "statistic")
    assert data["antall_robek"].attrs["unit"] == "units"
    for row in found.summary("antall_robek").itertuples():
        at = data["antall_robek"].sel(point=row.point, year=row.year, gruppe=row.gruppe)
        assert float(at.sel(statistic="p95")) == row.p95 and float(at.sel(statistic="mean")) == row.mean


def test_a_record_is_read_only_by_its_own_study(study):
    folder = StudyFolder(study, task.layout_of(stored_design(study), world()), "other")
    assert folder.read_record(0, 0) is None and folder.read_ruler() is None


def test_a_factor_goes_before_the_calibrated_set_in_every_run_of_its_point(tmp_path):
    from sim.design import read_design

    (tmp_path / "design.toml").write_text(
        f'[design]\nscenarios = ["{BASELINE}"]\nruns = 3\nsampling = "grid"\n'
        '[[design.factor]]\nname = "alfa_lav"\nvalues = [0.1, 0.3]\n'
    )
    design = read_design(tmp_path / "design.toml")
    base = design.bases[0]
    assert "alfa_lav" in base.drawn and len(np.unique(base.rows(0, 3)["alfa_lav"])) == 3
    for number, value in enumerate((0.1, 0.3)):
        rows = design.scenario(number).rows(0, 3)
        assert (rows["alfa_lav"] == value).all()
        assert (rows["alfa_hoy"] == base.rows(0, 3)["alfa_hoy"]).all()
