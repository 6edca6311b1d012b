"""One byte of one file turns into another, or a file ends early: then the work says so in words, or it is as it was."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from roi_core.errors import WorkspaceBroken, WorkspaceMissing
from roi_core.workspace import Workspace
from tests.store.contents import contents
from tests.store.forking import Acknowledge, run
from tests.store.kills import unpacked
from tests.store.scores import Score, Tally

SEED = 11
Change = Callable[[bytes, random.Random], bytes]


def flips(folder: Path, count: int) -> Score:
    """A byte becomes any other."""
    return _damaged("one byte changed", folder, count, _flip)


def truncations(folder: Path, count: int) -> Score:
    """A file loses its end."""
    return _damaged("cut short", folder, count, lambda content, draw: content[: draw.randrange(len(content))])


def _flip(content: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(len(content))
    return content[:place] + bytes([content[place] ^ draw.randrange(1, 256)]) + content[place + 1 :]


def _damaged(case: str, folder: Path, count: int, change: Change) -> Score:
    workspace, draw, tally = _work(folder / "home"), random.Random(SEED), Tally(case)
    before = contents(workspace)
    files = {path: path.read_bytes() for path in sorted(workspace.home.rglob("*")) if path.is_file() and path.parent.parent.name != "backup"}
    kinds = _kinds(files)
    for number in range(count):
        path = draw.choice(kinds[number % len(kinds)])
        path.write_bytes(change(files[path], draw))
        ended = run(lambda acknowledge: _answer(acknowledge, workspace, before))
        tally.add([] if ended.said in (("told",), ("the same",)) else [f"{path.name}: {' '.join(ended.said)} {ended.signal}"])
        _restore(workspace, path, files)
    return tally.score


def _kinds(files: dict[Path, bytes]) -> Sequence[Sequence[Path]]:
    """Meta database, vault, tables and keys in equal shares: a table in ten thousand bytes is no better proof than a key in ninety."""
    return [[path for path in files if name in (path.name, path.suffix)] for name in ("meta.sqlite", "vault.sqlite", ".parquet")] + [
        [path for path in files if path.parent.name == "keys"]
    ]


def _answer(acknowledge: Acknowledge, workspace: Workspace, before: dict[str, object]) -> None:
    """As the app does it: open, verify, read."""
    try:
        opened = Workspace.open(workspace.home, workspace.id)
        opened.verify()
        now = contents(opened)
    except (WorkspaceBroken, WorkspaceMissing):
        acknowledge("told")
        return
    acknowledge("the same" if now == before else f"silently different: {[name for name in now if now[name] != before[name]]}")


def _restore(workspace: Workspace, path: Path, files: dict[Path, bytes]) -> None:
    for database in (workspace.meta_path, workspace.vault_path):
        for beside in ("-wal", "-shm", "-journal"):
            database.with_name(f"{database.name}{beside}").unlink(missing_ok=True)
        database.write_bytes(files[database])
    path.write_bytes(files[path])


def _work(home: Path) -> Workspace:
    """Real tables, reports, plans, a held file, labels; several versions, designs, records."""
    workspace = Workspace.open(home, str(unpacked(home)["id"]))
    for number in range(30):
        workspace.remember("note", f"step {number}")
    workspace.undo(workspace.root.done[-1])
    workspace.open_design("cc33", {"horizon_months": 12}, fixed=True)
    workspace.advance(without=[workspace.manifest()[-1].digest])
    workspace.record("told", {"headline": 12.5})
    return workspace
