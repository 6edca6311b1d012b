"""Work that the code before format 2 wrote: it opens with the same numbers, and its copy from before can be opened."""

import json
import sqlite3

import pytest

from roi_core.errors import NotSaved, WorkspaceBroken
from roi_core.ingest.remembered import remembered
from roi_core.workspace import Workspace, forget_older, vault
from roi_core.workspace.database import version_of, writing
from roi_core.workspace.keys import Keys
from tests.store.kills import differences, unpacked


@pytest.fixture
def expected(home):
    return unpacked(home)


def everything_on_disk(home):
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_it_opens_with_identical_numbers_and_is_of_todays_format(home, expected):
    workspace = Workspace.open(home, expected["id"])
    assert differences(workspace, expected) == []
    workspace.verify()
    assert (version_of(workspace.meta_path), version_of(workspace.vault_path), vault.FORMAT) == (2, 2, 2)
    assert differences(Workspace.open(home, expected["id"]), expected) == []
    assert [change.what for change in workspace.journal()] == ["updated"]


def test_nothing_that_stood_in_the_clear_does_any_more(home, expected):
    company = expected["values"]["company"].encode()
    assert company in everything_on_disk(home)
    workspace = Workspace.open(home, expected["id"])
    assert company not in everything_on_disk(home)
    assert workspace.recall("company").encode() == company


def test_comparisons_that_were_looked_at_stay_on_record(home, expected):
    designs = Workspace.open(home, expected["id"]).root.designs
    assert {digest: opened["fixed"] for digest, opened in designs.items()} == {"aa11": False, "bb22": False}


def test_what_was_said_of_headers_goes_on_to_hold(home, expected):
    workspace = Workspace.open(home, expected["id"])
    assert len(expected["labels"]["plans"]) == 1
    assert remembered(workspace) == {key: json.loads(plan) for key, plan in expected["labels"]["plans"].items()}
    assert "plans" not in workspace.vault.kinds()


def test_keys_get_a_check(home, expected):
    path = home / "keys" / expected["id"]
    before = Keys.read(path)
    workspace = Workspace.open(home, expected["id"])
    assert workspace.keys == before
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    with pytest.raises(WorkspaceBroken):
        Workspace.open(home, expected["id"])


def test_the_copy_from_before_is_sealed_and_holds_what_was_there(home, expected):
    workspace = Workspace.open(home, expected["id"])
    sealed = workspace.folder / "backup" / "format-1" / "meta.sqlite"
    (home / "before.sqlite").write_bytes(workspace.seal.open_bytes(sealed.read_bytes()))
    con = sqlite3.connect(home / "before.sqlite")
    assert con.execute("SELECT value FROM settings WHERE name = 'company'").fetchone() == ('"Made-up Lamps Ltd"',)
    con.close()
    forget_older(workspace)
    assert not sealed.parent.parent.exists()


def test_a_migration_that_fails_leaves_the_work_as_it_was_and_is_made_at_the_next_try(home, expected, monkeypatch):
    def refused(*_):
        raise OSError(28, "no space")

    monkeypatch.setattr("roi_core.workspace.migration._seal_anew", refused)
    with pytest.raises(NotSaved):
        Workspace.open(home, expected["id"])
    monkeypatch.undo()
    assert differences(Workspace.open(home, expected["id"]), expected) == []


@pytest.mark.parametrize("name", ["meta.sqlite", "vault.sqlite"])
@pytest.mark.parametrize(("number", "words"), [(3, "format 3; this one knows 2"), (0, "has changed on disk")])
def test_a_newer_format_and_none_are_refused_with_words(home, workspace, name, number, words):
    assert Workspace.open(home, workspace.id) == workspace
    with writing(workspace.folder / name) as con:
        con.execute(f"PRAGMA user_version={number}")
    with pytest.raises(WorkspaceBroken, match=words):
        Workspace.open(home, workspace.id)


@pytest.mark.parametrize("statement", ["CREATE TABLE more (a)", "CREATE INDEX found ON records (kind)"])
def test_a_database_with_other_tables_is_not_believed(workspace, statement):
    with writing(workspace.meta_path) as con:
        con.execute(statement)
    with pytest.raises(WorkspaceBroken):
        workspace.verify()
