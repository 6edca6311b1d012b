"""Tickets that begin and end in mid-month while customers go on: 300 who write at one rate from 25 January to 10 June 2025, five a day."""

from datetime import datetime, timedelta

import pyarrow as pa
import pytest

from roi_core.kpis import About, Books
from roi_core.kpis.breakdown import multiples
from roi_core.kpis.figures import figures, lines
from roi_core.kpis.periods import Window
from roi_core.kpis.words import what_moved
from roi_core.metrics import METRICS, Calendar, compute, compute_by, connect
from roi_core.metrics.connection import loaded_schema
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT
from roi_core.spine.calendar import month_of, start_of
from tests.metrics.facts import COSTS, DAY, JAN, table

PEOPLE, FEB, MAY = 300, JAN + 1, JAN + 4
FIRST_S, LAST_S = start_of(JAN) + 24 * DAY, start_of(JAN + 5) + 9 * DAY
RATES = {1: 140, 2: 155, 3: 150, 4: 155}
WEEK = 7
MONDAY_2_JUNE = start_of(JAN + 5) // DAY + 1


def tables(first_s=FIRST_S, last_s=LAST_S):
    at = [second + 36_000 for second in range(first_s, last_s + 1, DAY) for _ in range(5)]
    contacts = [
        {"ticket_no": i, "customer_no": 7 * i % PEOPLE, "month": month_of(second), "created_s": second, "channel": "mail", "recontact_7d": False}
        for i, second in enumerate(at)
    ]
    wrote = {(row["customer_no"], row["month"]) for row in contacts}
    rows = [{"customer_no": i, "month": JAN + m, "mrr": 1.0, "contacts": int((i, JAN + m) in wrote)} for m in range(-3, 7) for i in range(PEOPLE)]
    people = [{"customer_no": i, "cluster_no": i, "currency": "USD", "started_s": start_of(JAN - 4)} for i in range(PEOPLE)]
    return {"spine": table("spine", people), "contacts": table("contacts", contacts), "person_months": table("person_months", rows), "costs": COSTS}


@pytest.fixture(scope="module")
def con():
    return connect(tables())


@pytest.fixture(scope="module")
def books():
    opened = Books(connect(tables()), About(Window(JAN - 3, JAN + 6, start_of(JAN + 7) - DAY), "churn", (), {}, (), {0: "k0"}, ()))
    yield opened
    opened.close()


def test_who_writes_in_a_month_is_asked_of_whole_months_alone(con):
    found = compute_by(METRICS["contact_rate"], con, by="month")
    assert {month - JAN: one.value for month, one in found.items() if isinstance(one, Estimate)} == {m: n / PEOPLE for m, n in RATES.items()}
    assert compute(METRICS["contact_rate"], con).value == sum(RATES.values()) / 4 / PEOPLE
    assert compute(METRICS["contacts_per_customer"], con).value == pytest.approx(600 / 4 / PEOPLE)


def test_a_month_that_is_cut_makes_no_contact_dear(con):
    """January costs 8 and has 35 contacts, February 12 and 140."""
    found = compute_by(METRICS["cost_per_contact"], con, by="month")
    assert {month: one.value for month, one in found.items()} == {FEB: pytest.approx(12 / 140)}


def test_figures_of_tickets_end_with_their_last_whole_month_and_those_of_customers_go_on(books):
    keys = ("contacts", "contact_rate", "contacts_per_customer", "active_customers")
    found = figures(books, [METRICS[key] for key in keys], "month", Calendar())
    assert [one.at for one in found] == [MAY, MAY, MAY, JAN + 6]
    assert (found[0].now.value, found[0].before.value, [month for month, _ in found[0].series]) == (155, 150, [FEB, FEB + 1, FEB + 2, MAY])
    assert what_moved(found, DEFAULT) == say("kpi.moved_means")
    assert [month for month, _ in lines(books, [METRICS["contacts"]], Calendar())["contacts"]] == [FEB, FEB + 1, FEB + 2, MAY]
    ((channel, series),) = multiples(books, METRICS["contacts"], "channel", Calendar())
    assert (channel, series[-1][0]) == ("mail", MAY)


