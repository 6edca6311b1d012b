"""An invented shop on the pages: orders in place of leaving, its truth, and its twin."""

import re

import pytest

from pages._parts.samples import SAMPLES
from roi_core.companies import read_truth
from roi_core.sentences import say
from tests.pages.app import address, calm, press, said, visit

LEAVING = re.compile(r"\b(left more|left less|leave more|leaving|stayed|stay longer|still there|churn|subscription)\b", re.IGNORECASE)


@pytest.mark.parametrize("page", ["overview", "retention", "satisfaction"])
def test_a_page_speaks_of_ordering_again_and_not_of_leaving(page):
    app = calm(visit(page, sample="linden_loom"))
    text = said(app).replace(SAMPLES["harbour_desk"].story, "")
    assert not app.exception
    assert re.search("order(ed)? again|brought", text)
    assert not LEAVING.search(text), LEAVING.search(text)


def test_the_next_page_of_a_company_that_is_left_speaks_of_leaving_again():
    calm(visit("retention", sample="linden_loom"))
    assert say("retention.question") in said(calm(visit("retention", sample="still_water")))


def test_the_planted_truth_stands_beside_the_answer_in_pounds():
    app = calm(visit(sample="linden_loom", truth="true"))
    planted = read_truth(SAMPLES["linden_loom"].path)
    thousands = planted["episode_margin_att"] * planted["eligible_episodes"] / 1_000
    assert say("charts.truth_inside") in said(app)
    assert f"these contacts truly brought £{thousands:.1f}k" in said(app)


def test_the_twin_is_a_click_away_and_finds_nothing():
    app = press(calm(visit(sample="linden_loom")), say("overview.from_linden_loom"))
    assert address(app)["sample"] == "plain_weave"
    assert "could not find" in app.title[0].value
    assert address(press(app, say("overview.from_plain_weave")))["sample"] == "linden_loom"


def test_nothing_is_asked_for_that_a_shop_has_not():
    assert say("upload.revenue") not in said(calm(visit(sample="linden_loom")))
