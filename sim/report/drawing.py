"""Our own SVG made fit to stand in a page: only shapes, no address, ids of its own."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from sim.errors import printable
from sim.store import StoreError

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
SHAPES = {"svg", "g", "defs", "path", "use", "clipPath", "rect"}
ATTRIBUTES = {
    "id", "d", "x", "y", "width", "height", "viewBox", "transform", "style", "clip-path", "version",
}  # fmt: skip
INNER = re.compile(r"url\(#([\w.-]+)\)")
STYLE = re.compile(r"[\w\s:;#.,%()-]*")  # no quotes, slashes or backslashes: nothing can be fetched


def inline_svg(path: Path, name: str, text: str, data: bytes | None = None) -> str:
    """The drawing in `path` as an element for HTML, with `text` as its description; ids start with `name`.

    `data` are its bytes if they are not on the disk. Metadata is left out. StoreError if there is anything in it
    that a drawing of ours does not have.
    """
    try:
        root = ET.fromstring(path.read_bytes() if data is None else data)
    except (OSError, ET.ParseError):
        raise StoreError(f"{printable(path, 200)}: not a drawing; run the scenario again.") from None
    drawing = _clean(root, name, path)
    drawing.attrib.pop("width", None)  # as wide as its place: the page decides
    drawing.attrib.pop("height", None)
    drawing.set("role", "img")
    drawing.set("aria-label", text)
    return ET.tostring(drawing, encoding="unicode", short_empty_elements=False)


def _clean(element: ET.Element, name: str, path: Path) -> ET.Element:
    tag = element.tag.removeprefix(SVG)
    if tag not in SHAPES:
        raise _stranger(path, tag)
    made = ET.Element(tag)
    for key, value in element.attrib.items():
        if key == LINK:
            if not value.startswith("#"):
                raise _stranger(path, "a link")
            made.set("href", f"#{name}-{value[1:]}")
        elif key not in ATTRIBUTES or (key == "style" and not STYLE.fullmatch(value)):
            raise _stranger(path, key)
        elif key == "id":
            made.set(key, f"{name}-{value}")
        else:
            made.set(key, INNER.sub(rf"url(#{name}-\1)", value))
    if (element.text or "").strip():
        raise _stranger(path, "text")
    shapes = [child for child in element if child.tag not in (SVG + "metadata", SVG + "style")]
    made.extend([_clean(child, name, path) for child in shapes])
    return made


def _stranger(path: Path, what: str) -> StoreError:
    return StoreError(f"{printable(path, 200)}: holds {printable(what)!r}; run the scenario again.")
