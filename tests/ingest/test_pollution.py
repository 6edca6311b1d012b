"""The reader on 2,290 polluted files of our own, with no hint given: no row lost, none shifted, and a score."""

from itertools import islice
from pathlib import Path

import pytest

from roi_core.errors import FileRefused
from roi_core.ingest.read import read_text
from roi_core.ingest.text_table import TextTable
from tests.ingest.pollution import KINDS, Cells, Polluted, score

PARTS = 4
LEAST = 9.8


def read(file: Polluted, folder: Path) -> TextTable | None:
    path = folder / "polluted.csv"
    path.write_bytes(file.data)
    try:
        return read_text(path, path.name, folder)
    except FileRefused:
        return None


def header_of(table: TextTable) -> Cells:
    """The names; none where the reader says that it numbered the columns."""
    return [] if table.headers[0] == "column 1" else list(table.headers)


def rows_of(table: TextTable) -> list[Cells]:
    return [list(row.values())[:-1] for row in table.text.to_pylist()]


def shifted(file: Polluted, rows: list[Cells]) -> list[Cells]:
    """Rows in which a cell stands that was written elsewhere; a mark too many inside a cell moves none."""
    meant = {tuple(cell.replace('"', "") for cell in row) for row in file.rows}
    return [row for row in rows if tuple(cell.replace('"', "") for cell in row) not in meant]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_or_shifted_and_the_score_holds(kind: str, part: int, tmp_path: Path) -> None:
    scores = []
    for file in islice(KINDS[kind](), part, None, PARTS):
        table = read(file, tmp_path)
        if table is None:
            assert not file.rows, file.name
            continue
        rows = rows_of(table)
        assert table.ledger.unaccounted == 0, file.name
        assert len(rows) == table.ledger.loaded, file.name
        assert not shifted(file, rows), file.name
        scores.append(score(file, header_of(table), rows))
    assert sum(scores) / len(scores) >= LEAST


def test_there_are_at_least_2000_files() -> None:
    assert sum(1 for make in KINDS.values() for _ in make()) >= 2_000


def test_the_score_is_full_for_the_truth_and_nothing_for_a_failure() -> None:
    file = next(KINDS["dialects"]())
    assert score(file, file.header, file.rows) == pytest.approx(10.0)
    assert score(file, None, []) == 0.0
    assert score(file, file.header, file.rows[:-1]) == pytest.approx(10.0 - 0.035, abs=0.01)
