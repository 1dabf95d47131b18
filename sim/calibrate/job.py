"""The whole calibration: waves on the backtest, the accepted set, its files."""

from collections.abc import Callable
from pathlib import Path

from sim.calibrate import moments
from sim.calibrate.engine import Progress, identity, run_waves
from sim.calibrate.priors import NAMES, PRIORS, from_unit
from sim.calibrate.result import summarise, write
from sim.processors import processors
from sim.store.digest import rules_hash, world_hash


def calibrate(
    out: Path, sets: int = 3000, waves: int = 4, runs: int = 8, seed: int = 1, workers: int | None = None,
    progress: Progress = lambda *_: None, say: Callable[[str], None] = lambda _: None,
) -> Path:  # fmt: skip
    """Calibrates and returns the folder out/calibration-<digest8> with parameter_sets.csv and parameter_sets.json.

    sets: candidates a wave; runs: of each, with the same chance for all. An interrupted calibration of the same
    settings, data and rules is gone on with. StoppedError after Ctrl-C or SIGTERM.
    """
    from sim.cache import use_kernel_cache
    from sim.calibrate.simulator import Backtest

    use_kernel_cache()
    say("The accounts of 2023 are constructed and drawn; the first set may wait for the compiler.")
    simulator = Backtest(runs, seed)
    priors = [[p.name, p.low, p.high] for p in PRIORS]
    digest = identity([sets, runs, seed, priors, moments.as_rows(), rules_hash(), world_hash(simulator.world)])
    folder = out / f"calibration-{digest}"
    done = run_waves(
        folder, simulator, from_unit, lambda mean, spread: moments.distance(mean, spread, runs), len(NAMES), sets,
        waves, seed, workers or processors(), progress,
    )  # fmt: skip
    vectors, about = summarise(done, runs, seed, sets, waves)
    write(folder, vectors, about)
    return folder
