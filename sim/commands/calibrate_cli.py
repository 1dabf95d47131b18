"""`run.py calibrate`: the parameter sets that agree with what is published."""

from pathlib import Path

import click


@click.command()
@click.option("--sets", type=click.IntRange(64, 100_000), default=3000, show_default=True, help="Candidates a wave.")
@click.option("--waves", type=click.IntRange(1, 10), default=4, show_default=True, help="Waves, the first included.")
@click.option("--runs", type=click.IntRange(2, 200), default=8, show_default=True, help="Runs of each candidate.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Seed of all chance.")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads (default: one per processor).")
@click.option(
    "--out", type=click.Path(file_okay=False), default="results", show_default=True, help="Folder of the result."
)
@click.option("--release", is_flag=True, help="Also put the set where the main job draws from.")
@click.option("--lang", default="en", show_default=True, help="Language of the figures: en or nb.")
@click.option("--quiet", is_flag=True, help="Print only the path of the result.")
def calibrate(
    sets: int, waves: int, runs: int, seed: int, workers: int | None, out: str, release: bool, lang: str, quiet: bool
) -> int:
    """Fit behaviour to the published facts of 2024 and 2025: a set of parameter vectors, and what they identify.

    The same command after an interruption carries on where it stopped.
    """
    from sim.commands.calibrate import run_calibration
    from sim.words import language

    return run_calibration(Path(out), sets, waves, runs, seed, workers, release, quiet, language(lang))
