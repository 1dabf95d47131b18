"""The calibration on the command line: progress, the table of what is identified, the pictures."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEP = 15.0  # seconds between lines of progress where the output is no terminal


def run_calibration(
    out: Path,
    sets: int,
    waves: int,
    runs: int,
    seed: int,
    workers: int | None,
    release: bool,
    quiet: bool,
    lang: str = "en",
) -> int:
    """Calibrate and print what came out; the last line on stdout is the folder. 0."""
    from sim.calibrate import calibrate
    from sim.commands.run import shown_path

    say = (lambda _: None) if quiet else (lambda sentence: print(sentence, file=sys.stderr))
    progress = (lambda *_: None) if quiet else _progress(waves)
    folder = calibrate(out, sets, waves, runs, seed, workers, progress, say)
    if not quiet:
        sys.stderr.write("\n")
    from sim.plots.calibration import write_calibration_figures
    from sim.scenario.parameter_set import ABOUT

    write_calibration_figures(folder, lang)
    if not quiet:
        print_result(json.loads((folder / ABOUT).read_text(encoding="utf-8")))
    if release:
        release_set(folder)
        say("Released: the main job draws from this set.")
    print(shown_path(folder))
    return 0


def release_set(folder: Path) -> None:
    """Copies the set of the folder to where scenarios read it; the provenance last, so that it has its table."""
    from sim.scenario.parameter_set import ABOUT, DATA, TABLE, load_set
    from sim.store.files import write_file

    for name in (TABLE, ABOUT):
        write_file(DATA / name, (folder / name).read_bytes())
    load_set.cache_clear()


def _progress(waves: int) -> Callable[[int, int, int, float], None]:
    began, shown = time.monotonic(), [0.0]
    live = sys.stderr.isatty()

    def report(wave: int, done: int, total: int, least: float) -> None:
        now = time.monotonic()
        if done < total and now - shown[0] < (0.2 if live else STEP):
            return
        shown[0] = now
        line = f"wave {wave} of {waves}: {done:,} of {total:,} sets, nearest {least:.2f}, {now - began:.0f} s"
        sys.stderr.write(f"\r{line}   " if live else line + "\n")
        sys.stderr.flush()

    return report


def print_result(about: dict[str, Any]) -> None:
    """Moments and parameters as two tables."""
    print(
        f"{about['vectors']} vectors accepted; in the last wave {100 * about['share_near_enough']:.1f} % of the "
        f"sets are within three standard errors of every moment."
    )
    print(
        f"{'moment':24} {'published':>10} {'accepted':>10} {'over sets':>10} {'over runs':>10} {'standard errors':>16}"
    )
    for row in about["moments"]:
        print(
            f"{row['fact']:24} {row['target']:10.4g} {row['accepted']:10.4g} {row['spread_over_sets']:10.3g} "
            f"{row['spread_over_runs']:10.3g} {row['implausibility']:16.2f}"
        )
    print(f"\n{'parameter':26} {'prior':>18} {'accepted 5-50-95 %':>28} {'sd ratio':>9} {'KS':>6}  identified")
    for row in about["parameters"]:
        prior = f"{row['prior_low']:g} to {row['prior_high']:g}"
        accepted = f"{row['accepted_low']:.4g}  {row['accepted_median']:.4g}  {row['accepted_high']:.4g}"
        print(
            f"{row['name']:26} {prior:>18} {accepted:>28} {row['sd_ratio']:9.2f} {row['ks']:6.2f}  {row['identified']}"
        )
