"""What people come to do, in a real browser and by keyboard alone: Tab to the place, then Enter, Space, arrows or typing."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from roi_core.sentences import say
from tests.browser.screen import choose_files, reach, settle, visit
from tests.shared import shared_path
from tests.stripe_for import stripe_files

TELCO, YEAR = "data/flat/telco_customers.csv", "data/tickets/freshdesk_ticket_export__year_masked.csv"
READ_MS = 60_000


def main_of(page: Page):
    return page.get_by_role("main")


def link(page: Page, name: str):
    return main_of(page).get_by_role("link", name=name)


def finding(page: Page):
    return main_of(page).get_by_role("heading", level=1)


def load(page: Page, *files: str | FilePayload) -> None:
    """Chooses files on Your files, and waits until they are read."""
    choose_files(page, files)
    expect(page).to_have_url(re.compile("work="), timeout=READ_MS)
    settle(page)


def as_upload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def test_from_the_example_to_a_changed_scenario_by_keyboard_and_a_refresh_keeps_it(page: Page):
    visit(page)
    reach(page, link(page, say("overview.what_if"))).press("Enter")
    expect(page).to_have_url(re.compile("/scenarios"))
    settle(page)
    lever = page.get_by_role("slider", name=say("scenarios.first_contact_resolution"))
    today = int(float(lever.input_value()) * 100)
    keys = reach(page, lever)
    for _ in range(2):
        keys.press("ArrowRight")
    changed = main_of(page).get_by_role("heading", level=1, name=re.compile(rf"^Resolving {today + 2} % at first contact"))
    expect(changed).to_be_visible()
    expect(page).to_have_url(re.compile("work="))
    settle(page)
    page.reload()
    expect(changed).to_be_visible(timeout=READ_MS)
    settle(page)
    reach(page, page.get_by_role("button", name=say("scenarios.reset"))).press("Enter")
    expect(main_of(page).get_by_role("heading", name=say("scenarios.start"))).to_be_visible()


def test_the_planted_truth_is_shown_by_keyboard_and_a_refresh_keeps_it(page: Page):
    visit(page)
    reach(page, page.get_by_role("switch", name=say("overview.truth_toggle"))).press("Space")
    told = page.get_by_text(re.compile("This company is invented, so its makers know"))
    expect(told).to_be_visible()
    expect(page.locator("[role=graphics-document][aria-label*='Planted truth']")).to_be_visible()
    settle(page)
    page.reload()
    expect(told).to_be_visible(timeout=READ_MS)


def test_a_real_year_of_tickets_and_billing_first_without_and_then_with_the_cost(page: Page):
    year = shared_path(YEAR)
    visit(page, "/data")
    load(page, as_upload(year.name, year.read_bytes()), *(as_upload(name, content) for name, content in stripe_files(year)))
    expect(page.get_by_text(re.compile("1,183 tickets read, 0 lost"))).to_be_visible()
    reach(page, link(page, say("data.see"))).press("Enter")
    expect(finding(page)).to_be_visible()
    settle(page)
    expect(page.get_by_text(re.compile("As a sign only: the cost below which support pays for itself could be anything from nothing to"))).to_be_visible()
    assert "-100" not in main_of(page).inner_text()
    for question, answer in (("How many people answer", "5"), ("What does one of them cost", "60000"), ("What do helpdesk", "10000")):
        reach(page, page.get_by_role("spinbutton", name=re.compile(question))).type(answer)
    reach(page, page.get_by_role("button", name=say("frame.answer_questions"))).press("Enter")
    expect(main_of(page).get_by_text(say("overview.spent"), exact=True)).to_be_visible()
    settle(page)
    page.reload()
    expect(main_of(page).get_by_text(say("overview.spent"), exact=True)).to_be_visible(timeout=READ_MS)


def test_a_flat_file_with_another_column(page: Page):
    visit(page, "/data")
    load(page, str(shared_path(TELCO)))
    expect(page.get_by_text("2,044 customers with help, 4,999 without; 1,869 of all left")).to_be_visible()
    keys = reach(page, page.get_by_role("combobox", name=re.compile(say("data.flat_supported").rstrip("?"))))
    keys.type("Online Security")
    keys.press("Enter")
    changed = page.get_by_text("2,019 customers with help")
    expect(changed).to_be_visible(timeout=READ_MS)
    settle(page)
    page.reload()
    expect(changed).to_be_visible(timeout=READ_MS)
    reach(page, link(page, say("data.see"))).press("Enter")
    expect(page.get_by_text(re.compile("^Customers with Online Security left"))).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tickets.csv", b"\x89PNG\r\n\x1a\n" + bytes(64), "is a PNG picture, not a table"),
        ("empty.csv", b"", "is empty"),
        ("people.csv", b'id,name\n1,"never closed\n2,b\n', "line 2"),
    ],
)
def test_a_broken_file_is_named_with_what_to_do_and_the_app_goes_on(page: Page, name: str, content: bytes, words: str):
    visit(page, "/data")
    choose_files(page, [as_upload(name, content)])
    expect(finding(page)).to_have_text(say("data.title_refused"), timeout=READ_MS)
    expect(main_of(page).get_by_text(re.compile(words)).first).to_be_visible()
    reach(page, page.get_by_role("link", name="Overview")).press("Enter")
    expect(link(page, say("overview.what_if"))).to_be_visible()
