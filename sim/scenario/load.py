"""From files and options to a Scenario; everything a user can get wrong is said here, with its place."""

import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from sim.errors import printable
from sim.outputs import DEFAULT_PANEL, OUTPUTS
from sim.params import PARAMS
from sim.scenario import positions
from sim.scenario.consistency import check_consistency
from sim.scenario.parameter_set import CALIBRATED, required
from sim.scenario.run_settings import PANEL, RUN_KEYS, RUN_SETTINGS, read_panel, read_setting
from sim.scenario.scenario import Scenario
from sim.scenario.toml_file import Document, ScenarioError, read_chain
from sim.scenario.values import BadValue, Given, Range, read_value, resolve
from sim.state import FIRST_YEAR

SECTIONS = {"levers": "lever", "assumptions": "assumption"}
TEXTS = {"title": 200, "question": 1000, "expected": 2000}  # most characters
TOP = (*TEXTS, "inherits", "run", *SECTIONS)
HOW = "write a number, a choice, {2026 = 2, 2028 = 4} or {low = 0.1, high = 0.3}"
T = TypeVar("T")


def from_file(
    path: str | os.PathLike[str],
    overrides: Mapping[str, str] | None = None,
    run: Mapping[str, int | str | None] | None = None,
) -> Scenario:
    """The scenario of a file and what it inherits, then of options: `overrides` NAME -> VALUE as text, `run`.

    An entry of `run` that is None is not given. ScenarioError (a sentence with its place) if any part is bad.
    """
    documents = read_chain(path)
    given: dict[str, Given] = {}
    settings: dict[str, Any] = {name: setting.default for name, setting in RUN_SETTINGS.items()}
    settings[PANEL] = DEFAULT_PANEL
    for document in documents:
        _check_top(document)
        settings.update(_run_section(document))
        for section in SECTIONS:
            given.update(_parameters(document, section))
    for name, value in (run or {}).items():
        if value is not None:
            settings[name] = _option(f"--{name}", read_setting, name, value, str(value))
    for name, text in (overrides or {}).items():
        given[name] = _override(name, text)
    years = tuple(range(FIRST_YEAR, FIRST_YEAR + settings["years"]))
    values = {name: resolve(param, given.get(name), years) for name, param in PARAMS.items()}
    drawn = _drawn(settings["parameters"], given)
    try:
        check_consistency(values | {name: Range(*required().ends(name)) for name in drawn}, years)
    except BadValue as error:
        _blame(error, documents, overrides or {})
    texts = {name: documents[-1].data.get(name, "").strip() for name in TEXTS}
    return Scenario(
        folder_name(Path(path).stem), settings["runs"], settings["seed"], years, tuple(settings[PANEL]),
        settings["start"], MappingProxyType(values), parameters=settings["parameters"],
        drawn=drawn, **texts,
    )  # fmt: skip


def _drawn(parameters: str, given: Mapping[str, Given]) -> tuple[str, ...]:
    """What each run takes from the calibrated set: a value of the scenario's own goes before it."""
    if parameters != CALIBRATED:
        return ()
    return tuple(name for name in required().names if name not in given)


def folder_name(stem: str) -> str:
    """`stem` as a harmless part of a folder's name: ASCII letters, digits, _ and -, at most 60."""
    for letter, ascii_letters in (("æ", "ae"), ("ø", "o"), ("Æ", "Ae"), ("Ø", "O")):
        stem = stem.replace(letter, ascii_letters)
    folded = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "_", folded).strip("_-")[:60].rstrip("_-") or "scenario"


def _check_top(document: Document) -> None:
    for key, value in document.data.items():
        if key not in TOP:
            kind = PARAMS[key].kind if key in PARAMS else "run" if key in RUN_KEYS else ""
            if kind:
                section = "run" if kind == "run" else f"{kind}s"
                document.fail((key,), f"'{key}' stands in no section; put it under [{section}].", key=True)
            document.fail((key,), f"unknown key '{printable(key)}'. {_near(key, TOP)}", key=True)
        if key in ("run", *SECTIONS) and not isinstance(value, dict):
            document.fail((key,), f"'{key}' must be a section; write [{key}] on a line of its own.", key=True)
        if key in TEXTS:
            longest = TEXTS[key]
            if not isinstance(value, str) or len(value) > longest:
                document.fail((key,), f"{key} must be text of at most {longest} characters.")
            if not all(letter.isprintable() or letter in "\n\t" for letter in value):
                document.fail((key,), f"{key} has control characters; remove them.")


