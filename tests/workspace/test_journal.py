"""Decisions, the way back and forth between them, and who is told that something was changed elsewhere; every number here is counted by hand."""

import sqlite3
from dataclasses import replace

import pytest

from roi_core.errors import StaleSave, WorkspaceBroken, WorkspaceLocked
from roi_core.workspace import Workspace, records
from roi_core.workspace.root import Root


def values(workspace):
    return dict(workspace.root.values)


def test_changes_are_numbered_undone_and_made_again(workspace):
    first, second = workspace.remember("a", 1), workspace.remember_all({"a": 2, "b": 3})
    assert (first, second) == (1, 2)
    assert workspace.undo(second).after == {"a": 2, "b": 3}
    assert values(workspace) == {"a": 1}
    assert workspace.undo(first).names == ("a",)
    assert values(workspace) == {}
    workspace.redo(first)
    workspace.redo(second)
    assert values(workspace) == {"a": 2, "b": 3}
    assert [change.what for change in workspace.journal()] == ["redone", "redone", "undone", "undone", "changed", "changed"]


def test_the_same_value_again_is_no_change(workspace):
    assert (workspace.remember("a", 1), workspace.remember("a", 1)) == (1, 0)
    assert len(workspace.journal()) == 1


def test_none_takes_a_value_away_and_undo_brings_it_back(workspace):
    workspace.remember("a", [1, {"b": None}])
    gone = workspace.remember("a", None)
    assert "a" not in workspace.root.values
    workspace.undo(gone)
    assert workspace.recall("a") == [1, {"b": None}]


def test_a_new_change_ends_what_could_be_made_again(workspace):
    first = workspace.remember("a", 1)
    workspace.undo(first)
    workspace.remember("a", 2)
    with pytest.raises(StaleSave):
        workspace.redo(first)
    assert [change and change.after for change in workspace.ways()] == [{"a": 2}, None]


def test_only_the_last_change_is_undone_and_only_the_expected_one(workspace):
    first, second = workspace.remember("a", 1), workspace.remember("b", 2)
    with pytest.raises(StaleSave, match="another tab"):
        workspace.undo(first)
    workspace.undo(second)
    with pytest.raises(StaleSave):
        workspace.undo(second)
    assert values(workspace) == {"a": 1}


def test_undo_covers_files(workspace, part):
    workspace.publish("tickets", part("1"))
    workspace.publish("tickets", part("2"))
    back, _ = workspace.ways()
    workspace.undo(back.id)
    assert (workspace.version, len(workspace.parts("tickets"))) == (1, 1)
    workspace.publish("tickets", part("3"))
    assert (workspace.version, len(workspace.parts("tickets"))) == (3, 2)


def test_steps_of_one_slider_are_one_change_back_to_where_it_started(workspace):
    workspace.remember_all({"margin": 10, "cost": 1})
    for margin in (11, 12, 13):
        last = workspace.remember("margin", margin, steps=True)
    assert [dict(change.before) for change in workspace.journal()] == [{"margin": 10}, {"margin": None, "cost": None}]
    workspace.undo(last)
    assert workspace.recall("margin") == 10


def test_steps_of_another_slider_or_after_a_minute_are_a_change_of_their_own(workspace, monkeypatch):
    workspace.remember("margin", 1, steps=True)
    workspace.remember("cost", 1, steps=True)
    workspace.remember("margin", 2, steps=True)
    assert len(workspace.root.done) == 3
    monkeypatch.setattr("roi_core.workspace.journal._TOGETHER_SECONDS", -1.0)
    workspace.remember("margin", 3, steps=True)
    assert len(workspace.root.done) == 4


def test_a_step_is_seen_by_the_tab_that_had_read_the_step_before(workspace):
    workspace.remember("margin", 11, steps=True)
    seen = dict(workspace.root.stamps)
    workspace.remember("margin", 12, steps=True)
    with pytest.raises(StaleSave, match="changed elsewhere at"):
        workspace.remember("margin", 50, seen)
    assert workspace.recall("margin") == 12


