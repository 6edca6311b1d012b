"""Records of any keys as columns: one for each key ever seen, in the order in which they were first seen."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.json_values import Path

_CHUNK = 20_000


@dataclass(slots=True)
class Columns:
    """Takes record after record; what a record lacks is "". `paths` are the columns seen, `rows` how many records were taken."""

    rows: int = 0
    paths: dict[Path, None] = field(default_factory=dict)
    _values: dict[Path, list[str]] = field(default_factory=dict)
    _held: int = 0
    _chunks: list[tuple[int, dict[Path, pa.Array]]] = field(default_factory=list)

    def add(self, cells: dict[Path, str]) -> None:
        """One record."""
        for path, text in cells.items():
            column = self._values.get(path)
            if column is None:
                column = self._values[path] = []
                self.paths[path] = None
            if len(column) < self._held:
                column.extend([""] * (self._held - len(column)))
            column.append(text)
        self._held += 1
        self.rows += 1
        if self._held == _CHUNK:
            self._close()

    def table(self) -> dict[Path, pa.ChunkedArray]:
        """All columns, but those that are blank in each record and stand for objects whose keys are columns."""
        self._close()
        columns = {path: pa.chunked_array([found.get(path, _blank(rows)) for rows, found in self._chunks], pa.string()) for path in self.paths}
        above = {path[:length] for path in columns for length in range(1, len(path))}
        return {path: column for path, column in columns.items() if path not in above or _has_values(column)}

    def _close(self) -> None:
        if self._held:
            filled = {path: column + [""] * (self._held - len(column)) for path, column in self._values.items()}
            self._chunks.append((self._held, {path: pa.array(column, pa.string()) for path, column in filled.items()}))
        self._values, self._held = {}, 0


def _blank(rows: int) -> pa.Array:
    return pa.array([""] * rows, pa.string())


def _has_values(column: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.not_equal(column, "")).as_py())
