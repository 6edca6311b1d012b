from collections.abc import Callable
from datetime import datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.dates import read_dates, read_months
from roi_core.ingest.day_order import DateColumn, DayOrder, by_rows, by_values, settle
from roi_core.ingest.headers import read_header
from tests.ingest.text_tables import cells


def read(*values: str, zone: str | None = None) -> list[datetime | None]:
    column = DateColumn.of("Created", cells(*values))
    reading = read_dates(column, settle({"created_at": column}).get("created_at"), zone)
    return column.cells.spread(reading.values).to_pylist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-14", datetime(2025, 1, 14)),
        ("2025-01-14 15:31:07", datetime(2025, 1, 14, 15, 31, 7)),
        ("2025-01-14T15:31:07.123Z", datetime(2025, 1, 14, 15, 31, 7, 123000)),
        ("2025-12-06 10:37:33 -0500", datetime(2025, 12, 6, 15, 37, 33)),  # Shopify
        ("2024-06-07 02:38 UTC", datetime(2024, 6, 7, 2, 38)),  # Stripe
        ("14/01/2025 15:31", datetime(2025, 1, 14, 15, 31)),  # Freshdesk after Excel, UK
        ("3/17/2025 6:04", datetime(2025, 3, 17, 6, 4)),  # ServiceNow after Excel, US
        ("29-02-2016 01:16", datetime(2016, 2, 29, 1, 16)),  # ServiceNow
        ("7/21/26 2:51:07 PM", datetime(2026, 7, 21, 14, 51, 7)),  # Salesforce
        ("25/Feb/26 10:17 PM", datetime(2026, 2, 25, 22, 17)),  # Jira
        ("Sep 5, 2025 12:00 AM", datetime(2025, 9, 5)),
        ("14.01.2025", datetime(2025, 1, 14)),
        ("2025-03-14 09:30 EDT", datetime(2025, 3, 14, 13, 30)),  # HubSpot
        ("2025-01-14 9:30 AM CDT", datetime(2025, 1, 14, 14, 30)),  # the offset as written, also where summer time does not hold
        ("2025-01-14 09:30:00 AEDT", datetime(2025, 1, 13, 22, 30)),
        ("2017-11-14 21:45:08 UTC", datetime(2017, 11, 14, 21, 45, 8)),  # a third party's Intercom export
        ("45678.5", datetime(2025, 1, 21, 12)),  # Excel
        ("1736868667", datetime(2025, 1, 14, 15, 31, 7)),
    ],
)
def test_forms_seen_in_real_files(text: str, expected: datetime) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2025",
        "0000-00-00",
        "1900-01-00",
        "20225-01-01",
        "2025-13-40",
        "yesterday",
        "12:30",
        "2025-01-01 25:00",
        "2025-01-01 13:00 XYZ",
        "1 Ja 2025",
        "Donnerstags, Sep 5, 2025",
    ],
)
def test_what_is_no_date_is_a_named_bad_cell(text: str) -> None:
    column = DateColumn.of("Created", cells(text, "2025-01-14"))
    reading = read_dates(column, settle({"created_at": column}).get("created_at"), None)
    assert reading.bad == {0: "is not a date and time that can be read"}
    assert column.cells.spread(reading.values).to_pylist() == [None, datetime(2025, 1, 14)]


def test_a_word_for_nothing_is_blank_and_not_bad() -> None:
    column = DateColumn.of("Created", cells("n/a", "2025-01-14", ""))
    assert not read_dates(column, None, None).bad


def test_a_number_above_12_settles_the_order_of_the_whole_column() -> None:
    column = DateColumn.of("Created", cells("08/01/2025 15:00", "14/01/2025 13:26", "09/01/2025 10:00"))
    verdict = by_values(column)
    assert verdict is not None
    assert verdict.order is DayOrder.DAY_FIRST
    assert verdict.why == 'line 3 holds "14/01/2025 13:26" (rows like it: 1)'
    assert not verdict.asked


def test_values_against_each_other_are_asked_and_the_minority_is_bad() -> None:
    column = DateColumn.of("Created", cells("14/01/2025", "15/01/2025", "01/16/2025"))
    verdict = settle({"created_at": column})["created_at"]
    reading = read_dates(column, verdict, None)
    assert verdict.asked
    assert list(reading.bad) == [2]
    assert reading.notes[0].startswith("ask: ")


def test_an_unsettled_column_follows_a_settled_one_of_the_same_file() -> None:
    columns = {"created_at": DateColumn.of("Created", cells("03/04/2025", "05/06/2025")), "due_at": DateColumn.of("Due", cells("04/13/2025", "06/20/2025"))}
    verdict = settle(columns)["created_at"]
    assert verdict.order is DayOrder.MONTH_FIRST
    assert verdict.why.startswith("as in Due, where line 2")


