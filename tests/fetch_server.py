"""An SSB on loopback for tests: invented tables in the real form, and bad behaviour on demand."""

import csv
import gzip
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from fetch_invented import JOINED, KOMMUNER, TABLES, dataset, dim, klass

from sim.fetch.client import Client
from sim.fetch.pace import Pace
from sim.fetch.site import Limits, Site

Fault = Callable[[BaseHTTPRequestHandler], None]


def turned(found: dict[str, Any]) -> dict[str, Any]:
    """The same figures with dimensions, and the codes in each, the other way round; no empty cells."""
    cells = np.array(found["value"], dtype=object).reshape(found["size"])
    cells = np.flip(cells).transpose().ravel()
    sizes = found["size"][::-1]
    dims = {name: found["dimension"][name] for name in reversed(found["id"])}
    for described in dims.values():
        described["category"]["index"] = list(described["category"]["index"])[::-1]
    sparse = {str(at): value for at, value in enumerate(cells.tolist()) if value is not None}
    return found | {"id": list(dims), "size": sizes, "dimension": dims, "value": sparse, "status": None}


class SSB(ThreadingHTTPServer):
    """`faults[n]` answers the n-th question instead of the table; `asked` lists all paths with queries."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults: dict[int, Fault] = {}
        self.always: Fault | None = None
        self.turned = False  # answers have dimensions and codes in reverse order
        self.asked: list[str] = []
        self.tables = TABLES
        self.done = threading.Event()

    @property
    def site(self) -> Site:
        return Site("http", ("127.0.0.1",), self.server_port)

    def client(self, **changes: Any) -> Client:
        """A client of this server that does not really wait."""
        limits = Limits(**{"silence": 5.0, "total": 20.0, "attempts": 3, **changes})
        self.slept: list[float] = []
        return Client(self.site, limits, Pace(10_000, 5_000), self.slept.append)


class Handler(BaseHTTPRequestHandler):
    server: SSB

    def do_GET(self) -> None:
        number = len(self.server.asked)
        self.server.asked.append(self.path)
        fault = self.server.faults.get(number, self.server.always)
        if fault is not None:
            fault(self)
            return
        parts = urlsplit(self.path)
        if parts.path.startswith("/api/klass/"):
            self.send_json(klass(parts.path))
            return
        query = parse_qs(parts.query)
        table, kind = parts.path.split("/")[-2:]
        if table not in self.server.tables:
            self.send_json({"type": "Parameter error", "title": "Non-existent table", "status": 404}, 400)
            return
        dims = self.server.tables[table]
        if "codelist[Region]" in query and query["codelist[Region]"][0] == JOINED:
            dims = {**dims, "Region": dim("region", [f"K-{code}" for code in KOMMUNER])}
        if kind == "metadata":
            self.send_json(dataset(table, dims, False))
            return
        asked = {name[len("valuecodes[") : -1]: v[0].split(",") for name, v in query.items() if "valuecodes" in name}
        for name, described in dims.items():
            if name not in asked and not described["extension"]["elimination"]:
                self.send_json({"title": "Missing selection for mandantory variable"}, 400)
                return
            if not set(asked.get(name, ())) <= set(described["category"]["index"]):
                self.send_json({"title": "Non-existent value"}, 400)
                return
        chosen = {name: dim(dims[name]["label"], codes) for name, codes in asked.items()}
        found = dataset(table, {name: chosen[name] for name in dims if name in chosen}, True)
        self.send_json(turned(found) if self.server.turned else found)

    def send_json(self, found: Any, status: int = 200) -> None:
        self.send(json.dumps(found, ensure_ascii=False).encode(), status)

    def send(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


def answer(body: bytes | str, status: int = 200, kind: str = "application/json", **headers: str) -> Fault:
    """A fault: this answer."""
    data = body if isinstance(body, bytes) else body.encode()
    return lambda handler: handler.send(data, status, kind, **headers)  # type: ignore[attr-defined]


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """A fault: the connection ends before a word is said."""
    handler.close_connection = True
    handler.connection.close()


def break_off(handler: BaseHTTPRequestHandler) -> None:
    """A fault: half of what was promised."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")
    handler.wfile.flush()
    handler.close_connection = True


def be_silent(handler: BaseHTTPRequestHandler) -> None:
    """A fault: nothing is said, the connection stays."""
    handler.server.done.wait(30)  # type: ignore[attr-defined]


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A fault: a byte now and then, so that there is never silence."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not handler.server.done.wait(0.02):  # type: ignore[attr-defined]
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a fetched table."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@contextmanager
def serving() -> Iterator[SSB]:
    """A running SSB."""
    server = SSB()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
