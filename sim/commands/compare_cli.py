"""The options of `run.py compare`."""

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False)


def names(values: tuple[str, ...]) -> list[str]:
    """Names given one by one or with commas, each once."""
    return list(dict.fromkeys(name.strip() for value in values for name in value.split(",") if name.strip()))


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--by", help="Also by group of kommuner: size, centrality, fylke or robek (at the start).")
@click.option("--outputs", multiple=True, help="Only these outputs (repeatable, or with commas).")
@click.option("--year", type=int, help="Year of tables by group and kommune (default: the last).")
@click.option("--group", type=click.Choice(["kommuner", "fylkeskommuner"]), default="kommuner", help="Which to print.")
@click.option("--results", type=FOLDER, default="results", show_default=True, help="Where results of scenarios lie.")
@click.option("--out", type=FOLDER, help="Folder for tables and figures (default: beside the results).")
@click.option("--rules-may-differ", is_flag=True, help="Compare results of two versions of the rules.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(
    first: str, second: str, by: str | None, outputs: tuple[str, ...], year: int | None, group: str,
    results: str, out: str | None, rules_may_differ: bool, as_json: bool,
) -> int:  # fmt: skip
    """Compare two results run by run: what changes, by how much, for whom, and how sure it is.

    A and B are result folders, or names of scenarios whose results are there. They must share seed, start
    accounts and rules. Tables (CSV, Parquet) and figures (PNG, SVG) are written; the last line says where.
    """
    from sim.commands.compare import run_compare

    folder = Path(out) if out else None
    chosen = names(outputs)
    return run_compare(first, second, by, chosen, year, Path(results), folder, group, rules_may_differ, as_json)
