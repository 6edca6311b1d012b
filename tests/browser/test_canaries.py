"""A visit to pages of work with an address, a company and an amount that stand nowhere else: the server keeps none of them, in its log or on the disk.

To every page with SUPPORT_ROI_DRAWERS=all, as in tests/nightly/test_browser.py.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from pages._parts.site import built
from roi_core.ingest import take_in
from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.browser.screen import settle
from tests.browser.serve import LOG, serving
from tests.hostile_work import EVERYWHERE
from tests.store.canaries import files, found


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.create(tmp_path_factory.mktemp("home"))
    take_in(files(), workspace)
    use(workspace.id, workspace.home)
    return workspace


@pytest.fixture(scope="module")
def server(work: Workspace) -> Iterator[str]:
    with serving(work.home) as address:
        yield address


def test_a_server_logs_and_keeps_no_word_of_a_customer(page: Page, server: str, work: Workspace) -> None:
    keys = [spec.key for spec in built()] if EVERYWHERE else ["overview", "data", "cohorts", "reports"]
    for key in keys:
        page.goto(f"{server}/{key}?work={work.id}")
        settle(page)
    told = found(work.home)
    print(f"canaries in the clear, every page of a server: {len(keys)} tried, {len(told)} lost")
    assert told == []
    assert "URL: http://localhost:" in (work.home / LOG).read_text()
