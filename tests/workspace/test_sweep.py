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
