"""Many visitors at once, and the same visitor many times: nobody sees another's work, everybody is answered, memory comes back."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest
from playwright.sync_api import Browser

from roi_core.workspace import Workspace
from tests.browser.conftest import browser
from tests.browser.serve import serving
from tests.browser.sessions import foreign_seen, growth
from tests.browser.test_sessions import CANARIES, canary_work
from tests.pages.app import calm, visit

__all__ = ["browser"]

_CAP_BYTES = 3 << 30
_LIGHT_SECONDS = 3.0
_GROWTH_BYTES = 50 << 20


def test_twenty_visitors_of_two_works_see_no_word_of_the_other(browser: Browser, tmp_path: Path) -> None:
    works = {canary: canary_work(tmp_path, canary) for canary in CANARIES}
    with serving(tmp_path) as address:
        assert foreign_seen(browser, address, works, visitors=20, actions=50) == []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    return tmp_path


def test_fifty_open_the_app_while_twenty_measure(home: Path) -> None:
    """Twenty works of their own are measured; fifty visitors open the page that needs no measurement, whose 95th percentile is timed."""
    heavy = [canary_work(home, f"Company {n} Ltd") for n in range(20)]
    light = Workspace.create(home).id
    calm(visit("methods", work=light))

    def opened(_: int) -> float:
        began = time.monotonic()
        calm(visit("methods", work=light))
        return time.monotonic() - began

    with ThreadPoolExecutor(20) as working, ThreadPoolExecutor(10) as looking:
        answers = [working.submit(lambda work=work: calm(visit("overview", work=work)).title[0].value) for work in heavy]  # type: ignore[misc]
        seconds = list(looking.map(opened, range(50)))
        found = {answer.result() for answer in answers}
    assert len(found) == 1
    assert float(np.quantile(seconds, 0.95)) < _LIGHT_SECONDS
    assert psutil.Process().memory_info().rss < _CAP_BYTES


def test_two_hundred_uploads_of_twenty_megabytes_leave_the_memory_as_it_was(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        assert growth(browser, address, megabytes=20, warm_up=20, cycles=200) < _GROWTH_BYTES
