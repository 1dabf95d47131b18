"""Small studies for tests: the embedded world, two years, a few points."""

import hashlib
from pathlib import Path

from sim.batch.study import run_study
from sim.design import Design, read_design
from tests.sweeps import world

BASE = """
[run]
years = 2
[assumptions]
skole_vedtak = { low = 0.3, high = 0.6 }
"""
GRID = """
[design]
scenarios = ["base.toml"]
runs = {runs}
seed = 3
[[design.factor]]
name = "dekningsfrist"
values = [1, 4]
[[design.factor]]
name = "rente_tillegg"
values = [0.0, 0.02]
from = 2027
[outputs]
panel = [{panel}]
summary = ["netto_driftsresultat", "merforbruk", "robek", "tjenesteniva_grunnskole"]
"""


def design(folder: Path, runs: int = 12, panel: str = '"netto_driftsresultat", "robek"', text: str = GRID) -> Design:
    """The design of a file that is written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "base.toml").write_text(BASE, encoding="utf-8")
    (folder / "trial.toml").write_text(text.replace("{runs}", str(runs)).replace("{panel}", panel), encoding="utf-8")
    return read_design(folder / "trial.toml")


def make_study(folder: Path, runs: int = 12, workers: int | None = None, **more) -> Path:
    """A complete study in a folder below."""
    return run_study(design(folder, runs, **more), world(), folder / "out", workers)


def study_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that must not depend on how it was computed."""
    own = {"manifest.json", "COMPLETE", ".lock"}  # hold timings and the number of workers
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in own
    }  # fmt: skip
