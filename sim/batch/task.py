"""One part of one point: the piece of work of a study, wherever it is computed.

A part reads the design and the ruler of its study, simulates its runs, writes its own files and needs no other part
and no lock. Runs that are stored already, whole, are not simulated again: a part that was cut short by fewer runs goes
on where it ended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.batch.part import PartWork, measure_ruler
from sim.design import Design, from_document
from sim.outputs import select
from sim.state import World
from sim.store.files import written
from sim.store.identity import digest, identity
from sim.store.panel import RUNS_PER_PART, kommunenummer
from sim.store.sketch import Ruler
from sim.store.study import StudyFolder, StudyLayout

Reference = dict[str, dict[str, Any]]  # file -> sha256, bytes


@dataclass(frozen=True)
class Study:
    """What all parts of a study share."""

    design: Design
    world: World
    folder: StudyFolder
    ruler: Ruler

    @property
    def layout(self) -> StudyLayout:
        """What is stored of every point."""
        return self.folder.layout


def layout_of(design: Design, world: World) -> StudyLayout:
    """The layout of the design's study."""
    units = tuple(kommunenummer(world.units["kode"], world.units["er_fylke"]))
    return StudyLayout(
        select(design.recorded), len(design.panel), design.kept, units, design.runs, len(design.points)
    )  # fmt: skip


def compute(folder: str, point: int, part: int, data: str | None = None) -> Reference:
    """Computes a part of the study in this folder, prepared by its owner; the files it wrote.

    data: the folder of start data that the study was begun with. A part that is whole is left as it is. StoreError if
    it cannot be written, or if the study was begun with other data or rules than are here.
    """
    return compute_part(_open(folder, (Path(folder) / "design.json").stat().st_mtime_ns, data), point, part) or {}


@lru_cache(maxsize=2)
def _open(folder: str, _changed: int, data: str | None) -> Study:
    import json

    from sim.baseline import load_world
    from sim.cache import use_kernel_cache
    from sim.design.document import to_document
    from sim.store.identity import check_identity

    use_kernel_cache()
    design = from_document(json.loads((Path(folder) / "design.json").read_bytes()))
    world = load_world(Path(data) if data else None)
    now = identity(to_document(design.with_runs(1)), world)
    check_identity(Path(folder), now)
    place = StudyFolder(Path(folder), layout_of(design, world), digest(now), alone=False)
    ruler = place.read_ruler()
    return Study(design, world, place, ruler if ruler is not None else measure_ruler(design, world))


def compute_part(
    study: Study,
    point: int,
    part: int,
    stopped: Callable[[], object] = lambda: False,
    tick: Callable[[int], None] = lambda runs: None,
) -> Reference | None:
    """Computes what is missing of a part and stores it; None if `stopped` said so before it was whole.

    tick: called with the number of runs after each piece of work.
    """
    folder, layout = study.folder, study.layout
    wanted = layout.runs_of(part)
    folder.prepare_point(point)
    record = folder.read_record(point, part)
    if record is not None and not (record.runs.start == wanted.start and folder.is_whole(record)):
        record = None
    name = folder.name(point, "record", part)
    if record is not None and record.runs == wanted:
        return record.files | {name: written(folder.path / name)}
    kept = record if record is not None and record.runs.stop < wanted.stop else None
    work = PartWork(study.design, study.world, folder, study.ruler, point, part, kept)
    while work.done < wanted.stop:
        end = min(wanted.stop, (work.done // RUNS_PER_PART + 1) * RUNS_PER_PART)
        work.add(range(work.done, end), stopped, tick)
        if stopped():
            return None
    return work.store()
