"""`run.py serve`: stored results in a browser, on this machine only."""

import sys
from pathlib import Path

import click

PORT = 8050


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(), metavar="[DIR]...")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in a browser.")
def serve(folders: tuple[str, ...], port: int, no_browser: bool) -> int:
    """Look at results in a browser, finished ones and those that are being written.

    Each DIR is a result or a folder of results (default: results). The page is at 127.0.0.1 and asks for nothing
    from elsewhere. Ctrl-C ends it.
    """
    from importlib.util import find_spec

    from sim.errors import UserError, printable

    if find_spec("dash") is None:
        raise UserError("serve: needs the package dash; install it with `pip install 'kommunesim[dashboard]'`.")
    places = tuple(Path(folder) for folder in folders or ("results",))
    for place in places:
        if folders and not place.is_dir():
            raise UserError(f"{printable(place, 200)}: is not a folder; give a result or a folder of results.")

    from sim.dashboard.server import serve as run_page

    def ready(address: str) -> None:
        print(address, flush=True)
        print("Ctrl-C ends it.", file=sys.stderr, flush=True)
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    return run_page(places, port, ready)
