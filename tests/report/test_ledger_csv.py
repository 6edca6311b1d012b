"""The ledger as CSV: nothing in it runs, and no number changes."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.formulas import safe_cell
from roi_core.ledger import Ledger
from roi_core.money.costs import COST_SHEET
from roi_core.report import write_report
from roi_core.report.ledger_csv import COLUMNS, ledger_csv
from roi_core.results import Absent, Grade
from roi_core.sentences import say
from tests.charts.examples import ledger, line
from tests.report.examples import valued

# OWASP "CSV Injection", with the full-width twins, control characters and what hides in front of a sign
RUNS = [
    *("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "=WEBSERVICE(A1)", "=SUM(A1:A9)", "=", "=-1", "=@A1"),
    *("+1+1", "+cmd|' /C calc'!A0", "+", "+49 30 1234", "-1+1", "-cmd|' /C calc'!A0", "-", "- 5", "--1"),
    *("@SUM(A1)", "@", "@A1", "@import", "\t=1+1", "\tplain", "\r=1+1", "\rplain", "\n=1+1", "\nplain", "\0=1", "\0plain"),
    *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", " =1+1", "  @A1", "\u00a0=1", "\ufeff=1+1", "\u200b=1+1", "\u200b =1"),
    *("\u3000\uff1d1", "\x0b=1", "\x1c=1"),
]
HARMLESS = ["a", "a=b", "1+1", "me@example.com", "it's", "'quoted'", '"quoted"', "50 %", "(5)", "a\tb", "a\nb", "", " a", "0"]


@pytest.mark.parametrize("text", RUNS, ids=ascii)
def test_what_could_run_stands_behind_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_what_cannot_run_is_untouched(text):
    assert safe_cell(text) == text


def test_the_table_is_long_enough():
    assert len(set(RUNS)) >= 40


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_numbers_are_written_so_that_they_read_back_equal(number):
    assert float(safe_cell(number)) == float(number)


@given(st.text(max_size=40))
def test_no_cell_begins_with_a_sign_that_runs(text):
    assert safe_cell(text)[:1] not in "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20" or text == ""


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_line_of_the_ledger_is_there_with_its_numbers():
    read = rows(ledger_csv(ledger()))
    assert [row["stream"] for row in read] == [entry.stream for entry in ledger()]
    assert [float(row["amount"]) for row in read] == [entry.amount.value for entry in ledger()]
    assert [row["included"] for row in read] == ["yes" if entry.included else "no" for entry in ledger()]


def test_a_negative_amount_stays_a_number():
    (row,) = rows(ledger_csv(Ledger((line("supported", Grade.B, -500.0, 40.0),))))
    assert row["amount"] == "-500.0"


def test_an_amount_that_is_absent_is_blank_with_its_reason():
    (row,) = rows(ledger_csv(Ledger((replace(line("supported", Grade.C, 1.0, 0.0), amount=Absent("No revenue.", "Add invoices."), sample=None),))))
    assert (row["amount"], row["low"], row["absent"]) == ("", "", "No revenue. Add invoices.")


def test_titles_and_streams_from_files_are_made_safe_and_every_cell_is_quoted():
    content = ledger_csv(Ledger((line("=1+1", Grade.B, 5.0, 1.0, title="@SUM(A1)\n=2", population='say "x", y'),)))
    (row,) = rows(content)
    assert (row["stream"], row["title"], row["population"]) == ("'=1+1", "'@SUM(A1)\n=2", 'say "x", y')
    assert content.decode("utf-8-sig").splitlines()[0] == ",".join(f'"{column}"' for column in COLUMNS)


def test_it_is_the_same_for_every_audience():
    today = valued()
    assert write_report(today, "cfo", "csv") == write_report(today, "sales", "csv") == ledger_csv(today.ledger)


def test_what_comes_from_the_books_has_no_letter_of_what_was_assumed():
    of_the_books = replace(line("cost", Grade.D, 100.0, 5.0), comes_from=COST_SHEET, grade=Grade.D)
    typed = replace(of_the_books, comes_from="assumptions")
    assert [(row["grade"], row["grade_word"]) for row in rows(ledger_csv((of_the_books, typed)))] == [("", say("ledger.from_books")), ("D", Grade.D.word)]
