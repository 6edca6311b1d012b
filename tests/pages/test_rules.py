"""Your files: rules that keep tickets out, with counts and switches that change the numbers."""

from pathlib import Path

from roi_core.ingest import take_in
from roi_core.sentences import say
from roi_core.spine.exclusions import SETTING
from roi_core.workspace import Workspace
from tests.pages.app import again, calm, said, visit
from tests.spine.test_exclusions import CUSTOMERS, TICKETS


def opened(work: str):
    app = calm(visit("data", work=work))
    app.session_state["rules"] = True
    return again(app)


def test_a_rule_is_switched_off_and_its_tickets_count(session_home: Path) -> None:
    workspace = Workspace.create(session_home)
    take_in([("c.csv", CUSTOMERS.encode()), ("t.csv", TICKETS.encode())], workspace)
    app = opened(workspace.id)
    assert say("rules.why") in said(app)
    assert "1 tickets" in app.toggle(key="rule_spam").label
    before = next(line for line in said(app).splitlines() if "found their customer" in line)
    app.toggle(key="rule_outbound").set_value(False)
    app = again(app)
    assert workspace.recall(SETTING) == ["outbound"]
    assert app.toggle(key="rule_outbound").value is False
    app.toggle(key="rule_outbound").set_value(True)
    app = again(app)
    assert workspace.recall(SETTING) == []
    assert before in said(app)
