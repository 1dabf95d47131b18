"""The steps of a year in their order, each by a function UnitYear -> entries."""

from collections.abc import Callable

from sim.explain import accounts, closing, council, decision, pace, plan, register
from sim.explain.entries import Entry, Ledger
from sim.explain.replay import UnitYear, watch_years
from sim.scenario import Scenario
from sim.state import World

STEPS: dict[str, tuple[str, Callable[[UnitYear], list[Entry]]]] = {
    "opening": ("1 January {year}: where it stands", accounts.opening),
    "income": ("Revenue of {year}", accounts.income),
    "operations": ("Operations of {year}", accounts.operations),
    "investment": ("Investment of {year}", accounts.investment),
    "network": ("Autumn {year}: what others did the year before", council.network),
    "council": ("Autumn {year}: election, property tax, schools", council.council),
    "forecast": ("Autumn {year}: the director's forecast of {next}", decision.forecast),
    "gap": ("Gap", decision.gap),
    "speed": ("Speed: the director's proposal, the council's answer", pace.speed),
    "options": ("Options: cost, cap, proposed, adopted", decision.options),
    "budget": ("December {year}: the original budget of {next}", decision.budget),
    "plan": ("December {year}: the okonomiplan to {last}", plan.plan),
    "realised": ("31 December {year}: the budget of {year} and what became of it", accounts.realised),
    "january": ("January {next}: review of the budget of {next}", register.january),
    "closing": ("February {next}: the accounts of {year} are closed", closing.closing),
    "coverage": ("Deficits by the year they arose, oldest covered first", closing.coverage),
    "council_june": ("By 30 June {next}: the council decides on coverage", closing.council_june),
    "close_investment": ("The investment account of {year} is closed", closing.close_investment),
    "june": ("June and July {next}: review of the accounts, ROBEK", register.june),
}


def title(step: str, year: int) -> str:
    """The heading of a step."""
    return STEPS[step][0].format(year=year, next=year + 1, last=year + 4)


def write_ledger(year: UnitYear) -> Ledger:
    """The ledger of a year that was watched."""
    return Ledger(year.year, tuple(entry for _, write in STEPS.values() for entry in write(year)))


def explain(scenario: Scenario, world: World, run: int, unit: int, years: list[int]) -> list[Ledger]:
    """The ledgers of these years of the unit (its place in the World) in run `run`, in their order."""
    return [write_ledger(year) for year in watch_years(scenario, world, run, unit, years)]
