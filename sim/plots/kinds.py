"""Every kind of figure by name, and what draws it; sim.words.figures says what it shows."""

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
    needs: str = ""  # what it takes, if it can be lacking

    def draw(self, request: Request) -> "Figure | None":
        """The figure, its axes in the language asked for."""
        figure = self.build(request)
        if figure is not None:
            localise(figure, request.lang)
        return figure


KINDS: dict[str, Kind] = {
    "fan": Kind(fan_of),
    "spread": Kind(
        spread_of,
        "netto_driftsresultat, disposisjonsfond and driftsinntekter in the panel, or --output; more than one unit",
    ),
    "measures": Kind(measures_of, "kommuner or fylkeskommuner as a whole"),
    "gap": Kind(gap_of, "kommuner or fylkeskommuner as a whole"),
    "states": Kind(states_of, "netto_driftsresultat, merforbruk and robek in the panel; more than one unit"),
    "moves": Kind(moves_of, "netto_driftsresultat, merforbruk and robek in the panel; two years"),
    "map": Kind(map_of, "at least one kommune"),
    "ranking": Kind(ranking_of, "a unit with a probability above zero"),
    "winners": Kind(winners_of, "more than one unit; a year after the first, or --compare"),
    "groups": Kind(groups_of_request, "money in the panel; more than one unit"),
    "tornado": Kind(tornado_of, "20 runs or more"),
    "contrast": Kind(contrast_of, "--compare with a result of the same seed, runs and years"),
}


def kind(name: str) -> Kind:
    """The kind of this name; UserError with the nearest one if there is none."""
    if name in KINDS:
        return KINDS[name]
    near = get_close_matches(name, KINDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(KINDS)}."
    raise UserError(f"--what {printable(name)}: there is no figure of this name; {hint}")
