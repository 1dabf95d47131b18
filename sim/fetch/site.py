"""Where may be asked, and for how long: one host, https, limits of size and time."""

from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlencode, urljoin, urlsplit

from sim.errors import printable
from sim.fetch.errors import FetchError

PXWEB = "/api/pxwebapi/v2"
KLASS = "/api/klass/v1"


@dataclass(frozen=True)
class Site:
    """The only addresses that are ever asked, also after a redirect.

    The default is Statistics Norway over https. Another one has to be given explicitly, which tests do with a
    server on loopback; plain http is refused for anything but loopback.
    """

    scheme: str = "https"
    hosts: tuple[str, ...] = ("data.ssb.no",)
    port: int | None = None

    def __post_init__(self) -> None:
        loopback = all(host in ("127.0.0.1", "localhost", "::1") for host in self.hosts)
        if self.scheme != "https" and not (self.scheme == "http" and loopback):
            raise ValueError(f"{self.scheme} is allowed on loopback only")

    def address(self, path: str, query: list[tuple[str, str]]) -> str:
        """The whole address of `path` (already a safe path) with `query`, percent-encoded."""
        port = f":{self.port}" if self.port else ""
        text = urlencode(query, quote_via=quote, safe=",*")
        return f"{self.scheme}://{self.hosts[0]}{port}{path}" + (f"?{text}" if text else "")

    def moved(self, address: str, location: str) -> str:
        """Where a redirect from `address` leads; FetchError if that is not on this site."""
        try:
            there = urljoin(address, location)
        except ValueError:
            there = location
        self.allowed(there)
        return there

    def allowed(self, address: str) -> SplitResult:
        """`address`, parsed; FetchError if it is not one of this site."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if (
            parts.scheme != self.scheme
            or parts.hostname not in self.hosts
            or port != self.port
            or parts.username is not None
        ):
            raise FetchError(
                f"{self.hosts[0]} sends on to {printable(address, 80)}, which is not on the list of allowed "
                f"addresses ({self.scheme}://{self.hosts[0]}); nothing was fetched from there."
            )
        return parts


@dataclass(frozen=True)
class Limits:
    """What one question may cost: bytes of the answer, seconds of silence and in all, attempts, waiting."""

    largest: int = 64_000_000
    silence: float = 60.0
    total: float = 300.0
    attempts: int = 5
    first_pause: float = 2.0  # doubled after every failed attempt
    longest_pause: float = 120.0  # also of a Retry-After
    redirects: int = 3
