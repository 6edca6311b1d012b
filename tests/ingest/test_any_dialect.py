"""Any table in any dialect is read as it was written, or the reader names a reason; no row is lost, shifted or changed without a word."""

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from roi_core.errors import FileRefused
from roi_core.ingest.read import read_text
from roi_core.ingest.text_table import TextTable
from tests.ingest.any_dialect import Drawn, drawn

BLANK = ' \t\r\n\u00a0\u2028",;|'
"""A row of nothing but these is blank to the reader, counted and told as such."""
TAKEN = "apostrophes stand around its cells"
"""Said where they were taken off: nothing tells a text in apostrophes from a cell in apostrophes."""
FIXTURE = settings(
    max_examples=max(200, (settings.default or settings()).max_examples), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def read(written: bytes, folder: Path) -> TextTable | None:
    path = folder / "any.csv"
    path.write_bytes(written)
    found = None
    with suppress(FileRefused):
        found = read_text(path, "any.csv", folder)
    for made in folder.iterdir():
        made.unlink()
    return found


def unlike(drawn: Drawn, found: TextTable) -> str:
    """What differs from the table as it was written and was not told; nothing where all is well."""
    header, *rows = drawn.table
    loaded = [list(row.values()) for row in found.text.drop_columns(["line"]).to_pylist()]
    assert found.ledger.unaccounted == 0
    if any(note.startswith("ask: ") for note in found.notes):
        return ""
    if not loaded and len(found.quarantined) == len(rows):
        return ""
    if [name.strip(" ") for name in found.headers] != [name.strip(" ") for name in header]:
        return f"headers {found.headers}"
    if drawn.dialect.quote != "'" and any(TAKEN in note for note in found.notes):
        rows = [[_without_apostrophes(cell) for cell in row] for row in rows]
    filled = [row for row in rows if any(cell.strip(BLANK) for cell in row)]
    places = iter(rows)
    if not all(row in places for row in loaded):
        return f"rows {loaded} that are not in the table"
    if len(loaded) + len(found.quarantined) < len(filled) - sum("closes the table" in note for note in found.notes):
        return f"{len(filled) - len(loaded)} rows are missing, {len(found.quarantined)} set aside"
    return ""


def _without_apostrophes(cell: str) -> str:
    return cell[1:-1].replace("''", "'") if len(cell) > 1 and cell.startswith("'") and cell.endswith("'") else cell


@FIXTURE
@given(drawn=drawn())
def test_any_table_comes_back_or_a_reason_is_named(drawn: Drawn, tmp_path: Path) -> None:
    found = read(drawn.data, tmp_path)
    assert found is None or unlike(drawn, found) == "", (drawn.data, found.notes)
