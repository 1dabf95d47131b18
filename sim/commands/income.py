"""`run.py income [--json]`: the income system's rules alone beside the published frie inntekter of 2027."""

import json
import sys
from typing import Any


def income(as_json: bool) -> int:
    """Print how far the rules alone are from the published frie inntekter 2027 as tables or as JSON; 0."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    from sim.baseline.machinery import compare

    found = compare()
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        _print(found)
    return 0


def _print(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 130, highlight=False)
    nation = found["nation"]
    console.print("Frie inntekter of kommuner, mill kr")
    for name, text in (
        ("frie_2026_published", "2026 published"),
        ("frie_2027_published", "2027 published"),
        ("frie_2027_by_the_frame_rule", "2027 by the rule that sets the frame from 2028"),
        ("frame_rule_prices", "  it adds to 2026: expected prices"),
        ("frame_rule_demography", "  demographic cost (TBU's method, cost key)"),
        ("frame_rule_real_growth", "  real growth beyond it, mean"),
        ("frame_rule_dearer_contracts", "  renewed contracts in the deflator"),
    ):
        console.print(f"  {text:<50} {_number(nation[name]):>9}")
    console.print("\nParts of rammetilskudd 2027 by the rules alone, mill kr (post of 2026 at the prices of 2027)")
    for row in found["parts"]:
        post = "" if row["post_mill_kr"] is None else f"({_number(row['post_mill_kr'])})"
        console.print(f"  {row['part']:<50} {_number(row['mill_kr']):>9} {post:>10}")
    console.print(
        "\nThe rules alone against the published frie inntekter 2027, given the national sum; per cent.\n"
        "`even` is the mean size of the deviation if every kommune had grown as the country per inhabitant.\n"
        f"Left out, boundary changed: {', '.join(found['left_out'])}.\n"
    )
    table = Table("by", "group", "kommuner", "sum", "mean size", "90 %", "even", show_edge=False, pad_edge=False)
    for row in [{"by": "all", "group": "", **found["all"]}, *found["groups"]]:
        cells = (f"{row['sum_pct']:+.2f}", row["mean_abs_pct"], row["p90_abs_pct"], row["even_mean_abs_pct"])
        table.add_row(row["by"], row["group"], str(row["kommuner"]), cells[0], *(f"{x:.2f}" for x in cells[1:]))
    console.print(table)
    console.print("\nThe ten largest deviations\n")
    table = Table("kommune", "name", "rules, %", "even, %", "kr per inhabitant", show_edge=False, pad_edge=False)
    for row in found["largest"]:
        kr = f"{row['deviation_kr_per_inhabitant']:+,}".replace(",", " ")
        table.add_row(row["kommunenummer"], row["name"], f"{row['deviation_pct']:+.2f}", f"{row['even_pct']:+.2f}", kr)
    console.print(table)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")
