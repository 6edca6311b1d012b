"""Excel and JSON: 200,000 tickets of 13 columns, from the file to a typed table, and the guards before the parser alone."""

import csv
import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlsxwriter

from benchmarks.timing import Figure, seconds
from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.ingest.archive import unpack
from roi_core.ingest.limits import LIMITS
from roi_core.workspace import Workspace

TICKETS, COLUMNS = 200_000, 13
TIMES = 3
_DATED = " time"


def figures() -> Iterator[Figure]:
    """Medians of three. Ids are numbers, times are dates of Excel, all other cells shared strings."""
    with tempfile.TemporaryDirectory() as folder:
        headers, rows = _tickets(Path(folder))
        workbook, lines = Path(folder) / "tickets.xlsx", Path(folder) / "tickets.ndjson"
        _write_workbook(workbook, headers, rows)
        lines.write_text("".join(json.dumps(dict(zip(headers, row, strict=True))) + "\n" for row in rows), encoding="utf-8")
        yield Figure(
            f"XLSX of {TICKETS:,} x {len(headers)}, {workbook.stat().st_size >> 20} MB: read and typed", seconds(lambda: _load(workbook), TIMES), "s", limit=6
        )
        yield Figure("of that, parts checked and unpacked before the parser", seconds(lambda: _unpack(workbook), TIMES), "s")
        yield Figure(f"NDJSON of the same, {lines.stat().st_size >> 20} MB: read and typed", seconds(lambda: _load(lines), TIMES), "s")


def _tickets(folder: Path) -> tuple[list[str], list[list[str]]]:
    """The first columns of a sample company's tickets, repeated under new numbers."""
    write_sample(folder, "saas", customers=5_000, seed=1)
    with (folder / "freshdesk_tickets.csv").open(encoding="utf-8", newline="") as source:
        headers, *rows = csv.reader(source)
    return headers[:COLUMNS], [[str(number), *rows[number % len(rows)][1:COLUMNS]] for number in range(TICKETS)]


def _write_workbook(path: Path, headers: list[str], rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, moment = book.add_worksheet("Tickets"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, headers)
        for row, cells in enumerate(rows, 1):
            sheet.write_number(row, 0, int(cells[0]))
            for column, (header, text) in enumerate(zip(headers[1:], cells[1:], strict=True), 1):
                if text and header.endswith(_DATED):
                    sheet.write_datetime(row, column, datetime.fromisoformat(text), moment)
                else:
                    sheet.write_string(row, column, text)


def _load(path: Path) -> None:
    with Workspace.temporary() as workspace:
        (report,) = take_in([path], workspace).files
        if report.rows is None or report.rows.loaded != TICKETS:
            raise SystemExit(f"not all rows of {path.name} were loaded: {report.refused or report.notes}")


def _unpack(path: Path) -> None:
    with tempfile.TemporaryDirectory() as staging:
        unpack(path, path.name, Path(staging), LIMITS)
