"""From bytes to text rows: every record accounted for, nothing padded, nothing shifted, every message with its line."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings

from roi_core.errors import FileRefused
from roi_core.ingest import load
from roi_core.ingest.read import TextTable, read_text
from tests.ingest.polluted import MARK, Style, Written, line, polluted_files, styles, tables
from tests.shared import shared_path


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staging")


def read(data: str | bytes, staging: Path, name: str = "f.csv") -> TextTable:
    path = staging / "upload"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_text(path, name, staging)


def rows_of(table: TextTable) -> list[list[str]]:
    return [list(row.values()) for row in table.text.drop_columns(["line"]).to_pylist()]


def lines_of(table: TextTable) -> list[int]:
    return table.text.column("line").to_pylist()


def counts(table: TextTable) -> tuple[int, int, int, int]:
    ledger = table.ledger
    assert ledger.unaccounted == 0
    return ledger.records, ledger.loaded, ledger.quarantined, ledger.not_data


@pytest.mark.parametrize(
    ("file", "records"),
    [
        ("data/tickets/freshdesk_ticket_export__year_masked.csv", 1_183),
        ("data/tickets/freshdesk_ticket_export__excel_resaved_masked.csv", 21),
        ("data/tickets/servicenow_incident_export__demo_instance.csv", 66),
        ("data/tickets/servicenow_incident_export__labels_masked.csv", 67),
        ("data/billing/stripe_unified_payments_export__masked.csv", 1),
        ("data/flat/telco_customers.csv", 7_043),
        ("data/flat/mlc_churn.csv", 5_000),
    ],
)
def test_real_files_are_read_cell_for_cell(file: str, records: int, staging: Path) -> None:
    path = shared_path(file)
    with path.open(encoding="utf-8", newline="") as source:
        headers, *known = csv.reader(source)
    table = read_text(path, path.name, staging)
    assert counts(table) == (records, records, 0, 0)
    assert list(table.headers) == headers
    assert rows_of(table) == known


@given(table=tables('ab é,;\t|"\n\u00a0\u2028'), style=styles)
def test_any_table_in_any_style_comes_back_as_it_was(table: tuple[list[str], list[list[str]]], style: Style, staging: Path) -> None:
    headers, rows = table
    data = style.line_end.join(line(cells, style) for cells in [headers, *rows]) + (style.line_end if style.last_line_end else "")
    found = read((b"\xef\xbb\xbf" if style.bom else b"") + data.encode(), staging)
    assert found.headers == tuple(headers)
    assert rows_of(found) == rows
    assert found.encoding == ("utf-8-sig" if style.bom else "utf-8")
    assert found.delimiter == style.delimiter


@given(written=polluted_files())
def test_polluted_files_lose_and_shift_nothing(written: Written, staging: Path) -> None:
    found = read(written.data, staging)
    counts(found)
    loaded = rows_of(found)
    for cells in loaded:
        marks = [MARK.findall(text) for text in cells]
        rows_in_it = {row for found_in_cell in marks for row, _ in found_in_cell}
        assert len(rows_in_it) == 1, "a row holds cells of one row only"
        assert all(column == str(place) for place, found_in_cell in enumerate(marks) for _, column in found_in_cell), "each in its own column"
    seen = {row for cells in loaded for text in cells for row, _ in MARK.findall(text)}
    aside = {row for record in found.quarantined for row, _ in MARK.findall(record.raw)}
    assert seen | aside == {str(number) for number in range(len(written.rows))}, "no row is in neither"
    assert not seen & {str(number) for number, kind in written.polluted.items() if kind in {"short", "long"}}


@settings(max_examples=30)
@given(table=tables(), style=styles)
def test_arrow_the_engine_and_the_grammar_read_the_same(table: tuple[list[str], list[list[str]]], style: Style, staging: Path) -> None:
    headers, rows = table
    data = style.line_end.join(line(cells, style) for cells in [headers, *rows])
    by_grammar, by_engine = read(data, staging).text, vars(load)["_by_engine"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "_SMALL", 0)
        assert read(data, staging).text.equals(by_grammar)
        patch.setattr(load, "_by_arrow", lambda *given: by_engine(*given, staging))
        assert read(data, staging).text.equals(by_grammar)


def test_rows_that_the_engine_counts_otherwise_are_read_by_the_grammar(staging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(load, "_SMALL", 0)
    monkeypatch.setattr(load, "_by_engine", lambda *_: asked.append(1) or pa.table({"c0": ["one row of two"], "c1": [""]}))
    assert rows_of(read('a,b\n1,"x ""y"""\n 2 , "z" \n', staging)) == [["1", 'x "y"'], [" 2 ", "z"]]
    assert asked


