"""`run.py explain` and `run.py step`: why a kommune did that, year by year."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sim.explain.chosen import Chosen

FOLDER = click.Path(file_okay=False)


def _shared(command: Any) -> Any:
    """The options that both commands have."""
    for option in (
        click.option("--lang", default="en", show_default=True, help="Language: en or nb."),
        click.option("--data", "data_dir", type=FOLDER, help="Folder with files that replace embedded data."),
        click.option(
            "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A lever or assumption; repeatable."
        ),
        click.option("--seed", type=int, help="Seed of all chance."),
        click.option("--run", "run_number", type=int, default=0, show_default=True, help="Which run."),
        click.argument("scenario", required=False, metavar="[SCENARIO|DIR]"),
    ):
        command = option(command)
    return command


@click.command()
@_shared
@click.option("--kommune", required=True, help="Number or name of a kommune or fylkeskommune.")
@click.option("--year", type=int, help="Accounts year (default: all of them).")
@click.option("--zeros", is_flag=True, help="Show lines of 0 kr as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(
    scenario: str | None, run_number: int, seed: int | None, settings: tuple[str, ...], data_dir: str | None,
    lang: str, kommune: str, year: int | None, zeros: bool, as_json: bool,
) -> int:  # fmt: skip
    """Why did that kommune do that? Its ledger of a year in one run, in order and to the krone.

    From a scenario, or from the folder of a finished result: the figures are those of its panel.
    """
    from sim.explain import explain as make
    from sim.explain.chosen import behaviour, check_against_panel, find_unit, find_years

    chosen = _choose(scenario, settings, run_number, seed, data_dir, lang)
    unit, years = find_unit(chosen, kommune), find_years(chosen, year)
    ledgers = make(chosen.scenario, chosen.world, chosen.run, unit, years)
    compared = None if chosen.folder is None else check_against_panel(chosen, unit, ledgers)
    if as_json:
        _print(_document(chosen, unit, ledgers, lang))
        return 0
    from sim.explain.show import console, overview, render
    from sim.words.ledger import frame
    from sim.words.told import sentence

    out = console()
    out.print(_heading(chosen, unit, lang))
    out.print(sentence(behaviour(chosen), lang))
    if compared is not None:
        out.print(frame("in_panel", lang, n=compared, folder=chosen.folder))
    if len(ledgers) > 1:
        out.print(overview(ledgers, lang))
    for ledger in ledgers:
        out.rule(str(ledger.year))
        out.print(render(ledger, zeros, out.width, lang))
    return 0


@click.command()
@_shared
@click.option("--kommune", default="Oslo", show_default=True, help="Whose ledger is shown each year.")
@click.option("--zeros", is_flag=True, help="Show lines of 0 kr as well.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON: all years at once, as the page in the browser reads them."
)
def step(
    scenario: str | None, run_number: int, seed: int | None, settings: tuple[str, ...], data_dir: str | None,
    lang: str, kommune: str, zeros: bool, as_json: bool,
) -> int:  # fmt: skip
    """One run, one year at a time, for teaching: the nation, the sector and the ledger of one kommune.

    Enter goes on to the next year, q ends. Without a terminal all years are shown at once. `run.py serve` shows the
    same in the browser.
    """
    from sim.commands.stepper import step_through, years_of
    from sim.explain.chosen import check_against_panel, find_unit
    from sim.words.told import sentence

    chosen = _choose(scenario, settings, run_number, seed, data_dir, lang)
    unit = find_unit(chosen, kommune)
    if not as_json:
        return step_through(chosen, unit, _heading(chosen, unit, lang), zeros, lang)
    ledgers, nation = years_of(chosen, unit)
    if chosen.folder is not None:
        check_against_panel(chosen, unit, ledgers)
    document = _document(chosen, unit, ledgers, lang)
    nation = ["\n".join(sentence(said, lang) for said in year.split("\n")) for year in nation]
    document["years"] = [{"nation": said, **year} for said, year in zip(nation, document["years"], strict=True)]
    _print(document)
    return 0


def _choose(
    scenario: str | None, settings: tuple[str, ...], run: int, seed: int | None, data_dir: str | None,
    lang: str,
) -> "Chosen":  # fmt: skip
    from sim.commands.cli import _name_values
    from sim.commands.run import find_scenario
    from sim.explain.chosen import choose
    from sim.fetch.choice import chosen_folder
    from sim.words import language

    language(lang)
    data = Path(data_dir) if data_dir else chosen_folder()
    return choose(find_scenario(scenario), _name_values(settings), run, seed, data)


def _print(document: dict[str, Any]) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def _heading(chosen: "Chosen", unit: int, lang: str) -> str:
    from sim.words.ledger import frame

    scenario = chosen.scenario
    place = f"{chosen.numbers[unit]} {chosen.names[unit]}"
    return frame("heading", lang, place=place, run=chosen.run, scenario=scenario.name, seed=scenario.seed)


def _document(chosen: "Chosen", unit: int, ledgers: list, lang: str) -> dict[str, Any]:
    """For JSON. Names, units and figures are the same in every language; text, law and titles are in this one."""
    from sim.explain.chosen import behaviour, vector
    from sim.explain.ledger import STEPS, title
    from sim.explain.show import in_language, in_short
    from sim.words.ledger import step_title
    from sim.words.told import sentence

    years = [
        {
            "summary": sentence(in_short(ledger), lang),
            "titles": {step: step_title(step, title(step, ledger.year), ledger.year, lang) for step in STEPS},
            **in_language(ledger, lang).to_dict(),
        }
        for ledger in ledgers
    ]
    return {
        "kommunenummer": chosen.numbers[unit],
        "name": chosen.names[unit],
        "scenario": chosen.scenario.name,
        "seed": chosen.scenario.seed,
        "run": chosen.run,
        "behaviour": {"text": sentence(behaviour(chosen), lang), "values": vector(chosen)},
        "years": years,
    }
