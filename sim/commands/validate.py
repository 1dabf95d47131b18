"""`run.py validate`: published facts beside simulated ones."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import UserError

if TYPE_CHECKING:
    from sim.validate import Verdict

RUNS = 200
FORMATS = (".png", ".svg")


def validate(
    scenario: Path,
    runs: int | None,
    as_json: bool,
    parameters: str | None = None,
    figure: Path | None = None,
    lang: str = "en",
) -> int:
    """Print the scorecard of the scenario; 0 whatever the score: a fact that fails is information, not an error.

    figure: also drawn there. UserError if the scenario or the name of the figure cannot be used.
    """
    if figure is not None and figure.suffix.lower() not in FORMATS:
        raise UserError(f"--figure {figure}: the name must end in .png or .svg.")
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.scenario import Scenario, from_file
    from sim.validate import FACTS, judge, measure_on

    def load(years: int) -> Scenario:
        return from_file(scenario, {}, {"years": years, "parameters": parameters})

    count = runs or RUNS
    verdicts = judge(FACTS, measure_on(load, count, _say))
    facts = [verdict.to_dict() for verdict in verdicts]
    kind = load(1).parameters
    if figure is not None:
        from sim.plots.scorecard import write_scorecard

        write_scorecard(figure, facts, count, kind, lang)
    if as_json:
        json.dump({"facts": facts, "runs": count, "parameters": kind}, sys.stdout, indent=1, allow_nan=False)
        print()
        return 0
    _print_table(verdicts, count, kind)
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _print_table(verdicts: "list[Verdict]", runs: int, kind: str) -> None:
    from sim.validate import against_naive, score
    from sim.validate.fact import GROUPS

    print(f"Published and simulated, {runs} runs, {kind} parameters (median, 5 to 95 %).")
    print(
        "pass: the published value +- its slack meets the 5 to 95 % interval; 'inside': it does so without the slack; "
        "'sign': only the sign is published, and the median has it."
    )
    width = max(len(v.fact.statement) for v in verdicts)
    for on, words in GROUPS.items():
        chosen = [v for v in verdicts if v.fact.on == on]
        print(f"\n{words[0].upper()}{words[1:]}")
        print(f"{'':{width}}  year  published  simulated            5..95 %      naive  unit")
        for v in chosen:
            print(_line(v, width))
    print()
    for name, (passed, count) in score(verdicts).items():
        print(f"{passed} of {count} pass {name} ({100 * passed / count:.0f} %).")
    for name, (nearer, count) in against_naive(verdicts).items():
        print(f"{nearer} of {count} are nearer than the naive forecast {name} (median; where it is another figure).")
    for words, ids in _naive_words(verdicts).items():
        print(f"naive, {words}: {', '.join(ids)}")
    for v in _failed(verdicts):
        print(f"FAIL {v.fact.id}: {v.why}")


def _naive_words(verdicts: "Iterable[Verdict]") -> dict[str, list[str]]:
    """What naive forecasts are, other than the last published value, or why there is none: ids by words."""
    from sim.validate.fact import LAST_VALUE

    found: dict[str, list[str]] = {}
    for v in verdicts:
        if v.fact.naive_is != LAST_VALUE:
            found.setdefault(v.fact.naive_is, []).append(v.fact.id)
    return found


def _failed(verdicts: "Iterable[Verdict]") -> "list[Verdict]":
    return [v for v in verdicts if not v.passed]


def _line(v: "Verdict", width: int) -> str:
    fact = v.fact
    interval = f"{v.sim_low:,.1f}..{v.sim_high:,.1f}"
    published = f"{fact.published:9,.1f}"
    naive = "-" if fact.benchmark is None else f"{fact.benchmark:,.1f}"
    inside = v.sim_low <= fact.published <= v.sim_high
    verdict = ("pass, inside" if inside else f"pass, slack {fact.slack:g}") if v.passed else "FAIL"
    if fact.sign:
        published = f"{'sign':>9}"
        verdict = "pass, sign" if v.passed else "FAIL"
    sample = "in sample" if fact.in_sample else "out of sample"
    return (
        f"{fact.statement:{width}}  {fact.year}  {published}  {v.simulated:9,.1f}  {interval:>17}  {naive:>9}  "
        f"{fact.unit}; {sample}; {verdict}"
    )
