"""Two visitors of two works at once: nobody sees a word of the other work. Twenty of them, each 50 times, in the nightly tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from roi_core.ingest import take_in
from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.browser.serve import serving
from tests.browser.sessions import foreign_seen

CANARIES = ("Amberwick Canary Ltd", "Bluefen Canary GmbH")


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A home with two works whose companies, files and columns are named after a canary."""
    home = tmp_path_factory.mktemp("home")
    return home, {canary: canary_work(home, canary) for canary in CANARIES}


@pytest.fixture(scope="module")
def server(works: tuple[Path, dict[str, str]]) -> Iterator[str]:
    with serving(works[0]) as address:
        yield address


def canary_work(home: Path, canary: str) -> str:
    """Id of work of a flat file of 500 customers."""
    rows = [f"{n},{n % 2},{n % 3 // 2},{canary} {n % 4}" for n in range(500)]
    workspace = Workspace.create(home)
    take_in([(f"{canary}.csv", "\n".join([f"customer_id,supported,churned,{canary}", *rows]).encode())], workspace)
    workspace.remember("company", canary)
    use(workspace.id, home)
    return workspace.id


def test_nobody_sees_a_word_of_another_work(browser: Browser, server: str, works: tuple[Path, dict[str, str]]) -> None:
    assert foreign_seen(browser, server, works[1], visitors=2, actions=8) == []
