"""The manifest: what a complete result folder holds, and whether that is still what was written."""

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.errors import printable
from sim.store.files import StoreError, sha256, sha256_of_file, write_file

FORMAT = 1  # of the folder; raised when a reader of the old one would misread the new one
PACKAGES = ("numpy", "numba", "pyarrow", "kommunesim")


def versions() -> dict[str, str]:
    """Of Python and the packages that move a bit."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def write_manifest(folder: Path, content: dict[str, Any]) -> None:
    """Writes the manifest, then COMPLETE: afterwards the folder can be opened."""
    manifest = {"format": FORMAT, **content, "versions": versions()}
    data = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    written = write_file(folder / "manifest.json", data)
    write_file(folder / "COMPLETE", written.encode() + b"\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a complete folder. Raises StoreError if it is not complete, or not what was written."""
    place = printable(folder, 200)
    if not folder.is_dir():
        raise StoreError(
            f"{place}: not a complete result (there is no such folder); name one that `run` or `sweep` has written."
        )
    try:
        expected = (folder / "COMPLETE").read_bytes()
        data = (folder / "manifest.json").read_bytes()
    except OSError:
        raise StoreError(f"{place}: not a complete result (no COMPLETE); run its scenario again.") from None
    if sha256(data).encode() + b"\n" != expected:
        raise StoreError(f"{place}/manifest.json: changed since it was written; run the scenario again.")
    from sim.store.manifest_form import checked

    try:
        manifest = json.loads(data)
        written = manifest["format"]
        if written == FORMAT:
            return checked(manifest)
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise StoreError(
            f"{place}/manifest.json: not a manifest ({printable(problem)}); run the scenario again."
        ) from None
    raise StoreError(f"{place}: format {written}, this version reads {FORMAT}; run the scenario again.")


def damaged_files(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Names of files that are missing or not what was written, every byte compared."""
    bad = []
    for name, said in manifest["files"].items():
        path = folder / name
        try:
            whole = path.stat().st_size == said["bytes"] and sha256_of_file(path) == said["sha256"]
        except OSError:
            whole = False
        if not whole:
            bad.append(name)
    return bad


def is_complete(folder: Path, digest: str, verified: bool = False) -> bool:
    """True if the folder holds this very result, whole and, if asked for, with every identity checked."""
    try:
        manifest = read_manifest(folder)
    except StoreError:
        return False
    if manifest["hashes"]["digest"] != digest or (verified and not manifest.get("verified", False)):
        return False
    return not damaged_files(folder, manifest)
