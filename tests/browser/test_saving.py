"""Nothing is lost: two tabs, a refresh, sockets that are cut, a server that dies; and nothing is shown while presenting.

SUPPORT_ROI_CUTS and SUPPORT_ROI_RESTARTS say how often; tests/nightly/test_browser.py runs many.
"""

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from pages._parts.site import built
from roi_core.ingest import take_in
from roi_core.sentences import say
from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.browser.screen import faults, settle, settle_narrow, visit
from tests.browser.serving import Server
from tests.pages.conftest import FLAT

CUTS, RESTARTS = int(os.environ.get("SUPPORT_ROI_CUTS", "4")), int(os.environ.get("SUPPORT_ROI_RESTARTS", "1"))
PATIENCE_MS = 60_000
FILE = "letters of zulu.csv"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Saved work that is quick to open, beside another company."""
    home = tmp_path_factory.mktemp("saved")
    workspace = Workspace.create(home)
    take_in([(FILE, FLAT.read_bytes())], workspace)
    Workspace.create(home).remember("company", "Zulu")
    use(workspace.id, home)
    return workspace


@pytest.fixture(scope="module")
def server(work: Workspace) -> Iterator[Server]:
    server = Server(work.home)
    server.start()
    yield server
    server.kill()


def reports(page: Page, server: Server, work: Workspace) -> Locator:
    """The field for the name of the company, on Reports. A machine that is busy is waited for: slow is not lost."""
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server.address}/reports?work={work.id}")
    settle(page)
    return page.get_by_role("textbox", name=say("reports.company"))


def name(field: Locator, company: str) -> None:
    field.fill(company)
    field.press("Enter")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits, while the page goes on."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        page.wait_for_timeout(50)


def settle_again(page: Page) -> None:
    """After a socket was lost."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=PATIENCE_MS)
    settle(page)


def test_the_second_tab_is_told_and_keeps_its_own_as_a_copy(page: Page, server: Server, work: Workspace) -> None:
    first, second = reports(page, server, work), page.context.new_page()
    field = reports(second, server, work)
    name(first, "Acme")
    until(page, lambda: work.recall("company") == "Acme")
    name(field, "Mine")
    expect(second.get_by_text("This was changed elsewhere at")).to_be_visible()
    settle(second)
    assert faults(second) == []
    assert work.recall("company") == "Acme"
    second.get_by_role("button", name=say("work.keep_copy")).focus()
    second.keyboard.press("Enter")
    expect(second).not_to_have_url(re.compile(work.id))
    expect(second.get_by_test_id("stMain").get_by_text("Acme (copy)").first).to_be_visible()
    assert work.recall("company") == "Acme"
    second.close()


def test_a_scenario_is_there_after_a_refresh_on_another_page_and_is_undone_by_keyboard(page: Page) -> None:
    visit(page, "/scenarios")
    lever = page.get_by_role("slider", name=say("scenarios.first_contact_resolution"))
    today = lever.input_value()
    lever.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    undo = page.get_by_role("button", name=say("work.undo", what="what if"))
    expect(undo).to_be_visible()
    settle(page)
    moved = lever.input_value()
    page.get_by_role("link", name="How we calculate").click()
    expect(page).to_have_url(re.compile("/methods"))
    settle(page)
    page.reload()
    settle(page)
    page.get_by_role("link", name="What if?").click()
    expect(lever).to_have_value(moved, timeout=PATIENCE_MS)
    settle(page)
    assert moved != today
    undo.focus()
    page.keyboard.press("Enter")
    expect(lever).to_have_value(today)
    expect(page.get_by_role("button", name=say("work.redo", what="what if"))).to_be_visible()
    expect(undo).to_have_count(0)


@pytest.fixture
def cut(page: Page) -> Callable[[], None]:
    """Cuts the page's connection to the server, and waits until it has another that is whole."""
    connections: list[Callable[[], None]] = []

    def between(socket: WebSocketRoute) -> None:
        server_side = socket.connect_to_server()

        def end() -> None:
            server_side.close()
            socket.close()

        connections.append(end)

    def cut() -> None:
        before = len(connections)
        connections[-1]()
        until(page, lambda: len(connections) > before)
        settle_again(page)

    page.route_web_socket(re.compile("_stcore/stream"), between)
    return cut


