#!/usr/bin/env python3
"""The command line: `python run.py` is the main job, `python run.py --help` shows the rest.

Exit codes: 0 all well, 1 a check failed, 2 an input cannot be used, 130 after Ctrl-C, 143 after SIGTERM.
"""

import io
import signal
import sys
from pathlib import Path
from types import FrameType

TERMINATED = 128 + signal.SIGTERM
INTERRUPTED = 128 + signal.SIGINT
CONSOLE = "kommunesim"


class Terminated(KeyboardInterrupt):
    """SIGTERM takes the same way out as Ctrl-C: what is finished is kept."""


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated


def _called() -> str:
    """What usage lines call the program: the console script's name, else run.py."""
    return CONSOLE if Path(sys.argv[0]).stem == CONSOLE else "run.py"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line of `arguments` (default: sys.argv); the exit code."""
    import click

    from sim.commands.cli import as_json, cli
    from sim.errors import UserError

    @cli.command()
    @click.option("--quick", is_flag=True, help="Within 40 seconds.")
    @as_json
    def bench(quick: bool, as_json: bool) -> int:
        """Measure speed, scaling and memory on this machine."""
        # it compares with plain Mesa, which `sim` may not know: so the command is joined here
        from agents.bench import run_bench

        return run_bench(quick, as_json)

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows only ASCII shows a question mark, no traceback
            stream.reconfigure(errors="replace")
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        return cli.main(arguments, prog_name=_called(), standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:  # a full disk, a folder that may not be written
        print(f"{error.filename or 'Writing failed'}: {error.strerror or error}.", file=sys.stderr)
        return 2
    except (click.Abort, KeyboardInterrupt) as stop:
        return TERMINATED if isinstance(stop.__cause__ or stop, Terminated) else INTERRUPTED
    finally:
        signal.signal(signal.SIGTERM, previous)


if __name__ == "__main__":
    sys.exit(main())
