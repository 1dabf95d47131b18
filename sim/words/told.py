"""Sentences of the ledger and of the answers' figures in Norwegian: a sentence is found by its English, and its figures are carried over.

A pattern is a pair of templates. A field of one letter is a figure ("12.3 million kr", "-0.4 %", "2029"); a field of
more letters is a phrase, which is told by the same patterns; one that begins with `name` is carried over. What no
pattern knows stays as it was written.
"""

import re
from functools import lru_cache

from sim.words.declared import parameter_unit
from sim.words.explained import EXPLAINED_NB, MEASURE_TEXTS_NB, SECTORS_NB
from sim.words.ledger import frame
from sim.words.numbers import MINUS, SPACE
from sim.words.outputs import measure_title
from sim.words.sources import source
from sim.words.told_answers import ANSWERS
from sim.words.told_books import BOOKS
from sim.words.told_votes import VOTES
from sim.words.units import UNITS

PATTERNS = {**BOOKS, **VOTES, **ANSWERS}
FIGURE = r"[-+\u2212]?(?:\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?|nan|inf)(?: (?:billion |million )?kr| %)?"
BIG = {"billion": "mrd.", "million": "mill."}
MANY = {
    "persons": "personer",
    "school": "skole",
    "schools": "skoler",
    "pupil": "elev",
    "unit": "enhet",
    "sd": "standardavvik",
}
_FIELD = re.compile(r"{(\w+)}")
_PLAIN = re.compile(r"(?<![\w.-])([-+]?)(\d[\d,]*)(\.\d+)?(?![\w])")
_LIST = re.compile(rf"\b({'|'.join(MEASURE_TEXTS_NB)})\b")
_MEASURE = re.compile(r"(tiltak|virkning|vedtatt)_(\w+)")


def sentence(text: str, lang: str = "en") -> str:
    """The sentence in this language; as it is if no pattern knows it."""
    if lang == "en":
        return text
    found = told(text)
    return text if found is None else found


def line(name: str, text: str, lang: str = "en") -> str:
    """The words of a line of the ledger; `name` tells the measure or output whose declaration they may be."""
    if lang == "en":
        return text
    found = told(text)
    if found is None:
        found = _of_measure(name, text) or (EXPLAINED_NB[name][1] if name in EXPLAINED_NB else text)
    return found


def law(said: str, lang: str = "en") -> str:
    """The paragraph or evidence beside a line."""
    return source(said, lang).replace(" to ", " til ") if lang != "en" else said


def amount(text: str, lang: str = "en") -> str:
    """A figure with its unit, written in English: "1,234 kr", "0.35 relative price", "yes"."""
    if lang == "en":
        return text
    if text in ("yes", "no", "none"):
        return frame(text, lang)
    value, _, unit = text.partition(" ")
    if unit in ("", "%", "kr"):
        return figures(text)
    return f"{figures(value)} {MANY.get(unit) or parameter_unit(unit, lang)}"


@lru_cache(maxsize=20_000)
def told(text: str) -> str | None:
    """The text by the patterns, the one with most words of its own first; None if none fits."""
    for pattern, other in _compiled():
        if match := pattern.fullmatch(text):
            fields = {n: value if n.startswith("name") else _piece(value) for n, value in match.groupdict().items()}
            return other.format(**fields)
    return None


@lru_cache(maxsize=1)
def _compiled() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for english, norwegian in PATTERNS.items():
        parts = _FIELD.split(english)
        literals, names = parts[::2], parts[1::2]
        fields = [f"(?P<{name}>{FIGURE if len(name) == 1 else '.+?'})" for name in names] + [""]
        regex = "".join(re.escape(said) + field for said, field in zip(literals, fields, strict=True))
        found.append((len("".join(literals)), re.compile(regex), norwegian))
    return [(pattern, other) for _, pattern, other in sorted(found, key=lambda row: -row[0])]


def _piece(text: str) -> str:
    """What stands in a field: a phrase that is known, services, measures, or figures."""
    if re.fullmatch(FIGURE, text):
        return figures(text)
    if (found := told(text)) is not None:
        return found
    if text in UNITS:
        return UNITS[text][1]
    if all(part in SECTORS_NB for part in text.split(", ")):
        return ", ".join(SECTORS_NB[part] for part in text.split(", "))
    return _LIST.sub(lambda match: measure_title(match[0], "nb").lower(), figures(text))


def figures(text: str) -> str:
    """Every number of the text as Norwegian writes it: 1 234,5 and million as mill."""
    said = _PLAIN.sub(_number, text)
    return re.sub(r"\b(billion|million) kr", lambda match: f"{BIG[match[1]]} kr", said)


def _number(match: re.Match[str]) -> str:
    sign, whole, rest = match[1].replace("-", MINUS), match[2], match[3] or ""
    if not rest.strip(".0") and not whole.strip("0,"):
        sign = ""  # no minus before a zero
    end = "," if whole.endswith(",") else ""  # a comma of the sentence, not of the number
    return sign + whole.rstrip(",").replace(",", SPACE) + rest.replace(".", ",") + end


def _of_measure(name: str, text: str) -> str:
    """A line about one measure; its words begin with the declaration of it. "" if it is none."""
    match = _MEASURE.fullmatch(name)
    if match is None or match[2] not in MEASURE_TEXTS_NB:
        return ""
    whole = MEASURE_TEXTS_NB[match[2]]
    short = whole.split(" (")[0].rstrip(".")
    if match[1] == "tiltak":
        return f"{whole} Vedtatt."
    if match[1] == "virkning":
        return f"{short}."
    year = re.search(r"\d{4}", text)
    return f"I budsjettet for {year[0] if year else ''}: {short[0].lower()}{short[1:]}."
