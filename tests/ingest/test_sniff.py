"""Delimiter, header row and preamble from the head of a file, and the time it takes on hostile heads."""

import csv
import io
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import FileRefused, quoted
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.read import read_text
from roi_core.ingest.sniff import Dialect, readings_of, sniff
from tests.shared import shared_path


def of(text: str | bytes) -> Dialect:
    whole = memoryview(text.encode() if isinstance(text, str) else text)
    return sniff(whole, readings_of(whole), "f.csv", LIMITS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter(delimiter: str) -> None:
    dialect = of(f"id{delimiter}name\n1{delimiter}x\n2{delimiter}y\n")
    assert (dialect.delimiter, dialect.headers, dialect.line) == (delimiter, ("id", "name"), 2)


def test_decimal_commas_do_not_make_a_comma_file() -> None:
    assert of("a;b;c\n1,5;2,5;x\n1,5;2,5;x\n").delimiter == ";"


def test_a_delimiter_inside_quotation_marks_does_not_count() -> None:
    assert of('a\tb\n"x,y,z"\t1\n"x,y,z"\t2\n').delimiter == "\t"


def test_one_column_has_no_delimiter() -> None:
    dialect = of("name\nAda\nGrace\n")
    assert (dialect.delimiter, dialect.headers) == (None, ("name",))


def test_a_separator_line_is_obeyed() -> None:
    dialect = of("sep=;\r\na;b,c\r\n1;2,5\r\n")
    assert (dialect.delimiter, dialect.headers, dialect.line) == (";", ("a", "b,c"), 3)


@pytest.mark.parametrize("line", ['sep="', "sep=\r", "sep=a", "sep="])
def test_a_separator_line_that_names_no_delimiter_is_a_line(line: str) -> None:
    assert of(f"{line}\na,b\n1,2\n3,4\n").headers == ("a", "b")


def test_preamble_is_left_out_and_told() -> None:
    dialect = of("Report X\nGenerated 2024\n\na,b,c\n1,2,3\n2,3,4\n")
    assert (dialect.headers, dialect.line, dialect.header_line) == (("a", "b", "c"), 5, 4)
    assert dialect.notes == ('above the header row, left out: line 1 "Report X", line 2 "Generated 2024".',)


def test_a_delimiter_at_the_end_of_every_row_is_a_blank_column_without_a_name() -> None:
    dialect = of("a,b,c\n1,2,3,\n4,5,6,\n")
    assert dialect.headers == ("a", "b", "c", "")
    assert "column 4 has no name" in dialect.notes[0]


def test_a_delimiter_at_the_end_of_the_header_alone_is_left_out() -> None:
    assert of("a,b,c,\n1,2,3\n4,5,6\n").headers == ("a", "b", "c")


def test_a_first_row_of_data_asks_for_names() -> None:
    dialect = of("1,2024-01-01,x\n2,2024-01-02,y\n3,2024-01-05,z\n")
    assert (dialect.headers, dialect.data, dialect.header_line) == (("column 1", "column 2", "column 3"), 0, None)
    assert dialect.notes[0].startswith("ask: line 1 looks like data")


def test_a_header_of_another_width_is_still_the_header() -> None:
    """So that its rows are set aside, and no row of data becomes a header."""
    assert of("a,b,c,d\n1,2,x\n3,4,y\n").headers == ("a", "b", "c", "d")


def test_of_two_tables_the_first_is_read_and_asked_about() -> None:
    first = "id,name,a,b,c\n" + "1,x,2,3,4\n" * 40
    dialect = of(first + "\nref,what,d,e\n" + "9,y,5,6\n" * 60)
    assert (dialect.headers, dialect.line) == (("id", "name", "a", "b", "c"), 2)
    assert dialect.notes[0].startswith("ask: two tables? The rows down to line 41 have 5 cells, those from line 43 on have 4.")


def test_a_table_of_two_columns_above_is_a_table() -> None:
    assert of("day,tickets\n" + "2024-01-01,5\n" * 9 + "\nref,what,d,e\n" + "9,y,5,6\n" * 60).headers == ("day", "tickets")


def test_rows_that_lack_their_last_cell_do_not_cost_the_header() -> None:
    dialect = of("id,name,a,b,c\n" + "1,x,2,3,4\n" * 3 + "1,x,2,3\n" * 27)
    assert (dialect.headers, dialect.line) == (("id", "name", "a", "b", "c"), 2)


def test_a_row_of_names_goes_before_a_row_of_data() -> None:
    assert of("id,name,day,b,c\nwords\n" + "1,x,2024-01-01,3\n" * 9).headers == ("id", "name", "day", "b", "c")


@pytest.mark.parametrize("above", ["Report,Tickets\nPeriod,2024\n", "For Acme, Inc., Berlin\nMonday, 3 March, 2025\n", "Acme, Inc., Berlin\n"])
def test_words_above_a_table_are_no_table(above: str) -> None:
    dialect = of(above + "\nid,name,a,b,c,d,e\n" + "1,x,2,3,4,5,6\n" * 3)
    assert dialect.headers == ("id", "name", "a", "b", "c", "d", "e")
    assert all(quoted(" ".join(line.split(","))) in dialect.notes[0] for line in above.splitlines())


def test_many_rows_above_are_counted() -> None:
    dialect = of("".join(f"note {n}\n" for n in range(12)) + "a,b,c\n1,2,3\n" + "4,5,6\n" * 20)
    assert dialect.notes[0].endswith('line 8 "note 7" and 4 more, down to line 12.')


def test_header_over_several_lines() -> None:
    dialect = of('id,"first\nname"\n1,2\n')
    assert (dialect.headers, dialect.line, dialect.header_line) == (("id", "first\nname"), 3, 1)


@pytest.mark.parametrize("text", ["   \n\n", ",,\n", '"",""\n', "sep=;\n"])
def test_nothing_but_blanks_is_empty(text: str) -> None:
    with pytest.raises(FileRefused, match=r"\(\d+ bytes, all of them blank\)"):
        of(text)


def test_too_many_columns_are_named_with_the_limit() -> None:
    with pytest.raises(FileRefused, match=r"20,001; the limit is 2,000"):
        of("a," * 20_000 + "a\n1\n")


def test_one_endless_line_is_refused() -> None:
    with pytest.raises(FileRefused, match="line 1"):
        of("x" * 30_000_000)


@pytest.mark.parametrize("piece", [b'",', b'"', b'",\n', b'""",', b"a,", b'"a\n', b' "', b"a\t,;|", b'a,"b\n', b'"a"b,', b"\r\n,", b'",\n"a'])
def test_forty_kilobytes_or_megabytes_of_malice_take_linear_time(piece: bytes) -> None:
    for size in (40_000, 40_000_000):
        started = time.process_time()
        with suppress(FileRefused):
            of(piece * (size // len(piece)))
        assert time.process_time() - started < 10  # about one where the machine is quiet; minutes where it is not linear


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("data/tickets/freshdesk_ticket_export__year_masked.csv", 29),
        ("data/tickets/freshdesk_ticket_export__excel_resaved_masked.csv", 29),
        ("data/tickets/servicenow_incident_export__demo_instance.csv", 8),
        ("data/tickets/servicenow_incident_export__labels_masked.csv", 13),
        ("data/billing/stripe_unified_payments_export__masked.csv", 79),
        ("data/flat/telco_customers.csv", 46),
        ("data/flat/mlc_churn.csv", 21),
    ],
)
def test_real_files(file: str, columns: int) -> None:
    data = shared_path(file).read_bytes()
    known = next(csv.reader(io.StringIO(data.decode())))
    assert of(data).headers == tuple(known)
    assert len(known) == columns


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_a_dialect_or_a_reason(data: bytes) -> None:
    text = data.decode("utf-8", "ignore").encode() or b"x"
    try:
        dialect = of(text)
    except FileRefused:
        return
    assert dialect.headers
    assert 0 <= dialect.data <= len(text)


def test_a_wide_last_row_below_narrow_ones_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"a\nb\n!,!,!")
    table = read_text(path, path.name, tmp_path)
    assert (table.ledger.records, table.ledger.unaccounted) == (2, 0)


def test_a_file_of_empty_quotes_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"''")
    with pytest.raises(FileRefused, match=r"f\.csv"):
        read_text(path, path.name, tmp_path)
