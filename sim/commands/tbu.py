"""`run.py tbu [--json]`: demographic cost by TBU's method, next to the published figures."""

import json
import sys
from typing import Any


def tbu(as_json: bool) -> int:
    """Print merutgifter by year and arsverk in ten years as tables or as JSON; 0."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.tbu import tbu as compute

    tables = compute()
    if as_json:
        json.dump(tables, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        _print(tables)
    return 0


PARTS = ("total", "frie_inntekter", "kommuner", "fylkeskommuner")


def _print(tables: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print("Merutgifter of the change of age groups, bn kr: key only / full need (published)\n")
    table = Table("year", "estimate", "projection", "kr of", "people", *PARTS, show_edge=False, pad_edge=False)
    for row in tables["merutgifter"]:
        published = row["published"] or {}
        cells = [_cell(f"{row['key_only'][p]:.1f} / {row['full_need'][p]:.1f}", published.get(p)) for p in PARTS]
        people = f"{row['population_change']:+,}".replace(",", " ")
        table.add_row(str(row["year"]), row["estimate"], row["projection"], str(row["price_year"]), people, *cells)
    console.print(table)
    console.print("\nArsverk in ten years at unchanged standard: key only / full need (published)\n")
    _print_arsverk(console, tables["arsverk"])
    console.print("\nAssumptions")
    for line in tables["assumptions"]:
        console.print(f"  {line['name']} = {line['value']:g} {line['unit']}: {line['source']}", highlight=False)


def _print_arsverk(console: Any, rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    spans = list(dict.fromkeys((row["from"], row["to"], row["projection"]) for row in rows))
    table = Table("service", *(f"{a}-{b}, {name}" for a, b, name in spans), show_edge=False, pad_edge=False)
    for service in dict.fromkeys(row["service"] for row in rows):
        cells = []
        for span in spans:
            found = [r for r in rows if r["service"] == service and (r["from"], r["to"], r["projection"]) == span]
            text = " / ".join(f"{row['arsverk']:+,}".replace(",", " ") for row in found)
            cells.append(_cell(text, found[0]["published"]))
        table.add_row(service, *cells)
    console.print(table)


def _cell(text: str, published: float | None) -> str:
    if published is None:
        return text
    shown = f"{published:+,}".replace(",", " ") if abs(published) >= 100 else f"{published:g}"
    return f"{text}  ({shown})"
