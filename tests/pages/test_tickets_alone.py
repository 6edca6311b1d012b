"""Tickets without any file that says who a customer is: their own figures, beside a flat file, and one file taken out again."""

import re

import pytest

from roi_core.ingest import take_in
from roi_core.metrics import METRICS
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import PAGES, address, calm, labels, menus, press, said, visit
from tests.pages.conftest import FLAT

FOLLOWING = ("cohorts", "retention", "satisfaction", "value", "scenarios")


@pytest.fixture(scope="module")
def tickets(exports):
    return next(file for file in exports if "ticket" in file.name)


@pytest.fixture(scope="module")
def alone(session_home, tickets):
    """Work of tickets alone, which these tests look at and do not change."""
    return work_with(session_home, tickets)


def work_with(home, *files):
    workspace = Workspace.create(home)
    take_in(list(files), workspace)
    return workspace.id


def test_tickets_alone_show_their_figures_and_the_next_export(alone):
    app = calm(visit(work=alone))
    titles = [metric.label.replace("\\", "") for metric in app.metric]
    assert {METRICS[key].title for key in ("contacts_a_month", "first_response_minutes", "resolution_hours", "first_contact_resolution")} <= set(titles)
    assert say("alone.why") in said(app)
    assert say("overview.next_files") in said(app)
    assert "needs one more file" in app.title[0].value
    assert not app.error


@pytest.mark.parametrize("key", PAGES)
def test_tickets_alone_leave_no_page_with_an_error(key, alone):
    app = calm(visit(key, work=alone))
    assert app.title[0].value
    assert not app.error
    if key in FOLLOWING:
        assert say("alone.next_step") in said(app)
        assert say("frame.add_files") in labels(app)


def test_tickets_added_to_a_flat_file_take_no_answer_away(session_home, tickets):
    alone = calm(visit(work=work_with(session_home, FLAT)))
    both = calm(visit(work=work_with(session_home, FLAT, tickets)))
    assert both.title[0].value == alone.title[0].value
    assert [m.value for m in both.metric][:2] == [m.value for m in alone.metric][:2]
    assert METRICS["first_response_minutes"].title in [m.label.replace("\\", "") for m in both.metric]
    assert say("data.flat_roles") in said(calm(visit("data", work=address(both)["work"])))


def test_a_file_is_removed_by_itself_and_the_numbers_follow(session_home, tickets):
    work = work_with(session_home, FLAT, tickets)
    app = calm(visit("data", work=work))
    assert [button.label for button in app.button].count(say("data.remove")) == 2
    app.button(key="remove_own_0").click()
    app = calm(app.run())
    assert [report["file"] for report in Workspace.open(None, work).reports()] == [tickets.name]
    assert say("data.flat_roles") not in said(app)
    assert "needs one more file" in calm(visit(work=work)).title[0].value
    app.button(key="remove_own_0").click()
    assert calm(app.run()).title[0].value == say("data.title_none")


def test_a_removed_file_can_be_loaded_again(session_home):
    workspace = Workspace.open(None, work_with(session_home, FLAT))
    digest = workspace.digest
    app = calm(visit("data", work=workspace.id))
    app.button(key="remove_own_0").click()
    calm(app.run())
    assert workspace.parts("flat") == ()
    take_in([FLAT], workspace)
    assert workspace.digest == digest
    assert [report.get("refused") for report in workspace.reports()] == [None]


def test_a_file_of_an_example_cannot_be_removed():
    assert say("data.remove") not in [button.label for button in calm(visit("data")).button]


def test_files_of_an_example_are_not_listed_under_a_drop_that_could_not_be_read():
    app = calm(visit("data"))
    assert any("lost" in box.label for box in app.expander)
    app.file_uploader[0].upload("empty.csv", b"", "text/csv")
    app = calm(app.run())
    assert app.title[0].value == say("data.title_refused")
    assert not any("lost" in box.label for box in app.expander)


@pytest.mark.parametrize("key", ["overview", "value"])
def test_lost_work_shows_why_and_two_ways_on_and_no_figure_of_an_example(key):
    app = calm(visit(key, work="A" * 22))
    assert app.title[0].value == say("frame.lost")
    assert "belongs to no saved work" in said(app)
    assert not app.metric
    assert address(app)["work"] == "A" * 22
    app = press(app, say("frame.empty_sample"))
    assert "invented company: Harbour Desk" in said(app)


def test_from_lost_work_to_your_files():
    app = press(calm(visit(work="A" * 22)), say("frame.add_files"))
    assert app.title[0].value == say("data.title_none")


def test_a_page_without_an_answer_says_its_question_once_and_what_it_will_answer(flat):
    app = calm(visit("scenarios", work=flat))
    assert said(app).splitlines().count(say("scenarios.question")) == 1
    assert say("empty.scenarios") in said(app)


def test_the_company_that_is_typed_stands_on_the_report_and_in_the_top_line(flat):
    app = calm(visit("reports", work=flat))
    app.text_input(key="company").set_value("Acme *Sons*")
    app = calm(app.run())
    assert "Acme *Sons*" in menus(app)
    assert "Acme *Sons*" in menus(calm(visit(work=flat)))
    assert not calm(visit("reports")).text_input


def test_what_is_this_gives_the_formula_with_its_numbers(session_home, tickets):
    app = calm(visit(work=work_with(session_home, tickets)))
    assert any(" = " in line and "contacts" in line and " / " in line for line in said(app).splitlines())


def test_the_next_export_answers_as_many_questions_on_both_pages(session_home, tickets):
    rated = tickets.read_text(encoding="utf-8")
    assert "Survey results" in rated
    work = work_with(session_home, tickets)
    before, after = (said(calm(visit(page, work=work))) for page in ("data", "overview"))
    (n,) = re.findall(r"It answers (\d+) more questions", before)
    assert f"| {n}, such as: " in after
