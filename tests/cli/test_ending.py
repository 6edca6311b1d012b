"""A command that is ended leaves nothing behind: at once where it was asked to end, at the next start where it was killed."""

import os
import signal
import subprocess
import sys

import pytest

from roi_core.cli import commands, main
from roi_core.workspace import Workspace, saved

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")

WAIT = """
import signal, sys
from roi_core.cli import commands, main
from roi_core.workspace import Workspace, temporary_staging

def work(_):
    with temporary_staging() as folder, Workspace.temporary():
        (folder / "raw.csv").write_text("ann@firm.example")
        print("ready", flush=True)
        signal.pause()

commands._valued = work
sys.exit(main(["report", "a.csv", "--format", "csv", "--out", "x.csv"]))
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def files(home):
    return [path for path in home.rglob("*") if path.is_file()]


def end(number):
    with subprocess.Popen([sys.executable, "-c", WAIT], stdout=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(number)
    return process.returncode


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_command_that_is_told_to_end_cleans_up_on_its_way_out(home, name):
    number = getattr(signal, name)
    assert end(number) == 128 + number
    assert files(home) == []


def test_the_next_command_removes_what_a_killed_one_left(home, monkeypatch):
    assert end(signal.SIGKILL) == -9
    assert files(home)
    monkeypatch.setattr(commands, "inspect", lambda _: 0)
    assert main(["inspect", "a.csv"]) == 0
    assert files(home) == []


def test_signals_do_afterwards_what_they_did_before(monkeypatch):
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    monkeypatch.setattr(commands, "inspect", lambda _: 0)
    main(["inspect", "a.csv"])
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)] == before


def test_all_saved_work_is_deleted_with_its_keys_once_that_is_confirmed(home, capsys):
    works = [Workspace.create(home) for _ in range(3)]
    (works[0].folder / "meta.sqlite").write_bytes(b"cannot be read any more")
    assert main(["delete", "--all"]) == 1
    assert "Saved work on this computer: 3. Add --yes" in capsys.readouterr().err
    assert len(saved(home)) == 3
    assert main(["delete", "--all", "--yes"]) == 0
    assert capsys.readouterr().out == "Saved work deleted: 3.\n"
    assert files(home) == []


def test_delete_says_what_it_deletes(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["delete", "--yes"])
    assert "--all" in capsys.readouterr().err


def test_inspect_prints_no_character_that_a_terminal_obeys(tmp_path, capsys):
    odd = tmp_path / "\x1b[31mred\u202egnp\a.csv"
    odd.write_text("customer_id,email,started_at\nc1,ann@firm.example,2024-01-01\n")
    main(["inspect", str(odd), str(tmp_path / "\x1b]0;title\a.csv")])
    said = capsys.readouterr()
    assert "?[31mred?gnp?.csv" in said.out
    assert all(character.isprintable() for line in (said.out + said.err).split("\n") for character in line)
