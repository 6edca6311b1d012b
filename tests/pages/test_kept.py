"""Kept findings: from every kind of result, with a note, in an order, and as they are now."""

import pytest
from streamlit.testing.v1 import AppTest

from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import address, again, press, said, visit


def keep(app: AppTest, name: str, note: str = "") -> AppTest:
    app.text_area(key=f"note_{name}").set_value(note)
    app.button(key=f"keep_do_{name}").click()
    return again(app)


def listed(work: str) -> AppTest:
    return visit("reports", work=work)


def found(work: str) -> list[dict[str, object]]:
    return Workspace.open(None, work).recall("findings") or []


def test_every_kind_of_result_is_kept_and_listed_with_its_note() -> None:
    app = visit("overview")
    for name in ("headline_", "effect_supported.churn_6m", "metric_contact_rate", "figure_overview.kept"):
        app = keep(app, name, f"why {name}")
    work = address(app)["work"]
    app = keep(visit("satisfaction", work=work), "dose_satisfaction")
    app = visit("scenarios", work=work)
    app.slider(key="to_spend_more").set_value(10_000.0)
    app = keep(again(app), "scenario_")
    kept = found(work)
    assert [finding["kind"] for finding in kept] == ["headline", "effect", "metric", "figure", "dose", "scenario"]
    assert kept[-1]["moved"] == {"spend_more": 10_000.0}
    told = said(listed(work))
    assert told.count("The same now.") == len(kept)
    assert say("findings.gone") not in told
    assert all(str(finding["then"]["text"]).replace("\\", "") in told for finding in kept)


@pytest.fixture
def two() -> str:
    """Id of work on an example with two findings."""
    app = keep(keep(visit("overview"), "headline_", "first"), "metric_contact_rate", "second")
    return address(app)["work"]


def notes(work: str) -> list[object]:
    return [finding["note"] for finding in found(work)]


def test_they_are_moved_noted_removed_and_taken_back(two: str) -> None:
    app = listed(two)
    app.button(key="finding_down_0").click()
    app = again(app)
    assert notes(two) == ["second", "first"]
    assert app.text_area(key="finding_note_0").value == "second"
    app.text_area(key="finding_note_1").set_value("changed")
    app = again(app)
    assert notes(two) == ["second", "changed"]
    app.button(key="finding_up_1").click()
    app = again(app)
    assert notes(two) == ["changed", "second"]
    app.button(key="finding_remove_0").click()
    app = again(app)
    assert notes(two) == ["second"]
    press(app, say("work.undo", what="kept findings"))
    assert notes(two) == ["changed", "second"]


def test_then_and_now_are_said_where_an_answer_changed_the_number(two: str) -> None:
    app = visit("value", work=two)
    app.slider(key="question_gross_margin").set_value(0.3)
    press(app, say("frame.answer_questions"))
    told = said(listed(two))
    assert "Then (" in told
    assert "Now: " in told
    assert told.count("The same now.") == 1
