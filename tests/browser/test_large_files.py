"""A file too large for the drop zone, from the field on Your files to its line and its answer."""

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from roi_core.sentences import say
from roi_core.workspace.upload import ROOM
from tests.browser.screen import faults, settle, visit
from tests.pages.conftest import FLAT

MEGABYTES = 210  # more than the drop zone takes
BYTES_A_SECOND = 1_000_000
READ_MS = 60_000


@pytest.fixture
def large(tmp_path):
    """Customers in a ZIP that is mostly a text which is no table, so that it is large to send and quick to read."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FLAT, FLAT.name)
        with archive.open("readme.txt", "w") as text:
            for _ in range(MEGABYTES):
                text.write(b"x" * (1 << 20))
    assert path.stat().st_size > MEGABYTES << 20
    return path


def field(page: Page):
    return page.get_by_label(say("data.large", most="200"))


def cancel(page: Page):
    return page.get_by_role("button", name=say("data.large_cancel"))


def told(page: Page, words: str):
    return page.get_by_role("status").filter(has_text=words)


def slowly(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_A_SECOND})


def test_a_file_over_the_limit_of_the_drop_zone_is_read_and_answers(page: Page, large):
    visit(page, "/data")
    field(page).set_input_files(large)
    expect(page).to_have_url(re.compile("work="), timeout=READ_MS)
    settle(page)
    expect(page.get_by_text(re.compile("1,500 customers read, 0 lost"))).to_be_visible()
    expect(page.get_by_role("link", name=say("data.see"))).to_be_visible()
    expect(field(page)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
def test_an_upload_tells_how_far_it_is_and_is_cancelled_by_keyboard(page: Page, large):
    visit(page, "/data")
    slowly(page)
    field(page).set_input_files(large)
    expect(page.get_by_text(re.compile(rf"^\d+ of {MEGABYTES} MB, about \d+ min left"))).to_be_visible()
    expect(told(page, say("data.large_stay"))).to_be_visible()
    expect(page.get_by_role("progressbar", name=large.name)).to_be_visible()
    expect(cancel(page)).to_be_focused()
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(told(page, say("data.large_cancelled"))).to_be_visible()
    expect(field(page)).to_be_focused()
    assert faults(page) == []


def test_a_drop_beside_it_does_not_stop_an_upload(page: Page, large):
    visit(page, "/data")
    slowly(page)
    field(page).set_input_files(large)
    expect(told(page, say("data.large_stay"))).to_be_visible()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(FLAT)
    expect(page).to_have_url(re.compile("work="), timeout=READ_MS)
    settle(page)
    expect(page.get_by_role("progressbar", name=large.name)).to_be_visible()
    cancel(page).click()
    expect(told(page, say("data.large_cancelled"))).to_be_visible()


def test_another_page_ends_an_upload_and_the_next_one_is_taken(page: Page, large):
    visit(page, "/data")
    slowly(page)
    field(page).set_input_files(large)
    expect(told(page, say("data.large_stay"))).to_be_visible()
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/large-file")):
        page.get_by_role("link", name="How we calculate").click()
    page.get_by_role("link", name="Your files").click()
    settle(page)
    field(page).set_input_files(large)
    expect(told(page, say("data.large_stay"))).to_be_visible()
    cancel(page).click()


def test_a_file_that_no_limit_would_take_is_refused_before_it_is_sent(page: Page, tmp_path):
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.truncate(ROOM.file_bytes + 1)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    visit(page, "/data")
    field(page).set_input_files(path)
    expect(page.get_by_text(re.compile("the limit in the browser is"))).to_be_visible()
    expect(field(page)).to_be_visible()
    assert sent == []
