"""Each declared export, read from a file as its vendor writes it, through the reading process's own steps."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from roi_core.ingest.export import Confidence
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.upload import Choices, Job, messages_of
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED, ColumnType, Privacy
from tests.ingest.exports import EXAMPLES, Example
from tests.ingest.text_tables import KEY
from tests.shared import shared_path

BY_NAME = pytest.mark.parametrize("example", EXAMPLES, ids=[f"{example.export}-{example.name}" for example in EXAMPLES])


def read(example: Example, folder: Path) -> dict[str, Any]:
    path = folder / "upload"
    path.write_bytes(example.content)
    job = Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    reports = [message["report"] for message in messages_of(path, example.name, job) if "report" in message]
    found = [report for report in reports if report.get("export") == example.export]
    assert len(found) == 1, reports
    return found[0]


@BY_NAME
def test_it_is_recognised_and_every_row_is_accounted_for(example: Example, tmp_path: Path) -> None:
    report, export = read(example, tmp_path), EXPORTS[example.export]
    assert (report["vendor"], report["export"]) == (export.vendor, export.id)
    assert report["rows"]["unaccounted"] == 0
    if export.aggregated:
        assert report["entity"] is None
        assert any(export.aggregated in note for note in report["notes"])
        return
    assert report["entity"] == export.entity
    assert {name: report["rows"][name] for name in ("loaded", "quarantined", "not_data")} == {
        "loaded": len(example.rows),
        "quarantined": example.quarantined,
        "not_data": example.not_data,
    }
    for note in example.notes:
        assert any(note in said for said in report["notes"]), report["notes"]


@BY_NAME
def test_every_cell_is_typed_as_it_was_written(example: Example, tmp_path: Path) -> None:
    report, export = read(example, tmp_path), EXPORTS[example.export]
    if export.aggregated:
        return
    rows = pq.read_table(tmp_path / report["part"]).sort_by("row_no").to_pylist()
    for number, (row, wanted) in enumerate(zip(rows, example.rows, strict=True)):
        found = {name: row[name] for name in wanted}
        assert found == {name: pytest.approx(value) if isinstance(value, float) else value for name, value in wanted.items()}, f"row {number}"


@BY_NAME
def test_every_mapped_column_is_looked_at(example: Example) -> None:
    export = EXPORTS[example.export]
    mapped = {canonical.partition(".")[2] for canonical in (*export.columns, *export.joined, *export.constants)}
    seen = {name for row in example.rows for name, value in row.items() if value is not None}
    table = LOADED[export.entity]
    dropped = {column.name for column in table.columns if column.privacy is Privacy.DROPPED} | set(example.dropped)
    dropped |= {table.lines.price} if table.lines else set()
    together = {name for other in EXAMPLES if other.export == example.export for row in other.rows for name, value in row.items() if value is not None}
    assert mapped - dropped <= seen | together


def test_every_declared_export_has_an_example() -> None:
    assert {export.id for export in EXPORTS.values() if export.vendor != "plain"} == {example.export for example in EXAMPLES}


def test_every_export_of_the_catalogue_is_declared_and_has_an_example() -> None:
    entries = json.loads(shared_path("formats/catalogue.json").read_text())
    assert {entry["id"] for entry in entries} == {example.catalogue for example in EXAMPLES if example.catalogue}


def test_confidence_is_what_the_catalogue_says() -> None:
    entries = {entry["id"]: entry for entry in json.loads(shared_path("formats/catalogue.json").read_text())}
    for example in EXAMPLES:
        if example.catalogue:
            said = entries[example.catalogue]["source"]["confidence"].replace("an API", "API").replace("API schema", "an API schema")
            assert EXPORTS[example.export].confidence is Confidence(said), example.catalogue


@BY_NAME
def test_a_timestamp_of_an_example_is_checked_in_utc(example: Example) -> None:
    """An example that looks at no time would not notice a wrong zone."""
    export = EXPORTS[example.export]
    times = {c.name for c in LOADED[export.entity].columns if c.type is ColumnType.TIMESTAMP} & {name.partition(".")[2] for name in export.columns}
    assert export.aggregated or not times or times & {name for row in example.rows for name in row}
