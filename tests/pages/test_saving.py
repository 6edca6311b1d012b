"""Two tabs, a lock and a full disk: what cannot be saved is said, kept and offered; nothing of the other tab is overwritten."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from roi_core.errors import NotSaved
from roi_core.sentences import say
from roi_core.workspace import Workspace, saved
from tests.pages.app import address, again, labels, press, said, visit


@pytest.fixture
def two_tabs(flat: str) -> tuple[AppTest, AppTest]:
    """The same work on Reports, drawn twice."""
    return visit("reports", work=flat), visit("reports", work=flat)


def name(app: AppTest, company: str) -> AppTest:
    app.text_input(key="company").set_value(company)
    return again(app)


def kept(work: str) -> str | None:
    return Workspace.open(None, work).recall("company")


def test_the_second_tab_is_told_and_overwrites_nothing(two_tabs: tuple[AppTest, AppTest], flat: str) -> None:
    first, second = two_tabs
    name(first, "Acme")
    second = name(second, "Zulu")
    assert kept(flat) == "Acme"
    assert "This was changed elsewhere at" in said(second)
    assert second.text_input(key="company").value == "Zulu"
    second = name(second, "Zulu Inc")
    assert kept(flat) == "Acme", "a second try is no way round"
    second = press(second, say("work.show_now"))
    assert second.text_input(key="company").value == "Acme"
    assert say("work.keep_copy") not in labels(second)
    name(second, "Acme Inc")
    assert kept(flat) == "Acme Inc"


def test_what_one_tab_saves_itself_is_never_stale(two_tabs: tuple[AppTest, AppTest], flat: str) -> None:
    first, _ = two_tabs
    for company in ("A", "B", "C"):
        first = name(first, company)
    assert kept(flat) == "C"


def test_mine_is_kept_as_a_copy_that_is_looked_at_from_then_on(two_tabs: tuple[AppTest, AppTest], flat: str) -> None:
    first, second = two_tabs
    name(first, "Acme")
    first.run()
    second = press(name(second, "Zulu"), say("work.keep_copy"))
    copied = address(second)["work"]
    assert copied != flat
    assert kept(copied) == "Acme (copy)"
    assert kept(flat) == "Acme"
    assert say("work.keep_copy") not in labels(second)


def test_an_answer_that_was_not_saved_is_in_the_copy(without_costs: str) -> None:
    first, second = visit("value", work=without_costs), visit("value", work=without_costs)
    for app, agents in ((first, 3.0), (second, 5.0)):
        app.number_input(key="question_agents").set_value(agents)
        press(app, say("frame.answer_questions"))
    assert second.number_input(key="question_agents").value == 5.0
    second = press(second, say("work.keep_copy"))
    answers = {work: Workspace.open(None, work).recall("assumptions")["agents"] for work in (without_costs, address(second)["work"])}
    assert list(answers.values()) == [3.0, 5.0]


def test_locked_work_says_so_and_the_input_waits_until_it_is_unlocked(flat: str) -> None:
    app = visit("reports", work=flat)
    Workspace.open(None, flat).lock(locked=True)
    app = name(app, "Acme")
    assert "locked" in said(app)
    assert kept(flat) is None
    Workspace.open(None, flat).lock(locked=False)
    press(app, say("work.again"))
    assert kept(flat) == "Acme"


def test_a_full_disk_is_said_and_the_change_is_made_on_the_next_try(flat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit("reports", work=flat)
    with monkeypatch.context() as full:
        full.setattr(Workspace, "remember_all", lambda *_, **__: (_ for _ in ()).throw(NotSaved.disk()))
        app = name(app, "Acme")
    assert "could not be saved" in said(app)
    assert app.text_input(key="company").value == "Acme"
    app = press(app, say("work.again"))
    assert kept(flat) == "Acme"
    assert say("work.again") not in labels(app)


def test_a_full_disk_on_an_example_leaves_no_work_behind_and_the_sliders_where_they_are(session_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved(session_home)
    app = visit("scenarios")
    with monkeypatch.context() as full:
        full.setattr(Workspace, "remember_all", lambda *_, **__: (_ for _ in ()).throw(NotSaved.disk()))
        app.slider(key="to_spend_more").set_value(10_000.0)
        app = again(app)
    assert saved(session_home) == before
    assert app.slider(key="to_spend_more").value == 10_000.0
    assert "could not be saved" in said(again(app))
