"""A disk of five megabytes that fills up: a save is kept, or refused in words; nothing that was kept is lost, and nothing half is left."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.errors import NotSaved
from roi_core.workspace import Workspace, forgetting, sweep
from tests.store.contents import orphans, unreadable
from tests.store.scores import Score, Tally

MEGABYTES, SAVES = 5, 50
"""So many saves are more than the disk holds."""
_LEAST, _STEP = 20_000, 7_000


def mounting() -> bool:
    """Whether this process may make a disk: root, on a system that has tmpfs, where no container forbids it."""
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own, gone when the block ends."""
    place = folder / "disk"
    place.mkdir()
    mount, unmount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", str(place)], ["umount", str(place)]
    subprocess.run(mount, check=True)
    try:
        yield place
    finally:
        subprocess.run(unmount, check=True)


def saves(folder: Path, count: int) -> list[Score]:
    """So many saves on such a disk, each larger than the one before, and what a start finds there once it is full."""
    forgetting.YOUNG_SECONDS = -60.0
    tally, refused, kept = Tally("disk of 5 MB: lost, half saved or left behind"), 0, list[int]()
    with small_disk(folder) as disk:
        workspace = Workspace.create(disk / "home")
        for number in range(1, count + 1):
            try:
                workspace.publish("tickets", _part(folder, number), {"n": number})
                kept.append(number)
            except NotSaved:
                refused += 1
            there = [one.meta["n"] for one in workspace.manifest()]
            tally.add([*([] if there == kept else [f"save {number}: {there}, told {kept}"]), *unreadable(workspace)])
        sweep(disk / "home")
        tally.add([*orphans(disk / "home"), *unreadable(workspace)])
    return [tally.score, Score("disk of 5 MB: was it full?", count, int(not refused or not kept), measured=f"{len(kept)} kept, {refused} refused")]


def _part(folder: Path, number: int) -> Path:
    """Bytes that do not compress."""
    path = folder / "part.parquet"
    pq.write_table(pa.table({"ticket_id": [os.urandom(_LEAST + _STEP * number)]}), path, compression="none")
    return path
