"""Klass 131 (kommuner), 112 (KOSTRA groups) and 128 (centrality): kommuner_codes.csv."""

import re
from typing import Any

from sim.errors import printable
from sim.fetch.desk import Desk
from sim.fetch.errors import FetchError
from sim.fetch.files import sha256
from sim.fetch.jsonbody import parse
from sim.fetch.made import Made, MadeFile
from sim.fetch.site import KLASS

DATE = "2026-01-01"  # the start of the first year
NEXT_DAY = "2026-01-02"
GROUP_LIMITS = {"kostra_group": (1, 17), "sentralitet_class": (1, 6)}


def codes(desk: Desk) -> Made:
    """Name, KOSTRA group and centrality class of every kommune on 1 January 2026."""
    sums: list[str] = []

    def ask(path: str, query: list[tuple[str, str]], key: str) -> list[dict[str, Any]]:
        what = f"SSB Klass {path.split('/', maxsplit=1)[0]}"
        body = desk.client.get_json(desk.client.site.address(f"{KLASS}/classifications/{path}", query), what)
        rows = parse(body, what).get(key)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise FetchError(f"{what}: the answer has no list '{key}'.")
        sums.append(sha256(body))
        return rows

    listed = ask("131/codesAt", [("date", DATE), ("language", "nb")], "codes")
    names = {str(row.get("code")): printable(row.get("name") or "") for row in listed}
    names = {code: name for code, name in names.items() if code in desk.kommuner}
    groups = _other_side(
        ask("112/correspondsAt", [("targetClassificationId", "131"), ("date", DATE)], "correspondenceItems"),
        desk, "kostra_group",
    )  # fmt: skip
    # For centrality `correspondsAt` answers with nothing; `corresponds` over one day has the table.
    query = [("targetClassificationId", "128"), ("from", DATE), ("to", NEXT_DAY)]
    classes = _other_side(ask("131/corresponds", query, "correspondenceItems"), desk, "sentralitet_class")
    if not names:
        raise FetchError("SSB Klass 131: the answer has none of the kommuner of today.")
    missing = [code for code in desk.kommuner if code not in names]
    rows = [[code, name, groups.get(code, ""), classes.get(code, "")] for code, name in sorted(names.items())]
    header = ("kommunenummer", "name", "kostra_group", "sentralitet_class")
    file = MadeFile("kommuner_codes.csv", header, rows, len(rows), DATE[:4], f"valid on {DATE}")
    notes = [f"not in Klass 131: {', '.join(missing[:5])}"] if missing else []
    return Made("klass", "Klass 131, 112, 128", DATE, [file], parts=sums, notes=notes)


def _other_side(items: list[dict[str, Any]], desk: Desk, column: str) -> dict[str, int]:
    """kommunenummer -> number of the group on the other side of a correspondence ("EKG12" is 12)."""
    low, high = GROUP_LIMITS[column]
    found: dict[str, int] = {}
    for item in items:
        pair = [str(item.get("sourceCode")), str(item.get("targetCode"))]
        kommune = next((code for code in pair if code in desk.kommuner), None)
        if kommune is None:
            continue
        other = pair[1] if pair[0] == kommune else pair[0]
        digits = re.fullmatch(r"[A-Z]*(\d{1,4})", other)
        group = int(digits[1]) if digits else -1
        if not low <= group <= high:
            raise FetchError(
                f"SSB Klass: {column} of {kommune} is {printable(other, 20)}, not a number from {low} to {high}."
            )
        if found.setdefault(kommune, group) != group:
            raise FetchError(f"SSB Klass: {kommune} has two values of {column} on {DATE}.")
    return found
