"""The line of a JSON file on which a field of a case stands; the parser itself keeps no positions."""

import re
from json import JSONDecoder

BLANK = re.compile(r"[ \t\n\r]*")
ENTRY = re.compile(r"\[(\d+)\]")  # of a list, as paths name it
decode = JSONDecoder().raw_decode


def json_line(text: str, number: int, path: tuple[str, ...]) -> int:
    """The line of `path` in case `number`, or of as much of it as is there. `text` is JSON that has been parsed."""
    start = skip(text, 0)
    steps: list[str | int] = ["case", number] if text[start] == "{" else [number]
    found, at = start, start
    for step in (*steps, *path):
        entry = inside(text, at, step)
        if entry is None:
            break
        found, at = entry
    return text.count("\n", 0, found) + 1


def skip(text: str, at: int) -> int:
    """The first place from `at` on that is not blank."""
    blank = BLANK.match(text, at)
    return blank.end() if blank else at


def inside(text: str, at: int, step: str | int) -> tuple[int, int] | None:
    """Where the entry `step` of the table or list at `at` begins, and where its value does; None if it has none."""
    if text[at] == "{":
        return in_table(text, skip(text, at + 1), str(step))
    if text[at] != "[":
        return None
    named = ENTRY.fullmatch(step) if isinstance(step, str) else None
    wanted = int(named[1]) if named else step
    at, index = skip(text, at + 1), 0
    while text[at] != "]":
        if index == wanted:
            return at, at
        at, index = after(text, at), index + 1
    return None


def in_table(text: str, at: int, step: str) -> tuple[int, int] | None:
    """As `inside`, of a table whose first key is at `at`."""
    while text[at] != "}":
        key, end = decode(text, at)
        value = skip(text, skip(text, end) + 1)
        if key == step:
            return at, value
        at = after(text, value)
    return None


def after(text: str, at: int) -> int:
    """The next entry after the value at `at`, or the bracket that closes them."""
    at = skip(text, decode(text, at)[1])
    return skip(text, at + 1) if text[at] == "," else at
