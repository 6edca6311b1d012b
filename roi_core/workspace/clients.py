"""The companies whose work is saved on this computer, and which of them was looked at last."""

import json
from dataclasses import dataclass
from pathlib import Path

from roi_core.errors import SupportRoiError
from roi_core.workspace.disk import saved_in_words, write_once
from roi_core.workspace.home import default_home
from roi_core.workspace.store import Workspace
from roi_core.workspace.sweep import saved

NAME, COLOUR, SAMPLE = "company", "colour", "sample"
"""Under which names a workspace keeps what it is called, its mark, and the example that it is about, if it is."""
COLOURS = ("green", "orange", "red", "gray")
"""Marks that a company can have: those that both themes tell apart."""


@dataclass(frozen=True, slots=True)
class Client:
    """One of them: what it is called (None until told), its mark, the example it is about, whether it is locked, and why it cannot be opened."""

    id: str
    name: str | None = None
    colour: str | None = None
    sample: str | None = None
    locked: bool = False
    files: int = 0
    broken: str | None = None


def clients(home: Path | None = None) -> tuple[Client, ...]:
    """All of them, by name; those without one last."""
    home = home or default_home()
    found = [_client(home, work) for work in saved(home)]
    return tuple(sorted(found, key=lambda client: (client.name is None, (client.name or "").casefold(), client.id)))


def last_used(home: Path | None = None) -> str | None:
    """The id of the work that was looked at last, or None; it may be gone."""
    try:
        kept = json.loads(_path(home or default_home()).read_bytes())
    except (OSError, ValueError):
        return None
    return str(kept["last"]) if isinstance(kept, dict) and kept.get("last") else None


def use(workspace_id: str | None, home: Path | None = None) -> None:
    """Remember which work is looked at; None for an example. Raises NotSaved."""
    home = home or default_home()
    if last_used(home) != workspace_id and home.is_dir():
        with saved_in_words():
            write_once(_path(home), json.dumps({"last": workspace_id}).encode())


def _client(home: Path, work: str) -> Client:
    try:
        workspace = Workspace.open(home, work)
        now = workspace.root
        files = len({report.get("file") for report in workspace.reports()})
    except SupportRoiError as error:
        return Client(work, broken=str(error))
    values = now.values
    return Client(work, values.get(NAME), values.get(COLOUR), values.get(SAMPLE), now.locked, files)


def _path(home: Path) -> Path:
    return home / "last.json"
