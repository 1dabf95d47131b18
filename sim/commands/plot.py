"""What `run.py plot` does: reads a stored result, draws, says what was written and what had nothing to show."""

from collections.abc import Sequence
from pathlib import Path

from sim.errors import UserError, printable


def list_kinds(lang: str) -> int:
    """Print the name of every kind of figure and what it shows; 0."""
    from sim.plots import KINDS
    from sim.words import figure_text, language

    language(lang)
    for name, kind in KINDS.items():
        print(f"{name:9} {figure_text(name, lang)}")
        if kind.needs:
            print(f"{'':9}   takes: {kind.needs}")
    return 0


def plot_figures(
    folder: Path, what: Sequence[str], who: str | None, year: int | None, output: str | None, compare: str | None,
    by: str, lang: str, formats: Sequence[str], out: str | None,
) -> int:  # fmt: skip
    """Draw the figures asked for (none named: all that have something to show) and print their paths; 0.

    UserError if a name, year, output or unit is not there, if what was named has nothing to show, or if a folder
    cannot be read or written to.
    """
    from sim.analysis.who import find_who
    from sim.commands.run import shown_path
    from sim.plots import FORMATS, KINDS, Material, Request, kind, plot
    from sim.plots.save import EARLY, early_year
    from sim.store import open_result
    from sim.words import language

    lang = language(lang)
    for form in formats:
        if form not in FORMATS:
            raise UserError(f"--format {printable(form)}: there is {', '.join(FORMATS)}.")
    for name in what:
        kind(name)
    material = Material(open_result(folder), lang)
    other = None if compare is None else Material(open_result(Path(compare)), lang)
    place = Path(out) if out else folder / "figures" / "asked"
    written: list[Path] = []
    lacking: list[str] = []
    refused: UserError | None = None
    for name in what or list(KINDS):
        soon = early_year(material.results.years) if name in EARLY and year is None and other is None else year
        request = Request(material, find_who(who), soon, output, other, by)
        _ = request.last  # refuses a year that is not there
        try:
            paths, without = plot(request, [name], place, formats or ("png",))
        except UserError as problem:
            if what:
                raise
            refused = problem
            lacking.append(name)  # of all, those that cannot show this output are left out
            continue
        written += paths
        lacking += without
    for path in written:
        print(shown_path(path))
    if what and lacking:
        name = lacking[0]
        raise UserError(f"--what {name}: nothing to show of this result; it takes {KINDS[name].needs or 'more data'}.")
    if not written and refused is not None:
        raise refused
    if not written:
        raise UserError("nothing to show of this result with these options; '--what list' says what each figure takes.")
    return 0
