import re

from playwright.sync_api import Page, expect

from roi_core.sentences import say
from tests.browser.screen import settle, visit
from tests.pages.conftest import FLAT


def test_the_top_line_names_company_period_currency_and_counts(page: Page):
    visit(page, "/methods")
    expect(page.get_by_role("button", name="Harbour Desk")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\w{3} \d{4} to \w{3} \d{4} · USD · [\d,]+ customers, [\d,]+ contacts$"))).to_be_visible()


def test_an_example_is_changed_from_the_strip_and_stays_after_a_refresh_and_on_the_next_page(page: Page):
    visit(page, "/methods")
    page.get_by_role("button", name="Another example").click()
    page.get_by_role("button", name="Still Water").click()
    strip = page.get_by_text("An invented company: Still Water.")
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
    expect(page.get_by_text("This address belongs to no saved work")).to_have_count(0, timeout=60_000)
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_on_a_telephone_the_form_stands_at_the_comparison_that_is_shown(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    for _ in range(4):
        visit(page, "/cohorts")
        expect(page.get_by_role("combobox", name=re.compile(say("cohorts.horizon")))).to_have_value(say("cohorts.horizon_months", n="6"))


def test_an_example_leads_back_to_the_files_that_were_looked_at_before(page: Page):
    visit(page, "/data")
    page.locator("input[type=file]").first.set_input_files(FLAT)
    expect(page).to_have_url(re.compile("work="), timeout=60_000)
    settle(page)
    own = page.url.partition("work=")[2]
    page.get_by_role("link", name="What if?").click()
    page.get_by_role("button", name=say("frame.empty_sample")).click()
    expect(page).to_have_url(re.compile("sample="), timeout=60_000)
    settle(page)
    page.get_by_role("button", name=say("frame.back_to_own")).click()
    expect(page).to_have_url(re.compile(f"work={own}"), timeout=60_000)
