"""One page that needs nothing else, and says all that it has to."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.assumptions import DECLARED
from roi_core.errors import ReportRefused
from roi_core.measured import Joint, Stream
from roi_core.report import FORMATS, files, money, write_report
from roi_core.report.audience import AUDIENCES, contents
from roi_core.report.content import Content, Points, Section, Table, Text
from roi_core.report.html_page import html_page
from roi_core.results import Absent, Effect, Episodes, Grade
from roi_core.show import Style
from roi_core.sources import SOURCES
from tests.charts import examples
from tests.report.examples import HOSTILE, valued


class Page(HTMLParser):
    """Tags, attributes and text of a page as a browser reads them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.said: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


@pytest.fixture(scope="module")
def today():
    return valued()


@pytest.fixture(scope="module", params=list(AUDIENCES))
def page(request, today) -> tuple[bytes, Page]:
    made = write_report(today, request.param, "html")
    return made, Page(made)


def test_no_request_leaves_the_page(page):
    made, read = page
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form", "source"} & set(read.tags)
    assert not {name for name, _ in read.attributes if name in {"src", "href", "srcset", "xlink:href", "action", "style"} or name.startswith("on")}
    assert not re.search(rb"https?://|url\(|@import|//[a-z]", made)
    assert b"default-src 'none'" in made


def test_hostile_names_are_shown_and_never_run(page):
    made, read = page
    assert b"<script" not in made.lower()
    assert HOSTILE in read.text


def test_every_audience_gets_the_answer_and_what_it_rests_on(page, today):
    _, read = page
    assert today.headline.title in read.text
    assert today.headline.text in read.text
    assert "Grade: Compared. Compared with similar customers over the same months." in read.text
    assert today.measured.design.digest in read.text
    assert today.measured.digest in read.text
    assert "no export can show a company without support" in read.text
    assert "2 rows of tickets" in read.text


def test_the_ledger_shows_all_its_columns_for_every_line(page, today):
    _, read = page
    for line in today.ledger:
        assert all(part in read.text for part in (line.title, line.method, line.population, line.grade.word))
    assert all(column in read.text for column in ("Amount", "Grade", "In the total", "Method", "Speaks for", "Same money as", "Comes from"))


def test_every_assumption_stands_with_its_reason_and_source(page):
    _, read = page
    assert all(assumption.title in read.text and assumption.reason in read.text for assumption in DECLARED.values())
    assert SOURCES["typed"].citation in read.text


def test_pictures_have_a_name_and_what_is_struck_is_struck(page):
    made, read = page
    names = [value for name, value in read.attributes if name == "aria-label"]
    assert any("ways of asking" in (name or "") for name in names)
    assert made.count(b"<svg") == 2 * made.count(b"<figure>") >= 4
    assert b'text-decoration="line-through"' in made
    assert b"@media print" in made


def test_the_finance_manager_sees_the_usual_formulas_struck_only_where_there_are_any(today):
    titles = [section.title for section in contents(today, "cfo").sections]
    assert ("What the usual formulas would say" in titles) == bool(today.texts)
    assert "What comes back" in titles


def test_numbers_follow_the_style_asked_for(today):
    read = Page(write_report(today, "cfo", "html", style=Style(decimal=",", thousands=".", currency="EUR")))
    assert "-2,4 points (-3,7 to -1,1)" in read.text


def test_nothing_measured_is_a_report_with_reasons():
    nothing = Absent("The files hold no month to follow.", "Add tickets with dates.")
    bare = valued(effects={}, streams=(), curves=nothing, balance=nothing, satisfaction=nothing, funnel=(), files=(), company=nothing, identity=nothing)
    for audience in AUDIENCES:
        read = Page(write_report(bare, audience, "html"))
        assert nothing.reason in read.text
        assert "nan" not in read.text.lower().split()


def test_the_same_value_gives_the_same_bytes(today):
    assert all(write_report(today, "cfo", format) == write_report(today, "cfo", format) for format in FORMATS)


