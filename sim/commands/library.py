"""`run.py compare --library`: every scenario that comes with the program against the baseline."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.compare import Comparison
    from sim.store import Results

REFERENCE = "baseline"
KOMMUNE = "one_kommune"
RUNS = 100


def run_library(results: Path, out: Path | None, runs: int, group: str, markdown: bool, as_json: bool) -> int:
    """Run what is missing of every scenario with so many runs, print the variance ratios, store them in `out`."""
    from sim.analysis.compare import NATIONAL
    from sim.analysis.library import ratio_table, reaching
    from sim.store.files import make_folder
    from sim.store.table import write_table

    found, judged = comparisons(results, runs)
    year = max(one.year for one in found.values())
    table = ratio_table({name: one.national for name, one in found.items()}, year, group, NATIONAL)
    table[KOMMUNE] = [middle_kommune(one.units) for one in found.values()]
    counts = reaching(table)
    folder = out or results / f"library-{runs}"
    make_folder(folder)
    said = dict.fromkeys(table, ("1", "Variance of an unpaired difference over that of the paired one."))
    write_table(table.reset_index(), folder / "variance_ratios", said)
    write_table(judged, folder / "expected", EXPECTED)
    if as_json:
        from sim.commands.compare import records

        document = {"runs": runs, "year": year, "group": group, **counts, "scenarios": records(table.reset_index()),
                    "expected": records(judged)}  # fmt: skip
        json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
    elif markdown:
        sys.stdout.write(as_markdown(table, judged, counts, runs, year, group))
    else:
        print_table(table, counts, runs, year, group)
        print(outcome(judged))
        from sim.commands.run import shown_path

        print(shown_path(folder))
    return 0


def comparisons(results: Path, runs: int) -> "tuple[dict[str, Comparison], pd.DataFrame]":
    """Each bundled scenario against the baseline, by name, and what was expected of it against what came out.

    What is not stored yet is run.
    """
    import pandas as pd

    from sim import batch
    from sim.analysis.compare import compare
    from sim.analysis.expected import judge, read_expected
    from sim.baseline import load_world
    from sim.commands.progress import say
    from sim.commands.run import SCENARIOS, shown_path
    from sim.scenario import from_file
    from sim.store import open_results

    def stored(path: Path) -> "Results":
        say(f"{path.stem}, {runs:,} runs")
        return open_results(batch.run(from_file(shown_path(path), {}, {"runs": runs}), world, results))

    world = load_world()
    paths = {path.stem: path for path in sorted(SCENARIOS.glob("*.toml"))}
    reference = stored(paths.pop(REFERENCE))
    expected = read_expected(SCENARIOS / "expected.csv")
    found, rows = {}, []
    for name, path in paths.items():
        result = stored(path)
        found[name] = compare(reference, result)
        mine = [one for one in expected if one.scenario == name]
        columns = list(dict.fromkeys(one.output for one in mine))
        rows += [judge(reference.national(columns), result.national(columns), one) for one in mine]
    return found, pd.DataFrame(rows)


EXPECTED = {
    "reference": ("output", "Mean over runs and years in the reference."),
    "difference": ("output", "Mean over runs and years of the scenario minus the reference."),
    "low": ("output", "Lower end of its 95 % interval."), "high": ("output", "Upper end of its 95 % interval."),
}  # fmt: skip
HEADS = {
    "netto_driftsresultat_pct": "NDR", "disposisjonsfond_pct": "fond", "lanegjeld_pct": "gjeld",
    "investering_pct": "invest.", "antall_robek": "ROBEK", "antall_merforbruk": "merforbruk",
    "tjenesteniva": "services", "skoler": "schools", KOMMUNE: "fond of one",
}  # fmt: skip


def middle_kommune(units: "pd.DataFrame", output: str = "disposisjonsfond_pct") -> float:
    """Median over kommuner of the ratio of each kommune by itself; kommuner without a difference are left out."""
    rows = units[(units["output"] == output) & (units["kommunenummer"].str.len() == 4) & (units["verdict"] != "same")]
    return float(rows["variance_ratio"].median())


def sentence(counts: dict[str, int], runs: int, year: int, group: str) -> str:
    """What the table shows, in words."""
    from sim.analysis.library import GOAL

    text = (
        f"{counts['middle']} of {counts['scenarios']} scenarios have a middle ratio of at least {GOAL:g}, "
        f"{counts['all']} of them in every output ({group} as one, {year}, {runs:,} pairs of runs)."
    )
    if counts["unchanged"]:
        text += f" {counts['unchanged']} change nothing in these outputs and are not counted."
    return text


def outcome(judged: "pd.DataFrame") -> str:
    """How many expectations came true, and which did not, in words."""
    from sim.analysis.expected import AS_EXPECTED

    true = int((judged["verdict"] == AS_EXPECTED).sum())
    text = f"{true} of {len(judged)} expectations came true."
    others = judged[judged["verdict"] != AS_EXPECTED]
    return "\n".join([text, *(
        f"{row.scenario}: {row.output} of {row.group} {row.years}, expected {row.direction}: {row.verdict} "
        f"({row.difference:+.3g}, 95 % {row.low:+.3g} to {row.high:+.3g})" for row in others.itertuples()
    )])  # fmt: skip


def print_table(table: "pd.DataFrame", counts: dict[str, int], runs: int, year: int, group: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from sim.commands.compare_text import ratio

    shown = Table("", *(HEADS.get(name, name) for name in table), show_edge=False, pad_edge=False, box=None)
    for row in table.reset_index().to_dict("records"):
        name = row.pop("scenario")
        shown.add_row(name, *(ratio(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 120).print(shown)
    print(sentence(counts, runs, year, group))


def as_markdown(
    table: "pd.DataFrame", judged: "pd.DataFrame", counts: dict[str, int], runs: int, year: int, group: str
) -> str:  # fmt: skip
    """The page docs/paired.md: how to read the table, the table, what it shows."""
    from sim.commands.compare_text import ratio

    heads: list[Any] = ["scenario", *(HEADS.get(name, name) for name in table)]
    lines = [f"| {' | '.join(heads)} |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for row in table.reset_index().to_dict("records"):
        name = row.pop("scenario")
        lines.append(f"| `{name}` | {' | '.join(ratio(value) for value in row.values())} |")
    said, *others = outcome(judged).split("\n")
    expected = "\n".join([said, "", *(f"- {one}" for one in others)])
    text = sentence(counts, runs, year, group)
    return PAGE.format(table="\n".join(lines), sentence=text, runs=runs, expected=expected)


PAGE = """# Pairing: the same possible future twice

