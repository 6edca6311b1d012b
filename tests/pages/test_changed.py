"""Next quarter on the pages: what the file brought, what changed since the answer of before, and why."""

from datetime import UTC, datetime, timedelta

from roi_core.readings import readings
from roi_core.sentences import say
from roi_core.workspace import Workspace, records
from tests.pages.app import again, calm, said, visit
from tests.pages.conftest import FLAT


def of_yesterday(work):
    """The readings of a work, told a day earlier."""
    workspace = Workspace.open(None, work)
    day = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT10:00:00.000")
    with workspace.writing() as (con, seal):
        for record in reversed(records.of_kind(con, seal, "reading")):
            records.drop(con, record.id)
            records.add(con, seal, "reading", record.content, day)
    return day[:10]


def test_an_answer_is_kept_and_nothing_is_said_before_there_is_another(flat):
    calm(visit(work=flat))
    app = calm(visit(work=flat))
    assert len(readings(Workspace.open(None, flat))) == 1
    assert "headline figures" not in said(app)


def test_a_changed_answer_is_told_with_its_cause(without_costs):
    calm(visit(work=without_costs))
    day = of_yesterday(without_costs)
    Workspace.open(None, without_costs).remember("assumptions", {"agents": 3, "cost_per_agent_year": 50_000, "tools_per_year": 1_000})
    app = calm(visit(work=without_costs))
    assert f"headline figures are others than on {day}" in said(app)
    assert len(readings(Workspace.open(None, without_costs))) == 2
    app.session_state["changed"] = True
    assert "Agents: 3 instead of no answer" in said(again(app))


def test_what_did_not_change_is_said_too_and_the_drawer_names_the_day(flat):
    calm(visit(work=flat))
    day = of_yesterday(flat)
    app = calm(visit(work=flat))
    assert f"headline figures has changed since {day}" in said(app)
    assert say("changes.title", day=day) in [box.label.replace("\\", "") for box in app.expander]


def test_a_later_file_says_what_it_brought(flat):
    app = calm(visit("data", work=flat))
    assert say("changes.add").replace("'", "") in app.file_uploader[0].label.replace("\\", "").replace("'", "")
    app.file_uploader[0].upload("more.csv", b"\n".join(FLAT.read_bytes().splitlines()[:60]) + b"\n", "text/csv")
    app = again(app)
    assert say("changes.brought_title") in said(app)
    assert "59 already there" in said(app)
