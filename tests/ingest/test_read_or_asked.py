"""What a column does not say is asked or set aside: orders of dates, intervals, short clocks, scales, zones, sums of several currencies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import pytest

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.dates import read_dates, read_months
from roi_core.ingest.day_order import DateColumn, DayOrder, Verdict, settle
from roi_core.ingest.durations import read_durations
from roi_core.ingest.export import Duration, DurationUnit
from roi_core.ingest.intervals import interval_of
from roi_core.ingest.recognise import recognise
from roi_core.ingest.reshape import reshape
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.translate import Typed, translate
from tests.ingest.text_tables import KEY, cells, text_table

SALES = ("Customer full name", "Transaction date", "Transaction type", "Num", "Amount")


def typed(headers: Sequence[str], *rows: Sequence[str], said: Mapping[str, str] = MappingProxyType({})) -> Typed:
    text = text_table(headers, rows)
    return translate(text, replace(recognise(headers, text.text), said=said), KEY)


def order_of(*dates: str) -> Verdict:
    return settle({"created_at": DateColumn.of("Created", cells(*dates))})["created_at"]


def only_day(text: str) -> datetime | None:
    found: list[datetime | None] = read_dates(DateColumn.of("Created", cells(text)), None, None).values.to_pylist()
    return found[0]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 Mai 2025", 5),
        ("3. M\u00e4rz 2025", 3),
        ("3 Okt. 2025", 10),
        ("3 Dez 2025 10:00", 12),
        ("3 avr. 2025", 4),
        ("3 ao\u00fb 2025", 8),
        ("3 ao\u00fbt 2025", 8),
        ("3 d\u00e9c. 2025", 12),
        ("3 ene 2025", 1),
        ("3 de agosto de 2025", 8),
        ("3 marraskuu 2025", 11),
        ("Sept 3, 2025", 9),
    ],
)
def test_months_by_name_in_several_languages(text: str, month: int) -> None:
    found = only_day(text)
    assert found is not None
    assert (found.month, found.day) == (month, 3)


@pytest.mark.parametrize("text", ["3 jui 2025", "3 listopad 2025", "3 Marrow 2025"])
def test_a_name_that_is_no_month_or_two_months_is_not_read_by_its_beginning(text: str) -> None:
    assert only_day(text) is None


def test_an_end_that_cannot_be_read_does_not_say_that_the_customer_is_still_there() -> None:
    ends = ("5 Okt 2025", "5 listopad 2025", "", "n/a", "Active", "9999-12-31", "0000-00-00")
    rows = [(f"s{place}", "c", "2024-01-01", end, "5") for place, end in enumerate(ends)]
    found = typed(("subscription_id", "customer_id", "started_at", "ended_at", "mrr"), *rows)
    assert found.set_aside == ((3, 'ended_at "5 listopad 2025" cannot be read; blank would say that it has not ended'),)
    assert found.table.column("ended_at").to_pylist() == [datetime(2025, 10, 5), None, None, None, None, None]


def test_a_churn_that_cannot_be_read_is_set_aside() -> None:
    found = typed(("customer_id", "email", "started_at", "churned_at"), ("a", "a@b.example", "2024-01-01", "soon"), ("b", "b@b.example", "2024-01-01", "never"))
    assert [line for line, _ in found.set_aside] == [2]


def test_years_of_two_digits_stand_first_where_they_lie_closer_together() -> None:
    verdict = order_of("24-03-15", "24-04-20", "25-12-31")
    assert (verdict.order, verdict.asked) == (DayOrder.YEAR_FIRST, False)
    column = DateColumn.of("Created", cells("24-03-15", "25-12-31"))
    assert read_dates(column, verdict, None).values.to_pylist() == [datetime(2024, 3, 15), datetime(2025, 12, 31)]


def test_years_of_two_digits_that_stand_last_are_read_as_before() -> None:
    assert order_of("05/03/24", "11/04/24", "29/04/24") == Verdict(DayOrder.DAY_FIRST, 'line 4 holds "29/04/24" (rows like it: 1)')
    assert order_of("7/21/26", "8/3/26").order is DayOrder.MONTH_FIRST


def test_a_year_that_may_stand_first_or_last_is_asked_with_all_readings() -> None:
    headers, row = ("invoice_id", "customer_id", "issued_at", "amount"), ("i", "c", "24/03/05", "5")
    (ask,) = typed(headers, row).asks
    assert (ask.key, ask.best) == ("day_order", "year_first")
    assert {way.answer: way.example for way in ask.ways} == {
        "day_first": '"24/03/05" is 24 March 2005',
        "month_first": '"24/03/05" is no date',
        "year_first": '"24/03/05" is 5 March 2024',
    }
    assert typed(headers, row, said={"day_order": "day_first"}).table.column("issued_at").to_pylist() == [datetime(2005, 3, 24)]


def test_invoices_of_next_years_are_asked_and_those_of_next_month_are_not() -> None:
    notes = typed(("invoice_id", "customer_id", "issued_at", "amount"), ("i", "c", "2099-01-01", "5")).notes
    assert any("times in the future: 1" in note for note in notes)


def test_rows_sorted_as_text_say_nothing_about_the_order() -> None:
    dates = sorted(f"{day:02}/{month:02}/2025" for day in (1, 5, 9, 12) for month in range(1, 13))
    verdict = order_of(*dates)
    assert verdict.asked
    assert verdict.order is DayOrder.DAY_FIRST


def test_rows_sorted_by_date_are_the_best_answer_to_a_question() -> None:
    verdict = order_of("01/02/2025", "03/02/2025", "05/02/2025", "01/03/2025", "04/03/2025", "02/04/2025", "06/04/2025")
    assert (verdict.order, verdict.asked) == (DayOrder.DAY_FIRST, True)


@pytest.mark.parametrize(
    ("dates", "best", "months"), [(("01/02/2025", "01/03/2025"), "day_first", [24301, 24302]), (("02/01/2025", "03/01/2025"), "month_first", [24301, 24302])]
)
def test_the_order_of_the_months_of_costs_is_asked_and_answered(dates: tuple[str, str], best: str, months: list[int]) -> None:
    reading = read_months(cells(*dates), None, "month")
    assert ([ask.key for ask in reading.asks], [ask.best for ask in reading.asks]) == (["day_order"], [best])
    assert reading.values.to_pylist() == months
    other = DayOrder.MONTH_FIRST if best == "day_first" else DayOrder.DAY_FIRST
    assert read_months(cells(*dates), other).values.to_pylist() == [24300, 24300]
    costs = typed(("month", "component", "amount"), *((date, "software", "5") for date in dates))
    assert [ask.key for ask in costs.asks] == ["day_order"]


MIXED = [("1", "2025-01-01T10:00:00+02:00", "a@b.example"), ("2", "2025-01-01T10:00:00", "a@b.example")]


def test_times_without_a_zone_among_others_that_have_one_are_asked() -> None:
    headers = ("ticket_id", "created_at", "email")
    (ask,) = typed(headers, *MIXED).asks
    assert (ask.key, ask.ways[0].example) == ("zone", '"2025-01-01T10:00:00" is 2025-01-01 10:00 UTC')
    found = typed(headers, *MIXED, said={"zone": "America/New_York"})
    assert found.asks == ()
    assert found.table.column("created_at").to_pylist() == [datetime(2025, 1, 1, 8), datetime(2025, 1, 1, 15)]


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("semi-monthly", 0.5),
        ("biweekly", 24 / 52),
        ("every 2 weeks", 24 / 52),
        ("2 years", 24),
        ("1 yr", 12),
        ("p1m", 1),
        ("half-yearly", 6),
        ("semi-annual", 6),
        ("2 months", 2),
        ("Monthly", 1),
        ("j\u00e4hrlich", 12),
    ],
)
def test_months_of_an_interval(words: str, months: float) -> None:
    found = interval_of(words, {})
    assert found is not None
    assert found[0] == pytest.approx(months)


@pytest.mark.parametrize("words", ["bimonthly", "semi", "monthly (paid annually)", "0 months", "soon"])
def test_an_interval_that_the_words_do_not_say_is_not_guessed(words: str) -> None:
    assert interval_of(words, {}) is None


@pytest.mark.parametrize(("words", "mrr"), [("semi-monthly", 120.0), ("2 years", 2.5), ("bimonthly", None)])
def test_an_interval_is_read_or_asked_and_never_taken_for_a_month(words: str, mrr: float | None) -> None:
    headers = ("id", "Customer ID", "Current Period Start (UTC)", "Start Date (UTC)", "Amount", "Interval")
    found = typed(headers, ("s", "c", "2024-01-01 00:00", "2023-01-01 00:00", "60.00", words))
    assert found.table.column("mrr").to_pylist() == [mrr]
    assert any(note.startswith("ask: Interval: how often is") for note in found.notes) == (mrr is None)


def test_a_handle_time_of_two_parts_is_asked_and_read_as_minutes_and_seconds() -> None:
    headers, rows = (
        ("ticket_id", "created_at", "email", "handle_minutes"),
        [("1", "2025-01-01", "a@b.example", "12:30"), ("2", "2025-01-01", "a@b.example", "0:30")],
    )
    found = typed(headers, *rows)
    assert found.table.column("handle_minutes").to_pylist() == [12.5, 0.5]
    assert [(ask.key, ask.best) for ask in found.asks] == [("unit/handle_minutes", "minutes")]
    said = typed(headers, *rows, said={"unit/handle_minutes": "hours"})
    assert (said.table.column("handle_minutes").to_pylist(), said.asks) == ([750.0, 30.0], ())


def test_three_parts_beside_two_are_hours_all_the_same() -> None:
    reading = read_durations(cells("12:30", "1:00:00"), Duration(DurationUnit.MINUTES), left=DurationUnit.MINUTES)
    assert reading.values.to_pylist() == [12.5, 60.0]


@pytest.mark.parametrize(
    ("scores", "asked"),
    [(range(6), True), (range(1, 8), True), (range(1, 6), False), ((0, 1), False), ((1, 2, 4, 5), True), (range(11), False), ((1, 2), True)],
)
def test_a_scale_is_asked_where_its_answers_may_be_of_a_longer_one(scores: Sequence[int], *, asked: bool) -> None:
    rows = [(f"r{place}", "csat", str(scores[place % len(scores)]), "2025-01-01") for place in range(44)]
    asks = typed(("response_id", "kind", "score", "answered_at"), *rows).asks
    assert [ask.subject for ask in asks] == (["scale"] if asked else [])


def folded(*amounts: tuple[str, str], said: Mapping[str, str] = MappingProxyType({}), delimiter: str = ",") -> TextTable:
    """Lines of QuickBooks sales (number, amount), as records."""
    text = text_table(SALES, [("Acme", "01/31/2025", "Invoice", number, amount) for number, amount in amounts], delimiter)
    return reshape(text, replace(recognise(SALES, text.text), said=said))


def sums(text: TextTable) -> list[str]:
    found: list[str] = text.text.column("c4").to_pylist()
    return found


@pytest.mark.parametrize(("said", "sum_", "asked"), [({}, "4000.00", True), ({"decimal/Amount": "point"}, "4.00", False)])
def test_a_sum_asks_for_the_decimal_sign_and_takes_the_answer(said: Mapping[str, str], sum_: str, *, asked: bool) -> None:
    text = folded(("1", "1.500"), ("1", "2.500"), said=said, delimiter=";")
    assert sums(text) == [sum_]
    assert [ask.key for ask in text.asks] == (["decimal/Amount"] if asked else [])
    assert any(note.startswith("ask: Amount: the decimal sign") for note in text.notes) is asked


def test_a_record_in_several_currencies_is_set_aside_and_the_signs_of_others_stay() -> None:
    text = folded(("1", "$10.00"), ("1", "\u20ac20.00"), ("2", "$5.00"), ("2", "-$1.50"), ("3", "\u20ac7.00"))
    assert sums(text) == ["$3.50", "\u20ac7.00"]
    assert [one.line for one in text.quarantined] == [2, 3]
    assert "several currencies" in text.quarantined[0].reason


def test_a_negative_sum_keeps_its_sign_and_can_be_read_again() -> None:
    text = folded(("2", "EUR 5.00"), ("2", "-6.50 EUR"))
    assert read_numbers(cells(*sums(text))).values.to_pylist() == [-1.5]


def test_a_share_is_no_amount_of_money() -> None:
    found = typed(("invoice_id", "customer_id", "issued_at", "amount"), ("1", "c", "2025-01-01", "20%"), ("2", "c", "2025-01-01", "30"))
    assert found.set_aside == ((2, 'amount "20%" cannot be read'),)
    text = folded(("1", "10"), ("1", "20%"))
    assert sums(text) == ["20%"]


def test_blanks_between_digits_are_groups_of_three_or_no_number() -> None:
    assert read_numbers(cells("12 34", "1 2345", "1 234.50")).values.to_pylist() == [None, None, 1234.5]
    assert read_numbers(cells("1 500", "100 200")).notes == ()
    assert read_numbers(cells("100 200", "5")).notes[0].startswith("ask: amounts with a blank")


def test_one_odd_amount_does_not_turn_thousands_into_fractions() -> None:
    reading = read_numbers(cells("12,3456", "1,500", "2,500"), ",")
    assert reading.values.to_pylist() == [None, 1500.0, 2500.0]
    assert [ask.subject for ask in reading.asks] == ["decimal"]
    assert read_numbers(cells("1,25", "12,50", "1,500"), ",").values.to_pylist() == [1.25, 12.5, 1.5]
    assert read_numbers(cells("0,500", "1,250", "2,125"), ",").asks == ()


@pytest.mark.parametrize("status", ["canceled", "Cancelled", "expired", "Gek\u00fcndigt"])
def test_a_subscription_that_ended_on_no_known_day_does_not_run(status: str) -> None:
    rows = [("s1", "c1", "2024-01-01", "", "5", status), ("s2", "c2", "2024-01-01", "2024-05-01", "5", status), ("s3", "c3", "2024-01-01", "", "5", "active")]
    found = typed(("subscription_id", "customer_id", "started_at", "ended_at", "mrr", "status"), *rows)
    assert found.table.column("subscription_id").to_pylist() == ["s2", "s3"]
    assert [line for line, _ in found.set_aside] == [2]
    assert any(note.startswith("ask: when did they end? status says so of 1 subscriptions") for note in found.notes)


@pytest.mark.parametrize("status", ["active", "canceling", "cancels at period end", "pending cancellation", "non_renewing", "past_due"])
def test_a_subscription_that_will_end_still_runs(status: str) -> None:
    found = typed(("subscription_id", "customer_id", "started_at", "mrr", "status"), ("s1", "c1", "2024-01-01", "5", status))
    assert (found.table.num_rows, found.set_aside) == (1, ())


def test_a_customer_who_left_on_no_known_day_is_asked_about_and_kept() -> None:
    found = typed(("customer_id", "started_at", "status"), ("c1", "2024-01-01", "churned"), ("c2", "2024-01-01", "active"))
    assert found.table.num_rows == 2
    assert any(note.startswith("ask: when did they leave? status says so of 1 customers") for note in found.notes)
