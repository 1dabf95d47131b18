"""The commands and their options. Modules are imported inside commands, so that help is there at once."""

from pathlib import Path
from typing import Any

import click

from sim.commands.answers_cli import COMMANDS as ANSWER_COMMANDS
from sim.commands.explain_cli import explain, step
from sim.commands.study_cli import COMMANDS as STUDY_COMMANDS
from sim.errors import UserError, printable

PANELS = ("levers", "assumptions", "outputs", "measures", "scenarios")
FOLDER = click.Path(file_okay=False)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _say_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from sim.store.manifest import versions

    found = versions()
    click.echo(f"kommunesim {found.pop('kommunesim')} ({', '.join(' '.join(pair) for pair in found.items())})")
    context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, callback=_say_version, expose_value=False, is_eager=True, help="Show versions."
)
@click.pass_context
def cli(context: click.Context) -> int:
    """Ten possible years for every Norwegian kommune and fylkeskommune.

    Without a command: run scenarios/baseline.toml, the main job.
    """
    from sim.cache import use_kernel_cache

    use_kernel_cache()  # before any command imports a kernel
    return int(context.invoke(run)) if context.invoked_subcommand is None else 0


@cli.command()
@click.argument("scenario", required=False)
@click.option("--runs", type=int, help="Number of possible futures.")
@click.option("--seed", type=int, help="Seed of all chance.")
@click.option("--years", type=int, help="Number of accounts years from 2026.")
@click.option("--start", help='"drawn": unknown start values are drawn anew in every run; or "median".')
@click.option("--parameters", help='"calibrated": a vector of the calibrated set in every run; or "default".')
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A lever or assumption; repeatable.")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads (default: one per processor).")
@click.option("--chunk", type=click.IntRange(1, 100), help="Runs per call of the kernel; moves no number.")
@click.option("--out", type=FOLDER, default="results", show_default=True, help="Folder of the result folders.")
@click.option("--data", "data_dir", type=FOLDER, help="Folder with files that replace embedded data.")
@click.option("--verify", is_flag=True, help="Check the identities of the accounts in every unit and year.")
@click.option("--no-figures", is_flag=True, help="Write neither figures nor report.html.")
@click.option("--quiet", is_flag=True, help="Print only the path of the result.")
def run(
    scenario: str | None, runs: int | None, seed: int | None, years: int | None, start: str | None,
    parameters: str | None, settings: tuple[str, ...], **options: Any,
) -> int:  # fmt: skip
    """Run a scenario file (default: scenarios/baseline.toml) and store the results.

    The same command after an interruption carries on where it stopped. A value of --set is a number, a
    choice, values by year like "{2026 = 2, 2028 = 4}", or a range drawn per run like "{low = 1, high = 3}".
    """
    from sim.commands.run import run_scenario

    given = {"runs": runs, "seed": seed, "years": years, "start": start, "parameters": parameters}
    return run_scenario(scenario, given, _name_values(settings), **options)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@as_json
def case(files: tuple[str, ...], as_json: bool) -> int:
    """Compute worked cases (TOML or JSON) by the rules of the law; exit code 1 if any differs."""
    from sim.commands.case import run_case

    return run_case(files, as_json)


@cli.command("list")
@click.argument("what", type=click.Choice(PANELS))
@click.option("--lang", default="en", show_default=True, help="Language of the texts: en or nb.")
@as_json
def list_(what: str, lang: str, as_json: bool) -> int:
    """Show what can be set, what is reported, and which scenarios there are."""
    from sim.commands.lister import show_list

    return show_list(what, as_json, lang)


@cli.command()
@as_json
def tbu(as_json: bool) -> int:
    """Demographic cost by TBU's method, next to the published figures."""
    from sim.commands.tbu import tbu as show_tbu

    return show_tbu(as_json)


@cli.command()
@as_json
def income(as_json: bool) -> int:
    """The income system's rules alone, from 2026, beside the published frie inntekter of 2027."""
    from sim.commands.income import income as show_income

    return show_income(as_json)


@cli.group()
def data() -> None:
    """The start accounts: where each column comes from, and how good the constructed ones are."""


@data.command()
@click.option("--data", "data_dir", type=FOLDER, help="Folder with files that replace embedded data.")
@as_json
def status(data_dir: str | None, as_json: bool) -> int:
    """Show every column: official, constructed or supplied, with source, date and coverage."""
    from sim.commands.data import data_status

    return data_status(_folder(data_dir), as_json)


@data.command()
@click.argument("folder", type=FOLDER)
@as_json
def check(folder: str, as_json: bool) -> int:
    """Compare what was constructed with true figures in FOLDER; nothing is stored."""
    from sim.commands.data import data_check

    return data_check(_folder(folder), as_json)


@data.command()
@click.option("--tables", multiple=True, help="Only these tables (repeatable, or with commas).")
@click.option("--to", type=FOLDER, help="Folder for the tables (default: the user's own).")
@as_json
def fetch(tables: tuple[str, ...], to: str | None, as_json: bool) -> int:
    """Download official tables from Statistics Norway: the only command that uses the network."""
    from sim.commands.fetch import data_fetch

    return data_fetch(tables, Path(to) if to else None, as_json)


@data.command()
@click.argument("what")
def use(what: str) -> int:
    """Choose the data runs start from: official (fetched), embedded, or a folder."""
    from sim.commands.fetch import data_use

    return data_use(what)


@cli.command()
@click.argument("scenario", required=False)
@click.option("--runs", type=click.IntRange(20, 2000), help="Runs to measure on (default 200).")
@click.option("--parameters", help='"calibrated" or "default", whatever the scenario says.')
@click.option("--figure", type=click.Path(dir_okay=False), help="Also draw the scorecard, as PNG or SVG.")
@click.option("--lang", default="en", show_default=True, help="Language of the figure: en or nb.")
@as_json
def validate(
    scenario: str | None, runs: int | None, parameters: str | None, figure: str | None, lang: str, as_json: bool
) -> int:
    """Published facts beside simulated ones: the scorecard."""
    from sim.commands.run import find_scenario
    from sim.commands.validate import validate as show
    from sim.words import language

    place = Path(figure) if figure else None
    return show(Path(find_scenario(scenario)), runs, as_json, parameters, place, language(lang))


def _name_values(settings: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        name = name.strip()
        if not sign or not name:
            raise UserError(f"--set {printable(setting)}: write NAME=VALUE, for example --set dekningsfrist=4.")
        if name in found:
            raise UserError(f"--set {printable(setting)}: '{printable(name)}' is set twice; set it once.")
        found[name] = value
    return found


def _folder(name: str | None) -> Any:
    from pathlib import Path

    return None if name is None else Path(name)


# Commands with files of their own join here.
from sim.commands.calibrate_cli import calibrate  # noqa: E402
from sim.commands.data_compare_cli import compare as data_compare  # noqa: E402
from sim.commands.export_cli import export  # noqa: E402
from sim.commands.plot_cli import plot  # noqa: E402
from sim.commands.report_cli import report  # noqa: E402

data.add_command(data_compare)
for command in (calibrate, explain, export, plot, report, step, *STUDY_COMMANDS, *ANSWER_COMMANDS):
    cli.add_command(command)

from sim.commands.serve_cli import serve  # noqa: E402

cli.add_command(serve)
