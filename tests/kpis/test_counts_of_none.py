"""Two customers from January to March 2025 and four contacts, on 2 and 3 January, 4 and 31 March, each resolved within the hour; referrals in January alone."""

from datetime import datetime

import pyarrow as pa
import pytest

from roi_core.kpis import About, Books
from roi_core.kpis.figures import figures, of_rows
from roi_core.kpis.periods import WHOLE, Window, within
from roi_core.metrics import METRICS, Calendar, compute, connect
from roi_core.metrics.connection import loaded_schema
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.spine.calendar import start_of
from tests.metrics.facts import DAY, JAN, JAN_S, table

USUAL = Calendar()
DAYS = [(0, 1), (0, 2), (2, 62), (2, 89)]


def referrals():
    """On 5 and 6 January."""
    rows = [
        {"referrer_id": "c0", "referred_id": f"d{i}", "at": datetime(2025, 1, 5 + i), "row_no": i, "file_no": 0, "part_no": 0, "system_no": 0} for i in range(2)
    ]
    return pa.Table.from_pylist(rows, schema=loaded_schema("referrals"))


@pytest.fixture(scope="module")
def books():
    people = [{"customer_no": i, "customer_key": f"c{i}", "cluster_no": i, "currency": "USD"} for i in range(2)]
    contacts = [
        {"ticket_no": i, "customer_no": i % 2, "month": JAN + month, "created_s": JAN_S + day * DAY, "resolved": True, "resolution_minutes": 60.0}
        for i, (month, day) in enumerate(DAYS)
    ]
    months = [{"customer_no": i, "month": JAN + m, "contacts": 0} for i in range(2) for m in range(-1, 3)]
    derived = {"spine": table("spine", people), "contacts": table("contacts", contacts), "person_months": table("person_months", months)}
    opened = Books(
        connect(derived | {"referrals": referrals()}), About(Window(JAN - 1, JAN + 2, start_of(JAN + 3)), "churn", (), {}, (), {0: "c0", 1: "c1"}, ())
    )
    yield opened
    opened.close()


def values(figure):
    return {at: one.value for at, one in figure.series}


def test_a_month_without_a_contact_has_none_and_is_the_month_before(books):
    (contacts,) = figures(books, [METRICS["contacts"]], "month", USUAL)
    assert values(contacts) == {JAN: 2, JAN + 1: 0, JAN + 2: 2}
    assert (contacts.before.value, contacts.before.low, contacts.before.n) == (0, None, 0)


def test_nothing_open_at_the_end_of_a_month_is_nothing_and_no_missing_row(books):
    """The last contact lies in March, so what is open at the end of March nobody knows."""
    month, whole = (figures(books, [METRICS["backlog"]], period, USUAL)[0] for period in ("month", WHOLE))
    assert values(month) == {JAN: 0, JAN + 1: 0}
    assert (month.at, month.now.value, whole.now.value) == (JAN + 1, 0, 0)
    again = of_rows(books, [METRICS["backlog"]], within("month", JAN + 1), USUAL)["backlog"]
    assert again == month.now
    assert isinstance(of_rows(books, [METRICS["backlog"]], within("month", JAN + 2), USUAL)["backlog"], Absent)


def test_rows_that_stop_are_none_from_then_on_and_before_the_first_nothing_is_said(books):
    (found,) = figures(books, [METRICS["referrals"]], "month", USUAL)
    assert values(found) == {JAN: 2, JAN + 1: 0, JAN + 2: 0}, "December 2024 is before the first"
    assert found.at == JAN + 2


def test_weeks_and_days_without_a_contact_have_none(books):
    """Weeks from Monday 6 January on, 12 to the last that ends by 30 March; 2 and 3 January lie before them, and 31 March after."""
    (week,) = figures(books, [METRICS["contacts"]], "week", USUAL)
    assert [value for _, value in sorted(values(week).items())] == [0] * 8 + [1] + [0] * 3
    (sunday,) = figures(books, [METRICS["contacts"]], "week", Calendar(week_start=6))
    assert len(sunday.series) == 12
    (day,) = figures(books, [METRICS["contacts"]], "day", USUAL)
    assert sum(values(day).values()) == 2, "of the last 60 days"
    assert len(day.series) == 60


def test_without_a_filter_nobody_is_told_to_take_one_away(books):
    found = of_rows(books, [METRICS["backlog_age"]], {}, USUAL)["backlog_age"]
    assert found == Absent(say("metric_missing.no_rows"), say("metric_next.no_rows"))
    (card,) = figures(books, [METRICS["backlog_age"]], "month", USUAL)
    assert card.now == found
    with books.asked() as con:
        assert compute(METRICS["contacts"], con, where={"channel": ("fax",)}) == Absent(say("metric_missing.rows"), say("metric_next.rows"))
    assert isinstance(of_rows(books, [METRICS["contacts"]], {"channel": ("fax",)}, USUAL)["contacts"], Absent), "a filter that leaves none says so"
    assert isinstance(of_rows(books, [METRICS["contacts"]], within("month", JAN + 1), USUAL)["contacts"], Estimate)
