"""`sweep`, `resume`, `extend`, `status`, `verify`: studies and results that survive."""

from typing import Any

import click

FOLDER = click.Path(file_okay=False)
workers = click.option("--workers", type=click.IntRange(1, 256), help="Threads (default: one per processor).")
quiet = click.option("--quiet", is_flag=True, help="Print only the path of the result.")
data = click.option("--data", "data_dir", type=FOLDER, help="Folder with files that replace embedded data.")
place = click.argument("folder", metavar="DIR", type=click.Path())
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
where = click.option(
    "--on", "where", default="local", show_default=True, help="Where studies run: local, dask, or dask://HOST:PORT."
)


@click.command()
@click.argument("design", metavar="DESIGN.toml")
@click.option("--out", type=FOLDER, default="results", show_default=True, help="Folder of the result folders.")
@click.option("--runs", type=int, help="Runs in every point, instead of those of the file.")
@where
@workers
@data
@quiet
def sweep(design: str, **options: Any) -> int:
    """Run every point of a design file and store the study.

    It says beforehand how long it will take and how much disk and memory, and refuses what does not fit. The same
    command after an interruption goes on where it stopped.
    """
    from sim.commands.study import sweep_design

    return sweep_design(design, **options)


@click.command()
@place
@where
@workers
@data
@quiet
def resume(folder: str, **options: Any) -> int:
    """Go on with what is in DIR: compute what is missing or damaged, and nothing else."""
    from sim.commands.study import resume_folder

    return resume_folder(folder, **options)


@click.command()
@place
@click.option("--runs", type=int, required=True, help="Runs (in every point) that there shall be.")
@where
@workers
@data
@quiet
def extend(folder: str, **options: Any) -> int:
    """Add runs to what is in DIR; those that are there stay as they are."""
    from sim.commands.study import extend_folder

    return extend_folder(folder, **options)


@click.command()
@place
@as_json
def status(folder: str, as_json: bool) -> int:
    """Say what is in DIR, how far it is, and which points and runs are missing."""
    from sim.commands.study import show_status

    return show_status(folder, as_json)


@click.command()
@place
@as_json
def verify(folder: str, as_json: bool) -> int:
    """Compare every byte in DIR with what was written; exit code 1 if a file is damaged, and its name."""
    from sim.commands.study import verify_folder

    return verify_folder(folder, as_json)


COMMANDS = (sweep, resume, extend, status, verify)
