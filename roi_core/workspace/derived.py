"""Tables that follow from the saved ones, kept under a digest of all they follow from; believed only where every byte is as it was written.

They are no part of any version, of a copy or of an export: whoever lacks them works them out again.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.errors import WorkspaceBroken
from roi_core.workspace.disk import folder_inside, insist_on_room, remove, saved_in_words, write_once
from roi_core.workspace.places import SUFFIX, Places

FOLDER = "derived"
_SEALED = ".sealed"
_COMPRESSION = "lz4"


def keep(workspace: Places, digest: str, tables: Mapping[str, pa.Table], rest: Any) -> None:
    """Keep tables, and JSON beside them, in place of all that were kept before. Raises NotSaved, WorkspaceMissing."""
    with saved_in_words(workspace.folder):
        folder = folder_inside(workspace.folder, FOLDER)
    contents = {name: _written(table) for name, table in tables.items()}
    named = {name: f"{_digest(content)}{SUFFIX}" for name, content in contents.items()}
    sealed = f"{digest}{_SEALED}"
    with saved_in_words(folder):
        insist_on_room(folder, sum(map(len, contents.values())))
        for name, content in contents.items():
            write_once(folder / named[name], content)
        write_once(folder / sealed, workspace.seal.close({"of": digest, "tables": named, "rest": rest}))
        for path in (*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{_SEALED}")):
            if path.name not in {sealed, *named.values()}:
                remove(path)


def kept(workspace: Places, digest: str) -> tuple[dict[str, pa.Table], Any] | None:
    """The tables and the JSON that were kept last, or None: nothing was, it followed from something else, or a byte has changed."""
    folder = workspace.folder / FOLDER
    try:
        index = workspace.seal.open((folder / f"{digest}{_SEALED}").read_bytes())
        contents = {name: (folder / own).read_bytes() for name, own in index["tables"].items()}
    except (OSError, WorkspaceBroken):
        return None
    if index["of"] != digest or any(f"{_digest(content)}{SUFFIX}" != index["tables"][name] for name, content in contents.items()):
        return None
    return {name: pq.read_table(pa.BufferReader(content)) for name, content in contents.items()}, index["rest"]


def any_kept(workspace: Places) -> bool:
    """Whether something was kept at all."""
    return (workspace.folder / FOLDER).is_dir()


def forget(workspace: Places) -> int:
    """Unlinks all that was kept. Gives the bytes freed. Raises OSError."""
    freed = 0
    for path in (workspace.folder / FOLDER).glob("*"):
        with suppress(FileNotFoundError):
            freed += path.stat().st_size
            path.unlink()
    return freed


def _written(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression=_COMPRESSION)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
