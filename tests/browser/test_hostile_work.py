"""Scripts, beacons and markup in everything that a user can write, on every page: shown as they are somewhere, and nowhere run or fetched.

Drawers are opened on two pages; on all of them with SUPPORT_ROI_DRAWERS=all, as in tests/nightly/test_browser.py.

The page fixture turns red for a request to another host, and for one that the content policy had to stop.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from pages._parts.site import built
from tests.browser.screen import settle
from tests.browser.serve import LOG, serving
from tests.hostile_work import EVERYWHERE, PAYLOADS, hostile_exports, hostile_flat, hostile_work

KEYS = [spec.key for spec in built()]
MADE_BY_A_PAYLOAD = "script, iframe[srcdoc^='<script'], svg[onload], link, img[src='x'], [src*='evil.example'], [href*='evil.example'], a[href^=javascript]"
_MOST_ROUNDS, _MOST_ESCAPES = 6, 50
OPENED = KEYS if EVERYWHERE else ["overview", "cohorts"]


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A home with two hostile works, by the kind of their files."""
    home = tmp_path_factory.mktemp("home")
    files = {"exports": hostile_exports(tmp_path_factory.mktemp("exports")), "flat": [hostile_flat()]}
    return home, {kind: hostile_work(home, own) for kind, own in files.items()}


@pytest.fixture(scope="module")
def server(works: tuple[Path, dict[str, str]]) -> Iterator[str]:
    """A real server on that home."""
    with serving(works[0]) as address:
        yield address


def open_all(main: Locator, page: Page) -> int:
    """Opens every drawer, also those that appear in an opened one; gives how many."""
    opened = 0
    for _ in range(_MOST_ROUNDS):
        closed = main.locator("details:not([open]) > summary").filter(visible=True)
        if not closed.count():
            break
        for _ in range(closed.count()):
            closed.first.click()
            opened += 1
        settle(page)
    for popover in main.get_by_test_id("stPopover").get_by_role("button").filter(visible=True).all():
        popover.click()
        settle(page)
        _close(popover, page)
    return opened


def _close(popover: Locator, page: Page) -> None:
    """Escape until it is closed: one that is pressed while it is drawn anew goes nowhere, and what stays open covers the next one."""
    for _ in range(_MOST_ESCAPES):
        if popover.get_attribute("aria-expanded") == "false":
            return
        page.keyboard.press("Escape")
        page.wait_for_timeout(100)
    raise AssertionError(f"{popover} stays open")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", ["exports", "flat"])
def test_what_a_user_wrote_is_shown_as_it_is_on_every_page(page: Page, server: str, works: tuple[Path, dict[str, str]], kind: str) -> None:
    dialogs, ran = list[str](), list[str]()
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    opened, unseen = 0, set(PAYLOADS)
    for key in KEYS:
        page.goto(f"{server}/{key}?work={works[1][kind]}")
        settle(page)
        main = page.get_by_test_id("stMain")
        opened += open_all(main, page) if key in OPENED else 0
        shown = main.inner_text().replace("\u2060", "")
        unseen -= {text for text in unseen if text in shown}
        made = main.locator(MADE_BY_A_PAYLOAD).evaluate_all("found => found.map(element => element.outerHTML)")
        ran += [f"{key}: {element}" for element in made] + ([f"{key}: a script"] if page.evaluate("window.pwned") is not None else [])
        assert "Something went wrong" not in shown, key
    ran += dialogs
    print(f"payloads on every page, {kind}: {len(PAYLOADS) * len(KEYS)} tried, {len(ran)} lost")
    assert ran == []
    assert unseen == set()
    assert opened >= len(OPENED)


def test_the_log_holds_no_word_of_a_user_and_no_path_of_work(works: tuple[Path, dict[str, str]]) -> None:
    """After the pages were visited: neither stdout nor stderr repeats what a file holds, or what work is called."""
    logged = (works[0] / LOG).read_text()
    assert [text for text in (*PAYLOADS, *works[1].values(), "pwned", "evil.example", "Traceback", str(works[0])) if text in logged] == []
    assert "URL: http://localhost:" in logged


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such bits")
def test_nobody_else_on_the_computer_may_read_what_was_saved(works: tuple[Path, dict[str, str]]) -> None:
    saved = [path for folder in works[0].iterdir() if folder.is_dir() for path in (folder, *folder.rglob("*"))]
    assert len(saved) > 20
    assert [str(path) for path in saved if path.stat().st_mode & 0o077] == []
