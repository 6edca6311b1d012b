"""What a person waits for in the browser: first paint, an example to its overview, a slider to a settled chart."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.timing import Figure
from roi_core.cli.serve import any_port, app_folder, wait_until_it_answers
from roi_core.sentences import say
from tests.browser.chromium import install, installed
from tests.browser.screen import settle

STARTS = 3
STEPS = 15
OTHERS = ("still_water", "fogbank", "linden_loom")
PREPARED_AFTER = 60
"""Seconds in which the server makes the other examples ready beside the visitor."""
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def figures() -> Iterator[Figure]:
    """Medians, in one browser against two servers: the app, and an empty fragment."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed() or install(), args=FLAGS)
        first = [_first_visit(chromium) for _ in range(STARTS)]
        yield Figure("server start to first paint", median(paint for paint, _, _ in first), "s", limit=3)
        yield Figure("server start to the answer of the example", median(answer for _, answer, _ in first), "s")
        yield Figure("another example asked for right then, to its answer", median(other for _, _, other in first), "s")
        with _server(app_folder() / "app.py") as app:
            yield Figure("first paint in a new tab", _opened(chromium, f"{app}/methods"), "s", limit=3)
            sleep(PREPARED_AFTER)
            yield Figure("an example nobody opened yet, to its answer", median(_timed(chromium, f"{app}/?sample={key}") for key in OTHERS), "s", limit=3)
            slider = _slider(chromium, f"{app}/scenarios", say("scenarios.first_contact_resolution"), re.compile(r"^Resolving .* at first contact"))
        with _server(Path(__file__).with_name("empty_fragment.py")) as empty:
            bare = _slider(chromium, empty, "Empty", re.compile(r"^value"))
            floor = _slider(chromium, f"{empty}/?chart=1", "Chart", re.compile(r"^drawn"))
        yield Figure("a slider alone in a fragment, key to settled", bare, "ms")
        yield Figure("a slider and a line alone in a fragment", floor, "ms")
        yield Figure("What if?: slider to settled chart", slider, "ms", limit=250)
        yield Figure("the same in fragments of a slider and a line", slider / floor, "x", limit=1.4)
        chromium.close()


@contextmanager
def _server(script: Path) -> Iterator[str]:
    port = any_port()
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true"]
        environment = os.environ | {"SUPPORT_ROI_HOME": home, "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            wait_until_it_answers(server, port)
            yield f"http://127.0.0.1:{port}"
            server.terminate()


@contextmanager
def _page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-US", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def _first_visit(chromium: Browser) -> tuple[float, float, float]:
    """Seconds to the first words and to the answer as soon as a server answers, while the example is still being read; then to another's."""
    with _server(app_folder() / "app.py") as app, _page(chromium) as page:
        start = perf_counter()
        page.goto(app)
        page.wait_for_function("() => document.querySelector('main')?.innerText.trim()")
        painted = perf_counter() - start
        expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible(timeout=60_000)
        return painted, perf_counter() - start, _timed(chromium, f"{app}/?sample={OTHERS[0]}")


def _opened(chromium: Browser, address: str) -> float:
    return median(_timed(chromium, address) for _ in range(3))


def _timed(chromium: Browser, address: str) -> float:
    with _page(chromium) as page:
        start = perf_counter()
        page.goto(address)
        expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible(timeout=60_000)
        return perf_counter() - start


def _slider(chromium: Browser, address: str, name: str, changes: re.Pattern[str]) -> float:
    """Milliseconds from a key on the slider to its changed heading, an idle script and two drawn frames."""
    with _page(chromium) as page:
        page.goto(address)
        settle(page)
        page.get_by_role("slider", name=name).focus()
        page.keyboard.press("ArrowRight")
        heading = page.get_by_role("main").get_by_role("heading", name=changes).first
        expect(heading).to_be_visible(timeout=60_000)
        settle(page)
        return median(_step(page, heading.inner_text, side) for side in ["ArrowRight", "ArrowLeft"] * (STEPS // 2))


def _step(page: Page, told: Callable[[], str], key: str) -> float:
    before = told()
    start = perf_counter()
    page.keyboard.press(key)
    page.wait_for_function("before => ![...document.querySelectorAll('h1,h2,h3,h4')].some(h => h.innerText === before)", arg=before)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.evaluate(FRAMES)
    return 1_000 * (perf_counter() - start)
