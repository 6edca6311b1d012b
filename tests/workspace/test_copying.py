"""A copy holds the same and goes its own way; what is forgotten is gone for good, and nothing else is."""

import os
import time

import pytest

from roi_core.errors import WorkspaceBroken, WorkspaceLocked, WorkspaceMissing
from roi_core.workspace import Workspace, copy_of, forget_older, forgetting, saved, sweep
from tests.store.contents import counting, labels, orphans

TWO_HOURS = 7200
CANARY = "canary.person@made-up.example"


@pytest.fixture
def filled(workspace, part):
    workspace.publish_all([("tickets", part("1"), {"source": "one"}), ("usage", part("2"), {"source": "two"})])
    workspace.advance(without=[workspace.manifest()[0].digest], reports=lambda _: [{"source": "two", "file": "b.csv"}])
    workspace.remember("a", CANARY)
    workspace.remember("a", 2)
    workspace.open_design("aa", {"horizon_months": 6}, fixed=True)
    for kind in ("quarantine", "no_data"):
        workspace.vault.put_many(kind, {"one/": "row of one", "two/": "row of two"})
    return workspace


def make_older(workspace):
    for path in workspace.tables_folder.rglob("*.parquet"):
        os.utime(path, times=(time.time() - TWO_HOURS,) * 2)


def parts_on_disk(workspace):
    return sorted(path.parent.name for path in workspace.tables_folder.rglob("*.parquet"))


def test_a_copy_holds_everything_under_the_same_keys_and_is_unlocked(home, filled):
    filled.lock(locked=True)
    copied = copy_of(filled)
    assert (copied.root.locked, filled.root.locked) == (False, True)
    assert (counting(copied), labels(copied), copied.keys) == (counting(filled), labels(filled), filled.keys)
    assert copied.tables(1).keys() == filled.tables(1).keys()
    copied.verify()
    assert copied.journal(1)[0].what == "copied"
    assert (len(saved(home)), orphans(home)) == (2, [])


def test_a_copy_goes_its_own_way(filled):
    copied = copy_of(filled)
    copied.remember("a", 3)
    back, _ = copied.ways()
    copied.undo(back.id)
    copied.remember("b", 1)
    filled.delete()
    assert (copied.recall("a"), copied.recall("b"), copied.recall("files")) == (2, 1, 2)
    copied.verify()


def test_no_file_of_a_copy_is_left_with_a_log_beside_it(filled):
    copied = copy_of(filled)
    assert {path.name for path in copied.folder.iterdir() if path.is_file()} == {"meta.sqlite", "vault.sqlite"}
    assert {path.stat().st_mode & 0o077 for path in [copied.folder, *copied.folder.rglob("*")]} == {0}


def test_where_files_cannot_be_shared_they_are_copied(filled, monkeypatch):
    def refused(*_):
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "link", refused)
    copied = copy_of(filled)
    copied.verify()
    assert not any(filled.path(part).samefile(copied.path(part)) for part in copied.manifest())


def test_a_copy_of_work_without_one_of_its_files_is_refused_and_leaves_nothing(home, filled):
    next(filled.tables_folder.glob("usage/*")).unlink()
    with pytest.raises(WorkspaceBroken, match="usage"):
        copy_of(filled)
    assert (saved(home), list((home / "making").iterdir())) == ((filled.id,), [])


def test_a_version_that_is_forgotten_while_it_is_copied_is_left_out(filled, monkeypatch):
    from roi_core.workspace import database

    make_older(filled)
    real, done = database.copy, []

    def copy(source, target):
        real(source, target)
        if not done:
            done.append(forget_older(filled))

    monkeypatch.setattr(database, "copy", copy)
    copied = copy_of(filled)
    assert (done[0] > 0, parts_on_disk(copied)) == (True, ["usage"])
    copied.verify()


def test_forgetting_keeps_what_counts_and_overwrites_the_rest(filled):
    make_older(filled)
    before = counting(filled)
    assert forget_older(filled) > 0
    assert counting(filled) == before
    assert (parts_on_disk(filled), labels(filled)["quarantine"], labels(filled)["no_data"]) == (["usage"], *[{"two/": "row of two"}] * 2)
    assert filled.ways() == (None, None)
    assert CANARY not in str(filled.journal())
    with pytest.raises(WorkspaceBroken):
        filled.manifest(1)
    filled.verify()


def test_forgetting_keeps_the_versions_that_are_named(filled):
    make_older(filled)
    assert forget_older(filled, keep=[1, 99]) == 0
    assert parts_on_disk(filled) == ["tickets", "usage"]


def test_forgetting_leaves_files_of_a_load_that_may_be_running(filled, part):
    make_older(filled)
    filled.keep("tickets", part("new"))
    forget_older(filled)
    assert parts_on_disk(filled) == ["tickets", "usage"]


def test_a_save_whose_file_was_taken_away_is_not_told_as_saved(filled, part, monkeypatch):
    kept = filled.keep("tickets", part("new"))
    monkeypatch.setattr(forgetting, "YOUNG_SECONDS", -60.0)
    assert sweep(filled.home) == 0
    assert "new" not in str(parts_on_disk(filled))
    with pytest.raises(Exception, match="do it again"):
        filled.advance([kept])
    filled.publish("tickets", part("new"))
    filled.verify()


def test_locked_work_forgets_nothing(filled):
    filled.lock(locked=True)
    with pytest.raises(WorkspaceLocked):
        forget_older(filled)


def test_whoever_has_deleted_work_open_is_told_and_brings_nothing_back(home, filled, part):
    again = Workspace.open(home, filled.id)
    with again.staging() as staging:
        filled.delete()
        assert not staging.exists()
    attempts = [
        lambda: again.remember("a", 3), lambda: again.publish("tickets", part("3")), lambda: again.root, lambda: again.vault,
        lambda: again.staging().__enter__(), lambda: copy_of(again), again.verify,
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(WorkspaceMissing):
            attempt()
    assert [path for path in home.rglob("*") if filled.id in str(path)] == []


def test_a_deletion_that_had_only_begun_is_finished_by_the_next_start(home, filled):
    from roi_core.workspace import root

    with filled.writing() as (con, _):
        root.give_up(con)
    with pytest.raises(WorkspaceMissing):
        filled.remember("a", 1)
    assert sweep(home) == 1
    assert [path for path in home.rglob("*") if filled.id in str(path)] == []


def test_damage_is_never_taken_for_a_deletion(home, filled):
    import sqlite3

    with sqlite3.connect(filled.meta_path) as con:
        con.execute("DELETE FROM root")
    con.close()
    os.utime(filled.meta_path, times=(time.time() - TWO_HOURS,) * 2)
    assert (sweep(home), saved(home)) == (0, (filled.id,))
    with pytest.raises(WorkspaceBroken):
        _ = filled.root
