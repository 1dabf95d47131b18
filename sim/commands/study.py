"""What `sweep`, `resume`, `extend`, `status` and `verify` do."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from sim.commands.progress import reporting, say
from sim.commands.run import SCENARIOS, shown_path
from sim.errors import UserError, printable
from sim.processors import processors


def sweep_design(
    design: str, out: str, runs: int | None, where: str, workers: int | None, data_dir: str | None, quiet: bool
) -> int:
    """Run a design file; the last line on stdout is the path of the study. UserError if an input cannot be used."""
    from sim.design import read_design

    chosen = read_design(find_design(design), runs)

    from sim.batch import study
    from sim.batch.cost import check_fits, estimate
    from sim.cache import use_kernel_cache
    from sim.commands.inspect import is_study

    use_kernel_cache()
    engine, workers = _engine(where, workers, data_dir), _workers(workers)
    world = _world(data_dir)
    itself = is_study(Path(out))
    if itself:
        _refuse_another_design(chosen, Path(out))
    folder = Path(out) if itself else study.study_path(chosen, world, out)
    if not (folder / "COMPLETE").exists():
        _tell(quiet, "Measuring; the rules are compiled first if they are new (once, about half a minute).")
        try:
            cost = estimate(chosen, world, workers)
        except KeyboardInterrupt:
            say("stopped before anything was computed; the same command starts again.")
            raise
        _tell(quiet, cost.sentence())
        check_fits(cost, folder)
    _fill(study.fill, chosen, world, folder, workers, quiet, engine=engine)
    return 0


def find_design(name: str) -> str:
    """The path of a design: as given, or of the design of this name that comes with the program."""
    if "\0" in name or os.path.lexists(name):
        return name
    known = sorted((SCENARIOS / "designs").glob("*.toml"))
    for path in known:
        if name == path.stem:
            return shown_path(path)
    names = ", ".join(path.stem for path in known)
    raise UserError(f"{printable(name)}: there is no such file; designs that come with the program: {names}.")


def resume_folder(folder: str, where: str, workers: int | None, data_dir: str | None, quiet: bool) -> int:
    """Compute what is missing or damaged in a folder."""
    from sim.commands.inspect import kind_of

    place = Path(folder)
    if kind_of(place) == "study":
        from sim.batch import study

        engine, workers = _engine(where, workers, data_dir), _workers(workers)
        design = study.stored_design(place)
        _fill(study.fill, design, _world(data_dir), place, workers, quiet, engine=engine)
    else:
        from sim.batch import existing

        _refuse_elsewhere(where, place)
        _fill(existing.resume, place, _world(data_dir), _workers(workers), quiet=quiet)
    return 0


def extend_folder(
    folder: str, runs: int, where: str, workers: int | None, data_dir: str | None, quiet: bool
) -> int:  # fmt: skip
    """Add runs, so that there are `runs` in all."""
    from sim.commands.inspect import kind_of

    place = Path(folder)
    if kind_of(place) == "study":
        from sim.batch import study
        from sim.batch.cost import check_fits, estimate

        engine, workers = _engine(where, workers, data_dir), _workers(workers)
        design, world = study.stored_design(place), _world(data_dir)
        if runs < design.runs:
            raise UserError(f"--runs: {runs} is less than the {design.runs} that are there; extend only adds.")
        more = design.with_runs(_whole_runs(runs))
        check_fits(estimate(more, world, workers), place)
        _fill(study.fill, more, world, place, workers, quiet, engine=engine)
    else:
        from sim.batch import existing

        _refuse_elsewhere(where, place)
        _fill(existing.extend, place, _whole_runs(runs), _world(data_dir), _workers(workers), quiet=quiet)
    return 0


def show_status(folder: str, as_json: bool) -> int:
    """Print what is in a folder; 0."""
    from sim.commands.inspect import status

    found = status(Path(folder))
    if as_json:
        _print_json(found)
        return 0
    for name, value in found.items():
        if not isinstance(value, list):
            print(f"{name:10} {value}")
    for name in ("missing", "damaged"):
        for one in found.get(name, [])[:20]:
            print(f"{name:10} {one}")
    return 0


def verify_folder(folder: str, as_json: bool) -> int:
    """Print which files are damaged; 0 if none is and the folder is complete, else 1."""
    from sim.commands.inspect import verify

    found = verify(Path(folder))
    if as_json:
        _print_json(found)
    elif found["damaged"]:
        for name in found["damaged"]:
            print(f"{name}: damaged")
        print(
            f"{len(found['damaged'])} of {found['files']} files are not as they were written; `resume` makes them anew."
        )
    elif not found["complete"]:
        print(f"{found['files']} files are as they were written; the rest is not computed yet, `resume` goes on.")
    else:
        print(f"{found['files']} files, every byte is as it was written.")
    return 0 if found["complete"] and not found["damaged"] else 1


def _fill(work: Any, *arguments: Any, quiet: bool = False, **more: Any) -> None:
    """Runs a study or sweep with progress, and prints its folder."""
    *given, last = arguments
    if isinstance(last, bool):
        arguments, quiet = tuple(given), last
    with reporting(quiet) as progress:
        path = work(*arguments, progress=progress, say=None if quiet else say, **more)
    print(shown_path(path))


def _tell(quiet: bool, sentence: str) -> None:
    if not quiet:
        say(sentence)


def _world(data_dir: str | None) -> Any:
    from sim.baseline import load_world
    from sim.fetch.choice import chosen_folder

    return load_world(Path(data_dir) if data_dir else chosen_folder())


def _workers(workers: int | None) -> int:

    from sim.batch.sweep import MOST_WORKERS, whole_number

    return whole_number("workers", workers, processors(), MOST_WORKERS)


def _whole_runs(runs: int) -> int:
    from sim.scenario.run_settings import read_setting
    from sim.scenario.values import BadValue

    try:
        return int(read_setting("runs", runs, str(runs)))
    except BadValue as problem:
        raise UserError(f"--runs: {problem}") from None


def _engine(where: str, workers: int | None, data_dir: str | None) -> Any:
    """None for this machine's threads; else what sim.cluster makes of an address."""
    if where == "local":
        return None
    if where != "dask" and not where.startswith("dask://"):
        raise UserError(f"--on {printable(where)}: write local, dask or dask://HOST:PORT.")
    from importlib import import_module

    try:
        cluster = import_module("sim.cluster")
    except ImportError:
        raise UserError('--on dask needs the extra "cluster": pip install "kommunesim[cluster]".') from None
    return cluster.engine(where, workers, data_dir)


def _refuse_elsewhere(where: str, folder: Path) -> None:
    """UserError if an ordinary result is to be computed elsewhere."""
    if where != "local":
        raise UserError(
            f"--on {printable(where)}: {printable(folder, 200)} is the result of a single scenario, which is computed "
            "here; leave --on out, or make a design of it (docs/studies.md) and `sweep` that."
        )


def _refuse_another_design(chosen: Any, folder: Path) -> None:
    """UserError naming the first difference, if the folder was begun with another design."""
    from sim.batch.study import stored_design
    from sim.design.document import difference, to_document

    found = difference(to_document(chosen), to_document(stored_design(folder)))
    if found:
        raise UserError(
            f"{printable(folder, 200)}: begun with another design: {found} (the file, then the folder); "
            "choose another --out."
        )


def _print_json(found: dict[str, Any]) -> None:
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")
