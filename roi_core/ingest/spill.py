"""Tables and columns that are too large for memory: in files of their own, mapped, their pages given back between uses."""

import mmap
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roi_core.ingest.encoding import let_go, mapped

_LEAST = 1 << 20
_COLUMN = "column"

_Integer = TypeVar("_Integer", np.int32, np.int64)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Spill:
    """Where the columns of one table are held: in memory where `folder` is None, else in files that end with the last use of them."""

    folder: Path | None = None
    maps: list[mmap.mmap] = field(default_factory=list)
    held: set[int] = field(default_factory=set)

    def table(self, blocks: Iterable[pa.Table], schema: pa.Schema) -> pa.Table:
        """All blocks below each other; each is taken only when the one before is stored."""
        if self.folder is None:
            return pa.concat_tables([block for block in blocks if block.num_rows] or [schema.empty_table()])
        path = self.folder / f"{secrets.token_hex(8)}.arrow"
        with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, schema) as writer:
            for block in blocks:
                if block.num_rows:
                    writer.write_table(block)
        return self._opened(path)

    def array(self, array: pa.Array) -> pa.Array:
        """The same values; in a file where they are large."""
        if self.folder is None or not len(array) or array.nbytes < _LEAST or _address(array) in self.held:
            return array
        (held,) = self.table([pa.table({_COLUMN: array})], pa.schema([(_COLUMN, array.type)])).column(_COLUMN).chunks
        self.held.add(_address(held))
        self.forget()
        return held

    def integers(self, values: npt.NDArray[_Integer]) -> npt.NDArray[_Integer]:
        """The same integers, read-only where they are held in a file."""
        return values if self.folder is None else np.asarray(self.array(pa.array(values)).to_numpy())

    def forget(self) -> None:
        """Gives back the memory of what is held in files, and what Arrow keeps for later."""
        if self.folder is not None:
            for held in self.maps:
                let_go(held, 0)
            pa.default_memory_pool().release_unused()

    def relieved(self, result: _Result) -> _Result:
        """The result of a step, after which what it used is forgotten."""
        self.forget()
        return result

    def _opened(self, path: Path) -> pa.Table:
        held = mapped(path)
        with suppress(OSError):
            path.unlink()
        self.maps.append(held)
        return pa.ipc.open_file(pa.py_buffer(held)).read_all()


def _address(array: pa.Array) -> int:
    """Where the values of an array stand in memory, 0 for one without any."""
    values = array.buffers()[-1]
    return values.address if values else 0


def filtered(table: pa.Table, keep: npt.NDArray[np.bool_]) -> Iterator[pa.Table]:
    """The kept rows of a table, batch by batch."""
    first = 0
    for batch in table.to_batches():
        yield pa.Table.from_batches([batch.filter(pa.array(keep[first : first + len(batch)]))])
        first += len(batch)
