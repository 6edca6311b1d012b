import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roi_core.cli.serve import any_port, wait_until_it_answers
from tests.browser.conftest import window
from tests.browser.screen import settle
from tests.pages.hostile import HOSTILE

SCRIPT = Path(__file__).with_name("hostile_app.py")
MARKUP = "img, iframe, script, .katex, a[href^=http], a[href^=mailto], strong, em, del, li, blockquote, td"
PLACES = "[data-testid=stMarkdownContainer] p, [data-testid=stHeading] h3"


@pytest.fixture
def address() -> Iterator[str]:
    """Streamlit as it comes, without our content policy: what it would fetch, it fetches."""
    port = any_port()
    command = [sys.executable, "-m", "streamlit", "run", str(SCRIPT), "--server.port", str(port), "--server.headless=true", "--browser.gatherUsageStats=false"]
    with subprocess.Popen(command, cwd=SCRIPT.parents[2], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_until_it_answers(server, port)
        yield f"http://localhost:{port}"
        server.terminate()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window on that app."""
    with closing(window(browser, address)) as context:
        yield context


def test_hostile_text_is_shown_and_fetches_nothing(page: Page, address: str):
    page.goto(address)
    settle(page)
    expect(page.get_by_role("heading", name="Hostile")).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.locator(MARKUP).evaluate_all("found => found.map(element => element.outerHTML)") == []
    shown = {text.replace("\u2060", "") for text in main.locator(PLACES).all_text_contents()}
    assert [text for text in HOSTILE if _as_shown(text) not in shown] == []


def _as_shown(text: str) -> str:
    """On one line; what turns the direction of writing is replaced."""
    return " ".join(text.split()).replace("\u202e", "\ufffd")
