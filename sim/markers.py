"""Tables of documents that are made from the code: they stand between `<!-- name -->` and `<!-- /name -->`."""

from collections.abc import Callable, Mapping
from pathlib import Path


def filled(text: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """`text` with what stands between each pair of markers replaced by the table of that name; all else as it was.

    ValueError if a table has no place in it: then it would be missing without a word.
    """
    for name, make in tables.items():
        start, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        before, found, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"there is no place for the table '{name}'.")
        text = f"{before}{start}{make()}{end}{after}"
    return text


def rewrite(document: Path, tables: Mapping[str, Callable[[], str]]) -> None:
    """Afterwards the document has the tables as they are now."""
    document.write_text(filled(document.read_text(encoding="utf-8"), tables), encoding="utf-8")
