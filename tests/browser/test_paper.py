"""The report for management on paper: one page, then its appendix, opened though it is folded on screen."""

from playwright.sync_api import Browser, ViewportSize

from roi_core.report import write_report
from tests.report.examples import valued

A4_INSIDE = ViewportSize(width=673, height=1001)
"""210 x 297 mm at 96 dots an inch, less margins of 16 mm."""


def test_management_reads_one_page_and_the_appendix_begins_on_the_next(browser: Browser):
    page = browser.new_page(viewport=A4_INSIDE)
    page.set_content(write_report(valued(), "executive", "html").decode())
    assert not page.locator("details h2").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("summary").bounding_box()["y"] <= A4_INSIDE["height"]  # type: ignore[index]
    assert page.locator("details").evaluate("e => getComputedStyle(e).breakBefore") == "page"
    assert page.locator("details").bounding_box()["height"] > A4_INSIDE["height"]  # type: ignore[index]
    page.close()
