import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.amounts import read_numbers, whole
from tests.ingest.text_tables import cells


def read(*values: str, delimiter: str = ",") -> list[float | None]:
    column = cells(*values)
    return column.spread(read_numbers(column, delimiter).values).to_pylist()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15.00", 15),
        ("1,234.56", 1234.56),
        ("1.234,56", 1234.56),
        ("0,25", 0.25),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("12,34,567.5", 1234567.5),
        ("(5.00)", -5),
        ("5-", -5),
        ("\u22125", -5),
        ("-$5.20", -5.2),
        ("$-5.20", -5.2),
        ("USD 5", 5),
        ("5 EUR", 5),
        ("\u20ac5", 5),
        ("kr 1 234,50", 1234.5),
        ("1\u202f234,50", 1234.5),
        ("1'234.50", 1234.5),
        ("1e3", 1000),
        (".5", 0.5),
        ("+7", 7),
    ],
)
def test_written_forms(text: str, number: float) -> None:
    assert read(text) == [pytest.approx(number)]


@pytest.mark.parametrize("text", ["5k", "NaN", "inf", "1e999", "#DIV/0!", "#REF!", "1,23,4.5", "(5", "abc", "1..2", "12 34 x"])
def test_what_is_no_number_is_bad(text: str) -> None:
    assert list(read_numbers(cells(text, "7.25")).bad) == [0]
    assert read(text, "7.25") == [None, 7.25]


def test_one_value_settles_the_sign_of_the_whole_column() -> None:
    assert read("1.234", "1.234,56") == [1234, 1234.56]
    assert read("1,234", "1,234.56") == [1234, 1234.56]
    assert read_numbers(cells("1.234", "1.234,56")).notes == ('the decimal sign is read as a comma: line 3 holds "1.234,56"',)


@pytest.mark.parametrize(("text", "delimiter", "number"), [("1,234", ",", 1234), ("1.234", ",", 1.234), ("1.234", ";", 1234), ("1,234", ";", 1.234)])
def test_three_digits_after_one_sign_are_asked_and_the_delimiter_speaks(text: str, delimiter: str, number: float) -> None:
    reading = read_numbers(cells(text), delimiter)
    assert reading.values.to_pylist() == [number]
    assert reading.notes[0].startswith("ask: ")


def test_a_value_against_the_rest_is_bad_and_asked() -> None:
    reading = read_numbers(cells("1,5", "2,5", "3,25", "4.75"))
    assert reading.values.to_pylist() == [1.5, 2.5, 3.25, None]
    assert reading.notes[0].startswith("ask: ")


def test_currency_signs_are_named() -> None:
    assert read_numbers(cells("$5.10", "\u20ac7.25")).unit == "$/\u20ac"


def test_whole_numbers_refuse_a_fraction() -> None:
    reading = whole(read_numbers(cells("3", "3.0", "3.5", "n/a")))
    assert reading.values.to_pylist() == [3, 3, None, None]
    assert list(reading.bad) == [2]


@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=30), st.sampled_from([",.", ".,", " ,", "'."]))
def test_any_amount_in_cents_survives_any_grouping(cents: list[int], signs: str) -> None:
    group, point = signs
    written = [f"{c / 100:,.2f}".replace(",", "G").replace(".", point).replace("G", group) for c in cents]
    assert read(*written) == [pytest.approx(c / 100, abs=1e-6) for c in cents]