def test_a_quarter_with_a_cut_month_and_a_week_that_is_cut_are_not_whole(books):
    (quarter,) = figures(books, [METRICS["contact_rate"]], "quarter", Calendar())
    assert quarter.now == Absent(say("kpi.no_whole"), say("kpi.no_whole_next"))
    (week,) = figures(books, [METRICS["contacts"]], "week", Calendar())
    assert {result.value for _, result in week.series} == {5 * WEEK}


def test_a_week_that_was_watched_in_part_is_not_whole(books):
    """The last contact lies on 10 June, so that only those until 3 June were watched for a week; the week from 2 June had 10 of its 35."""
    week, contacts = figures(books, [METRICS["recontact"], METRICS["contacts"]], "week", Calendar())
    assert (contacts.at, contacts.now.value) == (MONDAY_2_JUNE, 5 * WEEK)
    assert week.at == MONDAY_2_JUNE - WEEK


@pytest.mark.parametrize(
    ("days", "last", "quarter"),
    [
        ([31, 59, 90, 120, 151], MAY, JAN),
        ([31, 59, 90, 120, 151, 179], JAN + 5, JAN + 3),
        ([1, 32, 60, 91, 121, 152], JAN + 5, JAN + 3),
        (range(1, 161), MAY, JAN),
    ],
    ids=["month ends to May", "to 28 June", "first days to June", "every day to 10 June"],
)
def test_usage_ends_with_its_last_day_while_the_other_files_go_on(days, last, quarter):
    rows = [{"customer_id": f"k{i}", "as_of": datetime(2025, 1, 1) + timedelta(days=day - 1), "health": 50 + i} for day in days for i in range(3)]
    places = [row | {"row_no": i, "file_no": 0, "part_no": 0, "system_no": 0} for i, row in enumerate(rows)]
    given = tables() | {"usage": pa.Table.from_pylist(places, schema=loaded_schema("usage"))}
    opened = Books(connect(given), About(Window(JAN - 3, JAN + 6, start_of(JAN + 7) - DAY), "churn", (), {}, (), {0: "k0"}, ()))
    month, by_quarter = (figures(opened, [METRICS["health_score"]], period, Calendar())[0] for period in ("month", "quarter"))
    opened.close()
    assert (month.at, month.now.value, by_quarter.at) == (last, 51, quarter)


def test_a_quarter_whose_last_month_is_open_has_no_movements_yet():
    """Files to the end of June: who left in June nobody knows, so that April and May are no second quarter; the first is whole."""
    months = tables()
    rows = [{"customer_no": i, "month": JAN + m, "mrr": 1.0 + (m >= 0) + (m > 1) + (m > 4)} for m in range(-3, 6) for i in range(PEOPLE)]
    changed = months | {"person_months": table("person_months", rows)}
    opened = Books(connect(changed), About(Window(JAN - 3, JAN + 5, start_of(JAN + 6) - DAY), "churn", (), {}, (), {0: "k0"}, ()))
    (found,) = figures(opened, [METRICS["expansion_mrr"]], "quarter", Calendar())
    opened.close()
    assert (found.at, found.now.value, [at for at, _ in found.series]) == (JAN, PEOPLE, [JAN - 3, JAN])


def test_three_days_are_no_cut():
    """Until 28 June nothing says that June is not whole; from 4 February on February is not."""
    longer = connect(tables(first_s=start_of(FEB) + 2 * DAY, last_s=start_of(JAN + 5) + 27 * DAY))
    known = {month - JAN for month, one in compute_by(METRICS["contact_rate"], longer, by="month").items() if isinstance(one, Estimate)}
    assert known == {1, 2, 3, 4, 5}
    shorter = connect(tables(first_s=start_of(FEB) + 4 * DAY))
    assert min(month for month, one in compute_by(METRICS["contact_rate"], shorter, by="month").items() if isinstance(one, Estimate)) == FEB + 1


def test_without_a_whole_month_the_rate_says_so():
    short = connect(tables(first_s=start_of(MAY) + 9 * DAY))
    assert compute(METRICS["contact_rate"], short) == Absent(say("metric_missing.contact_months_whole"), say("metric_next.contact_months_whole"))