Run r of every scenario has the same chance: the same start draws, the same bad years, the same projects and votes
(docs/decisions/0005-chance-by-address.md). So B minus A is taken run by run, and what both have in common falls out.

The **variance ratio** says how much that saves. It is (Var A + Var B) / Var (B - A) over runs: the variance of the
difference of two unrelated runs over that of a pair. With a ratio of 20, a hundred pairs tell as much as two thousand
unpaired runs of each scenario. `run.py compare` prints it for every contrast, with the number of unpaired runs.

A ratio near 1 would mean that the policy sets the dice anew. "infinite" means the same difference in every run; a dash
that no run differs at all. Ratios are those of each scenario against `baseline`:

{table}

NDR, fond, gjeld, invest.: netto driftsresultat, disposisjonsfond, lanegjeld and investment, % of driftsinntekter of the
group. ROBEK, merforbruk, schools: numbers. services: the service level. least, middle: of the outputs in the row.
fond of one: the fund of a single kommune, median over those in which anything differs.

{sentence}

Two things make a ratio large: chance is shared, and the policy does little in many futures. So the ratio says how well
the difference is measured, not how large it is. It is 1.0 where B has no spread at all: without a register nobody is in
it, and the difference is all of A.

Where a ratio is low, the policy changes *which* units cross a threshold: a small push moves a unit into the register in
one future and out of it in another, and that difference is real, not noise of the method.

## What was expected

Each experiment says beforehand what one should see; `scenarios/expected.csv` has it as directions of national columns,
taken as means over years: up, down, or little (within a tenth of the standard deviation over runs of the baseline). An
expectation came true if the whole 95 % interval of the paired difference agrees, is unclear if the interval contains 0.
The files of the scenarios say why something came out otherwise, where it is known.

{expected}

Made by `python run.py compare --library --runs {runs} --markdown > docs/paired.md`.
"""
