"""The tables of docs/start_accounts.md, made from the declarations: `python -m sim.baseline.document` rewrites them."""

from pathlib import Path

from sim.baseline.columns import START
from sim.baseline.parameters import DRAWN, START_PARAMS
from sim.baseline.status import column_status

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "start_accounts.md"


def parameters_table() -> str:
    """Every parameter of the start model as a Markdown table."""
    rows = ["| parameter | value | range | unit | evidence | meaning | source |", "|---|---|---|---|---|---|---|"]
    for p in START_PARAMS:
        span = "" if p.low == p.high else f"{p.low:,g} to {p.high:,g}"
        rows.append(f"| `{p.name}` | {p.default:,.10g} | {span} | {p.unit} | {p.evidence} | {p.text} | {p.source} |")
    return "\n".join(rows)


def record_table() -> str:
    """The record of World.start as a Markdown table."""
    rows = ["| column | unit | meaning |", "|---|---|---|"]
    rows += [f"| `{c.name}` | {c.unit} | {c.text} |" for c in START if c.name not in DRAWN]
    return "\n".join(rows)


def status_table() -> str:
    """Where each column comes from, as a Markdown table."""
    rows = ["| column | group | status | units | date | spread | source | note |", "|---|---|---|---|---|---|---|---|"]
    for r in column_status():
        cells = (r.column, r.group, r.status, f"{r.coverage}/{r.total}", r.date, r.spread, r.source, r.note)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


TABLES = {"parameters": parameters_table, "record": record_table, "status": status_table}


def filled(text: str) -> str:
    """`text` with what stands between each pair of markers replaced by the table of that name."""
    for name, table in TABLES.items():
        start, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        text = f"{before}{start}{table()}{end}{after}"
    return text


def main() -> None:
    """Rewrite the tables of the document."""
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
