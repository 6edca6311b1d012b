"""Every way in which a table leaves this program, tried with texts that a spreadsheet would run and with numbers below nought.

Each export takes texts and an empty folder, and gives for each text what was wrong: it runs, it is another text, its number has changed.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pages._parts import downloads
from roi_core.bundle.layout import Described
from roi_core.bundle.table_csv import columns_of, write_csv, write_part
from roi_core.formulas import could_run, neutral_shown, original
from roi_core.ingest.dump import quarantine_as_csv
from roi_core.ingest.text_table import Quarantined
from roi_core.ledger import Ledger
from roi_core.report import html_page
from roi_core.report.content import Content, Points, Section, Table, Text
from roi_core.report.ledger_csv import ledger_csv
from roi_core.results import Grade
from tests.charts.examples import ledger

NEGATIVE = (-5.0, -0.5, -1e-9, -1234567.25, 0.0)
SAID = "-3.1 points (-4.6 to -1.5)"

Faults = Iterator[list[str]]
Export = Callable[[Sequence[str], Path], Faults]


def runs(cell: str) -> bool:
    """What a spreadsheet does with a cell: a first sign that starts a formula, or a control character, runs."""
    return cell[:1] in "\t\r\n\0" and cell != "" if cell[:1] in "\t\r\n\0" else could_run(cell) and not cell.startswith("'")


def a_number(cell: str) -> bool:
    """-5 is no formula where it is shown."""
    return re.fullmatch(r"-\d+", cell) is not None


def _faults(text: str, cell: str, back: str, *, same_number: bool = True) -> list[str]:
    wrong = [f"{cell!r} runs"] if runs(cell) else []
    wrong += [f"{text!r} comes back as {back!r}"] if back != text else []
    return wrong if same_number else [*wrong, f"the number beside {text!r} has changed"]


def _numbers(count: int) -> list[float]:
    return [NEGATIVE[n % len(NEGATIVE)] for n in range(count)]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _table_as_csv(texts: Sequence[str], _: Path) -> Faults:
    head, *rows = _rows(downloads.as_csv(pa.table({"=name": texts, "value": _numbers(len(texts))})))
    yield [] if head == ["'=name", "value"] else [f"the header is {head}"]
    for text, number, (cell, value) in zip(texts, _numbers(len(texts)), rows, strict=True):
        yield _faults(text, cell, original(cell), same_number=float(value) == number)


def _built_in_download_and_copy(texts: Sequence[str], _: Path) -> Faults:
    rows = pa.table({"=name": texts, "value": _numbers(len(texts))})
    given = downloads.neutral(rows)
    yield [] if given.column_names == ["'=name", "value"] and given.column(1).equals(rows.column(1)) else ["the header runs, or a number has changed"]
    for text, cell in zip(texts, given.column(0).to_pylist(), strict=True):
        yield [fault for fault in _faults(text, cell, text if cell == text else original(cell)) if not a_number(cell)]


def _rows_set_aside(texts: Sequence[str], _: Path) -> Faults:
    set_aside = [Quarantined(line, "=reason", text) for line, text in enumerate(texts)]
    _, *rows = _rows(downloads.without_formulas(quarantine_as_csv(set_aside)))
    for text, (_line, reason, raw) in zip(texts, rows, strict=True):
        yield [*_faults(text, raw, original(raw)), *_faults("=reason", reason, original(reason))]


def _rows_set_aside_to_copy(texts: Sequence[str], _: Path) -> Faults:
    for text in texts:
        yield [f"{line!r} runs" for line in downloads.copied(f"line,reason,raw\n{text}").splitlines() if runs(line) and not a_number(line)]


def _ledger(texts: Sequence[str], _: Path) -> Faults:
    first = next(iter(ledger()))
    for text, number in zip(texts, _numbers(len(texts)), strict=True):
        line = replace(first, title=text, amount=replace(first.amount, value=number))
        (cells,) = csv.DictReader(io.StringIO(ledger_csv(Ledger((line,))).decode("utf-8-sig"), newline=""))
        yield _faults(text, cells["title"], original(cells["title"]), same_number=float(cells["amount"]) == number)


_FIRST = re.compile("^['\"\\s\ufeff\u200b]*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_PARTS = re.compile(r"<(?:td|th|li|p)[^>]*>(.*?)</(?:td|th|li|p)>", re.DOTALL)


def _report_as_a_page(texts: Sequence[str], _: Path) -> Faults:
    for text in texts:
        parts = (Table(("=column", "b"), ((text, SAID),)), Points((text,)), Text(text))
        page = html_page.html_page(Content("t", "h", Grade.B, "says", "facts", "d", (Section("s", parts),))).decode()
        cells = [unescape(cell.replace("<wbr>", "")) for cell in _PARTS.findall(page)]
        live = [cell for cell in cells if _FIRST.match(cell) and not cell.startswith("'") and neutral_shown(cell) != cell]
        yield [*(f"{cell!r} runs" for cell in live), *([] if len(cells) > 3 and cells.count(SAID) == 1 else [f"a number beside {text!r} has changed"])]


def _work_as_one_file(texts: Sequence[str], folder: Path) -> Faults:
    rows = pa.table({"x0": pa.array(texts, pa.string()), "x1": _numbers(len(texts)), "row_no": list(range(len(texts)))})
    pq.write_table(rows, folder / "a.parquet")
    out = io.BytesIO()
    described = Described("usage", "tables/0.csv", columns_of(folder / "a.parquet"), write_csv(folder / "a.parquet", out))
    write_part(io.BytesIO(out.getvalue()), described, folder / "b.parquet")
    again = pq.read_table(folder / "b.parquet")
    for text, back, number, value, (cell, *_) in zip(
        texts, again["x0"].to_pylist(), rows["x1"].to_pylist(), again["x1"].to_pylist(), _rows(out.getvalue())[1:], strict=True
    ):
        yield _faults(text, cell, back, same_number=value == number)


EXPORTS: dict[str, Export] = {
    "a table as CSV": _table_as_csv,
    "the table's own download and copy": _built_in_download_and_copy,
    "rows set aside as CSV": _rows_set_aside,
    "rows set aside to copy": _rows_set_aside_to_copy,
    "the ledger as CSV": _ledger,
    "a report as a page": _report_as_a_page,
    "a work as one file": _work_as_one_file,
}
