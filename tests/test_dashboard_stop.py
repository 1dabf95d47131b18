"""The page ends cleanly, takes its processes along, and says in a sentence why it cannot begin."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from serving import ROOT, Serving
from stored import shared_result

pytest.importorskip("dash", reason="dash is not installed: the dashboard is NOT TESTED")


@pytest.fixture
def results(tmp_path) -> Path:
    """A folder with the shared result."""
    shutil.copytree(shared_result(), tmp_path / shared_result().name)
    return tmp_path


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_takes_its_processes_along(results, how) -> None:
    served = Serving(results)
    body = {
        "output": "..try-tick.disabled...try-status.children...try-start.disabled...try-cancel.disabled..."
        "try-progress.value...result.value...compare.value..",
        "outputs": [{"id": one, "property": what} for one, what in (
            ("try-tick", "disabled"), ("try-status", "children"), ("try-start", "disabled"), ("try-cancel", "disabled"),
            ("try-progress", "value"), ("result", "value"), ("compare", "value"))],
        "inputs": [{"id": one, "property": what, "value": 1} for one, what in (
            ("try-start", "n_clicks"), ("try-cancel", "n_clicks"), ("try-tick", "n_intervals"))],
        "changedPropIds": ["try-start.n_clicks"],
        "state": [{"id": "try-base", "property": "value", "value": "baseline"},
                  {"id": "try-runs", "property": "value", "value": 200},
                  {"id": "try-more", "property": "value", "value": ""}, [], [],
                  {"id": "result", "property": "value", "value": ""},
                  {"id": "lang", "property": "data", "value": "en"}],
    }  # fmt: skip
    asked = urllib.request.Request(
        served.address + "_dash-update-component", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked, timeout=30).read()
    started = served.children()
    assert len(started) == 1
    assert served.stop(how) in (0, 130)
    assert not Path(f"/proc/{started[0]}").exists()
    assert "Traceback" not in served.process.stderr.read()


def test_a_port_in_use_is_one_sentence(results) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "run.py", "serve", str(results), "--port", port, "--no-browser"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and done.stdout == ""
    assert re.fullmatch(r"--port \d+: is in use[^\n]*\.\n", done.stderr)
