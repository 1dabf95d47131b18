"""Every kind of figure by name: what draws it, and what it shows in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.errors import UserError, printable
from sim.plots.contrast import contrast_of
from sim.plots.gap import gap_of
from sim.plots.groups import groups_of_request
from sim.plots.lists import ranking_of, tornado_of, winners_of
from sim.plots.map import map_of
from sim.plots.request import Request
from sim.plots.standard import fan_of, measures_of, spread_of
from sim.plots.states import moves_of, states_of
from sim.plots.style import localise

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Kind:
    """`build` gives the figure, or None where the result or the request has nothing for it to show."""

    build: Callable[[Request], "Figure | None"]
    text: tuple[str, str]  # English, Norwegian
    needs: str = ""  # what it takes, if it can be lacking

    def draw(self, request: Request) -> "Figure | None":
        """The figure, its axes in the language asked for."""
        figure = self.build(request)
        if figure is not None:
            localise(figure, request.lang)
        return figure


KINDS: dict[str, Kind] = {
    "fan": Kind(
        fan_of,
        (
            "Netto driftsresultat, disposisjonsfond, lånegjeld and ROBEK: median, middle 50 and 90 % of runs, three single "
            "futures.",
            "Netto driftsresultat, disposisjonsfond, lånegjeld og ROBEK: median, midterste 50 og 90 % av kjøringene, tre "
            "enkeltbaner.",
        ),
    ),
    "spread": Kind(
        spread_of,
        ("How units differ: the whole distribution, year by year.", "Forskjeller mellom enheter: hele fordelingen, år for år."),
        "netto_driftsresultat, disposisjonsfond and driftsinntekter in the panel, or --output; more than one unit",
    ),
    "measures": Kind(
        measures_of,
        ("Which measures are adopted, year by year.", "Hvilke tiltak som vedtas, år for år."),
        "kommuner or fylkeskommuner as a whole",
    ),
    "gap": Kind(
        gap_of,
        ("The gap in a budget, and which measure closes how much of it.", "Gapet i et budsjett, og hvor mye hvert tiltak lukker."),
        "kommuner or fylkeskommuner as a whole",
    ),
    "states": Kind(
        states_of,
        (
            "Healthy, drawing on reserves, in deficit, in ROBEK: how many are where, and who moves.",
            "Sunn, tærer på reserver, merforbruk, ROBEK: hvor mange som er hvor, og hvem som flytter seg.",
        ),
        "netto_driftsresultat, merforbruk and robek in the panel; more than one unit",
    ),
    "moves": Kind(
        moves_of,
        ("The same moves as a table: from one year to the next.", "De samme bevegelsene som tabell: fra ett år til det neste."),
        "netto_driftsresultat, merforbruk and robek in the panel; two years",
    ),
    "map": Kind(
        map_of,
        ("A circle per kommune, near its place, coloured by an output.", "En sirkel per kommune, nær sin plass, farget etter et tall."),
    ),
    "ranking": Kind(
        ranking_of,
        ("The units most at risk of ROBEK in a year.", "Enhetene med størst risiko for ROBEK i et år."),
        "a unit with a probability above zero",
    ),
    "winners": Kind(
        winners_of,
        ("Who gains most and who loses most, over time or against another result.", "Hvem som vinner og taper mest, over tid "
         "eller mot et annet resultat."),
        "more than one unit; a year after the first, or --compare",
    ),
    "groups": Kind(
        groups_of_request,
        ("Any output by group of kommuner, in small multiples (--by).", "Et tall etter gruppe av kommuner, i små figurer (--by)."),
        "money in the panel",
    ),
    "tornado": Kind(
        tornado_of,
        ("What goes with a low or a high outcome: chance of the nation and, of one unit, its own.",
         "Hva som følger et lavt eller høyt utfall: landets tilfeldigheter og, for én enhet, dens egne."),
        "20 runs or more",
    ),
    "contrast": Kind(
        contrast_of,
        ("Differences between two results, paired run by run.", "Forskjeller mellom to resultater, parvis per kjøring."),
        "--compare with a result of the same seed, runs and years",
    ),
}  # fmt: skip


def kind(name: str) -> Kind:
    """The kind of this name; UserError with the nearest one if there is none."""
    if name in KINDS:
        return KINDS[name]
    near = get_close_matches(name, KINDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(KINDS)}."
    raise UserError(f"--what {printable(name)}: there is no figure of this name; {hint}")
