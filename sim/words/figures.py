"""What each kind of figure shows, in a sentence: the list of figures and the captions of the report."""

from sim.words.catalogue import LANGUAGES

FIGURE_TEXTS: dict[str, tuple[str, str]] = {  # kind: (English, Norwegian)
    "fan": (
        "Netto driftsresultat, disposisjonsfond, lånegjeld and ROBEK: median, middle 50 and 90 % of runs, three single futures.",
        "Netto driftsresultat, disposisjonsfond, lånegjeld og ROBEK: median, midterste 50 og 90 % av kjøringene, tre enkeltbaner.",
    ),
    "spread": (
        "How units differ: the whole distribution, year by year.",
        "Forskjeller mellom enheter: hele fordelingen, år for år.",
    ),
    "measures": (
        "Which measures are adopted, year by year.",
        "Hvilke tiltak som vedtas, år for år.",
    ),
    "gap": (
        "The gap in a budget, and which measure closes how much of it.",
        "Gapet i et budsjett, og hvor mye hvert tiltak lukker.",
    ),
    "states": (
        "Healthy, drawing on reserves, in deficit, in ROBEK: how many are where, and who moves.",
        "Sunn, tærer på reserver, merforbruk, ROBEK: hvor mange som er hvor, og hvem som flytter seg.",
    ),
    "moves": (
        "The same moves as a table: from one year to the next.",
        "De samme bevegelsene som tabell: fra ett år til det neste.",
    ),
    "map": (
        "A circle per kommune, near its place, coloured by an output.",
        "En sirkel per kommune, nær sin plass, farget etter et tall.",
    ),
    "ranking": (
        "The units most at risk of ROBEK in a year.",
        "Enhetene med størst risiko for ROBEK i et år.",
    ),
    "winners": (
        "Who gains most and who loses most, over time or against another result.",
        "Hvem som vinner og taper mest, over tid eller mot et annet resultat.",
    ),
    "groups": (
        "Any output by group of kommuner, in small multiples (--by).",
        "Et tall etter gruppe av kommuner, i små figurer (--by).",
    ),
    "tornado": (
        "What goes with a low or a high outcome: chance of the nation and, of one unit, its own.",
        "Hva som følger et lavt eller høyt utfall: landets tilfeldigheter og, for én enhet, dens egne.",
    ),
    "contrast": (
        "Differences between two results, paired run by run.",
        "Forskjeller mellom to resultater, parvis per kjøring.",
    ),
}


def figure_text(name: str, lang: str = "en") -> str:
    """What this kind of figure shows."""
    return FIGURE_TEXTS[name][LANGUAGES.index(lang)]
