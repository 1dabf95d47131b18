"""The tables of docs/start_accounts.md, made from the declarations: `python -m sim.baseline.document` rewrites them."""

from pathlib import Path

from sim.baseline.columns import START
from sim.baseline.parameters import DRAWN, START_PARAMS
from sim.baseline.status import column_status
from sim.markers import rewrite

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


def main() -> None:
    """Rewrite the tables of the document."""
    rewrite(DOCUMENT, TABLES)


if __name__ == "__main__":
    main()
