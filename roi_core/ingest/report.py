"""`support-roi inspect`: what each file is and what became of its rows, without keeping anything."""

import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from roi_core.ingest.dump import LOADED, NOT_DATA, QUARANTINED, stem_beside
from roi_core.ingest.intake import intake_of
from roi_core.ingest.limits import FROM_DISK, ReadLimits
from roi_core.ingest.run import File, Message, Order, read_files
from roi_core.workspace import temporary_staging


def inspect(files: Sequence[File], dump: Path | str | None = None, limits: ReadLimits = FROM_DISK, mapping: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The JSON of `support-roi inspect`. With `dump`, also writes the loaded rows of each table there, the quarantined ones and those that are no data."""
    with temporary_staging() as staging:
        order = Order(match_key=secrets.token_bytes(32), mapping=mapping, dump=dump is not None)
        entries = read_files(files, staging, order, None, limits)
        if dump is not None:
            _keep_dumps(entries, staging, Path(dump))
    return {"files": intake_of(entries).as_json()}


def _keep_dumps(entries: Sequence[Message], staging: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written: set[str] = set()
    for entry in entries:
        if not entry.get("dump"):
            continue
        stem = stem_beside(written, entry["member"] or entry["file"])
        for kind in (LOADED, QUARANTINED, NOT_DATA):
            shutil.move(staging / f"{entry['dump']}{kind}", folder / f"{stem}{kind}")
