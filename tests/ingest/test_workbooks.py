"""Workbooks as text rows: every sheet with a table, every row accounted for, every value as it is meant."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import FileRefused
from roi_core.ingest.archive import unpack
from roi_core.ingest.cell_refs import column_letters, column_number, place, runs_of
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.members import Contents
from roi_core.ingest.read_table import read_table
from roi_core.ingest.run import Order, read_files
from roi_core.ingest.text_table import TextTable
from tests.ingest.archives import zipped
from tests.ingest.workbooks import BOOK, SHEET1, of_rows, parts, shared, sheet, table, written

ROWS = [["id", "name", "amount"], *([n, f"name {n}", n + 0.5] for n in range(1, 6))]


@pytest.fixture
def opened(tmp_path: Path):
    def unpacked(data: bytes, name: str = "b.xlsx", limits: ReadLimits = LIMITS) -> Contents:
        path = tmp_path / "upload"
        path.write_bytes(data)
        return unpack(path, name, tmp_path, limits)

    return unpacked


@pytest.fixture
def only(opened, tmp_path: Path):
    """The one table of a workbook."""

    def read(data: bytes, limits: ReadLimits = LIMITS) -> TextTable:
        (member,) = opened(data, limits=limits).members
        if member.refused:
            raise FileRefused(member.refused)
        return read_table(member.path, member.name, tmp_path, limits)

    return read


def rows_of(found: TextTable) -> list[list[str]]:
    return [list(row.values()) for row in found.text.drop_columns(["line"]).to_pylist()]


def counts(found: TextTable) -> tuple[int, int, int, int]:
    assert found.ledger.unaccounted == 0
    assert found.ledger.loaded == found.text.num_rows
    assert found.ledger.quarantined == len(found.quarantined)
    return found.ledger.records, found.ledger.loaded, found.ledger.quarantined, found.ledger.not_data


def test_values_are_text_as_they_are_meant(only) -> None:
    moment, day = dt.datetime(2025, 1, 31, 10, 52, 59), dt.date(2025, 1, 31)
    found = only(
        of_rows(T=[["id", "at", "on", "yes", "rate", "text"], [1001.0, moment, day, True, 0.1 + 0.2, "00123"], [1e15, None, day, False, -1.5e-7, " x "]])
    )
    assert found.headers == ("id", "at", "on", "yes", "rate", "text")
    assert rows_of(found) == [
        ["1001", "2025-01-31 10:52:59", "2025-01-31", "TRUE", "0.3", "00123"],
        ["1000000000000000", "", "2025-01-31", "FALSE", "-0.00000015", " x "],
    ]
    assert (found.encoding, found.delimiter) == ("xlsx", None)


def test_midnight_among_times_keeps_its_time(only) -> None:
    found = only(of_rows(T=[["id", "at"], [1, dt.datetime(2025, 1, 31)], [2, dt.datetime(2025, 1, 31, 8)]]))
    assert [row[1] for row in rows_of(found)] == ["2025-01-31 00:00:00", "2025-01-31 08:00:00"]


@pytest.mark.parametrize(
    ("serial", "shown", "text"), [(1.26, "[h]:mm:ss", "30:14:24"), (0.26, "h:mm:ss", "06:14:24"), (58.5, "h:mm", "1404:00:00"), (100.5, "h:mm", "2412:00:00")]
)
def test_durations_run_past_a_day(serial: float, shown: str, text: str, only) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells = book.add_worksheet("T")
        cells.write_row(0, 0, ["id", "time"])
        cells.write_number(1, 0, 1)
        cells.write_number(1, 1, serial, book.add_format({"num_format": shown}))

    assert rows_of(only(written(fill))) == [["1", text]]


def test_the_1904_date_system_is_read_and_named(only) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells = book.add_worksheet("T")
        cells.write_row(0, 0, ["id", "at"])
        cells.write_number(1, 0, 7)
        cells.write_datetime(1, 1, dt.datetime(2025, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as book:
        fill(book)
    found = only(out.getvalue())
    assert rows_of(found) == [["7", "2025-03-01"]]
    assert any("from 1904" in note for note in found.notes)


def test_percents_keep_their_sign_cell_by_cell(only) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells, percent = book.add_worksheet("T"), book.add_format({"num_format": "0.0%"})
        cells.write_row(0, 0, ["id", "share"])
        for row, (value, shown) in enumerate([(0.255, percent), (0.07, percent), (0.255, None), (1, percent)], 1):
            cells.write_number(row, 0, row)
            cells.write_number(row, 1, value, shown)

    found = only(written(fill))
    assert [row[1] for row in rows_of(found)] == ["25.5%", "7%", "0.255", "100%"]
    assert "cells that the sheet shows as percent were read so, with their sign: column B." in found.notes


def test_an_error_is_blank_and_counted(only) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells = book.add_worksheet("T")
        cells.write_row(0, 0, ["id", "a"])
        cells.write_row(1, 0, [1, 2])
        cells.write_row(2, 0, [2])
        cells.write_formula(2, 1, "=NA()", None, "#N/A")

    found = only(written(fill))
    assert rows_of(found) == [["1", "2"], ["2", ""]]
    assert any("#N/A or #DIV/0! and were read as blank: 1." in note for note in found.notes)


def test_a_formula_without_a_saved_value_sets_its_row_aside_and_is_never_zero(only) -> None:
    unsaved = '<row r="4"><c r="A4"><v>4</v></c><c r="B4"><f>A4*2</f></c></row><row r="5"><c r="A5"><v>5</v></c><c r="B5"><f>A5</f><v /></c></row>'
    kept = (
        '<row r="6"><c r="A6"><v>6</v></c><c r="B6"><f>A6*2</f><v>12</v></c></row><row r="7"><c r="A7"><v>7</v></c><c r="B7" t="str"><f>""</f><v></v></c></row>'
    )
    found = only(zipped(parts(sheet(table() + unsaved + kept))))
    assert counts(found) == (6, 4, 2, 0)
    assert rows_of(found) == [["2", "25"], ["3", "35"], ["6", "12"], ["7", ""]]
    assert [(row.line, row.reason) for row in found.quarantined] == [(4, "the formula in B4 has no saved value"), (5, "the formula in B5 has no saved value")]
    assert any(note.startswith("formulas without a saved value: 2, the first on line 4") for note in found.notes)


def test_title_rows_blank_rows_and_totals_are_no_rows(only) -> None:
    title = [["Monthly report"], ["Generated on 2025-02-01"], []]
    found = only(of_rows(T=[*title, *ROWS, [None, None, None], ["Total", None, 17.5], *[[None]] * 31]))
    assert found.headers == ("id", "name", "amount")
    assert counts(found) == (7, 5, 0, 2)
    assert found.text.column("line").to_pylist() == [5, 6, 7, 8, 9]
    assert any(note.startswith('above the header row, left out: line 1 "Monthly report", line 2') for note in found.notes)
    assert any(note.startswith("line 11 closes the table and is not a row") for note in found.notes)


def test_a_table_that_starts_in_the_middle_of_a_sheet(only) -> None:
    found = only(of_rows(T=[[], [], *([None, None, *row] for row in ROWS)]))
    assert found.headers == ("id", "name", "amount")
    assert found.text.column("line").to_pylist() == [4, 5, 6, 7, 8]


def test_values_beside_the_named_columns_are_kept_under_no_name(only) -> None:
    found = only(of_rows(T=[ROWS[0], [*ROWS[1], None, "look here"], *ROWS[2:]]))
    assert found.headers == ("id", "name", "amount", "")
    assert rows_of(found)[0] == ["1", "name 1", "1.5", "look here"]
    assert "no name in the header row: column E." in found.notes


@pytest.mark.parametrize("grouped", ["above", "beside"])
def test_merged_header_cells_are_joined(grouped: str, only) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells = book.add_worksheet("T")
        cells.merge_range("B1:C1", "Customer")
        cells.merge_range("D1:E1", "Ticket")
        if grouped == "beside":
            cells.merge_range("A1:A2", "ID")
        else:
            cells.write(1, 0, "ID")
        cells.write_row(1, 1, ["Name", "Email", "Opened", "Cost"])
        cells.write_row(2, 0, [1, "Ann", "ann@x.example", "2025-01-02", 3])
        cells.write_row(3, 0, [2, "Bob", "bob@x.example", "2025-01-03", 4])

    found = only(written(fill))
    assert found.headers == ("ID", "Customer Name", "Customer Email", "Ticket Opened", "Ticket Cost")
    assert counts(found) == (2, 2, 0, 0)
    assert found.text.column("line").to_pylist() == [3, 4]
    assert [note for note in found.notes if note.startswith("merged header cells on lines 1 to 2 were joined")]
    assert not [note for note in found.notes if note.startswith(("ask", "above"))]


def test_a_merged_title_is_a_title(only) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells = book.add_worksheet("T")
        cells.merge_range("A1:C1", "All tickets")
        for row, values in enumerate(ROWS, 1):
            cells.write_row(row, 0, values)

    assert only(written(fill)).headers == ("id", "name", "amount")


def test_a_second_table_below_is_set_aside_and_asked_about(only) -> None:
    found = only(of_rows(T=[*ROWS, [], ["agent", None, "count"], ["Ann", None, 2], ["Bob", None, 3]]))
    assert counts(found) == (9, 5, 3, 1)
    assert {row.reason for row in found.quarantined} == {"belongs to a second table that starts on line 8"}
    assert any(note.startswith("ask: two tables?") for note in found.notes)


def test_hidden_things_are_read_and_told(opened, tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Front").write_row(0, 0, ["a", "b"])
        cells = book.add_worksheet("Back")
        for row, values in enumerate(ROWS):
            cells.write_row(row, 0, values)
        cells.set_row(2, None, None, {"hidden": True})
        cells.set_column("B:C", None, None, {"hidden": True})
        cells.hide()

    front, back = opened(written(fill)).members
    found = read_table(back.path, back.name, tmp_path)
    assert found.ledger.loaded == 5
    assert found.notes[:2] == (
        "the sheet is hidden in the workbook; it was read all the same.",
        "hidden in the sheet and read all the same: 1 rows and 2 columns.",
    )
    assert read_table(front.path, front.name, tmp_path).ledger.records == 0


def test_sheets_are_members_and_what_is_no_table_is_named(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for title in ("Jan", "Feb"):
            for row, values in enumerate(ROWS):
                book.get_worksheet_by_name(title) or book.add_worksheet(title)
                book.get_worksheet_by_name(title).write_row(row, 0, [*values, title] if row else [*values, "month"])
        book.add_worksheet("Empty")
        book.add_worksheet("Read me").write_column(0, 0, ["These are", "the tickets"])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Jan!$A$2:$A$3"})
        book.add_chartsheet("Chart").set_chart(chart)

    contents = opened(written(fill), "Tickets.xlsx")
    assert [member.name for member in contents.members] == ["Tickets.xlsx / Jan", "Tickets.xlsx / Feb"]
    left_out = '"Empty" (empty), "Read me" (no row of two or more cells), "Chart" (a chart)'
    assert contents.notes == (f'left out of "Tickets.xlsx", as no tables: {left_out}.',)


def test_a_pivot_is_left_out_and_one_beside_a_larger_table_is_not(opened) -> None:
    pivot = b'<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><location ref="A1:B3"/></pivotTableDefinition>'
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable" Target="../pivotTables/p1.xml"/></Relationships>'
    )
    members = {**parts(sheet(table()), sheet(table(20))), "xl/pivotTables/p1.xml": pivot}
    for number in (1, 2):
        members[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = rels
    contents = opened(zipped(members))
    assert [member.name for member in contents.members] == ["b.xlsx / S2"]
    assert contents.notes == ('left out of "b.xlsx", as no tables: "S1" (a pivot table).',)


def test_one_column_is_read_where_there_is_no_other_table(only) -> None:
    assert rows_of(only(of_rows(T=[["email"], ["a@x.example"], ["b@x.example"]]))) == [["a@x.example"], ["b@x.example"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (of_rows(T=[], U=[]), r'without a table in it \(it holds "T" \(empty\), "U" \(empty\)\)'),
        (zipped({**parts(sheet(table())), "xl/workbook.bin": b"x"} | {BOOK: b""}), "its part xl/workbook.xml is no XML"),
        (
            zipped({name: data for name, data in {**parts(sheet(table())), "xl/workbook.bin": b"x"}.items() if name != BOOK}),
            r"a binary Excel workbook \(XLSB\)",
        ),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + "EncryptedPackage".encode("utf-16-le"), "a password-protected Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "an old Office file without a workbook that can be read"),
        (of_rows(T=[[f"c{n}" for n in range(2_001)], list(range(2_001))]), "the number of columns is 2,001; the limit is 2,000"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, why: str, only) -> None:
    with pytest.raises(FileRefused, match=why):
        only(data)


def test_one_damaged_sheet_is_refused_and_the_other_goes_on(opened) -> None:
    data = zipped(parts(sheet(table()), sheet(table(7))), zipfile.ZIP_STORED).replace(b"<v>85</v>", b"<v>99</v>")
    first, second = opened(data).members
    assert first.refused is None
    assert "its part xl/worksheets/sheet2.xml cannot be unpacked" in second.refused


def test_macros_are_not_run_and_that_is_told(opened) -> None:
    contents = opened(zipped({**parts(sheet(table())), "xl/vbaProject.bin": b"x"}), "m.xlsm")
    assert contents.notes == ('the macros of "m.xlsm" were not run; the values are those last saved.',)


def test_a_prefix_before_every_tag_changes_nothing(only) -> None:
    plain = sheet(table() + '<row r="4" hidden="1"><c r="A4"><v>4</v></c><c r="B4"><f>A4</f></c></row>')
    prefixed = plain.replace('xmlns="', 'xmlns:x="').replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?xml", "<?xml")
    hidden, unsaved = only(zipped({**parts(plain), SHEET1: prefixed.encode()})).notes
    assert hidden == "hidden in the sheet and read all the same: 1 rows and 0 columns."
    assert unsaved.startswith("formulas without a saved value: 1, the first on line 4: the formula in B4 has no saved value.")
    assert only(zipped(parts(plain))).notes == (hidden, unsaved)


def test_numbers_too_long_for_excel_are_asked_about(only) -> None:
    found = only(zipped(parts(sheet(table() + '<row r="4"><c r="A4"><v>12345678901234567890</v></c><c r="B4"><v>1</v></c></row>'))))
    assert any(note.startswith("ask: numbers of more than 15 digits: 1.") for note in found.notes)


def test_shared_strings_with_marks_are_text(only) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1</v></c></row>'
    found = only(zipped(parts(sheet(cells), sharedStrings=shared("id", "n", "&lt;!DOCTYPE x&gt; =1+1"))))
    assert rows_of(found) == [["<!DOCTYPE x> =1+1", "1"]]


def test_a_row_over_the_limit_is_named_and_not_quoted(only) -> None:
    with pytest.raises(FileRefused, match="the row on line 2 is 2,001 bytes; the limit is 1,000 bytes") as refusal:
        only(of_rows(T=[["a", "b"], ["secret" * 333 + "xx", "y"]]), ReadLimits(record_bytes=1_000))
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("hidden", [False, True])
def test_old_workbooks(hidden: bool, opened, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    cells, _ = book.add_sheet("Tickets"), book.add_sheet("Nothing")
    cells.visibility = int(hidden)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, values in enumerate([["id", "on", "name"], [1001, dt.date(2025, 1, 31), "José"], [1002, dt.date(2025, 2, 1), ""]]):
        for column, value in enumerate(values):
            cells.write(row, column, value, day if isinstance(value, dt.date) else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    contents = opened(out.getvalue(), "old.xls")
    assert contents.notes == ('left out of "old.xls", as no tables: "Nothing" (empty).',)
    (member,) = contents.members
    found = read_table(member.path, member.name, tmp_path)
    assert (member.name, found.encoding) == ("old.xls / Tickets", "xls")
    assert rows_of(found) == [["1001", "2025-01-31", "José"], ["1002", "2025-02-01", ""]]
    assert any("hidden" in note for note in found.notes) is hidden


def test_a_workbook_inside_of_an_archive_and_twice(tmp_path: Path) -> None:
    book = of_rows(Jan=ROWS, Feb=[ROWS[0], *ROWS[2:]])
    entries = read_files([("all.zip", zipped({"x/t.xlsx": book, "c.csv": b"a,b\n1,2\n"})), ("again.xlsx", book)], tmp_path, Order(b"k" * 32), None, LIMITS)
    assert [entry["member"] for entry in entries] == ["x/t.xlsx / Jan", "x/t.xlsx / Feb", "c.csv", "again.xlsx / Jan", "again.xlsx / Feb"]
    assert [entry["rows"]["loaded"] for entry in entries if "rows" in entry] == [5, 4, 1]
    assert all("holds the same bytes as" in entry["refused"] for entry in entries[3:])


def test_a_sheet_is_known_again_where_its_workbook_was_saved_anew(tmp_path: Path) -> None:
    first = parts(sheet(table()))
    files = [("a.xlsx", zipped(first)), ("b.xlsx", zipped({**first, "docProps/core.xml": b"<x/>", "xl/calcChain.xml": b"<x/>"}))]
    entries = read_files(files, tmp_path, Order(b"k" * 32), None, LIMITS)
    assert "refused" not in entries[0]
    assert 'holds the same bytes as "a.xlsx / S1"' in entries[1]["refused"]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
_CELL = st.one_of(
    _TEXT, st.integers(-(10**14), 10**14), st.booleans(), st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2200, 1, 1)).map(lambda t: t.replace(microsecond=0))
)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)


@given(rows=st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=8)))
def test_any_table_comes_back_as_it_was(rows: list[list[object]], tmp_path_factory: pytest.TempPathFactory) -> None:
    staging = tmp_path_factory.mktemp("s")
    headers = [f"Name {chr(65 + n)}" for n in range(len(rows[0]))]
    marked = [[f"row {number}", *row] for number, row in enumerate(rows)]
    path = staging / "upload"
    path.write_bytes(of_rows(T=[["Key", *headers], *marked]))
    (member,) = unpack(path, "b.xlsx", staging, LIMITS).members
    found = read_table(member.path, member.name, staging)
    assert found.headers == ("Key", *headers)
    assert counts(found) == (len(rows), len(rows), 0, 0)
    dated = [[[value for value in column if isinstance(value, dt.datetime)], column] for column in zip(*marked, strict=True)]
    assert [list(column) for column in zip(*rows_of(found), strict=True)] == [
        [_short(_shown(value)) if times and all(t.time() == dt.time() for t in times) else _shown(value) for value in column] for times, column in dated
    ]


def _short(text: str) -> str:
    """A column of midnights alone is one of days."""
    return text.removesuffix(" 00:00:00")


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_references(column: int, row: int) -> None:
    assert column_number(column_letters(column)) == column
    assert place(f"{column_letters(column)}{row}") == (row, column)


@given(st.sets(st.tuples(st.integers(1, 30), st.integers(1, 3))))
def test_runs_are_the_cells_again(cells: set[tuple[int, int]]) -> None:
    runs = runs_of(sorted(cells))
    assert {(row, column) for column, pairs in runs.items() for first, last in pairs for row in range(first, last + 1)} == cells
