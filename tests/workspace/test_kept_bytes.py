"""Bytes in the vault: sealed, replaced, and gone from the file when they are dropped."""

from pathlib import Path

from roi_core.workspace import Workspace


def test_bytes_come_back_as_they_were_and_are_not_readable_on_disk(tmp_path: Path) -> None:
    with Workspace.temporary(tmp_path) as workspace:
        vault = workspace.vault
        vault.keep("one", b"\x00ada@secret.example\xff" * 100)
        vault.keep("one", b"\x00bob@secret.example\xff" * 100)
        vault.keep("two", b"")
        assert vault.kept("one") == b"\x00bob@secret.example\xff" * 100
        assert vault.kept("two") == b""
        assert not any(b"secret.example" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_is_dropped_is_gone_and_nothing_else(tmp_path: Path) -> None:
    with Workspace.temporary(tmp_path) as workspace:
        vault = workspace.vault
        vault.keep("one", b"1")
        vault.keep("two", b"2")
        vault.drop("one")
        vault.drop("never kept")
        assert (vault.kept("one"), vault.kept("two")) == (None, b"2")
