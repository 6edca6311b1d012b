"""What the reader makes of polluted files, with no hint given: no row lost, none shifted, and a score."""

from collections.abc import Iterable
from pathlib import Path

from roi_core.errors import FileRefused
from roi_core.ingest.read import read_text
from roi_core.ingest.text_table import TextTable
from tests.ingest.pollution import Cells, Polluted, score

LEAST = 9.8
"""Of 10 points, on average over the files of a kind."""


def well_read(files: Iterable[Polluted], folder: Path) -> float:
    """The mean score of the files that hold a table. Of none is a row lost or shifted."""
    scores = []
    for file in files:
        table = _read(file, folder)
        if table is None:
            assert not file.rows, file.name
            continue
        rows = _rows_of(table)
        assert table.ledger.unaccounted == 0, file.name
        assert len(rows) == table.ledger.loaded, file.name
        assert not _shifted(file, rows), file.name
        scores.append(score(file, _header_of(table), rows))
    return sum(scores) / len(scores)


def _read(file: Polluted, folder: Path) -> TextTable | None:
    path = folder / "polluted.csv"
    path.write_bytes(file.data)
    try:
        return read_text(path, path.name, folder)
    except FileRefused:
        return None


def _header_of(table: TextTable) -> Cells:
    """The names; none where the reader says that it numbered the columns."""
    return [] if table.headers[0] == "column 1" else list(table.headers)


def _rows_of(table: TextTable) -> list[Cells]:
    return [list(row.values())[:-1] for row in table.text.to_pylist()]


def _shifted(file: Polluted, rows: list[Cells]) -> list[Cells]:
    """Rows in which a cell stands that was written elsewhere; a mark too many inside a cell moves none."""
    meant = {tuple(cell.replace('"', "") for cell in row) for row in file.rows}
    return [row for row in rows if tuple(cell.replace('"', "") for cell in row) not in meant]
