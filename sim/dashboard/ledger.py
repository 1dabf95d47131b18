"""One run of one unit a year at a time, as `run.py step --json` tells it: the ledger and the accounts after it."""

import json
from typing import Any

from sim.dashboard.words import text
from sim.words import number, output_title, output_unit
from sim.words.ledger import step_title
from sim.words.told import law, line, sentence

MOST = 5_000  # lines of a year that are shown
ACCOUNTS = {  # line of the table of accounts -> (name in the ledger, its step, decimals); kroner in millions
    "netto_driftsresultat_pct": ("netto_driftsresultat_pct", "", 1),
    "disposisjonsfond": ("disposisjonsfond", "closing", 1),
    "merforbruk": ("merforbruk", "coverage", 1),
    "lanegjeld": ("lanegjeld", "close_investment", 0),
}
GROUNDS = "abcdefg"  # of kommuneloven § 28-1, by the bits of robek_grunnlag
YES_NO = ("0/1",)
SHARES = ("share", "probability")


def arguments(folder: str, code: str, run: int) -> list[str]:
    """The command line that prints all years of the run."""
    return ["step", folder, f"--kommune={code}", f"--run={run}", "--json"]


def years_of(answer: str) -> dict[int, dict]:
    """The years that were told, by number. ValueError if the answer is no such thing."""
    try:
        return {int(year["year"]): year for year in json.loads(answer)["years"]}
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"not a ledger: {problem}") from None


def shown(years: dict[int, dict], year: int, lang: str) -> dict[str, Any]:
    """A year: what the nation met, in short, the accounts until then, and every line by step. ValueError as above."""
    try:
        told = years[year]
        entries, titles = told["entries"][:MOST], told["titles"]
        steps = list(dict.fromkeys(str(entry["step"]) for entry in entries))
        return {
            "title": text("ledger_year", lang, year=year), "first": min(years), "last": max(years),
            "accounts": _accounts(years, year, lang),
            "said": [
                " ".join(sentence(part, lang) for part in str(told.get("nation", "")).split("\n")),
                sentence(str(told.get("summary", "")), lang),
            ],
            "heads": [text("line", lang), text("amount", lang), text("law", lang)],
            "steps": [_step(step, str(titles.get(step, step)), entries, year, lang) for step in steps],
        }  # fmt: skip
    except (KeyError, IndexError, TypeError, AttributeError) as problem:
        raise ValueError(f"not a ledger: {problem}") from None


def _accounts(years: dict[int, dict], last: int, lang: str) -> dict[str, Any]:
    """A column per year until `last`: result, fund, deficits, debt, and whether and why it is in the register."""
    until = [year for year in sorted(years) if year <= last]
    rows = []
    for title, (name, step, decimals) in ACCOUNTS.items():
        unit = "%" if title.endswith("_pct") else text("million", lang)
        values = [_value(years[year]["entries"], name, step) for year in until]
        factor = 1.0 if title.endswith("_pct") else 1e-6
        cells = ["–" if value is None else number(factor * value, decimals, lang) for value in values]
        rows.append([f"{output_title(title, lang)}, {unit}", *cells])
    grounds = [int(_value(years[year]["entries"], "robek_grunnlag", "june") or 0) for year in until]
    rows.append(["ROBEK", *(letters(bits) or text("no", lang) for bits in grounds)])
    return {"title": text("accounts_after", lang, year=last), "heads": ["", *map(str, until)], "rows": rows}


def letters(bits: int) -> str:
    """The letters of the grounds."""
    return ", ".join(letter for at, letter in enumerate(GROUNDS) if bits >> at & 1)


def _value(entries: list[dict], name: str, step: str) -> float | None:
    found = [entry["value"] for entry in entries if entry["name"] == name and step in ("", entry["step"])]
    return None if not found or found[-1] is None else float(found[-1])


def _step(step: str, told: str, entries: list[dict], year: int, lang: str) -> list[Any]:
    """Heading and lines."""
    return [step_title(step, told, year, lang), [_row(entry, lang) for entry in entries if entry["step"] == step]]


def _row(entry: dict, lang: str) -> list[Any]:
    """Words, amount, rule, 1 for a total, and the language of the words."""
    value, unit, words = entry.get("value"), str(entry.get("unit", "")), str(entry.get("text", ""))
    said = "" if value is None else _amount(float(value), unit, entry, lang)
    ours = line(str(entry.get("name", "")), words, lang)
    spoken = lang if ours != words else "en"
    return [ours, said, law(str(entry.get("law", "")), lang), int(bool(entry.get("total"))), spoken]


def _amount(value: float, unit: str, entry: dict, lang: str) -> str:
    """The amount as it counts in the sum it is part of, with its unit."""
    if unit in YES_NO:
        return text("yes" if value else "no", lang)
    if unit == "bits":
        return letters(int(value)) or text("no", lang)
    if unit.startswith(SHARES):
        return f"{number(100.0 * value, 2, lang)} %"
    plain = unit.startswith(("kr", "persons"))
    counts = -value if entry.get("into") and not entry.get("total") and entry.get("sign", 1) < 0 else value
    return f"{number(counts, 0 if plain or value == int(value) else 3, lang)} {output_unit(unit, lang)}".strip()
