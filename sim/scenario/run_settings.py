"""The [run] section: how much is simulated, from where, and what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sim.errors import printable
from sim.scenario.values import BadValue, one_of
from sim.state import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class RunSetting:
    """A setting of [run]: a whole number from low to high, or one of the choices."""

    default: int | str
    text: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


RUN_SETTINGS = {
    "runs": RunSetting(1000, "Number of possible futures.", 1, 1_000_000),
    "seed": RunSetting(1, "Seed of all chance: the same draws in every scenario.", 0, 2**63 - 1),
    "years": RunSetting(10, f"Number of accounts years from {FIRST_YEAR}.", 1, LAST_YEAR - FIRST_YEAR + 1),
    "start": RunSetting(
        "drawn", "What is not known about the start is drawn anew in every run, or set to its median.",
        choices=("drawn", "median"),
    ),
    "parameters": RunSetting(
        "calibrated", "Behaviour is drawn from the calibrated set, one vector per run, or at its default in all runs.",
        choices=("calibrated", "default"),
    ),
}  # fmt: skip
PANEL = "panel"
RUN_KEYS = (*RUN_SETTINGS, PANEL)


def read_setting(name: str, raw: object, written: str) -> int | str:
    """The value of runs, seed, years, start or parameters; BadValue if it is not allowed."""
    setting = RUN_SETTINGS[name]
    shown = f"{name} = {printable(written)}"
    if setting.choices:
        if not isinstance(raw, str) or raw not in setting.choices:
            raise BadValue(f"{shown} is not {one_of(setting.choices)}.")
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadValue(f"{shown} is not a whole number from {setting.low} to {setting.high}.")
    if not setting.low <= raw <= setting.high:
        raise BadValue(f"{shown} is outside {setting.low} to {setting.high}.")
    return raw


def read_panel(raw: object, known: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the outputs kept per unit; BadValue if one is unknown or twice, or none is named."""
    if not isinstance(raw, list) or not raw:
        raise BadValue('panel must be a list of outputs like ["lanegjeld", "robek"] (see `list outputs`).')
    names: list[str] = []
    for place, name in enumerate(raw):
        if not isinstance(name, str) or name not in known:
            shown = printable(name) if isinstance(name, str) else "not text"
            near = get_close_matches(shown, known, 1)
            hint = f"Did you mean '{near[0]}'?" if near else "See `list outputs`."
            raise BadValue(f"unknown output '{shown}' in panel. {hint}", (place,))
        if name in names:
            raise BadValue(f"output '{name}' is twice in panel; name it once.", (place,))
        names.append(name)
    return tuple(names)
