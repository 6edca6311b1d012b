"""Visitors of two works at the same time, each in a window of its own, who do what comes to their mind; and one who comes again and again."""

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from random import Random

import psutil
from playwright.sync_api import Browser, Page, expect

from pages._parts.site import built
from roi_core.sentences import say
from tests.browser.conftest import window
from tests.browser.screen import settle

_READ_MS = 120_000
KEYS = [spec.key for spec in built()]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A page on one work; `foreign` are the words of the others, of which none may ever be seen."""

    page: Page
    work: str
    own: str
    foreign: tuple[str, ...]


def foreign_seen(browser: Browser, address: str, works: Mapping[str, str], visitors: int, actions: int) -> Sequence[str]:
    """Words of another work that a visitor saw, after so many actions of each. `works` maps a word that only one work holds to its id."""
    chance, seen = Random(7), list[str]()
    with ExitStack() as windows:
        there = [_visitor(windows, browser, address, works, list(works)[n % len(works)]) for n in range(visitors)]
        for _ in range(actions):
            for visitor in there:
                _act(visitor, chance)
            for visitor in there:
                settle(visitor.page)
                shown = visitor.page.content()
                assert visitor.own in shown
                seen += [word for word in visitor.foreign if word in shown]
    return seen


def _visitor(windows: ExitStack, browser: Browser, address: str, works: Mapping[str, str], own: str) -> Visitor:
    context = windows.enter_context(closing(window(browser, address)))
    visitor = Visitor(context.new_page(), works[own], own, tuple(word for word in works if word != own))
    visitor.page.goto(f"/?work={visitor.work}")
    settle(visitor.page)
    return visitor


def _act(visitor: Visitor, chance: Random) -> None:
    """Another page by its link or its address, a drawer, a refresh."""
    page = visitor.page
    drawers = page.get_by_test_id("stMain").locator("details > summary")
    match chance.choice(["link", "link", "drawer", "address", "refresh"]):
        case "drawer" if drawers.count():
            drawers.nth(chance.randrange(drawers.count())).click()
        case "address":
            page.goto(f"/{chance.choice(KEYS)}?work={visitor.work}")
        case "refresh":
            page.reload()
        case _:
            links = page.get_by_test_id("stSidebarNav").get_by_role("link")
            links.nth(chance.randrange(links.count())).click()


def growth(browser: Browser, address: str, megabytes: int, warm_up: int, cycles: int) -> int:
    """Bytes by which the server grew in so many visits after the warm-up: a file is dropped, its answer looked at, the work deleted, the window closed."""
    server, before = server_at(address), 0
    for cycle in range(warm_up + cycles):
        if cycle == warm_up:
            before = server.memory_info().rss
        with closing(window(browser, address)) as context:
            _visit_once(context.new_page(), megabytes, cycle)
    return int(server.memory_info().rss - before)


def _visit_once(page: Page, megabytes: int, cycle: int) -> None:
    page.goto("/data")
    settle(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([{"name": f"{cycle}.csv", "mimeType": "text/csv", "buffer": _flat(megabytes, cycle)}])
    expect(page).to_have_url(re.compile("work="), timeout=_READ_MS)
    settle(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link").first.click()
    settle(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Your files").click()
    settle(page)
    page.get_by_role("button", name=say("data.delete"), exact=True).click()
    page.get_by_role("button", name=say("data.delete_sure")).click()
    settle(page)


def _flat(megabytes: int, cycle: int) -> bytes:
    """A file of this size that no earlier visit had."""
    rows = 2_000
    padding = "x" * ((megabytes << 20) // rows - 20)
    return "\n".join(["customer_id,supported,churned,notes", *(f"{cycle}-{n},{n % 2},{n % 3 // 2},{padding}" for n in range(rows))]).encode()


def server_at(address: str) -> psutil.Process:
    """The process that answers there, started by this one."""
    port = address.rpartition(":")[2]
    (found,) = [child for child in psutil.Process().children(recursive=True) if port in child.cmdline()]
    return found
