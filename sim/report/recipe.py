"""How to make a result again: its scenario as one file that inherits from nothing."""

import json
from collections.abc import Mapping
from typing import Any

from sim.outputs import DEFAULT_PANEL

ABOUT = ("title", "question", "expected")
RUN = ("runs", "seed", "years", "start", "parameters")


def scenario_toml(scenario: Mapping[str, Any]) -> str:
    """A scenario file that resolves to `scenario` (as stored in scenario.json), whatever its name.

    It names what is not at its default; read from a file called <name>.toml it gives the same digest.
    """
    lines = [f"{key} = {_text(scenario[key])}" for key in ABOUT if scenario[key]]
    lines += ["", "[run]", *(f"{key} = {_value(scenario['run'][key])}" for key in RUN)]
    if tuple(scenario["run"]["panel"]) != DEFAULT_PANEL:
        lines.append(f"panel = {_value(scenario['run']['panel'])}")
    for kind in ("lever", "assumption"):
        settings = [row for row in scenario["difference"] if row["kind"] == kind]
        if settings:
            lines += ["", f"[{kind}s]", *(f"{row['name']} = {_value(row['value'])}" for row in settings)]
    return "\n".join(lines).lstrip() + "\n"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """A basic string of TOML: the escapes of JSON, and that of DEL, which JSON may leave as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
