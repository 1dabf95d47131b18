"""The options of `run.py sensitivity` and `run.py discover`."""

from pathlib import Path

import click

from sim.commands.compare_cli import compare, names

FOLDER = click.Path(file_okay=False)
GROUP = click.Choice(["kommuner", "fylkeskommuner"])


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--output", "outputs", multiple=True, help="Only these outputs (repeatable, or with commas).")
@click.option("--year", type=int, help="Year of the outputs (default: the last).")
@click.option("--method", help="sobol, morris or regression (default: that of the design).")
@click.option("--group", type=GROUP, default="kommuner", show_default=True, help="Whose outputs.")
@click.option("--out", type=FOLDER, help="Folder for tables and figures (default: DIR/sensitivity).")
@click.option("--lang", default="en", show_default=True, help="Language of the figures: en or nb.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def sensitivity(
    folder: str, outputs: tuple[str, ...], year: int | None, method: str | None, group: str, out: str | None,
    lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Which factors of a study matter, how surely, and how much of the spread is chance.

    DIR is a study of run.py sweep, or a result whose scenario draws assumptions from ranges: there every run
    is a point. A design with failed points or numbers that are not finite is refused.
    """
    from sim.commands.sensitivity import run_sensitivity
    from sim.words import language

    return run_sensitivity(
        folder, names(outputs), year, method, group, Path(out) if out else None, as_json, language(lang)
    )


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--when", multiple=True, required=True, help='What to look out for, such as "robek > 40"; repeatable.')
@click.option("--year", type=int, help="Year of the outputs (default: the last).")
@click.option("--group", type=GROUP, default="kommuner", show_default=True, help="Whose outputs.")
@click.option("--share", type=click.FloatRange(0.0, 1.0, min_open=True), default=0.5, show_default=True,
              help="Share of a point's runs in which it must hold.")  # fmt: skip
@click.option("--density", type=click.FloatRange(0.0, 1.0), default=0.8, show_default=True,
              help="Density to reach; of the boxes that do, the one that covers most is taken.")  # fmt: skip
@click.option("--boxes", type=click.IntRange(1, 10), default=1, show_default=True, help="At most so many boxes.")
@click.option("--out", type=FOLDER, help="Folder for table and figure (default: DIR/discover).")
@click.option("--lang", default="en", show_default=True, help="Language of the figures: en or nb.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def discover(
    folder: str, when: tuple[str, ...], year: int | None, group: str, share: float, density: float, boxes: int,
    out: str | None, lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Which combinations of assumptions lead to something: boxes in the space of the factors (PRIM).

    DIR is a study of run.py sweep, or a result whose scenario draws assumptions from ranges.
    """
    from sim.commands.discover import run_discover
    from sim.words import language

    return run_discover(
        folder, when, year, group, share, density, boxes, Path(out) if out else None, as_json, language(lang)
    )


COMMANDS = (compare, discover, sensitivity)
