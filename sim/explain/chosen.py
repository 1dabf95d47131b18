"""What the user asked for: a scenario or a finished result, a unit by number or name, a run, years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sim.errors import UserError, printable
from sim.explain.entries import Ledger
from sim.scenario import Scenario, from_file
from sim.scenario.stored import from_folder
from sim.state import World
from sim.store import open_result
from sim.store.manifest import read_manifest


@dataclass(frozen=True)
class Chosen:
    """A run of a scenario on its world; `folder` is the finished result it was taken from, if it was."""

    scenario: Scenario
    world: World
    run: int
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    folder: Path | None = None


def choose(source: str, overrides: Mapping[str, str], run: int, seed: int | None, data: Path | None) -> Chosen:
    """A scenario file, or the folder of a finished result; UserError if it cannot be used.

    Of a result the same scenario, data and rules are needed again: its digest says whether these are the ones here.
    """
    from sim.baseline import load_world

    folder = Path(source) if Path(source).is_dir() else None
    if folder is not None:
        if overrides or seed is not None:
            raise UserError(f"{printable(source)}: a finished result has its settings: leave out --set and --seed.")
        open_result(folder)  # an unfinished folder, or a study, is refused first
        scenario = from_folder(folder)
    else:
        scenario = from_file(source, overrides, {"seed": seed})
    if not 0 <= run < scenario.runs:
        raise UserError(f"--run {run} is outside 0 to {scenario.runs - 1}, the runs of this scenario.")
    world = load_world(data)
    if folder is not None:
        _same_result(folder, scenario, world)
    numbers, names = _units(world)
    return Chosen(scenario, world, run, numbers, names, folder)


def _same_result(folder: Path, scenario: Scenario, world: World) -> None:
    """The result was made from these data by these rules; else its runs cannot be made again."""
    from sim.store.digest import result_hashes

    stored, ours = read_manifest(folder)["hashes"], result_hashes(scenario.to_json().encode(), world)
    words = {"data": "other start data (give them with --data)", "rules": "another version of the rules"}
    for part, other in words.items():
        if stored[part] != ours[part]:
            raise UserError(f"{printable(folder, 200)}: was made from {other}; run its scenario again.")


def _units(world: World) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from sim.baseline.sources import read_sources
    from sim.store.panel import kommunenummer

    known = read_sources(None)
    kommuner = dict(zip(known.codes, known.names, strict=True))
    counties = dict(zip(known.county_codes, known.county_names, strict=True))
    numbers = tuple(kommunenummer(world.units["kode"], world.units["er_fylke"]))
    return numbers, tuple(kommuner.get(number) or counties.get(number) or number for number in numbers)


def find_unit(chosen: Chosen, which: str) -> int:
    """The place of a unit by number ("3418", "34") or name; a kommune goes before a fylkeskommune of its name.

    UserError that names the nearest if there is none, or all numbers if several kommuner have the name.
    """
    if which in chosen.numbers:
        return chosen.numbers.index(which)
    folded = which.casefold()
    for digits in (4, 2):  # kommuner first
        named = [at for at, name in enumerate(chosen.names)
                 if name.casefold() == folded and len(chosen.numbers[at]) == digits]  # fmt: skip
        if len(named) == 1:
            return named[0]
        if named:
            numbers = " and ".join(chosen.numbers[at] for at in named)
            raise UserError(f"--kommune {printable(which)}: the name of {numbers}; give the number.")
    known = {name.casefold(): at for at, name in enumerate(chosen.names)}
    known |= {number: at for at, number in enumerate(chosen.numbers)}
    near = [known[name] for name in get_close_matches(folded, known, n=3, cutoff=0.6)]
    hint = ", ".join(f"{chosen.numbers[at]} {chosen.names[at]}" for at in dict.fromkeys(near))
    more = f" Did you mean {hint}?" if hint else " Give a kommunenummer of four digits, or a name."
    raise UserError(f"--kommune {printable(which)}: there is no such kommune or fylkeskommune.{more}")


def find_years(chosen: Chosen, year: int | None) -> list[int]:
    """The year asked for, or all. UserError if it is not one of the scenario's accounts years."""
    years = list(chosen.scenario.years)
    if year is None:
        return years
    if year not in years:
        raise UserError(f"--year {year} is outside {years[0]} to {years[-1]}, the accounts years of this scenario.")
    return [year]


def ranges(scenario: Scenario) -> list[str]:
    """The parameters that the scenario itself gives as a range, one draw for each run."""
    from sim.scenario.values import Range

    return [name for name, value in scenario.values.items() if isinstance(value, Range)]


def vector(chosen: Chosen) -> dict[str, float]:
    """The values of this run alone, by parameter: what it draws from the calibrated set or from a range."""
    scenario = chosen.scenario
    row = scenario.rows(chosen.run, 1)[0, 0]
    return {name: float(row[name]) for name in (*scenario.drawn, *ranges(scenario))}


def behaviour(chosen: Chosen) -> str:
    """Which parameters the run uses, in a sentence."""
    from sim.scenario.parameter_set import required

    scenario, parts = chosen.scenario, []
    if scenario.drawn:
        found = required()
        last, sha = len(found.vectors) - 1, found.sha256[:8]
        at = chosen.run % len(found.vectors)
        parts.append(f"{len(scenario.drawn)} from vector {at} of the calibrated set (0 to {last}, {sha})")
    if own := ranges(scenario):
        parts.append(f"{len(own)} drawn within the scenario's ranges")
    if not parts:
        return "Parameters: those of the scenario and the defaults, the same in every run."
    return f"Parameters: {', '.join(parts)}; the rest as in every run. --json lists what is this run's own."


class PanelError(UserError):
    """A figure of a ledger is not the one that the finished result stores: a defect, or a damaged folder."""

    exit_code = 1


def check_against_panel(chosen: Chosen, unit: int, ledgers: Iterable[Ledger]) -> int:
    """How many figures of the ledgers the panel of the finished result has too; PanelError if one differs."""
    import numpy as np

    from sim.store import open_results

    assert chosen.folder is not None
    results, number, compared = open_results(chosen.folder), chosen.numbers[unit], 0
    for ledger in ledgers:
        row = results.panel(None, [ledger.year], range(chosen.run, chosen.run + 1), [number]).iloc[0]
        for entry in ledger.entries:
            if entry.output in results.outputs:
                stored = row[entry.output]
                if np.float32(entry.value) != stored:
                    what = f"{entry.output} of {number} in {ledger.year} is {entry.value:,.10g} here"
                    raise PanelError(f"{printable(chosen.folder, 200)}: {what}, {stored:,.10g} in its panel.")
                compared += 1
    return compared
