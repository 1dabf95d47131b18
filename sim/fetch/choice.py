"""Which start data this user wants by default: a small file that `data use` writes and nobody else."""

import json
import os
from pathlib import Path

from sim.errors import UserError, printable
from sim.fetch.files import write_whole
from sim.fetch.job import check_folder, official_folder

OFFICIAL, EMBEDDED = "official", "embedded"
FIELD = "data"


def config_file() -> Path:
    """$XDG_CONFIG_HOME/kommunesim/config.json, by default below ~/.config."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    if not Path(base).is_absolute():
        base = os.path.expanduser("~/.config")  # noqa: PTH111 (Path.expanduser raises without a home)
    return Path(base) / "kommunesim" / "config.json"


def choose(what: str) -> Path | None:
    """Records "official", "embedded" or a folder; the folder that is used from now on, None for embedded.

    UserError, and nothing is recorded, if there is no such folder or the model cannot read its tables.
    """
    folder = None
    if what == OFFICIAL:
        folder = official_folder()
        if not folder.is_dir():
            raise UserError("No official tables have been fetched; run 'run.py data fetch' first.")
    elif what != EMBEDDED:
        if not what.strip() or "\0" in what:
            raise UserError("data use takes official, embedded or a folder; '' is none of them.")
        folder = Path(os.path.expanduser(what)).absolute()  # noqa: PTH111 (see above)
    if folder is not None:
        check_folder(folder)
    value = what if what in (OFFICIAL, EMBEDDED) else str(folder)
    write_whole(config_file(), json.dumps({FIELD: value}, ensure_ascii=False, indent=1).encode() + b"\n")
    return folder


def chosen_folder() -> Path | None:
    """The folder recorded by `data use`; None for embedded, or if nothing was recorded. Reads one small file.

    UserError if the record cannot be read or the folder is gone: silently using other data would be worse.
    """
    path = config_file()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise _broken(path, "cannot be read") from None
    try:
        found = json.loads(text)
        value = found[FIELD]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _broken(path, f"has no '{FIELD}'") from None
    if not isinstance(value, str) or not value:
        raise _broken(path, f"{FIELD} is not a text")
    if value == EMBEDDED:
        return None
    folder = official_folder() if value == OFFICIAL else Path(value)
    if not folder.is_dir():
        raise _broken(path, f"{printable(folder, 120)} is not a folder any more")
    return folder


def _broken(path: Path, why: str) -> UserError:
    return UserError(f"{printable(path, 120)}: {why}; run 'run.py data use embedded' (or official, or a folder).")
