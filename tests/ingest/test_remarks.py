"""Values that can be read and can hardly be meant: each is counted, shown with its line, and kept."""

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.amounts import currencies_in, read_numbers
from roi_core.ingest.keys import fold_email, fold_id
from roi_core.ingest.lookalikes import visible
from roi_core.ingest.recognise import recognise
from roi_core.ingest.translate import Typed, translate
from roi_core.ingest.twice_decoded import once
from roi_core.ingest.zones import in_a_clock_change
from tests.ingest.text_tables import KEY, cells, text_table


def typed(headers: list[str], *rows: list[str]) -> Typed:
    text = text_table(headers, [list(row) for row in rows])
    return translate(text, recognise(text.headers, text.text), KEY)


def asked(found: Typed, words: str) -> list[str]:
    return [note for note in found.notes if words in note]


@given(st.text(st.characters(codec="cp1252", min_codepoint=0xC0), min_size=1))
def test_what_was_decoded_twice_is_found_again(text: str) -> None:
    try:
        twice = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        twice = text.encode().decode("latin-1")
    assert once(twice) == text


@pytest.mark.parametrize("text", ["José", "Müller & Söhne", "SÃO PAULO", "naïve façade", "plain", "株式会社", "Â£ 5 or so £"])
def test_text_that_was_decoded_once_is_left_alone(text: str) -> None:
    assert once(text) is None


@pytest.mark.parametrize(("one", "other"), [("caf\u00e9", "cafe\u0301"), ("ab\u200b", "ab"), ("x\u00a0y", "x y"), ("\ufeffid", "id"), ("\uff11\uff12", "12")])
def test_ids_that_look_the_same_are_one_key(one: str, other: str) -> None:
    assert visible(one) == visible(other)
    assert fold_id(one) == fold_id(other)
    assert fold_email(f"{one}@x.example") == fold_email(f"{other}@x.example")


def test_ids_kept_as_written_stay_apart_and_are_asked_about() -> None:
    found = typed(["ticket_id", "created_at"], ["1\u200b", "2024-01-01"], ["2", "2024-01-02"], ["1", "2024-01-03"])
    (note,) = asked(found, "differ only in signs")
    assert note.endswith(": 1, first in lines 2 and 4; they are kept apart, as written")
    assert found.table.num_rows == 3


@pytest.mark.parametrize(
    ("amounts", "named"),
    [
        (("USD 5", "€6", "7"), ["USD", "EUR", None]),
        (("$5", "5 USD", "6 US$"), None),
        (("£5", "5 kr", "1.50"), ["GBP", "KR", None]),
        (("5", "6.50"), None),
        (("10%", "€5"), None),
    ],
)
def test_currencies_beside_amounts_are_told_only_where_they_are_several(amounts: tuple[str, ...], named: list[str | None] | None) -> None:
    found = currencies_in(cells(*amounts))
    assert (None if found is None else found.to_pylist()) == named


def test_currencies_in_the_amounts_become_a_column_so_that_nothing_adds_them_up() -> None:
    headers = ["invoice_id", "customer_id", "issued_at", "amount"]
    found = typed(headers, ["1", "a", "2024-01-01", "USD 5"], ["2", "b", "2024-01-02", "€6"])
    assert found.table.column("currency").to_pylist() == ["USD", "EUR"]
    assert asked(found, "ask: mixed currencies (EUR 1 row (line 3), USD 1 row (line 2))")


@pytest.mark.parametrize(("text", "asks"), [("5k", True), ("$1.2M", True), ("3 bn", True), ("5 kg", False), ("k5", False), ("five", False)])
def test_shortened_amounts_are_asked_about_and_never_read(text: str, asks: bool) -> None:
    reading = read_numbers(cells("7", text))
    assert list(reading.bad) == [1]
    assert any("thousands or millions: 1 cells" in note for note in reading.notes) is asks


def test_work_below_zero_or_for_weeks_shows_the_average_with_and_without() -> None:
    headers = ["ticket_id", "created_at", "handle_minutes"]
    found = typed(headers, ["1", "2024-01-01", "-6"], ["2", "2024-01-02", "10"], ["3", "2024-01-03", "24000"], ["4", "2024-01-04", ""])
    below, over = asked(found, "durations")
    assert below == (
        "ask: handle_minutes: durations below zero: 1, first in line 2; they are kept. The average is 8,001 minutes with them, 12,005 minutes without them"
    )
    assert "over 100 hours: 1, first in line 4" in over
    assert found.table.column("handle_minutes").to_pylist() == [-6.0, 10.0, 24000.0, None]


def test_only_what_has_happened_cannot_be_in_the_future() -> None:
    soon = (dt.datetime.now(dt.UTC) + dt.timedelta(days=90)).strftime("%Y-%m-%d")
    found = typed(["ticket_id", "created_at", "due_at"], ["1", "2024-01-01", soon], ["2", soon, soon])
    (note,) = asked(found, "in the future")
    assert "created_at: times in the future: 1, first in line 3" in note
    assert found.table.num_rows == 2


def test_hours_that_a_clock_change_skips_or_repeats() -> None:
    times = pa.array([dt.datetime(2024, 3, 31, 2, 30), dt.datetime(2024, 10, 27, 2, 30), dt.datetime(2024, 7, 1, 2, 30)], pa.timestamp("us"))
    assert in_a_clock_change(times, "Europe/Berlin").tolist() == [True, True, False]
    assert in_a_clock_change(times, "+02:00").tolist() == in_a_clock_change(times, None).tolist() == [False, False, False]
