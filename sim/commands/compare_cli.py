"""The options of `run.py compare`."""

from pathlib import Path

import click

from sim.errors import UserError

FOLDER = click.Path(file_okay=False)


def names(values: tuple[str, ...]) -> list[str]:
    """Names given one by one or with commas, each once."""
    return list(dict.fromkeys(name.strip() for value in values for name in value.split(",") if name.strip()))


@click.command()
@click.argument("first", metavar="A", required=False)
@click.argument("second", metavar="B", required=False)
@click.option("--by", help="Also by group of kommuner: size, centrality, fylke or robek (at the start).")
@click.option("--outputs", multiple=True, help="Only these outputs (repeatable, or with commas).")
@click.option("--year", type=int, help="Year of tables by group and kommune (default: the last).")
@click.option("--group", type=click.Choice(["kommuner", "fylkeskommuner"]), default="kommuner", help="Which to print.")
@click.option("--results", type=FOLDER, default="results", show_default=True, help="Where results of scenarios lie.")
@click.option("--out", type=FOLDER, help="Folder for tables and figures (default: beside the results).")
@click.option("--rules-may-differ", is_flag=True, help="Compare results of two versions of the rules.")
@click.option("--reference", type=click.IntRange(0), help="With one study: the point all are compared to (default 0).")
@click.option("--library", is_flag=True, help="Instead of A and B: every bundled scenario against the baseline.")
@click.option("--runs", type=click.IntRange(2, 100_000), help="Pairs of runs with --library (default 100).")
@click.option("--markdown", is_flag=True, help="With --library: print the page docs/paired.md.")
@click.option("--lang", default="en", show_default=True, help="Language of the figures: en or nb.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(
    first: str | None, second: str | None, by: str | None, outputs: tuple[str, ...], year: int | None, group: str,
    results: str, out: str | None, rules_may_differ: bool, library: bool, runs: int | None, markdown: bool,
    reference: int | None, lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Compare two results run by run: what changes, by how much, for whom, and how sure it is.

    A and B are result folders, points of studies (STUDY:POINT), or names of scenarios whose results are there.
    They must share seed, start accounts and rules. A study alone: all its points against one of them. Tables
    (CSV, Parquet) and figures (PNG, SVG) are written; the last line says where.
    """
    from sim.words import language

    language(lang)
    folder = Path(out) if out else None
    if library:
        from sim.commands.library import RUNS, run_library

        if first is not None:
            raise UserError("--library: compares every bundled scenario with the baseline and takes no A and B.")
        return run_library(Path(results), folder, runs or RUNS, group, markdown, as_json)
    if runs is not None or markdown:
        raise UserError("--runs and --markdown: only with --library.")
    if first is not None and second is None:
        from sim.commands.compare import study_of

        study = study_of(first)
        if study is not None:
            from sim.commands.compare_points import run_points

            return run_points(study, reference or 0, names(outputs), year, group, folder, as_json)
    if first is None or second is None:
        raise UserError("compare: name two results, A and B (folders, STUDY:POINT or scenarios), or one study.")
    if reference is not None:
        raise UserError("--reference: only with one study and no B.")
    from sim.commands.compare import run_compare

    chosen, rules = names(outputs), rules_may_differ
    return run_compare(first, second, by, chosen, year, Path(results), folder, group, rules, as_json, lang)
