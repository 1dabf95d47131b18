"""`run.py run [SCENARIO]`: the main job, from a file to a table, figures and the path of the results."""

import os
from collections.abc import Mapping
from pathlib import Path

from sim.errors import UserError, printable

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def run_scenario(
    scenario: str | None,
    settings: Mapping[str, int | str | None],
    overrides: Mapping[str, str],
    workers: int | None,
    chunk: int | None,
    out: str,
    data_dir: str | None,
    verify: bool,
    no_figures: bool,
    quiet: bool,
) -> int:
    """Run a scenario file and print what came out; the last line on stdout is the path of the results.

    `scenario` is a path, the name of a scenario that comes with the program, or None for the baseline;
    `settings` are values of [run], `overrides` NAME -> VALUE. UserError if an input cannot be used.
    """
    from sim.commands.progress import reporting, say
    from sim.scenario import from_file

    chosen = from_file(find_scenario(scenario), overrides, settings)

    from sim import batch
    from sim.baseline import load_world
    from sim.fetch.choice import chosen_folder

    data = Path(data_dir) if data_dir else chosen_folder()
    world = load_world(data)
    if data is not None and not quiet:
        from sim.baseline.sources import read_sources

        say(f"Start data from {data}; 'data status' shows which columns it supplies.")
        for note in read_sources(data).notes:
            say(f"note: {note}")
    with reporting(quiet) as progress:
        folder = batch.run(
            chosen, world, Path(out), workers, chunk, verify=verify, progress=progress,
            say=None if quiet else say,
        )  # fmt: skip
    if not no_figures:
        from sim.report import write_report

        write_report(folder)
    if not quiet:
        from sim.report import summary_table

        print(summary_table(folder))
    print(shown_path(folder))
    return 0


def find_scenario(name: str | None) -> str:
    """The path of a scenario file: as given, or of the scenario of this name that comes with the program."""
    if name is None:
        return shown_path(SCENARIOS / "baseline.toml")
    if "\0" in name:
        raise UserError(f"{printable(name)}: is not the name of a file.")
    bundled = SCENARIOS / f"{name}.toml"
    if Path(name).name == name and not os.path.lexists(name):
        if bundled.is_file():
            return shown_path(bundled)
        if near := _near_names(name):
            raise UserError(f"{printable(name)}: there is no such file (see `list scenarios`); did you mean {near}?")
    return name


def _near_names(name: str) -> str:
    """Scenarios that come with the program and are spelt almost like this; empty if none is."""
    from difflib import get_close_matches

    known = sorted(path.stem for path in SCENARIOS.glob("*.toml"))
    return " or ".join(get_close_matches(name.removesuffix(".toml"), known, n=3, cutoff=0.6))


def shown_path(path: Path) -> str:
    """`path` relative to the current folder if it lies in it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
