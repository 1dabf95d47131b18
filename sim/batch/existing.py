"""Going on with the folder of an ordinary result: what is missing or damaged, or more runs."""

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from sim.batch.parts import Begun
from sim.batch.sweep import Progress, result_path, run_into
from sim.errors import UserError, printable
from sim.kernel.codes import N_EVENTS
from sim.scenario import Scenario, ScenarioError, from_stored
from sim.state import World
from sim.store import Results, StoreError, open_results
from sim.store.digest import result_hashes
from sim.store.files import sentence, sha256_of_file
from sim.store.folder import ResultFolder, Stored
from sim.store.identity import check, identity, read_identity
from sim.store.manifest import damaged_files, read_manifest
from sim.store.national import GROUPS, NATIONAL_KEYS
from sim.store.panel import RUNS_PER_PART, part_path, read_counts

Say = Callable[[str], None]


def resume(
    path: Path, world: World, workers: int | None = None, progress: Progress | None = None, say: Say | None = None
) -> Path:
    """Completes a result: computes what is missing of it, or the parts of its panel that are damaged.

    If national.parquet, units.parquet or the manifest is damaged every run is computed again, for no other file holds
    what is in them. StoreError if scenario.json is damaged, or naming the difference if the result was begun with
    another scenario, other data or other rules.
    """
    scenario = _stored_scenario(path)
    _check(path, scenario, world)

    def seed(folder: ResultFolder) -> Mapping[int, Begun]:
        return _adopt(folder, before) if before is not None else {}

    before = _whole_tables(path)
    return run_into(path, scenario, world, workers, progress=progress, say=say, seed=seed)


def extend(
    path: Path, runs: int, world: World, workers: int | None = None, progress: Progress | None = None,
    say: Say | None = None,
) -> Path:  # fmt: skip
    """The result of the same scenario with more runs, in a folder of its own beside the first; what is there is used.

    The same bytes as if all runs had been computed at once. UserError if there are as many runs already.
    """
    results = open_results(path)
    results.verify()
    scenario = _stored_scenario(path)
    _check(path, scenario, world)
    if runs < scenario.runs:
        raise UserError(f"--runs: {runs} is less than the {scenario.runs} that are there; extend only adds.")
    more = dataclasses.replace(scenario, runs=runs)
    target = result_path(more, world, path.parent)
    return run_into(target, more, world, workers, progress=progress, say=say, seed=lambda new: _adopt(new, results))


def _stored_scenario(path: Path) -> Scenario:
    place = printable(path, 200)
    try:
        text = (path / "scenario.json").read_bytes()
        document = json.loads(text)
    except (OSError, ValueError):
        raise StoreError(f"{place}/scenario.json: damaged or not there; run its scenario file again.") from None
    try:
        return from_stored(document)
    except ScenarioError as problem:
        raise StoreError(f"{place}/scenario.json: {problem}") from None


def _check(path: Path, scenario: Scenario, world: World) -> None:
    """StoreError if the folder was begun with something else, naming what."""
    text = scenario.to_json().encode()
    try:
        manifest = read_manifest(path)
        begun = manifest.get("begun_with")
        digest = manifest["hashes"]["digest"]
    except StoreError:
        begun, digest = read_identity(path / "progress"), ""
    now = identity(json.loads(text), world)
    if begun is not None:
        check(path, begun, now)
    if digest and digest != result_hashes(text, world)["digest"]:
        place = printable(path, 200)
        raise StoreError(f"{place}: begun with another scenario, other data or other rules; run its scenario again.")


def _whole_tables(path: Path) -> Results | None:
    """The result, if it was complete and nothing but parts of its panel is damaged."""
    try:
        manifest = read_manifest(path)
    except StoreError:
        return None
    bad = damaged_files(path, manifest)
    return Results(path, manifest) if all(name.startswith("panel/") for name in bad) else None


def _adopt(folder: ResultFolder, old: Results) -> Mapping[int, Begun]:
    """Takes over the whole parts of `old` into the folder; the first runs of the part that is to be made longer."""
    begun = {}
    shape = (len(folder.layout.years), len(folder.layout.units), N_EVENTS)
    national = _national(old)
    for first in range(0, old.runs, RUNS_PER_PART):
        part, last = first // RUNS_PER_PART, min(first + RUNS_PER_PART, old.runs)
        source = part_path(old.folder, part)
        said = old.manifest["files"][f"panel/{source.name}"]
        if folder.is_finished(part) or not _is(source, said):
            continue
        rows = slice(first * len(old.years) * len(GROUPS), last * len(old.years) * len(GROUPS))
        counts = read_counts(source, shape)
        if len(folder.layout.runs_of(part)) == last - first:
            _copy(source, part_path(folder.path, part))
            folder.write_record(part, Stored(national[:, rows], counts, said["sha256"], said["bytes"]))
        else:
            panel = old.panel(runs=range(first, last))
            values = [
                panel[name].to_numpy().reshape(len(old.years), last - first, -1) for name in old.outputs
            ]  # fmt: skip
            begun[part] = Begun(np.array(values, np.float32), national[:, rows], counts)
    return begun


def _national(old: Results) -> np.ndarray:
    """(columns, rows) of the national table."""
    frame = old.national()
    return np.stack([frame[name].to_numpy() for name in frame.columns if name not in NATIONAL_KEYS])


def _is(path: Path, said: dict) -> bool:
    try:
        return path.stat().st_size == said["bytes"] and sha256_of_file(path) == said["sha256"]
    except OSError:
        return False


def _copy(source: Path, target: Path) -> None:
    """The same file under another name: a link where the file system can, else a copy. Files are never changed."""
    if source == target:
        return
    try:
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copy2(source, target)
    except OSError as problem:
        raise StoreError(sentence(problem, target)) from None
