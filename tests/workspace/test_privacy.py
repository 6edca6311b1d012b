import stat
import subprocess
import sys

import pytest

from roi_core.errors import WorkspaceMissing
from roi_core.workspace import Workspace, default_home, sweep

CANARY = "canary.person@example.com"
LEAVE = """
import sys, os, signal
from pathlib import Path
from roi_core.workspace import Workspace
home, id = Path(sys.argv[1]), sys.argv[2]
workspace = Workspace.open(home, id)
with workspace.staging() as folder, Workspace.temporary(home) as other:
    (folder / "raw.csv").write_text("canary.person@example.com")
    (workspace.tables_folder / (folder.name + ".spill")).mkdir()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def files_holding(home, text):
    return [p for p in home.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def test_nobody_else_can_read_anything(home, workspace, part):
    workspace.publish("tickets", part("1"))
    workspace.vault.put("company", "k", "Acme")
    workspace.remember("a", 1)
    with workspace.staging():
        modes = {stat.S_IMODE(p.stat().st_mode) for p in [home, *home.rglob("*")]}
    assert modes == {0o700, 0o600}


def test_keys_differ_stand_apart_and_are_not_printed(home, workspace):
    other = Workspace.create(home)
    keys = workspace.keys
    assert len(keys.match) == 32
    assert keys.match != other.keys.match
    assert keys.vault != other.keys.vault
    assert workspace.folder not in (home / "keys" / workspace.id).parents
    assert repr(keys) == "Keys()"


def test_vault_gives_back_what_it_was_given_and_nothing_on_disk_is_clear(home, workspace):
    labels = {f"k{i}": f"Company {i} {CANARY}" for i in range(2500)}
    workspace.vault.put_many("company", labels)
    workspace.vault.put("agent", "k1", "Jo")
    assert workspace.vault.labels("company") == labels
    assert (workspace.vault.get("agent", "k1"), workspace.vault.get("agent", "k2")) == ("Jo", None)
    assert files_holding(home, CANARY) == []
    assert CANARY not in repr(workspace.vault)


def test_reports_and_notes_about_parts_repeat_texts_of_files_and_stand_in_the_vault(home, workspace, part):
    workspace.advance(reports=lambda _: [{"file": f"{CANARY}.csv", "notes": [CANARY], "columns": [{"header": CANARY}]}])
    workspace.advance(reports=lambda _: [{"file": f"later {CANARY}.csv"}])
    workspace.publish("tickets", part("1"), {"file": CANARY, "covariates": [{"header": CANARY}]})
    again = Workspace.open(home, workspace.id)
    assert again.reports() == [{"file": f"later {CANARY}.csv"}]
    assert [found.meta["file"] for found in again.manifest()] == [CANARY]
    assert files_holding(home, CANARY) == []


def test_what_the_vault_replaces_is_gone(workspace):
    workspace.vault.put_many("company", {"a": "One"})
    workspace.vault.replace("reports", {"a": "One", "b": "Two"})
    workspace.vault.replace("reports", {"c": "Three"})
    assert (workspace.vault.labels("reports"), workspace.vault.labels("company")) == ({"c": "Three"}, {"a": "One"})


def test_vault_keeps_the_last_text_and_writes_nothing_twice(workspace):
    workspace.vault.put_many("company", {"a": "One", "b": "Two"})
    workspace.vault.put_many("company", {"a": "One", "b": "Other"})
    size = (workspace.folder / "vault.sqlite").stat().st_size
    for _ in range(50):
        workspace.vault.put_many("company", {"a": "One", "b": "Other"})
    assert workspace.vault.labels("company") == {"a": "One", "b": "Other"}
    assert (workspace.folder / "vault.sqlite").stat().st_size == size


def test_deleted_work_is_gone_with_its_keys(home, workspace, part):
    workspace.publish("tickets", part(CANARY))
    workspace.remember("note", CANARY)
    assert files_holding(home, CANARY)
    workspace.delete()
    assert [p for p in home.rglob("*") if p.is_file()] == []
    with pytest.raises(WorkspaceMissing):
        Workspace.open(home, workspace.id)
    workspace.delete()


def test_a_setting_that_was_replaced_is_overwritten_on_disk(home, workspace):
    workspace.remember("note", CANARY)
    workspace.remember("note", "other")
    assert files_holding(home, CANARY) == []


def test_a_deletion_that_was_cut_is_finished_at_the_next_start(home, workspace, part):
    workspace.publish("tickets", part("1"))
    (home / "gone").mkdir()
    workspace.folder.rename(home / "gone" / workspace.id)
    with pytest.raises(WorkspaceMissing):
        Workspace.open(home, workspace.id)
    assert sweep(home) == 1
    assert [p for p in home.rglob("*") if p.is_file()] == []


def test_what_a_killed_process_left_is_swept_and_saved_work_stays(home, workspace, part):
    workspace.publish("tickets", part("1"))
    killed = subprocess.run([sys.executable, "-c", LEAVE, str(home), workspace.id], check=False)
    assert killed.returncode == -9
    assert len(files_holding(home, CANARY)) == 1
    with workspace.staging() as mine:
        assert sweep(home) == 3
        assert mine.is_dir()
    assert files_holding(home, CANARY) == []
    assert Workspace.open(home, workspace.id).parts("tickets")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/support-roi"),
        ("darwin", {"HOME": "/u"}, "/u/Library/Application Support/support-roi"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/support-roi"),
        ("linux", {"SUPPORT_ROI_HOME": "/mine", "XDG_DATA_HOME": "/data"}, "/mine"),
    ],
)
def test_home_is_the_platform_s_folder_unless_told(monkeypatch, platform, variables, expected):
    monkeypatch.delenv("SUPPORT_ROI_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert default_home().as_posix() == expected
