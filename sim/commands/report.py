"""What `run.py report` does: reads a stored result and writes one page."""

from pathlib import Path


def write(folder: Path, compare: str | None, lang: str, kommune: str | None, out: Path | None) -> int:
    """Write the page asked for and print its path; 0. UserError if a result, unit, language or file is no good."""
    from sim.commands.run import shown_path
    from sim.report import write_page, write_report, write_sheet
    from sim.store import open_result
    from sim.words import language

    language(lang)
    results = open_result(folder)
    if compare is None and kommune is None and out is None:
        print(shown_path(write_report(folder, lang)))
        return 0
    name = "report" if kommune is None else "kommune"
    if kommune is not None:
        from sim.analysis.who import find_who

        name += f"_{find_who(kommune, '--kommune').code}"
    if compare is not None:
        name += f"_mot-{open_result(compare).manifest['hashes']['digest'][:8]}"
    place = out or results.folder / f"{name}_{lang}.html"
    if kommune is None:
        print(shown_path(write_page(folder, place, lang, compare)))
    else:
        print(shown_path(write_sheet(folder, place, kommune, lang, compare)))
    return 0
