import os
import subprocess
import sys
import time

import pytest

from roi_core.workspace import Workspace, saved, sweep, temporary_staging

LEAVE = """
import os, signal, sys
from pathlib import Path
from roi_core.workspace import Workspace, temporary_staging
with temporary_staging(Path(sys.argv[1])) as folder, Workspace.temporary(Path(sys.argv[1])):
    (folder / "raw.csv").write_text("ann@firm.example")
    os.kill(os.getpid(), signal.SIGKILL)
"""
TWO_HOURS = 7200


def files(home):
    return [path for path in home.rglob("*") if path.is_file()]


def make_older(workspace):
    os.utime(workspace.meta_path, times=(time.time() - TWO_HOURS,) * 2)


def kill_in_the_middle(home):
    assert subprocess.run([sys.executable, "-c", LEAVE, str(home)], check=False).returncode == -9
    assert files(home)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("start", [temporary_staging, Workspace.temporary])
def test_the_next_temporary_work_removes_what_a_killed_one_left(home, start):
    kill_in_the_middle(home)
    with start(home):
        pass
    assert files(home) == []
    assert list((home / "temporary").iterdir()) == []


def test_a_staging_folder_is_private_and_gone_after_the_block_also_when_it_fails(home):
    def fail():
        with temporary_staging(home) as folder:
            seen.append(folder)
            (folder / "raw.csv").write_text("a")
            assert folder.stat().st_mode & 0o077 == 0
            assert sweep(home) == 0
            raise SystemExit(143)

    seen = []
    with pytest.raises(SystemExit):
        fail()
    assert not seen[0].exists()


def test_work_that_nobody_used_is_swept_after_an_hour_with_its_key(home, workspace):
    assert (sweep(home), saved(home)) == (0, (workspace.id,))
    make_older(workspace)
    assert (sweep(home), saved(home), files(home)) == (1, (), [])


def test_old_work_with_a_table_an_answer_or_a_running_load_stays(home, part):
    table, answer, loading = (Workspace.create(home) for _ in range(3))
    table.publish("tickets", part("1"))
    answer.remember("sample", "fogbank")
    with loading.staging():
        for workspace in (table, answer, loading):
            make_older(workspace)
        assert sweep(home) == 0
        assert set(saved(home)) == {table.id, answer.id, loading.id}


def test_a_key_without_work_is_swept_once_it_cannot_be_one_on_its_way(home, workspace):
    orphan = home / "keys" / ("A" * 22)
    orphan.write_bytes(b"x")
    assert sweep(home) == 0
    os.utime(orphan, times=(orphan.stat().st_mtime - TWO_HOURS,) * 2)
    assert (sweep(home), orphan.exists()) == (1, False)
    assert Workspace.open(home, workspace.id).keys


def test_work_whose_settings_cannot_be_read_is_left_to_its_owner(home, workspace):
    (workspace.folder / "meta.sqlite").write_bytes(b"no database" * 100)
    assert (sweep(home), saved(home)) == (0, (workspace.id,))


LED_OUT = ("gone", "keys", "temporary", "making", "workspaces")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("name", LED_OUT)
def test_a_link_in_the_home_leads_a_sweep_nowhere(name, tmp_path):
    """Others who may write beside the work could plant one and have the next start empty any folder."""
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    for kept in ("thesis.txt", "1-2-abc.unfinished", "docs/thesis.txt"):
        path = outside / kept
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
        os.utime(path, times=(time.time() - TWO_HOURS,) * 2)
    (home / name).symlink_to(outside)
    sweep(home)
    assert len(files(outside)) == 3
    assert outside.stat().st_mode & 0o777 == 0o755 & ~umask()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("inside", ["tables", "tables/tickets", "staging"])
def test_a_link_in_a_work_leads_a_sweep_nowhere(inside, home, workspace, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    for kept in ("a.parquet", "1-2-abc.unfinished", f"{'0' * 64}.parquet"):
        (outside / kept).write_text("mine")
        os.utime(outside / kept, times=(time.time() - TWO_HOURS,) * 2)
    place = workspace.folder / inside
    place.parent.mkdir(exist_ok=True)
    if place.is_dir():
        place.rmdir()
    place.symlink_to(outside)
    sweep(home)
    assert len(files(outside)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_a_home_that_others_may_write_to_is_shut_and_a_shared_folder_is_left(tmp_path):
    home, shared = tmp_path / "home", tmp_path / "shared"
    for folder, mode in ((home, 0o777), (home / "keys", 0o755), (shared, 0o1777)):
        folder.mkdir()
        folder.chmod(mode)
    sweep(home)
    sweep(shared)
    assert [folder.stat().st_mode & 0o7777 for folder in (home, home / "keys", shared)] == [0o700, 0o700, 0o1777]


def umask():
    now = os.umask(0)
    os.umask(now)
    return now
