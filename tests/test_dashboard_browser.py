"""The page in a real browser: every control, no console error, nothing beyond this machine."""

import shutil
import time
from pathlib import Path

import pytest
from serving import Serving
from stored import HOSTILE, make_result, shared_result

ROOT = Path(__file__).resolve().parents[1]
pytest.importorskip("dash", reason="dash is not installed: the dashboard is NOT TESTED")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is NOT TESTED")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: the page is NOT TESTED in a browser")
LONG = 30_000  # ms: how long to wait for what takes a moment on a busy machine


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """A folder with the shared result, one under other rules and the same chance, and one with a hostile title."""
    folder = tmp_path_factory.mktemp("results")
    shutil.copytree(shared_result(), folder / shared_result().name)
    for name, text, more in (
        ("rules", "[levers]\nminste_fond = 0.1\n", {"title": "Other rules"}),
        ("hostile", "", {"title": HOSTILE, "question": HOSTILE}),
    ):
        made = make_result(tmp_path_factory.mktemp(name), 25 if name == "rules" else 2, 4, text, **more)
        key = "other-rules" if name == "rules" else "<script>alert(1)<"
        shutil.copytree(made, folder / key)
    return folder


@pytest.fixture(scope="module")
def serving(results):
    served = Serving(results)
    yield served
    if served.process.poll() is None:
        served.stop()


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser, serving):
    """A page that fails the test in the end if it said anything in the console or asked anybody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(LONG)
    opened, said = context.new_page(), []
    opened.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    ours = (serving.address, "data:", "blob:")
    context.on("request", lambda asked: None if asked.url.startswith(ours) else said.append(f"asked {asked.url}"))
    opened.on("response", lambda got: said.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    yield opened
    context.close()
    assert said == []


def until(page, condition: str) -> None:
    """Waits until this holds on the page (the page's policy forbids the browser to evaluate it by itself)."""
    end = time.monotonic() + LONG / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(30)


def visit(page, serving, **view: object) -> None:
    """Opens a view of the shared result, and waits until it is drawn."""
    query = {"result": shared_result().name, **view}
    page.goto(serving.address + "?" + "&".join(f"{key}={value}" for key, value in query.items()))
    page.wait_for_selector("#map svg")
    until(page, "location.search.includes('result=')")


def choose(page, name: str, label: str) -> None:
    """Chooses an entry of a list on the page, by keyboard where the list can be searched."""
    page.click(f"#{name}")
    page.get_by_role("option", name=label, exact=False).first.click()
    page.keyboard.press("Escape")


def test_the_first_view_says_who_is_most_at_risk_and_why(page, serving) -> None:
    from sim.dashboard.stored import open_stored
    from sim.dashboard.values import by_unit

    visit(page, serving)
    stored = open_stored(shared_result())
    risk = by_unit(stored, "sannsynlighet_robek", 2029)[:357]
    first = page.locator("#ranking tbody tr").first
    assert f"{risk.max():.0f}" in first.locator(".number").inner_text()
    assert len(first.locator(".why").inner_text()) > 10
    assert "2029" in page.inner_text("#ranking-title") and page.locator("#ranking tbody tr").count() == 15
    assert page.inner_text("h1") and page.locator("main").count() == 1


def test_every_choice_moves_the_view_and_stands_in_the_address(page, serving) -> None:
    visit(page, serving)
    choose(page, "year", "2027")
    until(page, "document.querySelector('#ranking-title').textContent.includes('2027')")
    choose(page, "output", "Lånegjeld for own purposes, % of")
    until(page, "document.querySelector('#fan-title').textContent.startsWith('Lånegjeld')")
    choose(page, "group", "Kommuner in Innlandet")
    until(page, "document.querySelector('#fan-title').textContent.includes('Innlandet')")
    page.click("#more")
    until(page, "document.querySelectorAll('#ranking tbody tr').length === 46")
    choose(page, "compare", "Other rules")
    page.wait_for_selector("#contrast table")
    until(page, "document.querySelector('#fan-title').textContent.includes('Other rules')")
    address = page.url
    for part in ("year=2027", "lanegjeld_pct", "Innlandet", "compare=other-rules"):
        assert part in address
    title, rows = page.inner_text("#ranking-title"), page.inner_text("#ranking tbody tr:first-child")
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#contrast table")
    assert (page.inner_text("#ranking-title"), page.inner_text("#ranking tbody tr:first-child")) == (title, rows)


def test_a_kommune_is_picked_by_keyboard_by_name_and_on_the_map(page, serving) -> None:
    visit(page, serving)
    name = page.locator("#ranking button.name").first
    name.focus()
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('#sheet-title')?.textContent === {name.inner_text()!r}")
    until(page, "document.querySelectorAll('#sheet-fans figure:not([hidden]) svg').length === 3")
    assert page.evaluate("document.activeElement.id") == "sheet-card"
    page.evaluate("window.scrollTo(0, 0)")
    page.click("#kommune")
    page.click(".dash-dropdown-search")
    page.keyboard.type("Åsnes")
    until(page, "document.querySelectorAll('[role=option]').length === 1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(page, "location.search.includes('kommune=3418')")
    page.keyboard.press("Escape")
    page.locator("#map").scroll_into_view_if_needed()
    oslo = page.locator("#map circle[data-code='0301']").bounding_box()
    middle = oslo["x"] + oslo["width"] / 2, oslo["y"] + oslo["height"] / 2
    page.mouse.move(*middle)
    assert "Oslo" in page.inner_text("#tip")
    page.mouse.click(*middle)
    until(page, "location.search.includes('kommune=0301')")
    until(page, "document.querySelector('#sheet-title').textContent === 'Oslo'")
    until(page, "document.querySelectorAll('#map .chosen').length === 1")


def test_a_run_is_stepped_through_year_by_year_and_shared_by_its_address(page, serving) -> None:
    from sim.dashboard.stored import open_stored

    visit(page, serving, kommune="3418", year=2028)
    page.fill("#ledger-run", "3")
    page.keyboard.press("Tab")
    page.click("#ledger-show")
    until(page, "document.querySelector('#ledger-year')?.textContent === 'The year 2028'")
    assert page.locator("#ledger details.step").count() > 10 and page.locator("#ledger .lines tbody tr").count() > 100
    page.click("#step-on")
    until(page, "document.querySelector('#ledger-year')?.textContent === 'The year 2029'")
    assert page.locator("#step-on").is_disabled()
    for year in (2028, 2027):
        page.click("#step-back")
        until(page, f"document.querySelector('#ledger-year')?.textContent === 'The year {year}'")
    assert serving.children() == []
    stored = open_stored(shared_result())
    fund = stored.array("disposisjonsfond")[:2, 3, stored.units.index("3418")]
    row = page.locator("#ledger table").first.locator("tbody tr").nth(1).locator("td").all_inner_texts()
    assert row == [f"{value / 1e6:,.1f}" for value in fund]
    address = page.url
    assert "run=3" in address and "step=2027" in address
    page.goto("about:blank")
    page.goto(address)
    until(page, "document.querySelector('#ledger-year')?.textContent === 'The year 2027'")
    page.locator("#ranking button.name").first.click()
    until(page, "!location.search.includes('step=')")
    until(page, "document.querySelector('#ledger').childElementCount === 0")


def test_figures_and_the_numbers_behind_them_can_be_saved(page, serving) -> None:
    visit(page, serving)
    for kind, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        for figure in ("map", "fan", "states"):
            with page.expect_download() as waiting:
                page.click(f"button[data-figure={figure}][data-format={kind}]")
            data = Path(waiting.value.path()).read_bytes()
            assert data.startswith(begins) and len(data) > 2000
    with page.expect_download() as waiting:
        page.click("a[data-csv=fan]")
    assert Path(waiting.value.path()).read_text().startswith("year,")


def test_every_control_has_a_name_and_every_figure_a_table(page, serving) -> None:
    visit(page, serving, kommune="3418")
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, a[href], input, textarea, [role=slider]')]
      .filter((one) => one.offsetParent && !one.closest('[aria-hidden=true]') && !(
        one.getAttribute('aria-label') || one.getAttribute('aria-labelledby')
        || one.textContent.trim() || (one.labels && one.labels.length) || one.getAttribute('placeholder')
        || one.closest('[aria-labelledby]'))).map((one) => one.outerHTML.slice(0, 120))""")
    assert nameless == []
    for name in ("fan", "states"):
        page.locator(f"#{name}-table").locator("xpath=..").locator("summary").click()
        assert page.locator(f"#{name}-table tbody tr").count() == 4
    assert page.locator("[aria-live=polite]").count() >= 2


def test_the_page_speaks_norwegian_and_fits_a_phone(page, serving) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    visit(page, serving, kommune="3418", year=2028)
    page.click("a[lang=nb]")
    until(page, "document.querySelector('h1')?.textContent.startsWith('Hvilke')")
    page.wait_for_selector("#sheet-fan-0 svg")
    assert "2028" in page.inner_text("#ranking-title")
    assert page.evaluate("document.documentElement.lang") == "nb"
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("width", [375, 1280])
def test_no_drawing_is_empty_and_no_label_leaves_it_or_lies_on_another(page, serving, width) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, serving, kommune="3418", lang="nb")
    until(page, "document.querySelectorAll('.drawing svg').length === 6")
    assert page.locator("#map circle[data-code]").count() == 357
    assert (
        page.evaluate(
            "new Set([...document.querySelectorAll('#map circle[data-code]')].map((c) => c.getAttribute('fill'))).size"
        )
        > 2
    )
    assert page.locator("#states rect").count() == 16
    for name in ("fan", "sheet-fan-0", "sheet-fan-1", "sheet-fan-2"):
        assert page.locator(f"#{name} path").count() == 3 + 8 and page.locator(f"#{name} circle").count() == 4
    wrong = page.evaluate("""() => [...document.querySelectorAll('.drawing')].flatMap((place) => {
      const all = place.getBoundingClientRect(), words = [...place.querySelectorAll('text')];
      const boxes = words.map((one) => [one.textContent, one.getBoundingClientRect()]);
      const outside = boxes.filter(([_, box]) => box.left < all.left - 1 || box.right > all.right + 1
        || box.top < all.top - 1 || box.bottom > all.bottom + 1).map(([said]) => [place.id, 'outside', said]);
      const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 4 && other.top < one.bottom - 4;
      const crossed = boxes.flatMap(([said, one], at) => boxes.slice(at + 1).filter(([_, other]) => meet(one, other))
        .map(([other]) => [place.id, said, other]));
      return [...outside, ...crossed];
    })""")
    assert wrong == []


def test_hostile_names_stay_text(page, serving) -> None:
    page.goto(serving.address + "?result=%3Cscript%3Ealert(1)%3C&compare=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E")
    page.wait_for_selector("#map svg")
    assert "<script>alert" in page.inner_text("#result")
    assert page.locator("img[src=x]").count() == 0
    choose(page, "compare", "· 25 ·")
    page.wait_for_selector("#contrast p")
    assert page.locator("img[src=x]").count() == 0


def test_a_small_run_is_made_stored_and_chosen_and_a_hostile_value_refused(page, serving, results) -> None:
    visit(page, serving)
    page.fill("#try-more", "dekningsfrist=<img src=x onerror=alert(1)>")
    page.fill("#try-runs", "5")
    page.click("#try-start")
    until(page, "document.querySelector('#try-status').textContent.startsWith('Refused')")
    assert "<img src=x" in page.inner_text("#try-status") or "dekningsfrist" in page.inner_text("#try-status")
    page.fill("#try-more", "")
    slider = page.locator("#try-sliders [role=slider]").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    before = set(results.iterdir())
    page.click("#try-start")
    until(page, "document.querySelector('#try-status').textContent.startsWith('Finished')")
    made = set(results.iterdir()) - before
    assert len(made) == 1
    from sim.store import open_results

    stored = open_results(made.pop())
    assert stored.runs == 5 and stored.scenario["levers"]["dekningsfrist"] == 3
    until(page, f"location.search.includes('result={stored.folder.name}')")
    until(page, "document.querySelector('#status').textContent.startsWith('5 ')")


def test_a_run_can_be_cancelled_and_none_outlives_the_page(page, serving) -> None:
    visit(page, serving)
    page.fill("#try-runs", "200")
    page.click("#try-start")
    page.wait_for_selector("#try-cancel:not([disabled])")
    assert len(serving.children()) == 1
    page.click("#try-cancel")
    until(page, "document.querySelector('#try-status').textContent === 'Cancelled.'")
    assert serving.children() == []
