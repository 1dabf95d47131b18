"""The page as it is first sent: the question, what can be chosen, and places that the browser fills from `view`."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from sim.dashboard import views
from sim.dashboard.choice import Choice, choose, group_names, kommune_names, language_of
from sim.dashboard.parts import downloads, drawing, field, framed, labels
from sim.dashboard.sheet import FANS, worst_run
from sim.dashboard.shelf import Shelf
from sim.dashboard.stored import Stored
from sim.dashboard.try_it import panel
from sim.dashboard.values import choices
from sim.dashboard.words import text
from sim.errors import UserError
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
        html.Main([_controls(shelf, choice, lang), *_places(choice, lang), panel(lang)]),
        dcc.Store(id="lang", data=lang), dcc.Store(id="stamp", data=stamp_of(shelf)), dcc.Store(id="gone"),
        dcc.Store(id="circles", data=views.map_circles()), dcc.Store(id="view", data=views.view(choice, lang)),
        dcc.Store(id="sheet-data", data=views.sheet_of(choice, lang)),
        dcc.Store(id="step", data=choice.step if choice else None), dcc.Store(id="ledger-data"),
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
                               optionHeight="auto", placeholder="–", labels=labels(lang))  # fmt: skip
        return field(text(name, lang), control, name)

    return html.Section([
        html.Div([
            drop("result", result_options(shelf, lang), search=True), drop("compare", compare_options(shelf, lang)),
            drop("output", output_options(stored, lang), search=True),
            drop("year", [{"label": str(year), "value": year} for year in years]),
            drop("group", groups, search=True), drop("kommune", kommuner, clear=True, search=True),
        ], className="controls chief"),
        html.Div([
            html.P(status(choice, lang), id="status", role="status"),
            html.Button(text("share", lang), type="button", id="share", className="quiet",
                        **{"data-said": text("shared", lang)}),
        ], className="status"),
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


def _places(choice: Choice | None, lang: str) -> list[Any]:
    """A place for every view."""
    ranking = html.Section([
        html.H2(id="ranking-title", tabIndex="-1"), html.P(id="ranking-note", className="note"),
        html.Div(id="ranking"),
        html.Div([html.Button(id="more", type="button", className="quiet", **{"aria-expanded": "false"}),
                  downloads(None, "rank", lang)], className="downloads"),
    ], className="card")  # fmt: skip
    picture = html.Figure([
        html.Figcaption([html.H2(id="map-title"), html.P(id="map-note", className="note")]),
        html.Div(id="map-key", className="key"), drawing("map"), downloads("map", "map", lang),
    ], className="card")  # fmt: skip
    sheet = html.Section([
        html.Div(id="sheet-head"),
        html.Div([_sheet_fan(at) for at in range(len(FANS))], id="sheet-fans", className="three"),
        html.Div(id="sheet-tables", className="two tables"), _ledger(choice, lang),
    ], id="sheet-card", className="card", tabIndex="-1", **{"aria-label": text("sheet_title", lang)})  # fmt: skip
    return [
        html.Div([ranking, picture], className="two"), html.Section(id="contrast", className="card", hidden=True),
        html.Div([framed("fan", lang), framed("states", lang)], className="two"), sheet,
    ]  # fmt: skip


def _sheet_fan(at: int) -> html.Figure:
    said = html.Figcaption([html.H3(id=f"sheet-fan-{at}-title"), html.P(id=f"sheet-fan-{at}-note", className="note")])
    return html.Figure([said, drawing(f"sheet-fan-{at}")], id=f"sheet-fan-{at}-frame")


def _ledger(choice: Choice | None, lang: str) -> html.Div:
    style, show, first, most = ledger_offer(choice, lang)
    run = dcc.Input(id="ledger-run", type="number", min=0, max=most, step=1, value=first, debounce=True)
    step = {"type": "button", "n_clicks": 0, "disabled": True}
    return html.Div([
        html.H3(text("ledger_title", lang)), html.P(text("ledger_note", lang), className="note"),
        html.Div([field(text("ledger_run", lang), run, "ledger-run"),
                  html.Button(show, id="ledger-show", type="button", n_clicks=0),
                  html.Button(text("step_back", lang), id="step-back", **step),
                  html.Button(text("step_on", lang), id="step-on", **step)], className="row"),
        html.P(id="ledger-status", role="status", **{"aria-live": "polite"}), html.Div(id="ledger"),
        dcc.Interval(id="ledger-tick", interval=300, disabled=True),
    ], id="ledger-part", style=style)  # fmt: skip


def ledger_offer(choice: Choice | None, lang: str) -> tuple[dict[str, str], str, int, int]:
    """Whether a ledger can be asked for, what the button says, the first run and the last."""
    if choice is None or choice.kommune is None:
        return {"display": "none"}, "", 0, 0
    try:
        said = text("ledger_show", lang, year=choice.year)
        first = choice.step["run"] if choice.step else worst_run(choice)
        return {"display": "block"}, said, first, choice.stored.runs - 1
    except UserError:  # a damaged file is told of by the sheet itself
        return {"display": "none"}, "", 0, 0


def status(choice: Choice | None, lang: str) -> str:
    """How much of the result there is, in a sentence."""
    if choice is None:
        return text("no_result", lang)
    stored = choice.stored
    if not stored.complete:
        return text("filling", lang, runs=stored.runs, planned=stored.planned)
    first, last = stored.years[0], stored.years[-1]
    return text("status", lang, runs=stored.runs, first=first, last=last, seed=stored.seed, digest=stored.digest[:8])


def result_options(shelf: Shelf, lang: str) -> list[dict[str, str]]:
    """Every result there is."""
    return [{"label": result_name(stored, lang), "value": stored.key} for stored in shelf.all().values()]


def compare_options(shelf: Shelf, lang: str) -> list[dict[str, str]]:
    """Every result, and none."""
    return [{"label": text("nothing", lang), "value": ""}, *result_options(shelf, lang)]


def result_name(stored: Stored, lang: str) -> str:
    """Title, how many runs, and the beginning of the digest."""
    runs = f"{stored.runs}" if stored.complete else f"{stored.runs}/{stored.planned}"
    return f"{stored.called(lang)} · {runs} · {stored.digest[:8]}"


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
