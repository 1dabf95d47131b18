"""Asking the service: paced, retried when it is busy or hangs up, never beyond the allowed addresses.

The standard library's http.client is used directly: it knows no proxy, no cookie, no stored password and
follows no redirect by itself, so everything that happens is written here.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from sim.errors import printable
from sim.fetch.errors import FetchError
from sim.fetch.jsonbody import title_of
from sim.fetch.pace import Pace
from sim.fetch.site import Limits, Site

BUSY = (429, 502, 503, 504)
MOVED = (301, 302, 303, 307, 308)
PIECE = 65_536
AGENT = "kommunesim (open-source simulator; official tables on demand)"


@dataclass(frozen=True)
class Answer:
    """One answer of the service, complete in length."""

    status: int
    kind: str  # media type without parameters
    body: bytes
    location: str
    retry_after: str


class Unfinished(Exception):
    """An attempt that may go better next time; the text says why in a few words."""


class Client:
    """Asks `site` within `limits` at `pace`. `queries` counts every question, also those that failed."""

    def __init__(
        self,
        site: Site | None = None,
        limits: Limits | None = None,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.site = site or Site()
        self.limits = limits or Limits()
        self.pace = pace or Pace()
        self.sleep = sleep
        self.say = say
        self.queries = 0

    def get_json(self, address: str, what: str) -> bytes:
        """The body of the JSON document at `address`. `what` names it in messages: "SSB 12143".

        FetchError in one sentence if the service says no, is busy or hangs up in every attempt, answers with
        something else than JSON, or sends on to a place that is not allowed.
        """
        for _ in range(self.limits.redirects + 1):
            answer = self._patiently(address, what)
            if answer.status not in MOVED:
                return self._body(answer, what)
            address = self.site.moved(address, answer.location)
        raise FetchError(f"{what}: the service sends on and on; more than {self.limits.redirects} redirects.")

    def _patiently(self, address: str, what: str) -> Answer:
        """The first answer that is not "later", asking `attempts` times."""
        pause, reason = self.limits.first_pause, ""
        for attempt in range(self.limits.attempts):
            if attempt:
                self.say(f"{what}: {reason}; asking again in {pause:.0f} s")
                self.sleep(pause)
                pause = min(2.0 * pause, self.limits.longest_pause)
            self.pace.take()
            self.queries += 1
            try:
                answer = self._ask(address, what)
            except Unfinished as problem:
                reason = str(problem)
                continue
            if answer.status not in BUSY:
                return answer
            reason = f"the service answered {answer.status} (busy)"
            pause = max(pause, self._asked_to_wait(answer.retry_after, what))
        raise FetchError(
            f"{what}: {reason}, in each of {self.limits.attempts} attempts; run the same command again "
            "later, finished parts are kept."
        )

    def _asked_to_wait(self, text: str, what: str) -> float:
        """Seconds of a Retry-After (a number or a date); 0 if there is none that can be read."""
        try:
            seconds = float(text)
        except ValueError:
            try:
                seconds = parsedate_to_datetime(text).timestamp() - time.time()
            except (TypeError, ValueError, OverflowError):
                return 0.0
        if not seconds <= self.limits.longest_pause:
            raise FetchError(
                f"{what}: the service asks to wait {printable(text, 40)} (Retry-After), longer than "
                f"{self.limits.longest_pause:.0f} s; run the same command again then, finished parts stay."
            )
        return max(0.0, seconds)

    def _ask(self, address: str, what: str) -> Answer:
        """One question, one answer; Unfinished if the connection or the length of the answer fails."""
        parts = self.site.allowed(address)
        host = self.site.hosts[0] if parts.hostname is None else parts.hostname
        if self.site.scheme == "https":
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, parts.port, timeout=self.limits.silence, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(host, parts.port, timeout=self.limits.silence)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        watch = _Watch(self.limits.total)
        try:
            connection.connect()
            watch.start(connection.sock)
            headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": AGENT}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            body = self._read(response, what) if response.status not in MOVED else b""
            if watch.struck:
                raise Unfinished(f"no complete answer within {self.limits.total:g} s")
            return Answer(
                response.status,
                (response.getheader("Content-Type") or "").partition(";")[0].strip().lower(),
                body,
                response.getheader("Location") or "",
                response.getheader("Retry-After") or "",
            )
        except socket.gaierror:
            raise FetchError(f"{what}: {host} cannot be found; is this machine online?") from None
        except ssl.SSLCertVerificationError:
            raise FetchError(f"{what}: the certificate of {host} cannot be verified; nothing was fetched.") from None
        except TimeoutError:
            raise Unfinished(f"silence for {self.limits.silence:g} s") from None
        except (OSError, http.client.HTTPException, ValueError) as problem:
            if watch.struck:
                raise Unfinished(f"no complete answer within {self.limits.total:g} s") from None
            raise Unfinished(f"the connection broke ({type(problem).__name__})") from None
        finally:
            watch.stop()
            connection.close()

    def _read(self, response: http.client.HTTPResponse, what: str) -> bytes:
        """The whole body; FetchError if it is larger than allowed, Unfinished if it ends too soon."""
        promised = response.length  # None if the service does not say
        pieces: list[bytes] = []
        size = 0
        while size <= self.limits.largest and (promised or 0) <= self.limits.largest:
            piece = response.read(PIECE)
            if not piece:
                if promised is not None and size != promised:
                    raise Unfinished(f"the answer broke off after {size} of {promised} bytes")
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
        raise FetchError(f"{what}: the answer is larger than {self.limits.largest:,} bytes; it was not read.")

    def _body(self, answer: Answer, what: str) -> bytes:
        """The body of a good JSON answer; a sentence for every other."""
        if answer.status != 200:
            title = title_of(answer.body) if answer.kind.endswith("json") else ""
            said = f"{answer.status} ({title})" if title else f"{answer.status}"
            raise FetchError(
                f"{what}: the service answered {said}; the table may have changed, see docs/official_data.md."
            )
        if not (answer.kind == "application/json" or answer.kind.endswith("+json")):
            kind = printable(answer.kind or "no media type", 40)
            raise FetchError(f"{what}: the service answered with {kind} instead of JSON; try again later.")
        return answer.body


class _Watch:
    """Cuts a connection that lasts too long: a server that sends a byte now and then is never silent."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.struck = False
        self.timer: threading.Timer | None = None

    def start(self, connected: socket.socket) -> None:
        self.timer = threading.Timer(self.seconds, self._strike, [connected])
        self.timer.daemon = True
        self.timer.start()

    def stop(self) -> None:
        if self.timer is not None:
            self.timer.cancel()

    def _strike(self, connected: socket.socket) -> None:
        self.struck = True
        try:
            connected.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself
