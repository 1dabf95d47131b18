"""LaTeX: the tables of the report, ready for \\input; numbers and texts are those of the page."""

from pathlib import Path
from typing import Any

from sim.analysis.labels import unit_labels
from sim.errors import UserError
from sim.export.safe import latex
from sim.report import tables
from sim.report.citation import citation
from sim.store import Results
from sim.store.files import write_file

PACKAGES = "% \\usepackage{booktabs,textcomp}; UTF-8"


def write_latex(results: Results, asked: list[str], place: Path) -> list[Path]:
    """A .tex file per table: of "national" the headlines and measures by group, of "units" risk and size.

    UserError for the panel, which is no table to be printed.
    """
    if "panel" in asked:
        raise UserError(
            "--to latex: the panel is too long to be printed; use --what national or units, or another --to."
        )
    found: dict[str, dict[str, Any]] = {}
    if "national" in asked:
        national = results.national()
        for table in tables.headline_tables(national):
            found[f"headline_{table['title'].split()[-1]}"] = _flat(table)
        for table in tables.measure_tables(national):
            found[f"measures_{table['title']}"] = table
    if "units" in asked:
        units, labels = results.units(), unit_labels()
        for name, table in zip(
            ("kommuner", "fylkeskommuner"), tables.risk_tables(units, labels, results.years), strict=True
        ):
            found[f"risk_{name}"] = table
        found["risk_by_size"] = tables.size_table(units, labels, results.years)
    paths = []
    for name, table in found.items():
        path = place / f"{name}.tex"
        write_file(path, tabular(table, citation(results.manifest)).encode())
        paths.append(path)
    return paths


def _flat(table: dict[str, Any]) -> dict[str, Any]:
    """A headline table with the range of each median behind it in brackets."""
    rows = [[year, *(f"{median} ({low} to {high})" for median, low, high in cells)] for year, cells in table["rows"]]
    heads = ["year", *(f"{head}, {unit}" for head, unit, _ in table["head"])]
    return {"title": table["title"], "head": heads, "rows": rows}


def tabular(table: dict[str, Any], source: str) -> str:
    """One tabular of booktabs with a comment that says where its numbers are from."""
    heads = table["head"]
    lines = [
        PACKAGES,
        f"% {latex(source)}",
        f"% {latex(table['title'])}",
        f"\\begin{{tabular}}{{l{'r' * (len(heads) - 1)}}}",
    ]
    lines += ["\\toprule", " & ".join(latex(head) for head in heads) + r" \\", "\\midrule"]
    lines += [" & ".join(latex(value) for value in row) + r" \\" for row in table["rows"]]
    return "\n".join([*lines, "\\bottomrule", "\\end{tabular}"]) + "\n"
