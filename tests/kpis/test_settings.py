from datetime import date

import pytest

from roi_core.kpis.differences import differences, helpdesks
from roi_core.kpis.settings import Agreement, Story, View, agree, of_typed, stories, typed
from roi_core.metrics import METRICS
from roi_core.metrics.document import document
from roi_core.show import DEFAULT
from tests.kpis.test_figures import about
from tests.longest import ROOT


def test_what_is_kept_comes_back_and_what_is_none_is_refused():
    view = View("own", "week", ("csat_mean",), 6, 4)
    assert View.of(view.as_json()) == view
    assert View.of(None) == View()
    story = Story("A release broke the export", "2025-03-04", "contacts", "Enterprise", ("1", "2"))
    assert stories([story.as_json()]) == (story,)
    for wrong in ({"shown": "none"}, {"period": "hour"}, {"fiscal_start": 13}):
        with pytest.raises(ValueError, match="must be"):
            View.of(wrong)


def test_an_agreement_takes_one_to_four_figures_and_somebody_and_a_change_is_added():
    first = agree((), ["csat_mean"], " Ann and Bo ", date(2025, 1, 2))
    assert first == (Agreement(("csat_mean",), "Ann and Bo", "2025-01-02"),)
    assert agree(first, ["csat_mean"], "Ann and Bo", date(2025, 6, 1)) == first
    assert len(agree(first, ["csat_mean", "contacts"], "Ann and Bo", date(2025, 6, 1))) == 2
    for keys, who in (([], "Ann"), (list(METRICS)[:5], "Ann"), (["contacts"], " ")):
        with pytest.raises(ValueError, match="must be"):
            agree(first, keys, who, date(2025, 6, 1))


def test_a_target_of_a_share_is_typed_in_percent():
    share, minutes = METRICS["csat_satisfied"], METRICS["first_response_minutes"]
    assert of_typed(share, typed(share, 0.285)) == pytest.approx(0.285)
    assert (typed(share, 0.285), typed(minutes, 90.0), typed(share, None)) == (28.5, 90.0, None)


def test_each_helpdesk_says_why_its_figure_is_another_one():
    report = {"entity": "tickets", "export": "freshdesk_ticket_export", "columns": [{"canonical": "tickets.created_at", "zone": "Europe/Berlin"}]}
    of = about()
    desk = type(of)(of.window, of.outcome, of.uploads, {"spam": 12}, ("3 tickets of nobody.",), of.customers, (report,))
    told = dict(differences(METRICS["first_response_minutes"], desk, DEFAULT))
    assert list(told) == ["Definition, Freshdesk", "Clock, Freshdesk", "Time zone, Freshdesk", "Rows left out"]
    assert "business hours" in told["Clock, Freshdesk"]
    assert "Europe/Berlin" in told["Time zone, Freshdesk"]
    assert "Spam, says the file: 12" in told["Rows left out"]
    assert told["Rows left out"].endswith("3 tickets of nobody.")
    assert differences(METRICS["support_cost"], desk, DEFAULT) == ()
    assert {key for figures in helpdesks().values() for key in figures} <= set(METRICS)


def test_the_page_of_documents_is_what_the_declarations_say():
    assert (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8") == document()
