"""Whose report it is, from when, and what marks an invented company wherever the page goes."""

from datetime import date

import pytest

from roi_core.report import About, write_report
from roi_core.report.audience import contents
from roi_core.sentences import say
from roi_core.show import Style
from tests.report.examples import HOSTILE, valued
from tests.report.test_write_report import Page

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def today():
    return valued()


def test_a_report_says_whose_it_is_for_whom_and_from_when(today):
    read = Page(write_report(today, "cfo", "html", style=Style(date_order="ymd"), about=About("Acme & Sons", DAY)))
    assert "Acme & Sons · For finance · Made on 2026-11-22" in read.text
    assert say("report.invented") not in read.text


def test_an_invented_company_is_marked_in_the_page_and_in_the_name_of_the_file(today):
    about = About("Harbour Desk", DAY, invented=True)
    assert say("report.invented") in Page(write_report(today, "executive", "html", about=about)).text
    assert about.file_name("management", ".html") == "harbour-desk-invented-example-management-2026-11-22.html"


def test_without_a_word_from_the_caller_there_is_no_date(today):
    assert "Made on" not in Page(write_report(today, "cfo", "html")).text


@pytest.mark.parametrize(
    ("company", "name"), [("", "support-roi"), ("../../etc/passwd", "etc-passwd"), ("Caf\u00e9 M\u00fcller", "cafe-muller"), ("\u6f22\u5b57", "support-roi")]
)
def test_the_name_of_the_file_is_safe_whatever_the_company_is_called(company, name):
    assert About(company, DAY).file_name("finance", ".html") == f"{name}-finance-2026-11-22.html"


def test_a_hostile_company_is_shown_and_never_run(today):
    made = write_report(today, "cfo", "html", about=About(HOSTILE, DAY))
    assert b"<script" not in made.lower()
    assert HOSTILE in Page(made).text


def test_management_gets_one_page_and_the_rest_in_an_appendix(today):
    content = contents(today, "executive")
    first, behind = ([section.title for section in sections] for sections in (content.sections, content.appendix))
    assert len(first) <= 3
    assert {say("report.ledger"), say("report.assumptions"), say("report.compared"), say("report.files")} <= set(behind)
    made = write_report(today, "executive", "html")
    assert made.count(b"<details>") == 1
    assert b"break-before: page" in made
    assert not contents(today, "cfo").appendix
