"""What is in a folder: a study or a result, how far it is, which files are damaged. Reads, never writes."""

import json
from pathlib import Path
from typing import Any, Literal

from sim.errors import UserError, printable
from sim.store.manifest import what_is_there

Kind = Literal["study", "result"]


def is_study(folder: Path) -> bool:
    """True if the folder holds a study, whole or begun."""
    return (folder / "design.json").is_file()


def kind_of(folder: Path) -> Kind:
    """What the folder holds. UserError if it holds neither."""
    if is_study(folder) or (folder / "points").is_dir():
        return "study"
    if (folder / "scenario.json").is_file() or (folder / "panel").is_dir():
        return "result"
    finding, advice = what_is_there(folder)
    raise UserError(f"{printable(folder, 200)}: {finding}; {advice}.")


def status(folder: Path) -> dict[str, Any]:
    """kind, name, complete, runs, points, stored, failed, and what is `missing`, in sentences."""
    from sim.store import StoreError, Study, open_results

    kind = kind_of(folder)
    try:
        found = open_results(folder)
    except StoreError:
        return {"kind": kind, "complete": False, **(_begun_study(folder) if kind == "study" else _begun_result(folder))}
    said = {"kind": kind, "complete": True, "name": found.manifest["name"], "runs": found.runs}
    if not isinstance(found, Study):
        return said | {"stored": found.runs, "missing": []}
    missing = found.missing
    return said | {
        "points": found.manifest["points"], "stored": int(found.points["runs"].sum()), "failed": len(missing),
        "missing": [
            f"point {row.point}{'' if row.run < 0 else f', run {row.run}'}: {row.reason}"
            for row in missing.itertuples()
        ],
    }  # fmt: skip


def verify(folder: Path) -> dict[str, Any]:
    """complete, how many `files` were compared, names of those that are `damaged`."""
    from sim.store import StoreError
    from sim.store.manifest import damaged_files, read_manifest

    kind = kind_of(folder)
    try:
        manifest = read_manifest(folder)
    except StoreError:
        if (folder / "COMPLETE").exists():
            named = "manifest.json or COMPLETE" if (folder / "manifest.json").exists() else "manifest.json"
            return {"complete": False, "files": 1, "damaged": [named]}
        if (folder / "manifest.json").exists():
            return {"complete": False, "files": 1, "damaged": ["COMPLETE"]}
        return {"complete": False, **_begun_files(folder, kind)}
    return {"complete": True, "files": len(manifest["files"]) + 2, "damaged": damaged_files(folder, manifest)}


def _begun_study(folder: Path) -> dict[str, Any]:
    design = _json(folder / "design.json")
    said = design.get("points", {})
    runs, points = design.get("runs", 0), said.get("count", 0) if isinstance(said, dict) else 0
    found = {"name": design.get("name", "?"), "runs": runs, "points": points, "stored": 0, "failed": 0}
    missing = [] if design else ["design.json: damaged; run its design file again"]
    for path in sorted(folder.glob("points/*/record-*")):
        head = _record(path)
        if head is None:
            missing.append(f"{path.relative_to(folder)}: damaged; `resume` computes it anew")
            continue
        found["stored"] += head["runs"][1] - head["runs"][0]
        found["failed"] += len(head["failures"])
        missing += [f"point {head['point']}, run {run}: {why}" for run, why in head["failures"]]
    return found | {"missing": missing}


def _begun_result(folder: Path) -> dict[str, Any]:
    scenario = _json(folder / "scenario.json")
    runs = scenario.get("run", {}).get("runs", 0)
    parts = len(list((folder / "progress").glob("part-?????")))
    missing = [] if scenario else ["scenario.json: damaged; run its scenario file again"]
    return {"name": scenario.get("name", "?"), "runs": runs, "stored": min(runs, 100 * parts), "missing": missing}


def _begun_files(folder: Path, kind: Kind) -> dict[str, Any]:
    """The files of finished parts of a folder without COMPLETE."""
    files, damaged = 0, []
    from sim.store.files import is_as_written

    for path in sorted(folder.glob("points/*/record-*")):
        files += 1
        head = _record(path)
        if head is None:
            damaged.append(str(path.relative_to(folder)))
            continue
        for name, said in head["files"].items():
            files += 1
            if not is_as_written(folder / name, said):
                damaged.append(name)
    needed = "design.json" if kind == "study" else "scenario.json"
    if not _json(folder / needed):
        damaged.append(needed)
    return {"files": files + 1, "damaged": damaged}


def _record(path: Path) -> dict[str, Any] | None:
    from sim.store.study import read_arrays

    found = read_arrays(path, whole=False) if not path.name.endswith(".tmp") else None
    return None if found is None else found[0]


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
