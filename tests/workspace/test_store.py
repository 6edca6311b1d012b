import errno
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pyarrow.parquet as pq
import pytest

from roi_core.engine import analyst, attach_all
from roi_core.errors import NotSaved, WorkspaceBroken, WorkspaceMissing
from roi_core.workspace import Workspace, sweep
from roi_core.workspace.database import writing


def test_a_new_workspace_is_empty_and_can_be_opened(home, workspace):
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", workspace.id)
    again = Workspace.open(home, workspace.id)
    assert (again.tables(), again.parts("tickets"), again.version, again.reports(), again.recall("design")) == ({}, (), 0, [], None)


@pytest.mark.parametrize("unknown", ["", "x", "../../etc", "A" * 22, "<script>", "a\0b", "%2e%2e", "é" * 22])
def test_unknown_forbidden_and_malformed_ids_get_the_same_words(home, workspace, unknown):
    with pytest.raises(WorkspaceMissing) as refused:
        Workspace.open(home, unknown)
    assert str(refused.value) == str(WorkspaceMissing.unknown())
    assert workspace.id not in str(refused.value)


@pytest.mark.parametrize("other", ["", ".", "..", "../../other", "../last.json", "/etc/hostname", "a/../../b"])
def test_deleting_reaches_nothing_outside_of_the_work(home, other):
    Workspace.create(home)
    (home / "last.json").write_text("{}")
    before = sorted(home.rglob("*"))
    with pytest.raises(WorkspaceMissing):
        Workspace(home, other).delete()
    assert sorted(home.rglob("*")) == before


def test_published_parts_are_found_by_table_in_order(workspace, part):
    workspace.publish("tickets", part("1"), {"rows": 1})
    workspace.publish("usage", part("2"))
    workspace.publish("tickets", part("3"))
    found = {table: [pq.read_table(p).column("ticket_id").to_pylist() for p in parts] for table, parts in workspace.tables().items()}
    assert found == {"tickets": [["1"], ["3"]], "usage": [["2"]]}
    assert [p.meta for p in workspace.manifest()] == [{"rows": 1}, {}, {}]
    workspace.verify()


def test_a_part_is_named_by_the_bytes_it_holds_and_the_source_stays(workspace, part):
    source = part("1")
    kept = workspace.publish("tickets", source)
    assert workspace.parts("tickets")[0].name == f"{kept.digest}.parquet"
    assert workspace.parts("tickets")[0].read_bytes() == source.read_bytes()


def test_the_same_bytes_twice_are_one_part_with_the_last_note(workspace, part):
    workspace.publish("tickets", part("1"), {"file": "a"})
    workspace.publish("tickets", part("1"), {"file": "b"})
    assert [p.meta for p in workspace.manifest()] == [{"file": "b"}]


def test_the_digest_follows_the_content_and_returns_with_it(workspace, part):
    empty = workspace.digest
    first = workspace.publish("tickets", part("1"))
    one = workspace.digest
    second = workspace.publish("tickets", part("2"))
    assert len({empty, one, workspace.digest}) == 3
    workspace.advance(without=[second.digest])
    assert workspace.digest == one
    workspace.advance(without=[first.digest])
    assert workspace.digest == empty


def test_older_versions_stay_readable(workspace, part):
    first = workspace.publish("tickets", part("1"))
    workspace.publish("tickets", part("2"))
    workspace.advance(without=[first.digest])
    assert workspace.version == 3
    assert [len(workspace.tables(version).get("tickets", ())) for version in range(4)] == [0, 1, 2, 1]
    assert all(p.is_file() for p in workspace.tables(2)["tickets"])


def test_a_table_name_is_not_a_path(workspace, part):
    with pytest.raises(ValueError, match="must be lower-case"):
        workspace.publish("../keys", part("1"))


def test_an_analyst_reads_the_tables_of_a_workspace(workspace, part):
    workspace.publish("tickets", part("1", "2"))
    with closing(analyst(workspace.tables_folder)) as con:
        attach_all(con, workspace.tables())
        assert con.execute("SELECT count(*) FROM tickets").fetchone() == (2,)


def test_settings_and_reports_survive_the_handle(home, workspace):
    workspace.remember("answers", {"agents": 4})
    workspace.remember("answers", {"agents": 5})
    workspace.advance(reports=lambda _: [{"file": "a.csv"}])
    again = Workspace.open(home, workspace.id)
    assert (again.recall("answers"), again.reports()) == ({"agents": 5}, [{"file": "a.csv"}])


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove"])
def test_changed_bytes_are_noticed(workspace, part, damage):
    workspace.publish("tickets", part("1"))
    path = workspace.parts("tickets")[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content if damage == "flip" else content[:-5])
    if damage == "remove":
        path.unlink()
    with pytest.raises(WorkspaceBroken, match="tickets"):
        workspace.verify()


def test_work_of_a_later_release_is_refused(home, workspace):
    with writing(workspace.folder / "meta.sqlite") as con:
        con.execute("PRAGMA user_version=99")
    with pytest.raises(WorkspaceBroken, match=r"format 99; this one knows 2"):
        Workspace.open(home, workspace.id)


def test_a_failed_load_leaves_no_staging_and_no_version(workspace, part):
    def load():
        with workspace.staging() as folder:
            seen.append(folder)
            (folder / "raw.csv").write_text("a")
            workspace.publish_all([("tickets", part("1"), {}), ("tickets", folder / "missing.parquet", {})])

    seen = []
    with pytest.raises(FileNotFoundError):
        load()
    assert not seen[0].exists()
    assert (workspace.version, workspace.tables()) == (0, {})


def test_writers_at_once_lose_nothing(home, workspace, part):
    parts = [part(str(i)) for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda path: Workspace.open(home, workspace.id).publish("tickets", path), parts))
    assert len(workspace.parts("tickets")) == 24
    workspace.verify()


def test_temporary_work_leaves_nothing(home, part):
    with Workspace.temporary(home) as workspace:
        workspace.publish("tickets", part("1"))
        assert sweep(home) == 0
        assert workspace.parts("tickets")[0].is_file()
    assert not [p for p in home.rglob("*") if p.is_file()]


@pytest.mark.parametrize("call", [1, 2, 3, 4, 5])
def test_a_disk_that_fails_leaves_the_version_before(monkeypatch, home, workspace, part, call):
    workspace.publish("tickets", part("1"))
    failing, real, calls = part("2"), os.fsync, iter(range(1, 100))

    def fsync(descriptor):
        if next(calls) == call:
            raise OSError(errno.EIO, "input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(NotSaved, match="could not be saved"):
        workspace.publish_all([("tickets", failing, {}), ("usage", failing, {})])
    monkeypatch.undo()
    assert (workspace.version, list(workspace.tables())) == (1, ["tickets"])
    assert not list(home.rglob("*.unfinished"))
    workspace.verify()
