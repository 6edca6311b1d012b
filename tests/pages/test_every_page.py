import pytest

from roi_core.sentences import say
from tests.pages.app import PAGES, address, calm, press, said, visit
from tests.pages.conftest import BROKEN, FLAT, saved

ANSWERING = [page for page in PAGES if page not in ("data", "methods")]


@pytest.fixture(scope="module")
def broken(session_home):
    """Read once: these tests look at each page and change nothing."""
    return saved(session_home, BROKEN)


@pytest.fixture(scope="module")
def flat(session_home):
    """As `broken`."""
    return saved(session_home, FLAT)


@pytest.mark.parametrize("key", PAGES)
def test_on_an_example_a_page_says_what_it_found_and_shows_no_error(key):
    app = calm(visit(key))
    assert app.title[0].value
    assert not app.error
    assert "An invented company: Harbour Desk." in said(app)


@pytest.mark.parametrize("key", ANSWERING)
def test_without_any_file_a_page_says_what_it_will_answer_and_shows_it_on_an_example(key, nothing):
    app = calm(visit(key, work=nothing))
    assert say(f"empty.{key}") in said(app)
    app = press(app, say("frame.empty_sample"))
    assert address(app)["sample"] == "harbour_desk"
    assert say("frame.empty_sample") not in [button.label for button in app.button]


@pytest.mark.parametrize("key", PAGES)
def test_with_a_refused_file_alone_a_page_stays_alive(key, broken):
    app = calm(visit(key, work=broken))
    assert app.title[0].value
    assert "incident" not in said(app)


@pytest.mark.parametrize("key", PAGES)
def test_one_flat_file_is_answered_or_said_to_be_too_little_on_every_page(key, flat):
    app = calm(visit(key, work=flat))
    assert app.title[0].value
    assert not app.error


@pytest.mark.parametrize("key", ["overview", "retention", "cohorts", "value", "scenarios"])
def test_every_chart_has_its_finding_in_words_its_table_and_its_code(key):
    app = calm(visit(key))
    charts = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    assert charts
    assert all(chart.proto.alt for chart in charts)
    behind = [group for group in app.button_group if str(group.key).endswith("_behind")]
    assert len(behind) == len(charts)
    behind[0].set_value("the_code")
    assert "roi_core" in calm(app.run()).code[0].value
    behind = [group for group in app.button_group if str(group.key).endswith("_behind")]
    behind[0].set_value("as_table")
    app = calm(app.run())
    assert not app.code
    assert app.dataframe or any("| --- |" in str(part.value) for part in app.markdown)
