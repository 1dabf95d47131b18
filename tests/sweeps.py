"""Small sweeps for tests: the embedded world, default parameters, a few years."""

import hashlib
from functools import cache
from pathlib import Path

from sim.outputs import DEFAULT_PANEL
from sim.params import PARAMS
from sim.scenario import Range, Scenario
from sim.scenario.values import resolve
from sim.state import FIRST_YEAR, World

# an output with a rule of its own, and one that only kommuner have, besides the usual
PANEL = (*DEFAULT_PANEL, "merforbruk_alder", "tjenesteniva_grunnskole")


@cache
def world() -> World:
    """The embedded world, read once."""
    from sim.baseline import load_world

    return load_world()


def scenario(runs: int, years: int = 2, seed: int = 3, start: str = "drawn", panel=PANEL, **values) -> Scenario:
    """Default parameters and one range, so that rows differ between runs."""
    all_years = tuple(range(FIRST_YEAR, FIRST_YEAR + years))
    found = {name: resolve(param, None, all_years) for name, param in PARAMS.items()}
    found |= {"skole_vedtak": Range(0.3, 0.6)} | values
    return Scenario("test", runs, seed, all_years, panel, start, found)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that must not depend on how it was computed."""
    paths = [*sorted(folder.glob("panel/*")), folder / "national.parquet", folder / "units.parquet"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
