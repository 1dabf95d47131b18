"""What happens on the page: a kommune is picked, results come, a small run and a ledger are asked for."""

from pathlib import Path
from typing import Any

from dash import ALL, ClientsideFunction, Input, Output, State, ctx, no_update

from sim.dashboard import ledger, try_it
from sim.dashboard.choice import step_of
from sim.dashboard.jobs import Job, Jobs
from sim.dashboard.kept import Kept
from sim.dashboard.layout import compare_options, ledger_offer, output_options, result_options, stamp_of, status
from sim.dashboard.shelf import Shelf
from sim.dashboard.values import known
from sim.dashboard.views import CONTROLS, reader
from sim.dashboard.words import text
from sim.errors import printable

TRY, LEDGER = "try", "ledger"


def register(app: Any, shelf: Shelf, jobs: Jobs) -> None:
    """Joins all of it to the page."""
    _choices(app, shelf)
    _try(app, shelf, jobs)
    _ledger(app, shelf, jobs)
    _in_browser(app)


def _in_browser(app: Any) -> None:
    """What assets/*.js do, and when. No two may have the same inputs and the same output."""

    def does(name: str, *inputs: Any, into: tuple[str, str] = ("gone", "data"), at_first: bool = True) -> None:
        app.clientside_callback(
            ClientsideFunction("page", name), Output(*into, allow_duplicate=True), *inputs,
            prevent_initial_call="initial_duplicate" if at_first else True,
        )  # fmt: skip

    views = [Input(name, "value") for name in CONTROLS]
    does("address", *views, Input("lang", "data"), Input("step", "data"))
    does("fill", Input("view", "data"), State("circles", "data"), State("kommune", "value"))
    does("picked", Input("kommune", "value"))
    does("sheet", Input("sheet-data", "data"))
    does("ledger", Input("ledger-data", "data"), Input("step", "data"))
    does("close", Input("kommune", "value"), Input("result", "value"), into=("step", "data"), at_first=False)
    does(
        "step", Input("ledger-show", "n_clicks"), Input("step-back", "n_clicks"), Input("step-on", "n_clicks"),
        State("step", "data"), State("ledger-run", "value"), State("year", "value"), into=("step", "data"),
        at_first=False,
    )  # fmt: skip


