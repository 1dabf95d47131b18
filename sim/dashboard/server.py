"""The page on 127.0.0.1: made, served, stopped."""

import dataclasses
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sim.dashboard.jobs import Jobs
from sim.dashboard.shelf import Shelf
from sim.errors import UserError
from sim.words import LANGUAGES

HOST = "127.0.0.1"
PATIENCE = 4.0  # seconds that the first view may take before the page is offered without it
OTHERS = 2  # results whose difference from the newest is read ahead
INDEX = """<!DOCTYPE html>
<html>
<head>{%metas%}<title>{%title%}</title><link rel="icon" href="data:,">{%css%}</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


def make_app(shelf: Shelf, jobs: Jobs, port: int) -> Any:
    """The Dash app for these results, guarded; it is not served yet."""
    import flask
    from dash import Dash

    from sim.dashboard import moves, views
    from sim.dashboard.choice import asked_of, choose
    from sim.dashboard.csv import TABLES, csv_of
    from sim.dashboard.guard import guard
    from sim.dashboard.layout import page

    app = Dash(
        "kommunesim", title="kommunesim", serve_locally=True, assets_folder=str(Path(__file__).parent / "assets"),
        index_string=INDEX, update_title="", suppress_callback_exceptions=True, add_log_handler=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )  # fmt: skip
    app.layout = lambda: page(shelf, asked_of(flask.request.referrer if flask.has_request_context() else None))
    views.register(app, shelf)
    moves.register(app, shelf, jobs)

    @app.server.route("/csv/<what>")
    def numbers(what: str) -> Any:
        choice = choose(shelf, flask.request.args)
        if what not in TABLES or choice is None:
            flask.abort(404)
        try:
            data = csv_of(choice, what)
        except UserError as problem:
            flask.abort(409, str(problem))
        answer = flask.Response(data, mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="kommunesim-{what}-{choice.year}.csv"'
        return answer

    guard(app.server, port, app.csp_hashes())
    return app


def serve(places: tuple[Path, ...], port: int, ready: Callable[[str], None]) -> int:
    """Serves until Ctrl-C or SIGTERM; then no process of the page is left. The exit code.

    ready: called with the address once the page can be opened. UserError if the port is taken.
    """
    from werkzeug.serving import make_server

    taken = _listen(port)
    number = taken.getsockname()[1]
    shelf, jobs, closing = Shelf(places), Jobs(), threading.Event()
    first = more = threading.Thread()
    try:
        app = make_app(shelf, jobs, number)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server(HOST, number, app.server, threaded=True, fd=taken.fileno())
        first = threading.Thread(target=warm, args=(shelf,), daemon=True)
        more = threading.Thread(target=warm_more, args=(shelf, closing), daemon=True)
        first.start()
        first.join(PATIENCE)  # who opens the page at once need not wait for what is being made already
        more.start()
        ready(f"http://{HOST}:{number}/")
        server.serve_forever()
    finally:
        closing.set()
        jobs.close()
        taken.close()
        for reading in (first, more):  # a thread that reads a file while Python ends would abort it
            if reading.is_alive():
                reading.join(PATIENCE)
    return 0


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except (OSError, OverflowError):
        listening.close()
        raise UserError(
            f"--port {port}: is in use or not allowed; choose another, or 0 for any that is free."
        ) from None
    listening.listen(128)
    return listening


def warm(shelf: Shelf) -> None:
    """Makes the first view, before anybody asks for it."""
    from sim.dashboard.choice import choose
    from sim.dashboard.views import map_circles, view

    with suppress(UserError):  # what cannot be read is told of on the page
        choice = choose(shelf, {})
        map_circles()
        if choice is not None:
            view(choice, choice.lang)


def warm_more(shelf: Shelf, closing: threading.Event) -> None:
    """Reads what is likely to be asked for next: a sheet, the other language, the difference from another result.

    It stops before the next of them once `closing` is set.
    """
    from sim.dashboard.choice import choose
    from sim.dashboard.views import contrast, sheet_of, view

    choice = choose(shelf, {})
    if choice is None:
        return
    kommune = dataclasses.replace(choice, kommune=choice.stored.units[0])
    steps: list[Callable[[], Any]] = [lambda: sheet_of(kommune, choice.lang)]
    for lang in LANGUAGES:
        steps.append(partial(view, dataclasses.replace(choice, lang=lang), lang))
    for other in list(shelf.all().values())[: 1 + OTHERS]:
        if other.key != choice.stored.key:
            steps.append(partial(contrast, dataclasses.replace(choice, other=other)))
    for step in steps:
        if closing.is_set():
            return
        with suppress(UserError):
            step()
