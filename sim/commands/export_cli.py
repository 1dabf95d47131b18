"""`run.py export DIR --to FORMAT`: tables of a stored result for other programs."""

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--to", "form", required=True, help="csv, excel, parquet, stata (also: stata-friendly) or latex.")
@click.option("--what", "tables", multiple=True, metavar="TABLE", help="national, units or panel (default: first two).")
@click.option("--runs", type=int, help="Only the first so many runs of national and panel.")
@click.option("--out", type=FOLDER, help="Folder for the files (default: DIR/export).")
def export(folder: str, form: str, tables: tuple[str, ...], runs: int | None, out: str | None) -> int:
    """Write tables of the result in DIR, what each column is, and how to cite it; print the paths."""
    from sim.commands.run import shown_path
    from sim.export import export as write

    place = Path(out) if out else Path(folder) / "export"
    form = "stata" if form == "stata-friendly" else form
    for path in write(folder, form, tables or ("national", "units"), place, runs):
        print(shown_path(path))
    return 0
