"""The page for those who do not see it, do not use a mouse, or see few colours: names, headings, order, contrast."""

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from serving import Serving
from stored import shared_result
from test_dashboard_browser import CHROMIUM, LONG, sync_api, until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: the page is NOT TESTED in a browser")
LEAST = 4.5  # contrast of small letters, WCAG 2.2 § 1.4.3
NAME = """(one) => (one.getAttribute('aria-label') || '').trim()
  || (one.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id))
    .map((label) => label?.textContent).join('')
  || [...(one.labels || [])].map((label) => label.textContent).join('') || one.textContent.trim()
  || one.closest('[aria-labelledby]') && document.getElementById(
    one.closest('[aria-labelledby]').getAttribute('aria-labelledby'))?.textContent || ''"""
SHOWN = "(one) => one.offsetParent !== null && !one.closest('[aria-hidden=true]')"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page in Norwegian with a kommune and its ledger, in one window for all of these tests."""
    folder = tmp_path_factory.mktemp("results")
    shutil.copytree(shared_result(), folder / shared_result().name)
    served = Serving(Path(folder))
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        opened.set_default_timeout(LONG)
        opened.goto(served.address + "?lang=nb&kommune=3418&run=1&step=2027")
        opened.wait_for_selector("#sheet-fan-0 svg")
        until(opened, "document.querySelector('#ledger-year') !== null")
        yield opened
        browser.close()
    served.stop()


def test_whatever_can_be_used_has_a_name_of_its_own(page) -> None:
    found = page.evaluate(f"""() => {{ const name = {NAME}, shown = {SHOWN};
      const kinds = 'button, a[href], input, textarea, select, summary, progress, [role=slider], [role=img]';
      return [...document.querySelectorAll(kinds)]
        .filter(shown).map((one) => [one.tagName, name(one).replace(/\\s+/g, ' ').trim()]); }}""")
    assert len(found) > 40
    assert [each for each in found if len(each[1]) < 2] == []
    saves = [name for tag, name in found if name.startswith("Last ned")]
    assert len(saves) == 10 and max(Counter(saves).values()) == 1


def test_headings_go_down_one_level_at_a_time(page) -> None:
    levels = page.evaluate(f"""() => [...document.querySelectorAll('h1, h2, h3, h4, h5')].filter({SHOWN})
      .map((one) => [+one.tagName[1], one.textContent.trim()])""")
    assert [level for level, _ in levels].count(1) == 1 and levels[0][0] == 1
    assert all(words for _, words in levels)
    assert all(after[0] <= before[0] + 1 for before, after in pairwise(levels))


def test_every_drawing_says_what_it_shows_and_where_its_numbers_are(page) -> None:
    labels = page.evaluate(f"""() => [...document.querySelectorAll('[role=img]')].filter({SHOWN})
      .map((one) => one.getAttribute('aria-label'))""")
    assert len(labels) == 6 and all(label and len(label) > 8 for label in labels)
    assert page.evaluate("[...document.querySelectorAll('.drawing svg')].every((one) => one.closest('[role=img]'))")
    assert page.evaluate("[...document.querySelectorAll('img')].every((one) => one.alt)")
    for name in ("fan", "states"):
        assert page.locator(f"#{name}-table table tbody tr").count() == 4


def test_tables_have_heads_for_columns_and_rows(page) -> None:
    wrong = page.evaluate("""() => [...document.querySelectorAll('main table')].filter((table) => {
      const rows = [...table.querySelectorAll('tbody tr')];
      return !table.querySelectorAll('thead th[scope=col]').length
        || !rows.length || rows.some((row) => !row.querySelector('th[scope=row]'))
        || !(table.caption || table.getAttribute('aria-labelledby') || table.closest('[aria-label]'));
    }).map((table) => table.outerHTML.slice(0, 150))""")
    assert wrong == []


def test_the_tabulator_goes_down_the_page_and_gets_stuck_nowhere(page) -> None:
    page.evaluate("window.scrollTo(0, 0); document.activeElement.blur()")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""() => {
          const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
          const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || !!one.closest('.dash-dropdown');
          return [one.id || one.textContent.trim().slice(0, 20), Math.round(box.top), box.width * box.height, seen];
        }""")
        )
    assert seen[0][0].startswith("Hopp til")
    names = [name for name, *_ in seen]
    assert all(here != after for here, after in pairwise(names))
    assert [name for name, _, size, _ in seen if size == 0] == []
    cards = [names.index(name) for name in ("result", "share", "more")]
    assert cards == sorted(cards)
    assert [name for name, *_, visible in seen if not visible] == []


def test_what_comes_later_is_told_of(page) -> None:
    told = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('[role=status], [aria-live]')]
      .map((one) => [one.id, one.getAttribute('aria-live') || one.getAttribute('role')]))""")
    assert {"status", "ledger-status", "try-status"} <= told.keys()
    assert "2027" in page.inner_text("#ledger-status")
    assert page.get_attribute("#more", "aria-expanded") == "false"
    page.click("#more")
    assert page.get_attribute("#more", "aria-expanded") == "true"
    assert page.locator("#ranking tbody tr").count() > 300
    assert page.locator("#ranking button[aria-current=true]").count() == 1
    page.click("#more")


def test_the_language_of_every_part_is_given(page) -> None:
    assert page.evaluate("document.documentElement.lang") == "nb"
    assert page.locator("#ledger [lang=nb]").count() > 10 and page.locator("#ledger [lang=en]").count() <= 3


def test_letters_stand_out_from_what_is_behind_them(page) -> None:
    pairs = page.evaluate(f"""() => {{
      const behind = (one) => {{
        for (let at = one; at; at = at.parentElement) {{
          const colour = getComputedStyle(at).backgroundColor;
          if (!/, 0\\)$/.test(colour) && colour !== 'transparent') return colour;
        }}
        return 'rgb(255, 255, 255)';
      }};
      return [...document.querySelectorAll('main *, header *')].filter({SHOWN})
        .filter((one) => !(one instanceof SVGElement) && !one.disabled
          && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
        .map((one) => [getComputedStyle(one).color, behind(one), one.textContent.trim().slice(0, 40)]);
    }}""")
    assert len(pairs) > 300
    assert [pair for pair in pairs if contrast(pair[0], pair[1]) < LEAST] == []
    drawn = page.evaluate("""() => [...document.querySelectorAll('#states rect')].map((one) => [
      one.getAttribute('fill'), one.nextSibling.getAttribute('fill')])""")
    assert len(drawn) == 16 and all(contrast(*pair) >= LEAST for pair in drawn)


def contrast(letters: str, behind: str) -> float:
    """The ratio of WCAG between two colours, as #rrggbb or rgb(r, g, b); what shines through is laid on white."""
    below = laid_on(behind, (255.0, 255.0, 255.0))
    bright, dark = sorted((luminance(laid_on(letters, below)), luminance(below)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def laid_on(colour: str, below: tuple[float, ...]) -> tuple[float, ...]:
    colour = {"white": "#ffffff", "black": "#000000"}.get(colour, colour)
    if colour.startswith("#"):
        return tuple(float(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    *parts, share = [*map(float, colour[colour.index("(") + 1 : -1].split(",")), 1.0][:4]
    return tuple(share * part + (1.0 - share) * under for part, under in zip(parts, below, strict=True))


def luminance(parts: tuple[float, ...]) -> float:
    linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in (part / 255.0 for part in parts)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_ratio_of_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "rgb(255, 255, 255)") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("rgba(0, 0, 0, 0.5)", "#ffffff") == pytest.approx(contrast("rgb(127.5, 127.5, 127.5)", "#ffffff"))
