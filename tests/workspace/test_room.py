"""A save looks whether the disk has room before it begins, and says so."""

import shutil
from types import SimpleNamespace

import pytest

from roi_core.errors import NotSaved
from roi_core.ingest import take_in
from roi_core.workspace import Workspace, copy_of, saved

MB = 1 << 20


@pytest.fixture
def free(monkeypatch):
    found = SimpleNamespace(free=100 * MB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: found)
    return found


def test_work_without_room_is_not_begun_and_the_words_say_how_much_is_missing(home, workspace, part, free):
    free.free = MB - 1
    for attempt in (
        lambda: workspace.remember("a", 1),
        lambda: workspace.publish("tickets", part("1")),
        lambda: copy_of(workspace),
        lambda: Workspace.create(home),
    ):
        with pytest.raises(NotSaved, match="needs 1 MB free on the disk to be safe, and less than 1 MB are"):
            attempt()
    assert (workspace.version, saved(home), list(workspace.tables_folder.rglob("*.parquet"))) == (0, (workspace.id,), [])
    free.free = MB
    workspace.remember("a", 1)


def test_a_table_needs_room_for_twice_its_size(workspace, tmp_path, free):
    path = tmp_path / "large.parquet"
    path.write_bytes(b"x" * 3 * MB)
    free.free = 6 * MB - 1
    with pytest.raises(NotSaved, match="needs 6 MB"):
        workspace.publish("tickets", path)
    free.free = 6 * MB
    workspace.publish("tickets", path)


def test_a_load_needs_room_for_twice_the_bytes_of_its_files(workspace, free):
    free.free = 4 * MB - 1
    with pytest.raises(NotSaved, match="needs 4 MB"):
        take_in([("a.csv", b"x" * MB), ("b.csv", b"y" * MB)], workspace)
    assert list((workspace.folder / "staging").iterdir()) == []


def test_a_full_disk_stops_no_deletion(home, workspace, free):
    free.free = 0
    workspace.delete()
    assert saved(home) == ()