def test_resolved_after_created_settles_the_order() -> None:
    columns = {
        "created_at": DateColumn.of("Created", cells("03/04/2025", "11/12/2025")),
        "resolved_at": DateColumn.of("Resolved", cells("05/03/2025", "12/12/2025")),
    }
    assert by_values(columns["created_at"]) is None
    verdict = settle(columns, (("created_at", "resolved_at"),))["created_at"]
    assert verdict.order is DayOrder.MONTH_FIRST
    assert verdict.why == "the other order puts Resolved before Created, rows: 1"


def test_rows_sorted_by_date_settle_the_order() -> None:
    column = DateColumn.of("Created", cells("01/02/2025", "03/02/2025", "05/02/2025", "01/03/2025", "04/03/2025", "02/04/2025", "06/04/2025"))
    verdict = by_rows(column)
    assert verdict is not None
    assert verdict.order is DayOrder.DAY_FIRST
    other = DateColumn.of("Due", cells(*["05/06/2025"] * 7))
    assert settle({"created_at": column, "due_at": other})["due_at"].why == "rows are sorted by Created this way (100% of steps), not the other way (67%)"


def test_nothing_settles_it_so_it_is_asked_with_the_other_reading() -> None:
    verdict = settle({"created_at": DateColumn.of("Created", cells("03/04/2025"))})["created_at"]
    assert verdict.asked
    assert verdict.order is DayOrder.DAY_FIRST
    assert "M/D/YYYY" in verdict.why


def test_a_zone_of_the_header_is_applied_with_its_summer_time() -> None:
    assert read("2025-01-14 12:00:00", "2025-07-14 12:00:00", zone="America/New_York") == [datetime(2025, 1, 14, 17), datetime(2025, 7, 14, 16)]


def test_an_offset_in_the_value_goes_before_the_zone_of_the_header() -> None:
    assert read("2025-01-14 12:00:00 +0100", zone="America/New_York") == [datetime(2025, 1, 14, 11)]


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [("America/New_York", 17, 16), ("Europe/Berlin", 11, 10), ("America/Lima", 17, 17), ("America/Argentina/Buenos_Aires", 15, 15)],
)
@pytest.mark.parametrize("spell", [str, str.lower, str.upper])
def test_zones_that_intercom_writes_into_headers_in_any_case(zone: str, winter: int, summer: int, spell: Callable[[str], str]) -> None:
    spoken = read_header(spell(f"Conversation started at ({zone})")).zone
    assert read("2025-01-14 12:00:00", "2025-07-14 12:00:00", zone=spoken) == [datetime(2025, 1, 14, winter), datetime(2025, 7, 14, summer)]


def test_values_without_a_zone_beside_others_that_have_one_take_that_of_the_column_and_it_is_said() -> None:
    column = DateColumn.of("Create date", cells("2025-07-14 12:00 EDT", "2025-07-14 12:00", "n/a", ""))
    reading = read_dates(column, None, "Europe/Berlin")
    assert column.cells.spread(reading.values).to_pylist() == [datetime(2025, 7, 14, 16), datetime(2025, 7, 14, 10), None, None]
    assert reading.notes == ("Create date: times without a zone among others that have one: 1, read as Europe/Berlin",)
    assert read_dates(column, None, None).zone is None


def test_a_zone_in_every_value_needs_no_other() -> None:
    reading = read_dates(DateColumn.of("Create date", cells("2025-07-14 12:00 EDT", "2025-01-14 12:00 EST", "n/a")), None, "Europe/Berlin")
    assert reading.zone == "in each value"
    assert not reading.notes


def test_an_abbreviation_that_zones_share_is_asked() -> None:
    reading = read_dates(DateColumn.of("Create date", cells("2025-07-14 12:00 IST")), None, None)
    assert reading.notes == ("ask: Create date holds times in IST, which is read as India, not Ireland or Israel",)


@pytest.mark.parametrize(("text", "month"), [("2025-03", 24302), ("03/2025", 24302), ("Mar 2025", 24302), ("2025-03-31", 24302), ("2025-3", 24302)])
def test_months(text: str, month: int) -> None:
    assert read_months(cells(text)).values.to_pylist() == [month]


def test_no_values_at_all() -> None:
    column = DateColumn.of("Created", cells("", ""))
    assert read_dates(column, None, None).values == pa.array([], pa.timestamp("us"))


MOMENTS = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2068, 12, 31)).map(lambda t: t.replace(microsecond=0))


@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%d-%b-%Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p"]))
def test_any_moment_survives_a_form_without_doubt(moments: list[datetime], form: str) -> None:
    assert read(*(moment.strftime(form) for moment in moments)) == moments


@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from(["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"]))
def test_one_day_above_12_brings_back_every_moment(moments: list[datetime], form: str) -> None:
    moments = [*moments, datetime(2025, 1, 31)]
    assert read(*(moment.strftime(form) for moment in moments)) == moments
