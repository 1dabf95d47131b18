"""JSON from outside: parsed strictly, refused in one sentence."""

import json
from typing import Any

from sim.errors import printable
from sim.fetch.errors import FetchError


def parse(body: bytes, what: str) -> dict[str, Any]:
    """The JSON object in `body`; FetchError if it is anything else, or says one thing twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    break
                seen.add(name)
            raise FetchError(f"{what}: the answer has '{printable(name, 40)}' twice; it cannot be trusted.")
        return found

    def no_number(name: str) -> None:
        raise FetchError(f"{what}: the answer holds {name}, which is not a number in JSON.")

    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=once, parse_constant=no_number)
    except (ValueError, RecursionError):  # also bytes that are not UTF-8, and integers of thousands of digits
        start = printable(body[:30].decode("utf-8", "replace"), 30)
        raise FetchError(f"{what}: the answer is not complete JSON (it begins with {start!r}).") from None
    if not isinstance(found, dict):
        raise FetchError(f"{what}: the answer is a JSON {type(found).__name__}, not an object.")
    return found


def title_of(body: bytes) -> str:
    """What the service says of an error: {"title": "Non-existent value"}; empty if it says nothing."""
    try:
        found = parse(body, "")
    except FetchError:
        return ""
    title = found.get("title")
    return printable(title, 80) if isinstance(title, str) else ""
