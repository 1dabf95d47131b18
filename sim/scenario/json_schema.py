"""The JSON Schema of scenario files, for completion and checking in editors.

`python -m sim.scenario.json_schema > scenarios/schema.json` writes it; a test says when it is out of date.
"""

import json
import sys
from typing import Any

from sim.outputs import OUTPUTS
from sim.params import PARAMS
from sim.scenario.load import SECTIONS, TEXTS
from sim.scenario.run_settings import RUN_SETTINGS
from sim.schema import Param
from sim.state import FIRST_YEAR, LAST_YEAR

YEARS = "^(" + "|".join(str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)) + ")$"
Schema = dict[str, Any]


def scenario_schema() -> Schema:
    """The schema, derived from the declarations; what depends on several values is left to the program."""
    sections = {
        section: _object({name: _parameter(param) for name, param in PARAMS.items() if param.kind == kind})
        for section, kind in SECTIONS.items()
    }
    texts = {name: {"type": "string", "maxLength": longest} for name, longest in TEXTS.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Scenario of kommunesim",
        "$defs": {"year": {"pattern": YEARS}},
        **_object({**texts, "inherits": {"type": "string", "pattern": "\\.toml$"}, "run": _run(), **sections}),
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _run() -> Schema:
    settings: Schema = {}
    for name, setting in RUN_SETTINGS.items():
        values: Schema = {"type": "integer", "minimum": setting.low, "maximum": setting.high}
        if setting.choices:
            values = {"enum": list(setting.choices)}
        settings[name] = {"description": setting.text, "default": setting.default, **values}
    panel = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(OUTPUTS)}}
    return _object({**settings, "panel": {"description": "Outputs kept per unit.", **panel}})


def _parameter(param: Param) -> Schema:
    kind = "integer" if param.integer else "number"
    number: Schema = {"type": kind, "minimum": param.low, "maximum": param.high}
    scalar = {"anyOf": [{"enum": list(param.choices)}, number]} if param.choices else number
    by_year = {
        "type": "object", "minProperties": 1, "propertyNames": {"$ref": "#/$defs/year"},
        "additionalProperties": scalar,
    }  # fmt: skip
    drawn = {**_object({"low": scalar, "high": scalar}), "required": ["low", "high"]}
    text = f"{param.text} Unit: {param.unit}. Source: {param.source}. Default: {param.default:.12g}."
    return {"description": text, "anyOf": [scalar, by_year, drawn]}


def schema_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
