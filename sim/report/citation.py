"""How to cite a result: the program, its version and the digest that says which numbers."""

import re
from typing import Any

from sim.errors import printable

AUTHOR = "kommunesim contributors"
TITLE = "kommunesim: an agent-based simulator of Norwegian municipal budgets"
FIRST_YEAR = 2026  # of publication: fixed, so that a citation does not depend on the day it is printed


def citation(manifest: dict[str, Any]) -> str:
    """One sentence for a list of references."""
    version = manifest["versions"].get("kommunesim", "not installed")
    said = "" if version == "not installed" else f", version {version}"
    return (
        f"{AUTHOR} ({FIRST_YEAR}). {TITLE}{said}. Scenario {printable(manifest['name'])}, {manifest['runs']} runs, "
        f"seed {manifest['seed']}, digest {manifest['hashes']['digest']}."
    )


def bibtex(manifest: dict[str, Any]) -> str:
    """The same as an entry for BibTeX; nothing in it can end the entry or start a command."""
    version = manifest["versions"].get("kommunesim", "not installed")
    digest = manifest["hashes"]["digest"]
    name = re.sub(r"[^A-Za-z0-9 .,:_-]", "-", printable(manifest["name"])).replace("_", r"\_")
    lines = [
        f"@software{{kommunesim-{digest[:8]},", f"  author = {{{{{AUTHOR}}}}},", f"  title = {{{{{TITLE}}}}},",
        f"  year = {{{FIRST_YEAR}}},", *([] if version == "not installed" else [f"  version = {{{version}}},"]),
        f"  note = {{Scenario {name}, {manifest['runs']} runs, seed {manifest['seed']}, digest {digest}}},", "}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