def test_a_stale_save_is_of_the_same_name_only(workspace):
    workspace.remember_all({"a": 1, "b": 1})
    seen = dict(workspace.root.stamps)
    workspace.remember("a", 2)
    assert workspace.remember("b", 2, seen)
    with pytest.raises(StaleSave):
        workspace.remember_all({"a": 3, "b": 3}, seen)
    assert values(workspace) == {"a": 2, "b": 2}


def test_an_undo_elsewhere_makes_a_save_stale(workspace):
    change = workspace.remember("a", 1)
    seen = dict(workspace.root.stamps)
    workspace.undo(change)
    with pytest.raises(StaleSave):
        workspace.remember("a", 9, seen)


def test_locked_work_can_be_read_and_nothing_else(workspace, part):
    change = workspace.remember("a", 1)
    workspace.lock(locked=True)
    refused = [
        lambda: workspace.remember("a", 2), lambda: workspace.undo(change), lambda: workspace.redo(change), workspace.delete,
        lambda: workspace.publish("tickets", part("1")), workspace.insist_on_change,
    ]  # fmt: skip
    for attempt in refused:
        with pytest.raises(WorkspaceLocked):
            attempt()
    workspace.open_design("aa", {}, fixed=False)
    assert (values(workspace), workspace.root.designs, workspace.version) == ({"a": 1}, {}, 0)
    workspace.lock(locked=False)
    workspace.remember("a", 2)
    workspace.lock(locked=True)
    workspace.delete(locked_too=True)


def test_a_design_keeps_the_moment_it_was_first_opened(workspace):
    workspace.open_design("aa", {"horizon_months": 6}, fixed=True)
    first = workspace.root.designs["aa"]
    workspace.open_design("aa", {"horizon_months": 6}, fixed=False)
    assert workspace.root.designs == {"aa": first}
    assert (first["design"], first["fixed"], len(workspace.journal())) == ({"horizon_months": 6}, True, 1)


def test_no_more_than_two_hundred_steps_are_kept():
    root = Root()
    for number in range(250):
        root = root.did(number)
    assert root.done == tuple(range(50, 250))


@pytest.mark.parametrize("change", ["at = '2020-01-01T00:00:00.000'", "kind = 'told'", "id = 9"])
def test_a_line_of_the_journal_that_was_changed_is_told(workspace, change):
    workspace.remember("a", 1)
    with sqlite3.connect(workspace.meta_path) as con:
        con.execute(f"UPDATE records SET {change}")  # noqa: S608 - the cases above
    con.close()
    with pytest.raises(WorkspaceBroken):
        workspace.verify()


def test_one_row_cannot_stand_for_another(workspace):
    workspace.remember("a", 1)
    workspace.remember("a", 2)
    workspace.vault.put("agent", "k", "Jo")
    with sqlite3.connect(workspace.meta_path) as con:
        con.execute("UPDATE records SET sealed = (SELECT sealed FROM records WHERE id = 1)")
    con.close()
    with pytest.raises(WorkspaceBroken):
        workspace.journal()
    with sqlite3.connect(workspace.vault_path) as con:
        con.execute("UPDATE bundles SET kind = 'company'")
    con.close()
    with pytest.raises(WorkspaceBroken):
        workspace.vault.labels("company")


def test_records_are_read_newest_first_and_put_back_under_their_date(workspace):
    numbers = [workspace.record("told", {"n": n}) for n in range(3)]
    found = workspace.records("told", 2)
    assert [(record.id, record.content) for record in found] == [(numbers[2], {"n": 2}), (numbers[1], {"n": 1})]
    with workspace.writing() as (con, seal):
        records.put(con, seal, replace(found[0], content={"n": 9}))
    assert workspace.records("told", 1)[0] == replace(found[0], content={"n": 9})


def test_what_was_decided_survives_the_handle(home, workspace):
    workspace.remember("a", {"deep": [1.5, None, "é"]})
    again = Workspace.open(home, workspace.id)
    assert (again.root, again.journal()) == (workspace.root, workspace.journal())
