"""`--on dask`, `--on dask://HOST:PORT`, with `?via=URL` for workers that do not share a folder."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from sim.errors import UserError, printable

if TYPE_CHECKING:
    from sim.batch.study import Engine

FORM = "write dask, dask://HOST:PORT or dask://HOST:PORT?via=URL"


@dataclass(frozen=True)
class Address:
    """Where to compute. scheduler: HOST:PORT of a running Dask, empty for workers of our own on this machine.
    via: an fsspec URL by which files travel; empty if the workers see the study's folder under the same path."""

    scheduler: str
    via: str


def read_address(where: str) -> Address:
    """UserError if `where` is not of one of the forms."""
    try:
        parts = urlsplit(where if where.startswith("dask:") else where.replace("dask", "dask:", 1))
        port = parts.port
        query = parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        raise UserError(f"--on {printable(where)}: {FORM}.") from None
    wrong = parts.scheme != "dask" or parts.path not in ("", "/") or parts.fragment or set(query) - {"via"}
    if wrong or bool(parts.hostname) != bool(port):
        raise UserError(f"--on {printable(where)}: {FORM}.")
    via = unquote(query.get("via", [""])[-1])
    if "via" in query and "://" not in via:
        raise UserError(f"--on {printable(where)}: via={printable(via)} is no URL such as s3://bucket/folder.")
    return Address(f"{_host(parts.hostname)}:{port}" if port else "", via.rstrip("/"))


def engine(where: str, workers: int | None = None, data_dir: str | None = None) -> "Engine":
    """What `sim.batch.study.fill` takes as its engine. workers: processes of our own (without a scheduler).

    data_dir: start data, which every worker must see under the same path. UserError if the address cannot be read
    or the extra is not installed.
    """
    address = read_address(where)
    missing = [name for name in ("distributed", "fsspec") if find_spec(name) is None]
    if missing:
        raise UserError(f'--on dask needs {missing[0]}: pip install "kommunesim[cluster]".')
    from sim.cluster.dask_engine import DaskEngine
    from sim.fetch.choice import chosen_folder

    data = data_dir or chosen_folder()
    return DaskEngine(address, workers, str(data) if data else None)


def _host(name: str | None) -> str:
    return f"[{name}]" if name and ":" in name else name or ""
