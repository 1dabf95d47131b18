"""A real server on loopback that behaves badly in every way: one sentence each, and no half-written table."""

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from fetch_server import SSB, Fault, answer, be_silent, break_off, drip, hang_up, serving

from sim.commands.fetch import data_fetch
from sim.fetch.client import Client
from sim.fetch.errors import FetchError
from sim.fetch.pace import Pace
from sim.fetch.site import Limits, Site


@pytest.fixture
def ssb() -> Iterator[SSB]:
    with serving() as server:
        yield server


def tables_in(folder: Path) -> list[str]:
    """Everything but the kept parts and records."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and ".fetch" not in path.parts)


def refused(ssb: SSB, folder: Path, **limits: float) -> str:
    """The sentence with which a download of the debt table ends; no table may be there."""
    with pytest.raises(FetchError) as problem:
        data_fetch(("12143",), folder, False, ssb.client(**limits))
    sentence = str(problem.value)
    assert problem.value.exit_code == 2
    assert sentence.startswith("SSB 12143") and sentence.endswith(".") and "\n" not in sentence
    assert tables_in(folder) == []
    assert not list(folder.rglob("*.tmp"))
    return sentence


HTML = "<!DOCTYPE html><html><body>404 - File or directory not found.</body></html>"
NO_VALUE = '{"type": "Parameter error", "title": "Non-existent value", "status": 400}'
WORSE = '{"title": "\\u001b[2J\\nbad"}'


@pytest.mark.parametrize("question", [0, 1, 3], ids=["metadata", "first-part", "third-part"])
@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (answer(NO_VALUE, 400), "answered 400 (Non-existent value)"),
        (answer(HTML, 404, "text/html"), "answered 404"),
        (answer(WORSE, 400), "answered 400"),
        (answer("", 500), "answered 500"),
        (answer("", 204), "answered 204"),
        (answer(HTML, 200, "text/html"), "text/html instead of JSON"),
        (answer(HTML), "not complete JSON"),
        (answer('{"class": "dataset"'), "not complete JSON"),
        (answer('{"errors": []}'), "not a JSON-stat dataset"),
        (answer(b"\x1f\x8b\x08\x00" * 50), "not complete JSON"),
        (answer("", 429), "answered 429 (busy), in each of 3 attempts"),
        (answer("", 503), "answered 503 (busy), in each of 3 attempts"),
        (answer("", 429, Retry_After="3600"), "asks to wait 3600"),
        (hang_up, "the connection broke"),
        (break_off, "broke off after 1 of 5000 bytes"),
        (answer("x" * 300_000), "larger than 200,000 bytes"),
    ],
)  # fmt: skip
def test_a_bad_answer_ends_in_one_sentence_and_no_table(
    ssb: SSB, tmp_path: Path, fault: Fault, word: str, question: int
) -> None:
    ssb.faults = dict.fromkeys(range(question, question + 3), fault)
    assert word in refused(ssb, tmp_path, largest=200_000)


def test_silence_and_dripping_are_cut_off_in_time(ssb: SSB, tmp_path: Path) -> None:
    ssb.always = be_silent
    assert "silence for 0.2 s" in refused(ssb, tmp_path, silence=0.2, attempts=2)
    ssb.always = drip
    begun = time.monotonic()
    assert "no complete answer within 0.4 s" in refused(ssb, tmp_path, silence=5.0, total=0.4, attempts=2)
    assert time.monotonic() - begun < 4.0


@pytest.mark.parametrize("fault", [answer("", 429), answer("", 503), answer("", 502), hang_up, break_off])
def test_a_service_that_recovers_is_asked_again_with_growing_pauses(ssb: SSB, tmp_path: Path, fault: Fault) -> None:
    ssb.faults = {1: fault, 2: fault}
    assert data_fetch(("12143",), tmp_path, False, ssb.client()) == 0
    assert ssb.slept == [2.0, 4.0]
    assert "debt_kostra.csv" in tables_in(tmp_path)


def test_retry_after_is_honoured_as_seconds_and_as_a_date(ssb: SSB, tmp_path: Path) -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    ssb.faults = {0: answer("", 429, Retry_After="37"), 2: answer("", 503, Retry_After=in_a_minute)}
    assert data_fetch(("12143",), tmp_path, False, ssb.client()) == 0
    assert ssb.slept[0] == 37.0 and 55.0 < ssb.slept[1] <= 60.0


@pytest.mark.parametrize("text", ["soon", "", "-5", "Mon, 99 Xyz"])
def test_a_retry_after_that_says_nothing_leaves_the_ordinary_pause(ssb: SSB, tmp_path: Path, text: str) -> None:
    ssb.faults = {0: answer("", 429, Retry_After=text)}
    assert data_fetch(("12143",), tmp_path, False, ssb.client()) == 0
    assert ssb.slept == [2.0]


@pytest.mark.parametrize("text", ["inf", "nan", "1e9", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_retry_after_beyond_all_patience_ends_the_download(ssb: SSB, tmp_path: Path, text: str) -> None:
    ssb.faults = {0: answer("", 429, Retry_After=text)}
    assert "asks to wait" in refused(ssb, tmp_path)
    assert ssb.slept == []


@pytest.mark.parametrize(
    "place",
    [
        "http://example.org/tables", "https://data.ssb.no.example.org/x", "//169.254.169.254/latest",
        "http://127.0.0.1:1/x", "http://user@127.0.0.1/x", "file:///etc/passwd", "http://127.0.0.1:99999/",
        "http://[::1", "gopher://data.ssb.no/", "http://127.0.0.1/",
    ],
)  # fmt: skip
def test_a_redirect_to_another_place_is_not_followed(ssb: SSB, tmp_path: Path, place: str) -> None:
    ssb.faults = {0: answer("", 302, Location=place)}
    with pytest.raises(FetchError, match="not on the list of allowed"):
        data_fetch(("12143",), tmp_path, False, ssb.client())
    assert len(ssb.asked) == 1 and tables_in(tmp_path) == []


def test_a_redirect_within_the_service_is_followed_and_an_endless_one_is_not(ssb: SSB, tmp_path: Path) -> None:
    moved = "/api/pxwebapi/v2/tables/12143/metadata?lang=no"
    ssb.faults = {0: answer("", 307, Location=moved)}
    assert data_fetch(("12143",), tmp_path / "a", False, ssb.client()) == 0
    assert ssb.asked[1] == moved
    ssb.always = answer("", 302, Location=moved)
    assert "more than 3 redirects" in refused(ssb, tmp_path / "b")


def test_a_proxy_in_the_environment_is_not_used(ssb: SSB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert data_fetch(("12143",), tmp_path, False, ssb.client()) == 0


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with serving() as gone:
        client = gone.client()
    with pytest.raises(FetchError, match="the connection broke") as problem:
        data_fetch(("12143",), tmp_path, False, client)
    assert "\n" not in str(problem.value) and client.queries == 3


def test_only_https_to_statistics_norway_is_allowed_unless_it_is_loopback() -> None:
    assert (Site().scheme, Site().hosts) == ("https", ("data.ssb.no",))
    with pytest.raises(ValueError, match="loopback"):
        Site("http", ("data.ssb.no",))
    for address in ("http://data.ssb.no/x", "https://data.ssb.no:8443/x", "https://www.ssb.no/x"):
        with pytest.raises(FetchError):
            Site().allowed(address)
    assert Site().allowed("https://data.ssb.no/api/x?a=1").path == "/api/x"


def test_a_certificate_that_nobody_knows_is_refused(ssb: SSB) -> None:
    # A plain http server where https was expected: the handshake fails and nothing is sent in the clear.
    client = Client(Site("https", ("127.0.0.1",), ssb.server_port), Limits(silence=2.0, attempts=1), ssb.client().pace)
    with pytest.raises(FetchError):
        client.get_json(f"https://127.0.0.1:{ssb.server_port}/x", "SSB 12143")
    assert not any(path.startswith("/x") for path in ssb.asked)


def test_every_attempt_counts_against_the_pace(ssb: SSB, tmp_path: Path) -> None:
    client = ssb.client()
    taken = []

    class Counted(Pace):
        def take(self) -> float:
            taken.append(len(ssb.asked))
            return 0.0

    client.pace = Counted()
    ssb.faults = {1: answer("", 503), 2: hang_up}
    data_fetch(("12143",), tmp_path, False, client)
    assert len(taken) == client.queries == len(ssb.asked)


def test_nothing_is_asked_before_the_names_of_the_tables_are_known_to_be_right(ssb: SSB, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="--tables 99999: is not one of 07459"):
        data_fetch(("12143", "99999"), tmp_path / "new", False, ssb.client())
    assert ssb.asked == [] and not (tmp_path / "new").exists()


def test_a_break_during_a_pause_keeps_what_was_finished(ssb: SSB, tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    ssb.faults = {3: answer("", 503)}
    client = ssb.client()
    client.sleep = stop
    with contextlib.suppress(KeyboardInterrupt):
        data_fetch(("12143",), tmp_path, False, client)
    assert tables_in(tmp_path) == []
    asked = len(ssb.asked)
    assert data_fetch(("12143",), tmp_path, False, ssb.client()) == 0
    assert not set(ssb.asked[1:3]) & set(ssb.asked[asked:])
