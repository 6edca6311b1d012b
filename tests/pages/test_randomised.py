"""A randomised test on the pages: chosen among the comparisons, its plan typed and kept, a list that asks, and nothing of it where there is none."""

from pathlib import Path

import pytest

from pages._parts.state import DESIGN
from roi_core.cohorts.design import Design, Filters, Planned
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import again, calm, labels, press, said, visit
from tests.pages.conftest import saved
from tests.test_tested_files import exports


@pytest.fixture(scope="module")
def work(session_home: Path) -> str:
    """Id of work with a company and a treatment list."""
    return saved(session_home, *exports())


def comparison(app):
    return app.button_group(key="comparison")


def test_a_test_is_one_of_the_comparisons_and_the_address_holds_the_choice(work):
    app = calm(visit("retention", work=work))
    assert comparison(app).options == [say("retention.supported"), say("title.test")]
    assert comparison(app).value == "randomised.churn_6m", "helped against not helped is refused in these files"
    comparison(app).set_value("supported")
    assert again(app).title[0].value == say("title.refused")
    comparison(app).set_value("randomised.churn_6m")
    app = again(app)
    assert app.title[0].value == say("title.randomised_helped")
    words = said(app)
    assert "customers drawn to be helped were" in words
    assert "each customer drawn to be helped paid" in words
    assert "On the list and nobody in the billing files" in words
    assert say("retention.inside") not in words
    assert say("title.randomised_helped") in said(calm(visit("retention", work=work, comparison=say("title.test"))))


def test_helped_against_not_helped_comes_back(work):
    app = calm(visit("retention", work=work, comparison=say("title.test")))
    assert say("retention.inside") not in said(app)
    comparison(app).set_value("supported")
    assert say("retention.inside") in said(again(app))


def test_an_address_of_a_test_that_is_not_there_shows_the_default(work):
    assert say("title.randomised_helped") in said(calm(visit("retention", work=work, comparison="Randomised test 9")))


def test_without_a_list_nothing_of_a_test_is_shown():
    for page in ("retention", "cohorts"):
        app = calm(visit(page))
        assert say("cohorts.tests") not in said(app)
        assert say("retention.comparison") not in [control.label for control in app.button_group]


def test_the_plan_is_typed_kept_and_leaves_the_comparison_as_it_is(work):
    app = calm(visit("cohorts", work=work))
    assert say("cohorts.tests") in said(app)
    app.number_input(key="by_margin").set_value(2.0)
    app = press(app, say("cohorts.planned"))
    assert "so the margin of 2.0 points is kept as well." in said(app)
    assert say("chosen.banner_one") not in said(app)
    assert Design.of(Workspace.open(None, work).recall(DESIGN)) == Design(planned=Planned(margin=0.02))
    assert calm(visit("cohorts", work=work)).number_input(key="by_margin").value == 2.0
    app.number_input(key="by_share").set_value(90.0)
    app = press(app, say("cohorts.planned"))
    assert "are not as large as the draw should have made them" in said(app)
    assert say("next.ratio") in said(app)
    app.selectbox(key="by_horizon").set_value(3)
    app = press(app, say("cohorts.apply"))
    kept = Design.of(Workspace.open(None, work).recall(DESIGN))
    assert kept == Design(horizon_months=3, filters=Filters(), planned=Planned(0.9, 0.02)), "another comparison keeps the plan"
    app = press(app, say("chosen.reset"))
    assert Design.of(Workspace.open(None, work).recall(DESIGN)) == Design(planned=Planned(0.9, 0.02))
    for key in ("by_share", "by_margin"):
        app.number_input(key=key).set_value(None)
    assert "not as large" not in said(press(app, say("cohorts.planned")))


def test_the_way_from_the_list_can_be_opened(work):
    app = calm(visit("cohorts", work=work))
    app.button_group(key="randomised_funnel_behind").set_value("the_code")
    assert any('drawn["randomised"].funnel' in code.value for code in again(app).code)


def test_a_list_that_asks_is_answered_on_the_files_page(session_home):
    work = saved(session_home, *exports(("red", "blue")))
    assert "Which arm went without the help is not known" in said(calm(visit("cohorts", work=work)))
    app = calm(visit("data", work=work))
    assert say("asked.control_arm") in [radio.label for radio in app.radio]
    next(radio for radio in app.radio if radio.label == say("asked.control_arm")).set_value("red")
    assert say("mapping.read") in labels(app)
    press(app, say("mapping.read"))
    assert "customers drawn to be helped were" in said(calm(visit("cohorts", work=work)))


def named(content: bytes, *names: str) -> bytes:
    """The list with a name of a test in every row, in turn."""
    head, *rows = content.decode().splitlines()
    return "\n".join([f"{head},test", *(f"{row},{names[place // 2 % len(names)]}" for place, row in enumerate(rows))]).encode()


def test_two_tests_stand_side_by_side_and_their_names_are_no_markup(session_home):
    files = [(name, named(content, "<b>*fast*</b> [x](http://e.example)", "Call first") if name == "list.csv" else content) for name, content in exports()]
    work = saved(session_home, *files)
    app = calm(visit("retention", work=work))
    hostile, plain = comparison(app).options[1:]
    assert plain == say("title.test_named", name="Call first")
    assert "\\*fast\\*" in hostile
    assert "](" not in hostile.replace("\\](", "")
    assert 'In the test "Call first"' in said(calm(visit("cohorts", work=work)))


def test_nothing_is_followed_over_years_from_one_draw(work):
    words = said(calm(visit("scenarios", work=work)))
    assert say("scenario.of_a_test") in words
    assert "a year, before the cost of support" not in words


@pytest.mark.parametrize("page", ["overview", "value", "scenarios", "satisfaction", "reports", "methods"])
def test_every_other_page_stands_where_a_test_is_what_is_known_best(work, page):
    app = calm(visit(page, work=work))
    assert app.title
    assert not app.error
