import pytest

from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import address, calm, press, said, visit


@pytest.fixture
def page():
    return calm(visit("cohorts"))


def choose(app, name, *values):
    app.multiselect(key=f"by_{name}").set_value(list(values))
    return press(app, say("cohorts.apply"))


def test_another_comparison_is_a_sign_counted_kept_and_taken_back(page):
    plans = page.multiselect(key="by_plans").options
    assert say("chosen.reset") not in [button.label for button in page.button]
    app = choose(page, "plans", plans[0].rpartition(" (")[0])
    assert say("chosen.banner_one") in said(app)
    assert "chosen by hand" in said(app)
    app = choose(app, "plans", plans[1].rpartition(" (")[0])
    assert say("chosen.banner", n="2") in said(app)
    work = address(app)["work"]
    assert say("chosen.banner", n="2") in said(calm(visit("retention", work=work)))
    app = press(app, say("chosen.reset"))
    assert say("chosen.banner", n="2") not in said(app)
    assert len([opened for opened in Workspace.open(None, work).root.designs.values() if not opened["fixed"]]) == 2


def test_customers_are_looked_at_by_each_column_that_tells_them_apart(page):
    offered = [select.key for select in page.multiselect]
    assert offered == ["by_channels", "by_categories", "by_priorities", "by_plans"]
    shop = calm(visit("cohorts", sample="linden_loom"))
    assert shop.multiselect(key="by_countries").label == say("segments.by_country")
    country = shop.multiselect(key="by_countries").options[0].rpartition(" (")[0]
    narrowed = choose(shop, "countries", country)
    assert say("chosen.banner_one") in said(narrowed)
    assert narrowed.multiselect(key="by_countries").value == [country]


def test_how_a_contact_was_handled_narrows_who_counts_as_helped(page):
    before = said(page)
    page.selectbox(key="by_quality").set_value("first_contact_resolution")
    assert said(press(page, say("cohorts.apply"))) != before


def test_a_shorter_horizon_is_followed(page):
    page.selectbox(key="by_horizon").set_value(3)
    assert "within 3 months" in said(press(page, say("cohorts.apply")))


def test_months_of_contact_can_be_narrowed(page):
    slider = page.select_slider(key="by_window")
    first, last = slider.value
    assert slider.options[0] == "Jan 2024"
    slider.set_value((first, last - 6))
    app = press(page, say("cohorts.apply"))
    assert app.select_slider(key="by_window").value == (first, last - 6)


def test_everything_chosen_is_the_comparison_fixed_in_advance(page):
    before = said(page)
    options = [option.rpartition(" (")[0] for option in page.multiselect(key="by_plans").options]
    app = choose(page, "plans", *options)
    assert say("chosen.reset") not in [button.label for button in app.button]
    assert next(line for line in said(app).splitlines() if "less likely to leave" in line) in before


def test_the_form_says_which_months_could_be_compared(page):
    assert "Months that could be compared now" in said(page)
