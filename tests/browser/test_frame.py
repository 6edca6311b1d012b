import re

import pytest
from playwright.sync_api import Page, expect

from pages._parts.site import built
from tests.browser.screen import faults, settle, visit


@pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
def test_how_we_calculate_has_no_serious_fault_for_assistive_technology(page: Page):
    visit(page, "/methods")
    expect(page.get_by_role("heading", name="How we calculate")).to_be_visible()
    assert faults(page) == []


def test_the_top_line_names_company_period_currency_and_counts(page: Page):
    visit(page, "/methods")
    expect(page.get_by_text(re.compile(r"^Harbour Desk · \w{3} \d{4} to \w{3} \d{4} · USD · [\d,]+ customers, [\d,]+ tickets$"))).to_be_visible()


def test_an_example_is_changed_from_the_strip_and_stays_after_a_refresh_and_on_the_next_page(page: Page):
    visit(page, "/methods")
    page.get_by_role("button", name="Another example").click()
    page.get_by_role("button", name="Still Water").click()
    strip = page.get_by_text("You are looking at an invented company: Still Water.")
    expect(strip).to_be_visible(timeout=60_000)
    settle(page)
    expect(page).to_have_url(re.compile("sample=still_water"))
    page.reload()
    settle(page)
    expect(strip).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Overview").click()
    settle(page)
    expect(strip).to_be_visible()
    expect(page).to_have_url(re.compile("sample=still_water"))


def test_an_unknown_address_of_work_says_so_and_lets_the_visitor_go_on(page: Page):
    visit(page, "/methods?work=AAAAAAAAAAAAAAAAAAAAAA")
    expect(page.get_by_text("This address belongs to no saved work")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("You are looking at an invented company: Harbour Desk.")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("spec", built(), ids=lambda spec: spec.key)
def test_each_page_answers_to_its_own_address_with_the_whole_navigation(page: Page, spec):
    visit(page, f"/{spec.key}")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(len(built()))
    expect(page.get_by_test_id("stSidebarNav").locator("[aria-current=page]")).to_have_text(spec.title)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_strip_can_be_used_by_keyboard(page: Page):
    visit(page, "/methods")
    page.get_by_role("button", name="What can I do here?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Load your own exports. They stay on this computer.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Load your own exports. They stay on this computer.")).to_be_hidden()
