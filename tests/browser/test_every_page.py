"""Every page: axe on a desktop in the light theme and on a telephone in the dark one, nothing cut, and its own address as a server's first request."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from pages._parts.site import built
from roi_core.cli.serve import any_port, wait_until_it_answers
from roi_core.ingest import take_in
from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.browser.screen import faults, settle, settle_narrow, visit
from tests.pages.conftest import FLAT

PHONE = ViewportSize(width=390, height=844)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def flat_work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Saved work that is quick to open, looked at last."""
    workspace = Workspace.create(tmp_path_factory.mktemp("work"))
    take_in([FLAT], workspace)
    use(workspace.id, workspace.home)
    return workspace


@pytest.fixture
def fresh(flat_work: Workspace) -> Iterator[str]:
    """Address of a server that nobody has asked for anything but whether it is there."""
    port = any_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    home = os.environ | {"SUPPORT_ROI_HOME": str(flat_work.home)}
    with subprocess.Popen(command, cwd=ROOT, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_until_it_answers(server, port)
        yield f"http://localhost:{port}"
        server.terminate()


KEYS = [spec.key for spec in built()]


@pytest.mark.parametrize("key", KEYS)
def test_a_page_is_within_the_screen_and_has_no_serious_fault_for_assistive_technology(page: Page, key: str):
    visit(page, f"/{key}")
    fits_and_has_no_fault(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    settle_narrow(page)
    fits_and_has_no_fault(page)


def fits_and_has_no_fault(page: Page) -> None:
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert faults(page) == []


@pytest.mark.parametrize("key", KEYS)
def test_the_first_request_of_a_server_may_be_any_page(fresh: str, flat_work: Workspace, page: Page, key: str):
    page.goto(f"{fresh}/{key}?work={flat_work.id}")
    settle(page)
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(len(built()))
