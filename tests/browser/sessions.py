"""Visitors of two works at the same time, each in a window of its own, who do what comes to their mind; and one who comes again and again."""

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from random import Random

import psutil
from playwright.sync_api import Browser, Page
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages._parts.site import built
from pages._parts.theme import on_primary
from roi_core.sentences import say
from tests.browser.callers import Visitor
from tests.browser.conftest import window
from tests.browser.screen import settle

_PATIENCE = 1800.0
_OPENED, _REFRESHED = 0.3, 0.2
KEYS = [spec.key for spec in built()]


@dataclass(frozen=True, slots=True)
class Looking:
    """A page on one work; `foreign` are the words of the others, of which none may ever be seen."""

    page: Page
    work: str
    own: str
    foreign: tuple[str, ...]


def foreign_seen(browser: Browser, address: str, works: Mapping[str, str], visitors: int, actions: int) -> Sequence[str]:
    """Words of another work that a visitor saw, after so many actions of each. `works` maps a word that only one work holds to its id."""
    chance, seen = Random(7), list[str]()
    with ExitStack() as windows:
        there = [_looking(windows, browser, address, works, list(works)[n % len(works)]) for n in range(visitors)]
        for _ in range(actions):
            for visitor in there:
                _act(visitor, chance)
            for visitor in there:
                settle(visitor.page)
                shown = visitor.page.content()
                assert visitor.own in shown
                seen += [word for word in visitor.foreign if word in shown]
    return seen


def _looking(windows: ExitStack, browser: Browser, address: str, works: Mapping[str, str], own: str) -> Looking:
    context = windows.enter_context(closing(window(browser, address)))
    visitor = Looking(context.new_page(), works[own], own, tuple(word for word in works if word != own))
    visitor.page.goto(f"/?work={visitor.work}")
    settle(visitor.page)
    return visitor


def _act(visitor: Looking, chance: Random) -> None:
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


def foreign_sent(address: str, works: Mapping[str, str], visitors: int, actions: int) -> Sequence[str]:
    """The same of visitors without a browser, all at once: words of another work in any byte that they were sent."""
    words = list(works)
    with ThreadPoolExecutor(visitors) as at_once:
        told = at_once.map(lambda n: _sent(address, works, words[n % len(words)], Random(n), actions), range(visitors))
        return [word for seen in told for word in seen]


def _sent(address: str, works: Mapping[str, str], own: str, chance: Random, actions: int) -> Sequence[str]:
    """Another page, drawers opened and closed, a refresh, by chance; not the menu behind the name, which lists the companies of this computer."""
    seen, visitor = list[str](), Visitor(address, works[own], _PATIENCE)
    for _ in range(actions):
        if chance.random() < _REFRESHED:
            visitor.leave()
            visitor = Visitor(address, works[own], _PATIENCE)
        opened = [WidgetState(id=id, bool_value=chance.random() < _OPENED) for id in visitor.drawers]
        sent = b"\n".join(visitor.go(chance.choice(KEYS), *opened))
        assert own.encode() in sent, "it was sent nothing of its own"
        seen += [word for word in works if word != own and word.encode() in sent]
    visitor.leave()
    return seen


def growth(address: str, megabytes: int, warm_up: int, cycles: int) -> int:
    """Bytes by which the server grew in so many visits after the warm-up: a file is dropped, its answer looked at, the work deleted, the session left."""
    server, before = server_at(address), 0
    for cycle in range(warm_up + cycles):
        if cycle == warm_up:
            before = server.memory_info().rss
        visitor = Visitor(address, patience=_PATIENCE)
        _visit_once(visitor, megabytes, cycle)
        visitor.leave()
    return int(server.memory_info().rss - before)


def _visit_once(visitor: Visitor, megabytes: int, cycle: int) -> None:
    deque(visitor.go("data"), 0)
    (place,) = [id for id in visitor.widgets.values() if "-drop_" in id]
    dropped = WidgetState(id=place)
    dropped.file_uploader_state_value.uploaded_file_info.append(visitor.upload(f"{cycle}.csv", _flat(megabytes, cycle)))
    deque(visitor.go("data", dropped), 0)
    assert visitor.work, "nothing was read"
    deque(visitor.go("overview"), 0)
    deque(visitor.go("data"), 0)
    deque(visitor.go("data", WidgetState(id=visitor.widgets[on_primary(say("data.delete_sure"))], trigger_value=True)), 0)
    assert not visitor.work, "it was not deleted"


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