def _run_section(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, raw in document.data.get("run", {}).items():
        path = ("run", name)
        if name == PANEL:
            found[name] = _placed(document, path, read_panel, raw, OUTPUTS)
        elif name in RUN_SETTINGS:
            found[name] = _placed(document, path, read_setting, name, raw, document.written(path, raw))
        elif name in PARAMS:
            kind = PARAMS[name].kind
            document.fail(path, f"'{name}' is {_a(kind)}: put it under [{kind}s].", key=True)
        else:
            document.fail(path, f"unknown run setting '{printable(name)}'. {_near(name, RUN_KEYS)}", key=True)
    return found


def _parameters(document: Document, section: str) -> dict[str, Given]:
    kind, found = SECTIONS[section], {}
    for name, raw in document.data.get(section, {}).items():
        path = (section, name)
        if name in RUN_KEYS:
            document.fail(path, f"'{name}' is a run setting: put it under [run].", key=True)
        if name not in PARAMS:
            names = [known for known, param in PARAMS.items() if param.kind == kind]
            document.fail(path, f"unknown {kind} '{printable(name)}'. {_near(name, names, section)}", key=True)
        if PARAMS[name].kind != kind:
            other = PARAMS[name].kind
            document.fail(path, f"'{name}' is {_a(other)}: put it under [{other}s].", key=True)
        found[name] = _placed(document, path, read_value, PARAMS[name], raw, document.written(path, raw))
    return found


def _placed(document: Document, path: positions.Path, read: Callable[..., T], *args: Any) -> T:
    try:
        return read(*args)
    except BadValue as error:
        document.fail((*path, *error.path), str(error), error.key)


def _option(label: str, read: Callable[..., T], *args: Any) -> T:
    try:
        return read(*args)
    except BadValue as error:
        raise ScenarioError(f"{label}: {error}") from None


def _override(name: str, text: str) -> Given:
    """The value of --set NAME=VALUE; a choice may stand without quotation marks."""
    label = f"--set {printable(name)}={printable(text)}"
    if name not in PARAMS:
        if name in RUN_KEYS:
            hint = "name it under [run] in a scenario file" if name == PANEL else f"use --{name}"
            raise ScenarioError(f"{label}: '{name}' is a run setting; {hint}.")
        raise ScenarioError(f"{label}: unknown lever or assumption '{printable(name)}'. {_near(name, PARAMS)}")
    text = text.strip()
    raw: object = text
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text) or text in ("true", "false", "inf", "nan"):
        try:
            if not text or re.search(r"[\n\r#]", text) or len(text) > 2000:
                raise ValueError
            positions.scan(f"x = {text}")
            raw = tomllib.loads(f"x = {text}")["x"]
        except (ValueError, RecursionError, positions.TooMuch):
            raise ScenarioError(f"{label}: the value cannot be read; {HOW}.") from None
    return _option(label, read_value, PARAMS[name], raw, text)


def _blame(error: BadValue, documents: list[Document], overrides: Mapping[str, str]) -> None:
    """Raise the contradiction where the last of the settings it names was given."""
    named = [str(name) for name in error.path]
    for name in named:
        if name in overrides:
            raise ScenarioError(f"--set {name}={printable(overrides[name])}: {error}")
    for document in reversed(documents):
        for name in named:
            section = f"{PARAMS[name].kind}s"
            if name in document.data.get(section, {}):
                document.fail((section, name), str(error))
    raise ScenarioError(f"{documents[-1].label}: {error}")


def _near(name: str, known: Iterable[str], section: str = "") -> str:
    """Did you mean ..., or where the list is."""
    name = name[:60]
    close = get_close_matches(name, list(known), 1) or get_close_matches(name, list(PARAMS), 1) * bool(section)
    if close:
        kind = PARAMS[close[0]].kind if close[0] in PARAMS else ""
        where = f" (under [{kind}s])" if section and f"{kind}s" != section else ""
        return f"Did you mean '{close[0]}'{where}?"
    return f"See `list {section}`." if section else "Known are: " + ", ".join(list(known)[:12]) + "."


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