def _choices(app: Any, shelf: Shelf) -> None:
    @app.callback(
        Output("result", "options"), Output("compare", "options"), Output("stamp", "data"),
        Input("tick", "n_intervals"), State("stamp", "data"), State("lang", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def look_again(_: Any, stamp: str, lang: str) -> tuple:
        now = stamp_of(shelf)
        if now == stamp:
            return no_update, no_update, no_update
        return result_options(shelf, lang), compare_options(shelf, lang), now

    @app.callback(
        Output("output", "options"), Output("output", "value"), Output("year", "options"), Output("year", "value"),
        Output("status", "children"), Input("result", "value"), Input("stamp", "data"), State("output", "value"),
        State("year", "value"), State("lang", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def follow(result: Any, _: Any, output: Any, year: Any, lang: str) -> tuple:
        choice = reader(shelf)([result, None, output, year, None, None], lang)
        if choice is None:
            return [], None, [], None, status(None, lang)
        stored = choice.stored
        years = [{"label": str(each), "value": each} for each in stored.years]
        new_output, new_year = known(stored, output), choice.year
        return (
            output_options(stored, lang), no_update if new_output == output else new_output, years,
            no_update if new_year == year else new_year, status(choice, lang),
        )  # fmt: skip


def _try(app: Any, shelf: Shelf, jobs: Jobs) -> None:
    sliders = {"type": "lever", "name": ALL}

    @app.callback(
        Output("try-sliders", "children"), Input("try-levers", "value"), Input("try-base", "value"),
        State("lang", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def show_levers(names: Any, base: Any, lang: str) -> list:
        return try_it.controls([str(name) for name in names or []], str(base), lang)

    @app.callback(
        Output("try-tick", "disabled"), Output("try-status", "children"), Output("try-start", "disabled"),
        Output("try-cancel", "disabled"), Output("try-progress", "value"), Output("result", "value"),
        Output("compare", "value"), Input("try-start", "n_clicks"), Input("try-cancel", "n_clicks"),
        Input("try-tick", "n_intervals"), State("try-base", "value"), State("try-runs", "value"),
        State("try-more", "value"), State(sliders, "value"), State(sliders, "id"), State("result", "value"),
        State("lang", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def work(
        _: Any, __: Any, ___: Any, base: Any, runs: Any, more: Any, values: list, ids: list, now: Any, lang: str
    ) -> tuple:
        stay = no_update, no_update
        if ctx.triggered_id == "try-start":
            settings = {one["name"]: value for one, value in zip(ids, values, strict=True)}
            job = jobs.start(TRY, try_it.arguments(str(base), runs, settings, str(more or ""), shelf.out))
            said = text("try_busy", lang) if job is None else text("try_working", lang, line=text("try_compile", lang))
            return False, said, True, False, "2", *stay
        job = jobs.get(TRY)
        if job is None:
            return True, "", False, True, "0", *stay
        if ctx.triggered_id == "try-cancel":
            job.stop()
        if job.code is None:
            return no_update, _working(job, lang), no_update, no_update, _percent(job), *stay
        if job.cancelled:
            return True, text("try_cancelled", lang), False, True, "0", *stay
        key = Path(job.answer().strip().splitlines()[-1]).name if job.code == 0 and job.answer().strip() else ""
        if key in shelf.all():
            return True, text("try_done", lang, found=key), False, True, "100", key, now if key != now else no_update
        return True, text("try_failed", lang, line=printable(job.said(), 600)), False, True, "0", *stay


def _working(job: Job, lang: str) -> str:
    line = printable(job.said(), 200) if job.progress() else text("try_compile", lang)
    return text("try_working", lang, line=line)


def _percent(job: Job) -> str:
    done, total = job.progress() or (0, 1)
    return str(max(2, round(100 * done / max(total, 1))))


def _ledger(app: Any, shelf: Shelf, jobs: Jobs) -> None:
    read = reader(shelf)
    told = Kept(16)  # ledgers of all years of a run: the next year is there at once

    @app.callback(
        Output("ledger-part", "style"), Output("ledger-show", "children"), Output("ledger-run", "value"),
        Output("ledger-run", "max"), Input("result", "value"), Input("year", "value"), Input("kommune", "value"),
        State("lang", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def offer(result: Any, year: Any, kommune: Any, lang: str) -> tuple:
        return ledger_offer(read([result, None, None, year, None, kommune], lang), lang)

    @app.callback(
        Output("ledger-tick", "disabled"), Output("ledger-status", "children"), Output("ledger-data", "data"),
        Input("step", "data"), Input("ledger-tick", "n_intervals"), State("result", "value"),
        State("kommune", "value"), State("lang", "data"),
    )  # fmt: skip
    def tell(step: Any, _: Any, result: Any, kommune: Any, lang: str) -> tuple:
        choice = read([result, None, None, None, None, kommune], lang)
        asked = None if choice is None else step_of(choice.stored, step)
        if choice is None or choice.kommune is None or asked is None:
            return True, "", None
        if not choice.stored.complete:
            return True, text("ledger_unfinished", lang), None
        key = str(choice.stored.folder), choice.stored.stamp, choice.kommune, asked["run"]
        job, years = jobs.get(LEDGER), told.look(key)
        if years is None and (job is None or job.about != key):
            if job is not None:
                job.stop()
            jobs.start(LEDGER, ledger.arguments(str(choice.stored.folder), choice.kommune, asked["run"]), key)
            return False, text("ledger_wait", lang), None
        if years is None and job is not None and job.code is None:
            return False, no_update, no_update
        try:
            years = years or told.put(key, ledger.years_of(job.answer() if job is not None else ""))
            shown = ledger.shown(years, asked["year"], lang)
            return True, text("ledger_done", lang, year=asked["year"], run=asked["run"]), shown
        except ValueError:
            line = printable(job.said(), 600) if job is not None else ""
            jobs.forget(LEDGER)
            return True, text("try_failed", lang, line=line), None
