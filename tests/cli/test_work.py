"""Saved work as a file, on the command line."""

import pytest

from roi_core.cli import main
from roi_core.ingest import take_in
from roi_core.workspace import Workspace, saved
from tests.bundle.conftest import CUSTOMERS, OPENS, TICKETS

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def work(home):
    made = Workspace.create(home)
    take_in([("tickets.csv", TICKETS.encode()), ("customers.csv", CUSTOMERS.encode())], made)
    made.remember("company", "Canary Holding")
    return made


def test_work_is_listed_with_its_name(work, capsys):
    assert main(["work", "list"]) == 0
    assert capsys.readouterr().out == f"{work.id}  Canary Holding; files: 2\n"


def test_an_export_without_names_is_imported_and_says_what_it_lacks(home, work, tmp_path, capsys):
    assert main(["work", "export", work.id, str(tmp_path / "a.zip")]) == 0
    assert main(["work", "import", str(tmp_path / "a.zip")]) == 0
    _, new, lacks = capsys.readouterr().out.splitlines()
    assert new in saved(home)
    assert "imported without its keys" in lacks
    assert Workspace.open(home, new).recall("company") is None


def test_the_passphrase_comes_from_the_environment(home, work, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SUPPORT_ROI_PASSPHRASE", OPENS)
    assert main(["work", "export", work.id, str(tmp_path / "a.zip"), "--with-names"]) == 0
    assert main(["work", "import", str(tmp_path / "a.zip"), "--with-names"]) == 0
    (_, new) = capsys.readouterr().out.splitlines()
    assert Workspace.open(home, new).recall("company") == "Canary Holding"


def test_a_passphrase_is_typed_twice_for_a_new_file(work, tmp_path, capsys, monkeypatch):
    typed = iter([OPENS, "another one, longer"])
    monkeypatch.delenv("SUPPORT_ROI_PASSPHRASE", raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert main(["work", "export", work.id, str(tmp_path / "a.zip"), "--with-names"]) == 1
    assert "not the same" in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("command", [["export", "A" * 22, "x.zip"], ["import", "missing.zip"]])
def test_what_is_not_there_is_refused_in_words(home, command, capsys):
    assert main(["work", *command]) == 1
    assert capsys.readouterr().err.startswith("support-roi: ")
    assert saved(home) == ()
