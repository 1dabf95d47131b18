"""`run.py plot DIR`: any figure of a stored result."""

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--what", multiple=True, metavar="NAME", help="Which figure; repeatable. 'list' shows all (default: all)."
)
@click.option(
    "--for", "who", metavar="WHO", help="A kommunenummer, name, fylke, size group, kommuner or fylkeskommuner."
)
@click.option("--year", type=int, help="Year of figures that show one (default: the last; map and ranking 2030).")
@click.option("--output", metavar="NAME", help="An output of the panel, or one with _pct or _per_innbygger behind it.")
@click.option("--compare", type=FOLDER, metavar="DIR2", help="Another result: differences DIR minus DIR2, run by run.")
@click.option("--by", type=click.Choice(("size", "sentralitet", "fylke")), default="size", help="Groups of 'groups'.")
@click.option("--lang", default="en", show_default=True, help="Language: en or nb.")
@click.option("--format", "formats", multiple=True, help="png, svg or pdf; repeatable (default: png).")
@click.option("--out", type=FOLDER, help="Folder for the files (default: DIR/figures/asked).")
def plot(
    folder: str, what: tuple[str, ...], who: str | None, year: int | None, output: str | None, compare: str | None,
    by: str, lang: str, formats: tuple[str, ...], out: str | None,
) -> int:  # fmt: skip
    """Draw figures of the result in DIR; print the paths of the files, one a line."""
    from sim.commands.plot import list_kinds, plot_figures

    if "list" in what:
        return list_kinds(lang)
    return plot_figures(Path(folder), what, who, year, output, compare, by, lang, formats, out)
