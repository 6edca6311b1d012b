"""A link that is wrong, rejected in a real browser: the numbers change, stay changed after a refresh, and come back."""

import re

from playwright.sync_api import Page, expect

from roi_core.sentences import say
from tests.browser.screen import faults, settle, visit
from tests.linking import as_files

READ_MS = 60_000


def rate(page: Page, tickets: str):
    return page.get_by_text(say("links.summary", tickets=tickets, revenue="75.1 %"), exact=True)


def test_a_link_is_rejected_and_the_numbers_change_and_come_back(page: Page):
    visit(page, "/data")
    files = [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in as_files()]
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)
    expect(rate(page, "42.9 %")).to_be_visible(timeout=READ_MS)
    page.get_by_text(say("links.drawer")).click()
    expect(page.get_by_text("Company Zulu Inc")).to_be_visible(timeout=READ_MS)
    settle(page)
    assert faults(page) == []
    found = page.get_by_role("combobox", name=re.compile(say("links.found")))
    found.click()
    page.keyboard.type("acme")
    page.get_by_role("option").filter(has_text="Acme Ltd.").click()
    page.keyboard.press("Escape")
    settle(page)
    expect(page.locator("button[aria-label^='Remove E-mail']")).to_have_count(1)
    page.get_by_role("button", name=say("links.reject"), exact=True).last.click()
    expect(rate(page, "14.3 %")).to_be_visible(timeout=READ_MS)
    settle(page)
    page.reload()
    expect(rate(page, "14.3 %")).to_be_visible(timeout=READ_MS)
    settle(page)
    page.get_by_text(say("links.drawer")).click()
    undo = page.get_by_role("button", name=say("links.undo"), exact=True)
    expect(undo).to_be_visible(timeout=READ_MS)
    settle(page)
    undo.click()
    expect(rate(page, "42.9 %")).to_be_visible(timeout=READ_MS)
