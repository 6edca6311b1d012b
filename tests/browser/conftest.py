"""A real server, a real Chromium, and one fresh context per test that must call no other host and show no error of the program."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
)
_TIMEOUT_MS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All flows share one server and one browser, so one worker runs them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("app"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, started as a user starts it, with an empty home and from a folder that is not the project."""
    folder = tmp_path_factory.mktemp("app")
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
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, address: str, scheme: str) -> Iterator[Page]:
    """A page at the app's address, watched until the test ends."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": 1280, "height": 800},
        locale="en-US",
        timezone_id="UTC",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_TIMEOUT_MS)
    outside: list[str] = []
    errors: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: outside.append(request.url) if _is_outside(request.url, address) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    settle(page)
    assert outside == [], "requests to other hosts"
    assert errors == [], "errors of the page's scripts"
    assert page.get_by_test_id("stException").count() == 0, "an error of the program is on the page"
    context.close()


def _is_outside(url: str, address: str) -> bool:
    return not url.startswith(("data:", "blob:")) and urlparse(url).hostname != urlparse(address).hostname
