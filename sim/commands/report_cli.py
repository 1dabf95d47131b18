"""`run.py report DIR`: the page of a stored result, or the sheet of one unit."""

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--compare", type=FOLDER, metavar="DIR2", help="Another result: differences DIR minus DIR2, run by run.")
@click.option("--lang", default="en", show_default=True, help="Language: en or nb.")
@click.option("--kommune", metavar="WHO", help="The sheet of one unit: a kommunenummer or a name.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE", help="The file (default: in DIR).")
def report(folder: str, compare: str | None, lang: str, kommune: str | None, out: str | None) -> int:
    """Write one HTML file on the result in DIR that opens offline; print its path.

    Without options the report.html that every run writes, with its figures, is written anew.
    """
    from sim.commands.report import write

    return write(Path(folder), compare, lang, kommune, None if out is None else Path(out))
