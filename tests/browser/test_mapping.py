"""An export that nobody knows, in a real browser: proposed, corrected, read; and the next one of its kind with no question."""

from playwright.sync_api import Page, expect

from roi_core.sentences import say
from tests.browser.screen import faults, settle, visit
from tests.ingest.test_mapping import ODD

READ_MS = 60_000


def drop(page: Page, name: str, text: str) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([{"name": name, "mimeType": "text/csv", "buffer": text.encode()}])


def line(page: Page, name: str):
    return page.get_by_text(f"{name}: {say('data.line', loaded='8', what='tickets', lost='0', aside='0')}")


def test_an_unknown_export_is_mapped_once(page: Page):
    visit(page, "/data")
    drop(page, "odd.csv", ODD)
    expect(page.get_by_role("heading", name=say("mapping.title"))).to_be_visible(timeout=READ_MS)
    settle(page)
    assert faults(page) == []
    box = page.get_by_role("combobox", name=say("mapping.role", header="What about"))
    box.click()
    box.fill("category")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name=say("mapping.read")).click()
    expect(line(page, "odd.csv")).to_be_visible(timeout=READ_MS)
    settle(page)
    zone = page.get_by_role("button", name=say("mapping.read"))
    zone.click()
    expect(zone).to_have_count(0, timeout=READ_MS)
    settle(page)
    drop(page, "later.csv", ODD.replace("2024-01", "2024-02").replace("V-", "W-"))
    expect(line(page, "later.csv")).to_be_visible(timeout=READ_MS)
    settle(page)
    expect(page.get_by_role("button", name=say("mapping.read"))).to_have_count(0)
    expect(page.get_by_role("heading", name=say("data.title_read", files="2"))).to_be_visible()
