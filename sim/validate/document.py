"""The score in README.md, measured anew: `python -m sim.validate.document` rewrites it."""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
README, BASELINE = ROOT / "README.md", ROOT / "scenarios" / "baseline.toml"
RUNS = 200


def score_text(facts: list[dict[str, Any]], runs: int) -> str:
    """The score of the released set, and what fails out of sample, as Markdown."""
    lines = []
    for words, inside in (("in sample", True), ("out of sample", False)):
        chosen = [fact for fact in facts if fact["in_sample"] == inside]
        passed = sum(fact["passed"] for fact in chosen)
        lines.append(f"**{passed} of {len(chosen)} facts pass {words}** ({100 * passed / len(chosen):.0f} %)")
    judged = [fact["nearer"] for fact in facts if fact["nearer"] is not None and not fact["in_sample"]]
    failed = "; ".join(fact["statement"] for fact in facts if not fact["passed"])
    return (
        f"{', '.join(lines)}; {runs} runs with the calibrated set. In sample: what the start, a default or the "
        "calibrated set was fitted to. [docs/calibration.md](docs/calibration.md) tells how. Out of sample the median "
        "is nearer to what was published than a naive forecast (mostly the last value) for "
        f"{sum(judged)} of {len(judged)} facts that have one.\n\nWhat fails: {failed}."
    )


def main() -> None:
    """Measure and rewrite the score."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.markers import rewrite
    from sim.scenario import from_file
    from sim.validate import FACTS, judge, measure_on

    found = judge(FACTS, measure_on(lambda years: from_file(BASELINE, {}, {"years": years}), RUNS, print))
    text = score_text([verdict.to_dict() for verdict in found], RUNS)
    rewrite(README, {"score": lambda: text})


if __name__ == "__main__":
    main()
