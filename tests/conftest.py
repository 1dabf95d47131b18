"""What all tests share: how hypothesis draws, and where the reference figures outside the repository are."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sim.cache import use_kernel_cache

use_kernel_cache()  # before anything imports a kernel: numba's own cache misses edits in called functions

os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="kommunesim-tests-")  # a user's own choice of data stays out

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ABSENT = "the reference folder ../shared is absent: NOT TESTED against its figures"

# No deadline: the first call of a compiled rule compiles it. In CI the same examples every time.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of this checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared with reference figures outside the project; without it the test skips, loudly."""
    if not SHARED.is_dir():
        pytest.skip(ABSENT)
    return SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly, at the end and also with -q, how many tests could not look at the reference figures."""
    missed = [r for r in terminalreporter.stats.get("skipped", []) if ABSENT in str(r.longrepr)]
    if missed:
        terminalreporter.write_sep("!", f"{len(missed)} tests skipped: {ABSENT}", yellow=True, bold=True)
