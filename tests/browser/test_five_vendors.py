"""Five vendors' files and a list of one's own in one drop, in a real browser: one mapping corrected, one way of linking taken back, other answers."""

import re

from playwright.sync_api import Page, expect

from roi_core.sentences import say
from tests.browser.screen import faults, settle, visit
from tests.five_vendors import five_vendors, own_usage

READ_MS = 90_000


def choose(page: Page, label: str, value: str) -> None:
    """An option of a select, found by typing."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(value)
    page.keyboard.press("Enter")
    settle(page)


def answer(page: Page) -> str:
    """The sentence of the answer on Your files."""
    found = page.get_by_test_id("stMarkdown").get_by_text(re.compile("^Contacts from"))
    expect(found).to_be_visible(timeout=READ_MS)
    settle(page)
    return found.inner_text()


def matched(page: Page) -> str:
    """How many tickets and how much revenue found their customer."""
    return page.get_by_text(re.compile("of revenue found their customer")).inner_text()


def test_five_files_one_correction_one_rejection(page: Page):
    visit(page, "/data")
    files = [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in [*five_vendors(), own_usage()]]
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files, timeout=READ_MS)
    expect(page.get_by_role("heading", name=say("data.title_read", files="5"))).to_be_visible(timeout=READ_MS)
    first = answer(page)
    assert faults(page) == []
    choose(page, say("mapping.role", header="Mood"), "health")
    page.get_by_role("button", name=say("mapping.read")).last.click()
    expect(page.get_by_role("heading", name=say("data.title_read", files="6"))).to_be_visible(timeout=READ_MS)
    second = answer(page)
    assert second != first
    before = matched(page)
    page.get_by_text(say("links.drawer")).click()
    found = page.get_by_role("combobox", name=re.compile(say("links.found")))
    expect(found).to_be_visible(timeout=READ_MS)
    settle(page)
    found.focus()
    found.press_sequentially("e-mail", delay=100)
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("button", name=say("links.reject"), exact=True).last.click()
    expect(page.get_by_text(before, exact=True)).to_have_count(0, timeout=READ_MS)
