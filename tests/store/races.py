"""Processes at once: everybody's saves are kept, nobody's are overwritten unseen."""

import os
import shutil
from functools import partial
from pathlib import Path

from roi_core.errors import NotSaved, StaleSave
from roi_core.workspace import Workspace
from tests.store.contents import unreadable
from tests.store.forking import Acknowledge, together
from tests.store.kills import differences, unpacked
from tests.store.scores import Score, Tally

WRITERS = 8


def writers(folder: Path, saves: int) -> list[Score]:
    """Eight processes with so many saves each; a try is a save."""
    workspace, refused, lost = Workspace.create(folder / "home"), Tally("8 writers at once: refused"), Tally("8 writers at once: lost")

    def work(name: str, acknowledge: Acknowledge) -> None:
        for number in range(1, saves + 1):
            try:
                workspace.remember(name, number)
                acknowledge("saved")
            except NotSaved:
                acknowledge("refused")

    ended = together(*(partial(work, f"writer {n}") for n in range(WRITERS)))
    written = [change.after for change in workspace.journal(-1)]
    for n, child in enumerate(ended):
        kept = {after[f"writer {n}"] for after in written if f"writer {n}" in after}
        for number, said in enumerate(child.said, 1):
            refused.add([] if said == "saved" else [said])
            lost.add([] if said != "saved" or number in kept else [f"writer {n}: save {number}"])
        if workspace.recall(f"writer {n}") != saves or unreadable(workspace):
            lost.add([f"writer {n}: what counts is not the last save"])
    return [refused.score, lost.score]


def stale(folder: Path, rounds: int) -> Score:
    """Two processes have read the same and save different values: one is kept, the other is told."""
    workspace, tally = Workspace.create(folder / "home"), Tally("two tabs save the same at once: silent overwrite")
    for number in range(rounds):
        steps = number % 2 == 1
        workspace.remember("value", f"before {number}", steps=steps)
        names = [f"{tab} {number}" for tab in ("left", "right")]
        said = _both_at_once(workspace, names, steps)
        kept = [name for name, lines in zip(names, said, strict=True) if lines == ("kept",)]
        told = [lines for lines in said if lines == ("told",)]
        tally.add([] if len(kept) == len(told) == 1 and workspace.recall("value") == kept[0] else [f"{said} {workspace.recall('value')}"])
    return tally.score


def _both_at_once(workspace: Workspace, names: list[str], steps: bool) -> list[tuple[str, ...]]:
    """What was said to each of two that had both looked before either saved."""
    looked, go = os.pipe(), os.pipe()

    def save(name: str, acknowledge: Acknowledge) -> None:
        seen = dict(workspace.root.stamps)
        os.write(looked[1], b".")
        os.read(go[0], 1)
        try:
            workspace.remember("value", name, seen, steps=steps)
            acknowledge("kept")
        except StaleSave:
            acknowledge("told")

    def start(_: Acknowledge) -> None:
        for _name in names:
            os.read(looked[0], 1)
        os.write(go[1], b"..")

    ended = together(*(partial(save, name) for name in names), start)
    for end in (*looked, *go):
        os.close(end)
    return [child.said for child in ended[:2]]


def migrating(folder: Path, rounds: int) -> Score:
    """Several processes open work of an earlier release at the same moment."""
    home, tally = folder / "home", Tally("4 processes migrate at once")
    for _ in range(rounds):
        shutil.rmtree(home, ignore_errors=True)
        expected = unpacked(home)

        def work(acknowledge: Acknowledge, expected: dict[str, object] = expected) -> None:
            wrong = differences(Workspace.open(home, str(expected["id"])), expected)
            acknowledge(" ".join(wrong) or "the same")

        said = [child.said for child in together(*[work] * 4)]
        workspace = Workspace.open(home, str(expected["id"]))
        tally.add([*(str(lines) for lines in said if lines != ("the same",)), *differences(workspace, expected), *unreadable(workspace)])
    return tally.score
