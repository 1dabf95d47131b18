"""The stored scorecard of a result: what `run.py validate --json` printed, as rows for the page."""

import json
from pathlib import Path
from typing import Any

from sim.errors import printable
from sim.store import StoreError
from sim.words import number
from sim.words.facts import fact_source, fact_text, fact_unit, fact_why

FILE = "scorecard.json"
NUMBERS = ("published", "simulated", "sim_low", "sim_high")


def scorecard(folder: Path, lang: str = "en") -> dict[str, Any] | None:
    """passed, held (facts out of sample) and rows of text; None if no card is stored.

    StoreError if the file is there and is not a scorecard.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        facts = json.loads(path.read_bytes())["facts"]
        rows = [_row(fact, lang) for fact in facts]
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"{printable(path, 200)}: not a scorecard; write it again with 'run.py validate --json', or remove it."
        ) from None
    passed = sum(row["passed"] for row in rows)
    return {"passed": passed, "held": sum(not row["in_sample"] for row in rows), "rows": rows}


def _row(fact: dict[str, Any], lang: str) -> dict[str, Any]:
    published, simulated, low, high = (float(fact[name]) for name in NUMBERS)
    why = fact_why(str(fact.get("id", "")), str(fact.get("why", "")), lang)
    return {
        "statement": f"{printable(fact_text(fact['statement'], lang), 200)} ({int(fact['year'])})",
        "published": number(published, 1, lang), "simulated": number(simulated, 1, lang),
        "low": number(low, 1, lang), "high": number(high, 1, lang),
        "unit": printable(fact_unit(fact["unit"], lang), 80),
        "source": printable(fact_source(fact["source"], lang), 200), "passed": bool(fact["passed"]),
        "in_sample": bool(fact["in_sample"]), "why": printable(why, 300),
    }  # fmt: skip