def test_a_path_gets_the_same_bytes(today, tmp_path):
    made = write_report(today, "executive", "html", tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == made


@pytest.mark.parametrize(("audience", "format"), [("board", "html"), ("cfo", "pdf"), ("cfo", "")])
def test_what_does_not_exist_is_refused_with_what_there_is(today, audience, format):
    with pytest.raises(ReportRefused, match="must be one of"):
        write_report(today, audience, format)


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_no_text_can_make_a_tag(one, two):
    sections = (Section(one, (Text(two), Points((one, two)), Table((one, two), ((two, one),)))),)
    made = html_page(Content(one, two, Grade.B, two, one, two, sections))
    read = Page(made)
    assert set(read.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "p", "h1", "h2", "section", "ul", "li"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "footer", "wbr"),
    }


def test_what_leaves_out_several_lines_of_the_ledger_is_said_once_beside_it():
    episodes = Episodes(4_754, 61_019, 1_812, 3_804.0, 5_870, 24_300, 24_305)
    signs = tuple(Stream(name, name, 6, "ATO", Grade.C, episodes, "contacts", "weights") for name in ("one", "two", "three"))
    names = tuple(f"{sign.contrast}.revenue_6m.{month}" for sign in signs for month in range(1, 7))
    joint = Joint(names, np.full(len(names), 5.0), np.diag(np.ones(len(names))))
    ledger = money.ledger(valued(streams=signs, joint=joint), Style())
    said = " ".join(" ".join(part.items) if isinstance(part, Points) else "" for part in ledger.parts)
    assert "Not in the total: one, two, three. A sign or a typed figure" in said
    table = next(part for part in ledger.parts if isinstance(part, Table))
    assert not any("A sign or a typed figure" in cell for row in table.rows for cell in row)


def test_columns_left_out_of_a_flat_file_each_have_their_reason():
    section = files.set_aside(valued(left_out={"Churn Score": "it tells.", "Reason": "it is filled."}), Style())
    (table,) = (part for part in section.parts if isinstance(part, Table))
    assert table.rows == (("Churn Score", "it tells."), ("Reason", "it is filled."))


def limits_of(contrast, months, part_of="supported"):
    episodes = Episodes(200, 200, 400, 200.0, 0, 24_300, 24_300)
    lead = Stream(contrast, "What leads", months, "ATE", Grade.A, episodes, "customers", "as drawn", part_of=part_of)
    joint = Joint(tuple(f"{contrast}.revenue_{months}m.{month}" for month in range(1, months + 1)), np.full(months, 5.0), np.diag(np.ones(months)))
    (points,) = files.limits(valued(streams=(lead,), joint=joint), Style()).parts
    return points.items


def test_the_limits_of_a_test_are_those_of_a_draw():
    said = limits_of("randomised", 9)
    assert len(said) == 4
    assert "Amounts end 9 months after the draw; what comes later is not counted." in said
    assert not any(text in " ".join(said) for text in ("not drawn by lot", "similar customers", "None:", "each contact"))


def test_the_limits_name_the_months_of_what_leads_and_whom_it_compares():
    whole, practice = limits_of("supported", 3, part_of=None), limits_of("fast_reply", 3)
    assert all("Amounts end 3 months after each contact; what comes later is not counted." in said for said in (whole, practice))
    assert "similar customers who did not write" in whole[0]
    assert "customers of both groups were helped" in practice[0]


def test_a_flat_file_counts_its_customers_and_says_its_answer_once():
    sentence = "Customers with it left 3.7 points less often than similar customers without it."
    found = Effect("supported.churn", examples.points(-3.7, 2.2), "ATO", Grade.C, sentence)
    flat = valued(company=Absent("One row per customer holds no months to follow."), effects={found.key: found}, streams=())
    content = contents(flat, "executive")
    assert content.facts == "2,000 customers"
    assert content.title == "Helped customers stayed longer (a sign, not a measurement)"
    assert sentence in content.headline
    said = " ".join(item for section in (*content.sections, *content.appendix) for part in section.parts if isinstance(part, Points) for item in part.items)
    assert "how things stood on one day" in said
    assert "as things stood on one day" in said
    assert "in the month" not in said
    assert "after each contact" not in said
    assert not any(isinstance(part, Text) and sentence in part.text for section in content.sections for part in section.parts)
