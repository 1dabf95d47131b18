"""Going on with the folder of an ordinary result: what is missing or damaged, or more runs."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

from sim.batch.kept import Kept, adopt
from sim.batch.sweep import Progress, layout_of, result_path, run_into
from sim.errors import UserError, printable
from sim.scenario import Scenario, from_stored
from sim.state import World
from sim.store import StoreError, open_results
from sim.store.asked import read_asked
from sim.store.digest import result_hashes
from sim.store.identity import check, identity, read_identity
from sim.store.manifest import read_manifest, vouched

Say = Callable[[str], None]


def resume(
    path: Path, world: World, workers: int | None = None, progress: Progress | None = None, say: Say | None = None
) -> Path:
    """Completes a result: computes the runs of missing and damaged parts, nothing else (sim.batch.kept).

    No other file holds what is in national.parquet: of it, just the runs of damaged row groups are computed again, all
    if the file is gone. StoreError if scenario.json is damaged, or naming the difference if the result was begun with
    another scenario, other data or other rules.
    """
    scenario = read_asked(path, "scenario", from_stored)
    _check(path, scenario, world)
    return run_into(path, scenario, world, workers, progress=progress, say=say)


def extend(
    path: Path, runs: int, world: World, workers: int | None = None, progress: Progress | None = None,
    say: Say | None = None,
) -> Path:  # fmt: skip
    """The result of the same scenario with more runs, in a folder of its own beside the first; what is there is used.

    The same bytes as if all runs had been computed at once. UserError if there are as many runs already.
    """
    results = open_results(path)
    results.verify()
    scenario = read_asked(path, "scenario", from_stored)
    _check(path, scenario, world)
    if runs < scenario.runs:
        raise UserError(f"--runs: {runs} is less than the {scenario.runs} that are there; extend only adds.")
    more = dataclasses.replace(scenario, runs=runs)
    target = result_path(more, world, path.parent)
    old = Kept(path, layout_of(scenario, world), vouched(path), bool(results.manifest["verified"]))
    return run_into(target, more, world, workers, progress=progress, say=say, seed=lambda new: adopt(new, old))


def _check(path: Path, scenario: Scenario, world: World) -> None:
    """StoreError if the folder was begun with something else, naming what."""
    text = scenario.to_json().encode()
    try:
        manifest = read_manifest(path)
        begun = manifest.get("begun_with")
        digest = manifest["hashes"]["digest"]
    except StoreError:
        begun, digest = read_identity(path), ""
    now = identity(json.loads(text), world)
    if begun is not None:
        check(path, begun, now)
    if digest and digest != result_hashes(text, world)["digest"]:
        place = printable(path, 200)
        raise StoreError(f"{place}: begun with another scenario, other data or other rules; run its scenario again.")
