"""The manifest: what a complete result folder holds, and whether that is still what was written."""

import hashlib
import itertools
import json
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.errors import printable
from sim.store.files import StoreError, is_as_written, replacing, sentence, sha256, write_file

FORMAT = 1  # of the folder; raised when a reader of the old one would misread the new one
MANIFEST, COMPLETE = "manifest.json", "COMPLETE"
ENDS = ("\n }", "\n}\n")  # of the files and of the whole
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


def write_manifest(folder: Path, content: dict[str, Any], more: Iterable[str] = ()) -> None:
    """Writes the manifest, then COMPLETE: afterwards the folder can be opened.

    content: `files` among it. more: lines (`file_line`) of further files, which need not fit in memory.
    """
    head = {"format": FORMAT, **content, "versions": versions()}
    files = head.pop("files")
    lines = itertools.chain((file_line(name, files[name]) for name in sorted(files)), more)
    text = json.dumps(head, indent=1, sort_keys=True, ensure_ascii=False).removesuffix("\n}")
    digest = hashlib.sha256()
    with replacing(folder / MANIFEST) as temporary, temporary.open("wb") as out:
        begin = [text, ',\n "files": {\n', next(lines, "")]
        for piece in itertools.chain(begin, (f",\n{line}" for line in lines), ENDS):
            digest.update(piece.encode())
            out.write(piece.encode())
    write_file(folder / COMPLETE, seal(digest.hexdigest(), content))


def file_line(name: str, said: dict[str, Any]) -> str:
    """A file as the manifest says it: on a line of its own, without the comma and the end of the line."""
    return f"  {json.dumps(name)}: {json.dumps(said, sort_keys=True)}"


def seal(digest: str, manifest: dict[str, Any]) -> bytes:
    """What COMPLETE holds beside a manifest with this SHA-256: lines that `sha256sum -c COMPLETE` can check.

    The first is of the manifest. Those of the files of a result follow, so that one of the two can vouch for them if
    the other is damaged; the files of a study are vouched for by its records.
    """
    files = {} if manifest.get("kind") == "study" else manifest["files"]
    lines = [(digest, MANIFEST), *((files[name]["sha256"], name) for name in sorted(files))]
    return "".join(f"{digest}  {name}\n" for digest, name in lines).encode()


def what_is_there(folder: Path) -> tuple[str, str]:
    """Why this is neither a study nor a result, and what to do."""
    written = "name a folder that `run` or `sweep` has written"
    if not folder.is_dir():
        return ("this is a file" if folder.exists() else "there is no such folder"), written
    inside = sorted(path.parent.name for path in folder.glob(f"*/{COMPLETE}"))
    if inside:
        more = f" and {len(inside) - 3} more" if len(inside) > 3 else ""
        return (
            "holds neither a study nor a result itself",
            f"name one in it: {printable(', '.join(inside[:3]), 200)}{more}",
        )
    return "holds neither a study nor a result", written


def _begun(folder: Path) -> bool:
    return any(
        (folder / name).exists() for name in (COMPLETE, MANIFEST, "identity.json", "design.json", "panel", "points")
    )


def a_study(folder: Path) -> StoreError:
    """What to say to those who ask of a study what only one result has."""
    place = printable(folder, 200)
    return StoreError(
        f"{place}: is a study, and this takes the result of one scenario; `compare`, `sensitivity` and `discover` "
        "draw and explain a study, `export` writes its tables."
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a complete folder. Raises StoreError if it is not complete, or not what was written."""
    place = printable(folder, 200)
    if not _begun(folder):
        finding, advice = what_is_there(folder)
        raise StoreError(f"{place}: not a complete result ({finding}); {advice}.")
    try:
        expected = (folder / COMPLETE).read_bytes()
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        raise StoreError(f"{place}: not a complete result (no COMPLETE); `resume` goes on.") from None
    digest = sha256(data)
    if not expected.startswith(digest.encode()):
        raise StoreError(f"{place}/manifest.json: changed since it was written; run the scenario again.")
    from sim.store.manifest_form import checked

    try:
        manifest = json.loads(data)
        written = manifest["format"]
        if written == FORMAT:
            manifest = checked(manifest)
            if expected not in (seal(digest, manifest), digest.encode() + b"\n"):  # the latter until 2026-11
                raise StoreError(f"{place}/COMPLETE: changed since it was written; run the scenario again.")
            return manifest
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise StoreError(
            f"{place}/manifest.json: not a manifest ({printable(problem)}); run the scenario again."
        ) from None
    raise StoreError(f"{place}: format {written}, this version reads {FORMAT}; run the scenario again.")


def open_again(folder: Path, forget: bool = False) -> None:
    """The folder no longer counts as complete; `forget`: and nothing vouches for what lies there. Raises StoreError."""
    try:
        (folder / COMPLETE).unlink(missing_ok=True)
        if forget:
            (folder / MANIFEST).unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(sentence(problem, folder)) from None


def vouched(folder: Path) -> dict[str, set[str]]:
    """What the manifest or COMPLETE, even one of them damaged, says of the files: name -> SHA-256 (one or two).

    A damaged line vouches for nothing: no file has by accident the SHA-256 that somebody wrote down for it.
    """
    found: dict[str, set[str]] = {}
    try:
        said = json.loads((folder / MANIFEST).read_bytes())["files"]
        for name, of in said.items():
            found.setdefault(name, set()).add(str(of["sha256"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    try:
        lines = (folder / COMPLETE).read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        digest, _, name = line.partition("  ")
        found.setdefault(name, set()).add(digest)
    return found


def damaged_files(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Names of files that are missing or not what was written, every byte compared."""
    return [name for name, said in manifest["files"].items() if not is_as_written(folder / name, said)]


def is_complete(folder: Path, digest: str, verified: bool = False) -> bool:
    """True if the folder holds this very result, whole and, if asked for, with every identity checked."""
    try:
        manifest = read_manifest(folder)
    except StoreError:
        return False
    if manifest["hashes"]["digest"] != digest or (verified and not manifest.get("verified", False)):
        return False
    return not damaged_files(folder, manifest)
