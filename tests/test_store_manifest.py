"""The manifest as it is read back: every field is there and of its kind, or one sentence says what is wrong."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim import batch
from sim.store import StoreError, open_results
from sim.store.files import sha256
from sim.store.manifest import read_manifest
from tests.sweeps import scenario, world


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch.run(scenario(2, 1), world(), tmp_path_factory.mktemp("result"), workers=1)


def changed(result: Path, tmp_path: Path, write: Any) -> Path:
    """A copy whose manifest was rewritten, with a COMPLETE that fits it: only its form can tell."""
    copy = tmp_path / "copy"
    shutil.copytree(result, copy)
    manifest = json.loads((copy / "manifest.json").read_bytes())
    data = json.dumps(write(manifest)).encode()
    (copy / "manifest.json").write_bytes(data)
    (copy / "COMPLETE").write_bytes(sha256(data).encode() + b"\n")
    return copy


def test_what_was_written_is_read_back_whole(result: Path) -> None:
    manifest = read_manifest(result)
    assert manifest == json.loads((result / "manifest.json").read_bytes())
    assert manifest["verified"] is False and manifest["runs"] == 2


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda m: m | {"runs": "2"}, "runs: Input should be a valid integer"),
        (lambda m: m | {"runs": 0}, "runs: Input should be greater than or equal to 1"),
        (lambda m: m | {"extra": 1}, "extra: Extra inputs are not permitted"),
        (lambda m: {k: v for k, v in m.items() if k != "hashes"}, "hashes: Field required"),
        (lambda m: m | {"hashes": m["hashes"] | {"digest": "short"}}, "hashes.digest: String should match"),
        (lambda m: [m], "not a manifest"),
        (lambda m: m | {"format": 99}, "format 99, this version reads 1"),
    ],
)
def test_a_manifest_of_another_form_is_one_sentence(result: Path, tmp_path: Path, write: Any, words: str) -> None:
    with pytest.raises(StoreError) as found:
        open_results(changed(result, tmp_path, write))
    assert words in str(found.value)
    assert "\n" not in str(found.value) and str(found.value).endswith("run the scenario again.")


def test_a_manifest_from_before_verified_was_noted_counts_as_not_verified(result: Path, tmp_path: Path) -> None:
    copy = changed(result, tmp_path, lambda m: {k: v for k, v in m.items() if k != "verified"})
    assert read_manifest(copy)["verified"] is False
