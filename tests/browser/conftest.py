"""A real server, a real Chromium, and one page per test that must call no other host and show no error of the program."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Literal
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.browser.chromium import install, installed
from tests.browser.screen import settle

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",
    "--js-flags=--single-threaded --no-opt --no-maglev",
)
"""One process for all pages of the app, and no compiler that pays only for script that runs for minutes: a page costs two thirds of the processor."""
_TIMEOUT_MS = 20_000


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, started as a user starts it, from a folder that is not the project.

    Work without a file was looked at last, or the server would measure all the examples, of which the tests open one.
    """
    folder = tmp_path_factory.mktemp("app")
    use(Workspace.create(folder / "home").id, folder / "home")
    log = folder / "server.log"
    command = [sys.executable, "-m", "roi_core.cli", "app", "--no-browser"]
    with log.open("wb") as errors:
        server = subprocess.Popen(
            command, cwd=folder, env=os.environ | {"SUPPORT_ROI_HOME": str(folder / "home")}, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    with server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert "http://" in line, log.read_text()
        yield line.split()[4]
        server.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed() or install(), args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=["light"])
def scheme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    return "dark" if request.param == "dark" else "light"


def window(browser: Browser, address: str) -> BrowserContext:
    """A window on an app, with nothing stored."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800}, locale="en-US", timezone_id="UTC", reduced_motion="reduce")
    context.set_default_timeout(_TIMEOUT_MS)
    expect.set_options(timeout=_TIMEOUT_MS)
    return context


@pytest.fixture(scope="session")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """One window for all tests, with a page that stays: the program of the pages, megabytes of script, is fetched and compiled once."""
    with closing(window(browser, address)) as context:
        context.new_page().goto("/_stcore/health")
        yield context


@pytest.fixture
def page(context: BrowserContext, address: str, scheme: Literal["light", "dark"]) -> Iterator[Page]:
    """A page at the app's address without anything that an earlier one stored, watched until the test ends."""
    with closing(context.new_page()) as page:
        _forget(page, address)
        page.emulate_media(color_scheme=scheme)
        outside: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: outside.append(request.url) if _is_outside(request.url, address) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        yield page
        settle(page)
        assert outside == [], "requests to other hosts"
        assert errors == [], "errors of the page's scripts"
        assert page.get_by_test_id("stException").count() == 0, "an error of the program is on the page"


def _forget(page: Page, address: str) -> None:
    """Cookies and all that scripts can store; what was fetched stays in the cache."""
    page.context.clear_cookies()
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})


def _is_outside(url: str, address: str) -> bool:
    return not url.startswith(("data:", "blob:")) and urlparse(url).hostname != urlparse(address).hostname
