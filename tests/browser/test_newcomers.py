"""Three people who see the app for the first time: each reaches a sentence within five clicks, without typing."""

import re
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from roi_core.sentences import say
from tests.browser.screen import settle, visit
from tests.pages.conftest import FLAT

MOST_CLICKS = 5
MOST_SECONDS = 30


@dataclass
class Visitor:
    """A person who only clicks; every click is counted."""

    page: Page
    clicks: int = 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1
        settle(self.page)

    def choose_file(self, path: str) -> None:
        """The dialogue of the operating system counts as two clicks."""
        self.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
        self.clicks += 2
        expect(self.page).to_have_url(re.compile("work="), timeout=60_000)
        settle(self.page)


@pytest.fixture
def visitor(page: Page):
    start = time.monotonic()
    visit(page)
    someone = Visitor(page)
    yield someone
    assert someone.clicks <= MOST_CLICKS
    assert time.monotonic() - start < MOST_SECONDS


def test_a_support_lead_finds_what_better_replies_would_add(visitor: Visitor):
    main = visitor.page.get_by_role("main")
    visitor.click(main.get_by_role("link", name=say("overview.what_if")))
    visitor.click(visitor.page.get_by_role("button", name=say("scenarios.try_it")))
    expect(main.get_by_role("heading", level=1, name=re.compile("the odds of paying back"))).to_be_visible()


def test_a_consultant_shows_the_truth_and_then_loads_own_files(visitor: Visitor):
    page = visitor.page
    visitor.click(page.get_by_text(say("overview.truth_toggle"), exact=True))
    expect(page.get_by_text(re.compile("^This company is invented, so its makers know"))).to_be_visible()
    visitor.click(page.get_by_role("main").get_by_role("link", name=say("frame.use_my_files")))
    visitor.choose_file(str(FLAT))
    expect(page.get_by_text(re.compile("customers read, 0 lost"))).to_be_visible()


def test_a_finance_manager_gets_an_answer_from_one_file(visitor: Visitor):
    page = visitor.page
    visitor.click(page.get_by_role("main").get_by_role("link", name=say("frame.use_my_files")))
    visitor.choose_file(str(FLAT))
    visitor.click(page.get_by_role("main").get_by_role("link", name=say("data.see")))
    expect(page.get_by_text(re.compile("similar customers without it"))).to_be_visible()
