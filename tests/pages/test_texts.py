"""Your files: what customers wrote is kept on the user's wish alone, and overwritten without it."""

from pathlib import Path

from roi_core.ingest import take_in
from roi_core.schema.parts import KEEP_TEXTS, TEXTS
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.ingest.test_kept_texts import TICKETS, WRITTEN
from tests.pages.app import again, calm, press, said, visit


def keeping(home: Path) -> Workspace:
    workspace = Workspace.create(home)
    workspace.remember(KEEP_TEXTS, value=True)
    take_in([("t.csv", TICKETS)], workspace)
    return workspace


def test_it_is_off_until_somebody_asks(session_home: Path) -> None:
    workspace = Workspace.create(session_home)
    take_in([("t.csv", TICKETS)], workspace)
    app = calm(visit("data", work=workspace.id))
    assert app.toggle(key=TEXTS).value is False
    assert say("data.texts_left") not in said(app)
    app.toggle(key=TEXTS).set_value(True)
    assert again(app).toggle(key=TEXTS).value is True
    assert workspace.recall(KEEP_TEXTS) is True


def test_what_was_kept_stands_behind_its_file(session_home: Path) -> None:
    app = calm(visit("data", work=keeping(session_home).id))
    app.session_state["file_own_0"] = True
    app.session_state["texts_own_0"] = True
    assert WRITTEN in "".join(code.value for code in again(app).code)


def test_switched_off_it_is_overwritten(session_home: Path) -> None:
    workspace = keeping(session_home)
    app = calm(visit("data", work=workspace.id))
    app.toggle(key=TEXTS).set_value(False)
    again(app)
    assert not workspace.vault.labels(TEXTS)
    assert workspace.recall(KEEP_TEXTS) is False


def test_an_undone_wish_leaves_nothing_unsaid(session_home: Path) -> None:
    workspace = keeping(session_home)
    while (change := workspace.ways()[0]) is not None and workspace.recall(KEEP_TEXTS):
        workspace.undo(change.id)
    app = calm(visit("data", work=workspace.id))
    assert say("data.texts_left") in said(app)
    press(app, say("data.texts_forget"))
    assert not workspace.vault.labels(TEXTS)


def test_a_locked_work_keeps_what_it_has(session_home: Path) -> None:
    workspace = keeping(session_home)
    workspace.lock(locked=True)
    app = calm(visit("data", work=workspace.id))
    app.toggle(key=TEXTS).set_value(False)
    again(app)
    assert workspace.vault.labels(TEXTS)