def test_blank_cells_are_empty_text_and_ids_keep_their_zeros(staging: Path) -> None:
    table = read('id,a,b\n00123,,NA\n1E5,"",null\n', staging)
    assert rows_of(table) == [["00123", "", "NA"], ["1E5", "", "null"]]


def test_two_tables_of_two_widths_lose_no_row(staging: Path) -> None:
    table = read("id,name,a,b,c\n" + "1,x,2,3,4\n" * 40 + "\nref,what,d,e\n" + "9,y,5,6\n" * 60, staging)
    assert counts(table) == (102, 40, 61, 1)
    assert table.headers == ("id", "name", "a", "b", "c")


def test_rows_that_lack_their_last_cell_are_set_aside(staging: Path) -> None:
    assert counts(read("id,name,a,b,c\n" + "1,x,2,3,4\n" * 3 + "1,x,2,3\n" * 27, staging)) == (30, 3, 27, 0)


def test_lines_are_physical(staging: Path) -> None:
    assert lines_of(read('sep=,\na,b\n1,"x\ny"\n\n2,z\n', staging)) == [3, 6]


def test_ragged_rows_are_set_aside_with_line_and_count(staging: Path) -> None:
    table = read("a,b,c,d\n1,2,3,4\n1,2,3\n1,2,3,4,5\n5,6,7,8\n", staging, "x.csv")
    assert counts(table) == (4, 2, 2, 0)
    assert [(row.line, row.reason, row.raw) for row in table.quarantined] == [
        (3, "3 fields where the header has 4", "1,2,3"),
        (4, "5 fields where the header has 4", "1,2,3,4,5"),
    ]
    assert rows_of(table) == [["1", "2", "3", "4"], ["5", "6", "7", "8"]]
    assert table.notes[0].startswith('2 rows were set aside from "x.csv"')
    assert "line 3: 3 fields where the header has 4" in table.notes[0]


def test_an_open_mark_costs_one_row_and_asks(staging: Path) -> None:
    table = read('id,subject,c,d\n1,2,3,4\n1,"2,3,4\n5,6,7,8\n5,6,7,9\n', staging, "x.csv")
    assert counts(table) == (4, 3, 1, 0)
    assert table.quarantined[0].reason == 'a quotation mark opens in column 2 ("subject") and is never closed'
    assert any(note.startswith('ask: "x.csv", line 3: a quotation mark opens in column 2 ("subject")') for note in table.notes)


def test_an_open_mark_before_text_that_is_no_table_refuses_the_file(staging: Path) -> None:
    with pytest.raises(FileRefused, match=r'"x\.csv", line 3: a quotation mark opens here and is never closed'):
        read('a,b,c,d\n1,2,3,4\n1,"2,3,4\n' + "words only\n" * 1_000, staging, "x.csv")


def test_a_file_that_breaks_off_says_so(staging: Path) -> None:
    table = read('a,b,c,d\n1,2,3,4\n1,"2,3', staging)
    assert counts(table) == (2, 1, 1, 0)
    assert "the export may have been cut off" in table.quarantined[0].reason


def test_a_mark_neither_closed_nor_doubled(staging: Path) -> None:
    table = read('a,b,c,d\n1,"say "hi"",3,4\n2,2,3,4\n', staging)
    assert counts(table) == (2, 1, 1, 0)
    assert table.quarantined[0].reason == 'a quotation mark in column 2 ("b") is neither closed nor doubled'


@pytest.mark.parametrize(
    "last", ["Total,,,12", "Grand total,,,12", "SUMME,,,12", "Insgesamt: 3,,,12", "Total (2 records)", ",,,12", "Copyright (c) 2000-2026 x, inc."]
)
def test_what_closes_a_table_is_no_row(last: str, staging: Path) -> None:
    table = read(f"id,a,b,amount\nA1,x,y,4\nA2,x,y,8\n{last}\n", staging)
    assert counts(table) == (3, 2, 0, 1)
    assert any(note.startswith("line 4 closes the table") for note in table.notes)


@pytest.mark.parametrize("last", ["Total Wine,x,y,12", "Summer,x,y,12", "A3,,,12", "A3,x,total,"])
def test_a_last_row_of_data_stays_a_row(last: str, staging: Path) -> None:
    assert counts(read(f"id,a,b,amount\nA1,x,y,4\nA2,x,y,8\n{last}\n", staging)) == (3, 3, 0, 0)


def test_a_row_named_total_in_the_middle_stays_a_row(staging: Path) -> None:
    assert counts(read("id,a\nTotal,1\nB,2\n", staging)) == (2, 2, 0, 0)


def test_blank_rows_are_counted_and_told(staging: Path) -> None:
    table = read('a,b,c\n1,2,3\n\n,,\n" ","",\n   \n4,5,6\n', staging)
    assert counts(table) == (6, 2, 0, 4)
    assert table.notes == ("4 blank rows left out, the first on line 3.",)


