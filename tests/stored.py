"""Small stored results, made by the sweep itself, for tests of what reads them."""

import dataclasses
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sim import batch
from sim.baseline import load_world
from sim.scenario import from_file

BASELINE = Path(__file__).resolve().parents[1] / "scenarios" / "baseline.toml"
HOSTILE = """</script><script>alert('1')</script><img src=x onerror=alert(2)> & "quotes" $\\frac{1}{0}$ \\u202e"""


@cache
def _world():
    return load_world()


def make_result(folder: Path, runs: int = 25, years: int = 4, text: str = "", **texts: str) -> Path:
    """The folder of a result of these runs; `text` is added to a scenario file that inherits the baseline.

    `texts` (title, question, expected) are set behind the back of the reader, which would refuse some.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "trial.toml"
    shutil.copy(BASELINE, folder)
    path.write_text(f'inherits = "{BASELINE.name}"\n{text}', encoding="utf-8")
    scenario = dataclasses.replace(from_file(path, {}, {"runs": runs, "years": years}), **texts)
    return batch.run(scenario, _world(), folder / "results", 1)


@cache
def shared_result() -> Path:
    """A result of 25 runs and 4 years that no test may change."""
    place = tempfile.TemporaryDirectory(prefix="kommunesim-test-")
    _KEPT.append(place)
    return make_result(Path(place.name))


def copied(folder: Path) -> Path:
    """A copy of the shared result that a test may write to."""
    return Path(shutil.copytree(shared_result(), folder / shared_result().name))


_KEPT: list[tempfile.TemporaryDirectory] = []  # removed when the tests end
