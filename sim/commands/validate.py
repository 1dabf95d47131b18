"""`run.py validate`: published facts beside simulated ones."""

import json
import sys
from pathlib import Path

RUNS = 200


def validate(scenario: Path, runs: int | None, as_json: bool) -> int:
    """Print the scorecard of the scenario; 0 whatever the score: a fact that fails is information, not an error."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.scenario import from_file
    from sim.validate import FACTS, judge, simulate

    loaded = from_file(scenario, {}, {"years": 10})
    verdicts = judge(FACTS, simulate(loaded, runs or RUNS))
    if as_json:
        json.dump({"facts": [verdict.to_dict() for verdict in verdicts]}, sys.stdout, indent=1)
        print()
        return 0
    _print_table(verdicts, runs or RUNS)
    return 0


def _print_table(verdicts: list, runs: int) -> None:
    width = max(len(v.fact.statement) for v in verdicts)
    print(f"Published and simulated, {runs} runs (median, 5 to 95 %).")
    print(
        "pass: the published value +- its slack meets the 5 to 95 % interval; 'inside': it does so without the slack."
    )
    print(f"{'':{width}}  year  published  simulated            5..95 %  unit")
    for v in verdicts:
        interval = f"{v.sim_low:,.1f}..{v.sim_high:,.1f}"
        inside = v.sim_low <= v.fact.published <= v.sim_high
        verdict = ("pass, inside" if inside else f"pass, slack {v.fact.slack:g}") if v.passed else "FAIL"
        sample = "in sample" if v.fact.in_sample else "out of sample"
        print(
            f"{v.fact.statement:{width}}  {v.fact.year}  {v.fact.published:9,.1f}  {v.simulated:9,.1f}  "
            f"{interval:>17}  {v.fact.unit}; {sample}; {verdict}"
        )
    for kind, inside in (("in sample", True), ("out of sample", False)):
        chosen = [v for v in verdicts if v.fact.in_sample == inside]
        print(f"{sum(v.passed for v in chosen)} of {len(chosen)} pass {kind}.")
    for v in verdicts:
        if not v.passed:
            print(f"FAIL {v.fact.id}: {v.fact.why or 'not explained yet'}")