def test_what_was_typed_when_the_socket_was_cut_is_saved(page: Page, server: Server, work: Workspace, cut: Callable[[], None]) -> None:
    field, chance = reports(page, server, work), random.Random(7)
    lost = []
    for number in range(CUTS):
        company = f"Cut {number}"
        name(field, company)
        page.wait_for_timeout(chance.uniform(0, 300))
        cut()
        try:
            until(page, lambda company=company: work.recall("company") == company)
            expect(field).to_have_value(company)
        except AssertionError:
            lost.append((company, field.input_value(), work.recall("company")))
    print(f"inputs when the socket is cut: {CUTS} tried, {len(lost)} lost")
    assert lost == []


def test_a_page_that_was_being_drawn_when_the_socket_was_cut_is_drawn_whole(page: Page, server: Server, work: Workspace, cut: Callable[[], None]) -> None:
    drawn = {"Reports": reports(page, server, work), "How we calculate": page.get_by_role("heading", name="How we calculate", exact=True)}
    chance, lost = random.Random(7), []
    for number in range(CUTS):
        title, address = (("How we calculate", "/methods"), ("Reports", "/reports"))[number % 2]
        page.get_by_role("link", name=title).click()
        expect(page).to_have_url(re.compile(address))
        page.wait_for_timeout(chance.uniform(0, 600))
        cut()
        try:
            expect(drawn[title]).to_be_visible()
        except AssertionError:
            lost.append(title)
    print(f"pages being drawn when the socket is cut: {CUTS} tried, {len(lost)} lost")
    assert lost == []


def test_a_server_that_dies_loses_nothing_that_was_taken(page: Page, server: Server, work: Workspace) -> None:
    sockets: list[object] = []
    page.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108 - Playwright cannot wrap a method of a list
    field = reports(page, server, work)
    lost = []
    for number in range(RESTARTS):
        company = f"Restart {number}"
        name(field, company)
        until(page, lambda company=company: work.recall("company") == company)
        before = len(sockets)
        server.kill()
        server.start()
        until(page, lambda before=before: len(sockets) > before)
        settle_again(page)
        if field.input_value() != company or work.recall("company") != company:
            lost.append(company)
    print(f"inputs when the server dies: {RESTARTS} tried, {len(lost)} lost")
    assert lost == []
    page.get_by_role("link", name="How we calculate").click()
    settle(page)
    page.reload()
    settle(page)
    expect(page.get_by_role("button", name=f"Restart {RESTARTS - 1}")).to_be_visible()


def test_presenting_is_switched_on_in_the_menu_and_shows_no_other_name_on_any_page(page: Page, server: Server, work: Workspace) -> None:
    work.remember("company", "Acme")
    page.goto(f"{server.address}/data?work={work.id}")
    settle(page)
    expect(page.get_by_test_id("stMain").get_by_text(re.compile(Path(FILE).stem))).to_be_visible()
    menu = page.get_by_role("button", name="Acme")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Zulu")).to_be_visible()
    settle(page)
    assert faults(page) == []
    page.get_by_role("switch", name=say("presenting.switch")).focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("presenting=1"))
    for key in (spec.key for spec in built()):
        page.goto(f"{server.address}/{key}?work={work.id}&presenting=1")
        settle(page)
        expect(menu).to_be_visible()
        assert not re.search("zulu", page.content(), re.IGNORECASE), key


def test_the_menu_the_way_back_and_the_warning_fit_a_telephone(page: Page, server: Server, work: Workspace) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    work.remember("company", "A company with a long name, of many words, Incorporated")
    field = reports(page, server, work)
    settle_narrow(page)
    work.remember("company", "Another company with a long name, of many words, Incorporated")
    name(field, "Mine")
    expect(page.get_by_role("button", name=say("work.keep_copy"))).to_be_visible()
    settle(page)
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert faults(page) == []