def test_header_only(staging: Path) -> None:
    table = read("a,b,c\n", staging, "x.csv")
    assert counts(table) == (0, 0, 0, 0)
    found = '0 rows, 3 columns: "x.csv" has a header on line 1 and nothing below it'
    assert table.notes == (f"{found}. Export it again over a longer period or without a filter, or go on without it.",)


@pytest.mark.parametrize(("data", "size"), [(b"", "0 bytes"), (b"\xef\xbb\xbf", "3 bytes, all of them blank"), (b" \r\n\r\n", "5 bytes, all of them blank")])
def test_empty(data: bytes, size: str, staging: Path) -> None:
    with pytest.raises(FileRefused, match=rf'"x.csv" is empty \({size}\)'):
        read(data, staging, "x.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str, staging: Path) -> None:
    table = read(("id;name;city\r\n" + "1;José;Zürich\r\n" * 3).encode(encoding), staging)
    assert rows_of(table) == [["1", "José", "Zürich"]] * 3
    assert table.encoding == encoding


def test_one_wrong_byte_in_a_utf8_file_costs_one_row(staging: Path) -> None:
    table = read("a,b\né,1\né,2\n".encode() + b"\xe9,3\nx,4\n", staging)
    assert counts(table) == (4, 3, 1, 0)
    assert table.quarantined[0].reason == "byte 0xE9 at position 15 of the file is not UTF-8 text"
    assert (table.quarantined[0].line, table.quarantined[0].raw) == (4, "é,3")


def test_lines_of_two_encodings_are_each_read_as_what_they_are(staging: Path) -> None:
    table = read(b"a,b\nJos\xe9,1\nZ\xfcrich,2\n" + "Ångström,3\n".encode(), staging)
    assert [row[0] for row in rows_of(table)] == ["José", "Zürich", "Ångström"]
    assert table.notes[0] == "its text is not UTF-8 and was read as cp1252 (Western European)."
    assert "1 of its lines are written in UTF-8" in table.notes[1]


def test_a_byte_that_cp1252_does_not_have_costs_one_row(staging: Path) -> None:
    table = read(b"a,b\nJos\xe9,1\n\x81\x8d,2\n", staging)
    assert counts(table) == (2, 1, 1, 0)


def test_mixed_line_ends(staging: Path) -> None:
    assert rows_of(read('a,b\n1,2\r\n3,4\r5,"6\r7"\n', staging)) == [["1", "2"], ["3", "4"], ["5", "6\r7"]]


def test_a_row_over_the_limit_is_named_by_line_and_not_quoted(staging: Path) -> None:
    with pytest.raises(FileRefused, match=r"the row on line 3 is 2,000,003 bytes; the limit is 1,048,576 bytes") as refusal:
        read("a,b\n1,2\n3," + "secret" * 333_333 + "xxx\n", staging)
    assert "secret" not in str(refusal.value)


def test_names_that_look_like_code_are_names(staging: Path) -> None:
    header = "x\"\") from read_csv('/etc/passwd') --"
    table = read(f'"{header}",rev.total[usd],a:Q\n1,2,3\n', staging)
    assert table.headers == ("x\") from read_csv('/etc/passwd') --", "rev.total[usd]", "a:Q")


def test_staging_keeps_nothing_but_what_was_put_there(staging: Path) -> None:
    before = set(staging.iterdir())
    read("a,b\n1,2\n", staging)
    assert {path.name for path in set(staging.iterdir()) - before} <= {"upload"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "a Windows program"),
        (b"\x7fELF\x02\x01\x01\x00", "a Linux program"),
        (b"SQLite format 3\x00\x10\x00", "an SQLite database"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"\x80\x04\x95\x1a\x00\x00", "a pickle file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", r"an old or password-protected Office file \(XLS\)"),
        (b"<!DOCTYPE html><table><tr><td>1", "an HTML page"),
        (b"<table><tr><td>1", "an HTML page"),
        (b'<?xml version="1.0"?><Workbook>', "an XML document"),
        (b'{"tickets": [{"id": 1}]}', "a JSON document"),
        (b'[{"id": 1}]', "a JSON document"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e", "a binary file"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08DUCK", "a DuckDB database"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
    ],
)
def test_other_types_are_named_as_what_they_are(content: bytes, kind: str, staging: Path) -> None:
    with pytest.raises(FileRefused, match=f'"tickets.csv" is {kind}, not a table'):
        read(content, staging, "tickets.csv")


@pytest.mark.parametrize("text", ["MZ,b\n1,2\n", "BZh,b\n1,2\n", "[id],b\n1,2\n", "{a},b\n1,2\n", "a,b\n1,x\x00y\n"])
def test_tables_that_only_look_like_something_else_are_read(text: str, staging: Path) -> None:
    assert counts(read(text, staging))[1] == 1
