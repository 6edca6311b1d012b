"""Visitors of two works at the same time, each in a window of its own, who do what comes to their mind."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from random import Random

from playwright.sync_api import Browser, Page

from pages._parts.site import built
from tests.browser.conftest import window
from tests.browser.screen import settle

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
