"""`run.py step`: a run a year at a time on the terminal."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.explain import Ledger
    from sim.explain.chosen import Chosen


def step_through(chosen: "Chosen", unit: int, heading: str, zeros: bool, lang: str = "en") -> int:
    """Shows every year of the run: the nation, the sector, the unit's ledger. Waits between years on a terminal."""
    from sim.explain import OneRun, write_ledger
    from sim.explain.chosen import behaviour
    from sim.explain.show import console, render
    from sim.words.told import sentence

    one, out = OneRun(chosen.scenario, chosen.world, chosen.run), console()
    waits = on_a_terminal()
    out.print(heading)
    out.print(sentence(behaviour(chosen), lang))
    for year in chosen.scenario.years:
        ledger = write_ledger(one.watch(unit))
        out.rule(str(year))
        out.print("\n".join(sentence(said, lang) for said in _nation(one).split("\n")))
        out.print(render(ledger, zeros, out.width, lang))
        if waits and year != chosen.scenario.years[-1] and _wants_to_end(lang):
            break
    return 0


def years_of(chosen: "Chosen", unit: int) -> tuple[list["Ledger"], list[str]]:
    """The ledger of every year of the run, and what the nation and all kommuner met in it."""
    from sim.explain import OneRun, write_ledger

    one = OneRun(chosen.scenario, chosen.world, chosen.run)
    ledgers, nation = [], []
    for _ in chosen.scenario.years:
        ledgers.append(write_ledger(one.watch(unit)))
        nation.append(_nation(one).strip())
    return ledgers, nation


def on_a_terminal() -> bool:
    """Someone is there to press a key."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _wants_to_end(lang: str) -> bool:
    from sim.words.ledger import frame

    try:
        return input(frame("press", lang)).strip().casefold() in ("q", "quit", "exit")
    except EOFError:
        return True


def _nation(one: Any) -> str:
    """The year of the nation and of all kommuner in three sentences."""
    nation, units = one.state.nation[0], one.state.units[0]
    kommuner = units[one.world.units["er_fylke"] == 0]
    income = kommuner["driftsinntekter"].sum()
    surprise = nation["skatt_varig"] + nation["skatt_midlertidig"]
    return (
        f"Costs rose {100.0 * nation['deflator']:.1f} % ({100.0 * nation['deflator_anslag']:.1f} % was expected), the "
        f"money market rate was {100.0 * nation['rente']:.1f} %, tax came in {100.0 * surprise:+.2f} % of "
        f"frie inntekter off the budget{_rescue(nation)}.\n"
        f"All kommuner: netto driftsresultat {100.0 * kommuner['netto_driftsresultat'].sum() / income:.2f} % of "
        f"revenue, disposisjonsfond {100.0 * kommuner['disposisjonsfond'].sum() / income:.1f} %, "
        f"{int((kommuner['netto_driftsresultat'] < 0).sum())} of {len(kommuner)} with a negative result, "
        f"{int((kommuner['robek_grunnlag'] > 0).sum())} in ROBEK.\n"
    )


def _rescue(nation: Any) -> str:
    paid = nation["ekstra_bevilgning"]
    return f", the State paid {paid / 1e9:.1f} bn kr extra" if paid > 0.0 else ""
