"""The panel that starts a small run with other rules: its controls come from the declarations of the levers."""

import json
import math
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from dash import dcc, html

from sim.dashboard.parts import field, labels
from sim.dashboard.words import text
from sim.params import LEVERS
from sim.schema import Param
from sim.words import choice_word, number, parameter_text, parameter_title, parameter_unit, scenario_words

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FIRST = ("dekningsfrist", "minste_fond", "realvekst_frie_inntekter", "eiendomsskatt_tak")
MOST_RUNS = 200
BY_NAME = {lever.name: lever for lever in LEVERS}
MOST_SETTINGS = 40


def panel(lang: str) -> html.Section:
    """The panel, with a control for each of the levers that are shown first."""
    levers = []
    for lever in LEVERS:
        title, told = parameter_title(lever.name, lang), parameter_text(lever.name, lever.text, lang)
        levers.append({"label": title, "value": lever.name, "title": told, "search": f"{title} {lever.name}"})
    titles = {name: scenario_words({"name": name, "title": title}, lang) for name, title in scenarios().items()}
    names = [{"label": said["title"], "value": name} for name, said in titles.items()]
    return html.Section([
        html.H2(text("try_title", lang)), html.P(text("try_note", lang), className="note"),
        html.Div([
            field(text("try_base", lang), dcc.Dropdown(id="try-base", options=names, value="baseline", clearable=False,
                  optionHeight="auto"), "try-base"),
            field(text("try_levers", lang),
                  dcc.Dropdown(id="try-levers", options=levers, value=list(FIRST), multi=True, labels=labels(lang)),
                  "try-levers"),
        ], className="controls"),
        html.Div(controls(list(FIRST), "baseline", lang), id="try-sliders", className="sliders"),
        html.Div([
            field(text("try_runs", lang),
                  dcc.Input(id="try-runs", type="number", min=1, max=MOST_RUNS, step=1, value=50), "try-runs"),
            field(text("try_more", lang), dcc.Textarea(id="try-more", value="", rows=2, spellCheck="false"),
                  "try-more"),
        ], className="controls"),
        html.Div([
            html.Button(text("try_start", lang), id="try-start", type="button", n_clicks=0, className="main"),
            html.Button(text("try_cancel", lang), id="try-cancel", type="button", n_clicks=0, disabled=True),
            html.Progress(id="try-progress", max="100", value="0", **{"aria-label": text("try_title", lang)}),
        ], className="row"),
        html.P(id="try-status", role="status", **{"aria-live": "polite"}),
        dcc.Interval(id="try-tick", interval=500, disabled=True),
    ], className="card", id="try")  # fmt: skip


@cache
def scenarios() -> dict[str, str]:
    """Title by name of the scenarios that come with the program."""
    found = {}
    for path in sorted(SCENARIOS.glob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = str(said.get("title") or path.stem)
    return found


@cache
def values_of(scenario: str) -> dict[str, Any]:
    """The levers of a scenario that comes with the program, in force in its first year as far as they are numbers."""
    from sim.scenario import from_file

    if scenario not in scenarios():
        return {}
    return dict(json.loads(from_file(SCENARIOS / f"{scenario}.toml", {}, {}).to_json())["levers"])


def first_value(lever: Param, scenario: str) -> float:
    """Where the control of a lever stands at first: at its value in the scenario, if that is one number."""
    value = values_of(scenario).get(lever.name, lever.default)
    if isinstance(value, str) and value in lever.choices:
        return float(lever.choices.index(value))
    return float(value) if isinstance(value, int | float) else float(lever.default)


def controls(names: list[str], scenario: str, lang: str) -> list[html.Div]:
    """A control for each of these levers: a slider over its range, or its choices."""
    return [_control(BY_NAME[name], scenario, lang) for name in names if name in BY_NAME]


def _control(lever: Param, scenario: str, lang: str) -> html.Div:
    first, name = first_value(lever, scenario), {"type": "lever", "name": lever.name}
    label = html.Label(parameter_title(lever.name, lang), id=f"lever-{lever.name}", title=lever.name)
    told = parameter_text(lever.name, lever.text, lang)
    said = html.P(told, className="note", id=f"lever-{lever.name}-text")
    control: Any
    if lever.choices or lever.unit == "0/1":
        words = lever.choices or ("0", "1")
        options = [{"label": choice_word(word, lang), "value": at} for at, word in enumerate(words)]
        control = dcc.RadioItems(id=name, options=options, value=int(first), inline=True)
    else:
        unit = number(first, places(lever), lang)
        now = text("try_now", lang, value=unit, unit=parameter_unit(lever.unit, lang))
        said = html.P([told, " ", now], className="note")
        marks = {each: number(each, places(lever), lang) for each in (lever.low, lever.high)}
        control = dcc.Slider(id=name, min=lever.low, max=lever.high, step=step(lever), value=first, marks=marks,
                             allow_direct_input=True, updatemode="mouseup")  # fmt: skip
    return html.Div([label, said, html.Div(control, role="group", **{"aria-labelledby": f"lever-{lever.name}"})],
                    className="lever")  # fmt: skip


def step(lever: Param) -> float:
    """Whole numbers for a whole lever; else a round step, a hundred or more to the range."""
    if lever.integer:
        return 1.0
    return float(10.0 ** math.floor(math.log10((lever.high - lever.low) / 100.0)))


def places(lever: Param) -> int:
    """Decimals that tell two steps apart."""
    return max(0, -math.floor(math.log10(step(lever))))


def arguments(base: str, runs: object, settings: dict[str, float], more: str, out: Path) -> list[str]:
    """The command line for the run; what differs from the scenario is set. Everything is checked where it is read."""
    if base not in scenarios():
        base = "baseline"
    try:
        count = max(1, min(MOST_RUNS, int(str(runs))))
    except ValueError:
        count = 1
    given = [f"--set={name}={_word(name, value)}" for name, value in settings.items() if _differs(name, value, base)]
    lines = [line.strip() for line in str(more or "")[:4000].splitlines()]
    given += [f"--set={line}" for line in lines if line][:MOST_SETTINGS]
    return ["run", base, f"--runs={count}", f"--out={out}", "--no-figures", *given]


def _differs(name: str, value: object, base: str) -> bool:
    return name in BY_NAME and isinstance(value, int | float) and float(value) != first_value(BY_NAME[name], base)


def _word(name: str, value: float) -> str:
    lever = BY_NAME[name]
    if lever.choices and 0 <= int(value) < len(lever.choices):
        return lever.choices[int(value)]
    return str(int(value)) if lever.integer and float(value).is_integer() else repr(float(value))
