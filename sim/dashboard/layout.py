"""The page as it is first sent: the question, what can be chosen, places for the answers."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from sim.dashboard.choice import Choice, choose, group_names, kommune_names, language_of
from sim.dashboard.parts import downloads, field, framed, graph
from sim.dashboard.shelf import Shelf
from sim.dashboard.stored import Stored
from sim.dashboard.try_it import panel
from sim.dashboard.values import choices
from sim.dashboard.words import text
from sim.plots.request import who_text
from sim.words import LANGUAGES, output_title, output_unit

EVERY = 2000  # ms between two looks for new results
NAMES = {"en": "English", "nb": "Norsk"}


def page(shelf: Shelf, asked: Mapping[str, str]) -> html.Div:
    """The whole page for the view in its address."""
    lang, choice = language_of(asked), choose(shelf, asked)
    return html.Div([
        html.A(text("skip", lang), href="#ranking-title", className="skip"),
        html.Header([html.Div([html.H1(text("title", lang)), _languages(lang)], className="top"),
                     html.P(text("not_forecast", lang), className="note")]),
        html.Main([_controls(shelf, choice, lang), *_views(choice, lang), panel(lang)]),
        dcc.Store(id="lang", data=lang), dcc.Store(id="stamp", data=stamp_of(shelf)), dcc.Store(id="gone"),
        dcc.Interval(id="tick", interval=EVERY),
    ], lang=lang)  # fmt: skip


def _languages(lang: str) -> html.Nav:
    links = [
        html.A(NAMES[each], href=f"?lang={each}", lang=each, **{
            "data-lang": each, **({"aria-current": "true"} if each == lang else {}),
        })
        for each in LANGUAGES
    ]  # fmt: skip
    return html.Nav(links, **{"aria-label": text("language", lang)})


def _controls(shelf: Shelf, choice: Choice | None, lang: str) -> html.Section:
    stored = None if choice is None else choice.stored
    years = [] if stored is None else list(stored.years)
    groups = [{"label": _capital(who_text(who, lang)), "value": name} for name, who in group_names()]
    kommuner = [{"label": label, "value": code} for code, label in kommune_names().items()]
    values = first_values(choice)

    def drop(name: str, options: list, clear: bool = False, search: bool = False) -> html.Div:
        control = dcc.Dropdown(id=name, options=options, value=values[name], clearable=clear, searchable=search,
                               optionHeight="auto", placeholder="–")  # fmt: skip
        return field(text(name, lang), control, name)

    return html.Section([
        html.Div([
            drop("result", result_options(shelf), search=True), drop("compare", compare_options(shelf, lang)),
            drop("output", output_options(stored, lang), search=True),
            drop("year", [{"label": str(year), "value": year} for year in years]),
            drop("group", groups, search=True), drop("kommune", kommuner, clear=True, search=True),
        ], className="controls"),
        html.Div([html.P(id="status", role="status"), html.Button(text("share", lang), type="button", id="share",
                  className="quiet", **{"data-said": text("shared", lang)})], className="status"),
    ], **{"aria-label": text("controls", lang)})  # fmt: skip


def first_values(choice: Choice | None) -> dict[str, Any]:
    """What each control shows at first."""
    if choice is None:
        return dict.fromkeys(("result", "compare", "output", "year", "group", "kommune"), None)
    who = next(name for name, who in group_names() if who == choice.who)
    other = "" if choice.other is None else choice.other.key
    return {
        "result": choice.stored.key, "compare": other, "output": choice.output, "year": choice.year, "group": who,
        "kommune": choice.kommune,
    }  # fmt: skip


def _views(choice: Choice | None, lang: str) -> list[Any]:
    ranking = html.Section([
        html.H2(id="ranking-title", tabIndex="-1"), html.P(id="ranking-note", className="note"),
        html.Div(id="ranking"),
        html.Div([html.Button(id="more", type="button", className="quiet", n_clicks=0),
                  downloads(None, "rank", lang)], className="downloads"),
    ], className="card")  # fmt: skip
    picture = html.Figure([
        html.Figcaption([html.H2(id="map-title"), html.P(id="map-note", className="note")]),
        html.Div(id="map-key", className="key"),
        html.Div(graph("map", 640), role="img", id="map-image", **{"aria-labelledby": "map-title"}),
        downloads("map", "map", lang),
    ], className="card")  # fmt: skip
    sheet = html.Section([html.Div(id="sheet"), _ledger(lang)], id="sheet-card", className="card", tabIndex="-1",
                         **{"aria-label": text("sheet_title", lang)})  # fmt: skip
    return [
        html.Div([ranking, picture], className="two"), html.Div(id="contrast"),
        html.Div([framed("fan", 300, lang), framed("states", 300, lang)], className="two"), sheet,
    ]  # fmt: skip


def _ledger(lang: str) -> html.Div:
    run = dcc.Input(id="ledger-run", type="number", min=0, step=1, value=0, debounce=True)
    return html.Div([
        html.H3(text("ledger_title", lang)), html.P(text("ledger_note", lang), className="note"),
        html.Div([field(text("ledger_run", lang), run, "ledger-run"),
                  html.Button(id="ledger-show", type="button", n_clicks=0)], className="row"),
        html.P(id="ledger-status", role="status", **{"aria-live": "polite"}), html.Div(id="ledger"),
        dcc.Interval(id="ledger-tick", interval=500, disabled=True), dcc.Store(id="ledger-asked"),
    ], id="ledger-part", style={"display": "none"})  # fmt: skip


def result_options(shelf: Shelf) -> list[dict[str, str]]:
    """Every result there is."""
    return [{"label": result_name(stored), "value": stored.key} for stored in shelf.all().values()]


def compare_options(shelf: Shelf, lang: str) -> list[dict[str, str]]:
    """Every result, and none."""
    return [{"label": text("nothing", lang), "value": ""}, *result_options(shelf)]


def result_name(stored: Stored) -> str:
    """Title, how many runs, and the beginning of the digest."""
    runs = f"{stored.runs}" if stored.complete else f"{stored.runs}/{stored.planned}"
    return f"{stored.title} · {runs} · {stored.digest[:8]}"


def output_options(stored: Stored | None, lang: str) -> list[dict[str, str]]:
    """What can be shown, named so that no two have the same name."""
    from sim.dashboard.values import EVENTS, what_is

    if stored is None:
        return []
    found = []
    for name in choices(stored):
        unit = "" if name in EVENTS else output_unit(what_is(stored, name).unit, lang)
        found.append({"label": output_title(name, lang) + (f", {unit}" if unit else ""), "value": name})
    return found


def stamp_of(shelf: Shelf) -> str:
    """Changes when a result comes, goes or has more runs."""
    return "|".join(f"{stored.key}={stored.stamp}" for stored in shelf.all().values())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
