"""Alerts of a company that is counted by hand: two years, one category that triples in one month, and customers who grow."""

import types
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
import pytest

from roi_core.kpis import About, Asked, Books
from roi_core.kpis.alert_words import as_json, told
from roi_core.kpis.alerts import MOST, WATCHED, Alert, alerts, ordered, recent, watch
from roi_core.kpis.behind import count
from roi_core.kpis.periods import Window
from roi_core.metrics import METRICS, Calendar, connect
from roi_core.sentences import say
from roi_core.show import DEFAULT
from roi_core.spine.calendar import start_of
from tests.metrics.facts import DAY, table

FIRST, MONTHS, SPIKE, OPENED = 2024 * 12, 26, 20, 2
CUSTOMERS = 400
LONGER = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def contacts(draw):
    """From the third month on 0.3 a customer and month: half about billing, 30 about exports in each month and 120 in one."""
    rows = []
    for month in range(OPENED, MONTHS):
        exports = 120 if month == SPIKE else int(draw.poisson(30))
        for category, n in (("Billing", int(draw.poisson(60))), ("Login", int(draw.poisson(40))), ("Export fails", exports), ("Odd", month % 2)):
            for _ in range(n):
                minutes = float(np.exp(draw.normal(4, 0.5))) * (9 if month == MONTHS - 1 else 1)
                rows.append({"ticket_no": len(rows), "customer_no": int(draw.integers(CUSTOMERS)), "month": FIRST + month, "category": category})
                rows[-1] |= {"created_s": start_of(FIRST + month) + 27 * DAY, "first_response_minutes": minutes, "replied": True, "channel": "email"}
    return rows


def about(last=MONTHS - 1, outcome="churn"):
    window = Window(FIRST, FIRST + last, Window(FIRST, FIRST + last, 0).end_s)
    return About(window, outcome, (), {}, (), types.MappingProxyType({i: f"c{i}" for i in range(CUSTOMERS)}), ())


def tables(draw):
    spine = table("spine", [{"customer_no": i, "cluster_no": i, "currency": "USD"} for i in range(CUSTOMERS)])
    people = [{"customer_no": i, "month": FIRST + month, "contacts": 0, "departed": False} for month in range(MONTHS) for i in range(0, CUSTOMERS, 4)]
    return {"spine": spine, "contacts": table("contacts", contacts(draw)), "person_months": table("person_months", people)}


@pytest.fixture(scope="module")
def books():
    opened = Books(connect(tables(np.random.default_rng(5))), about())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(books):
    return alerts(books)


def test_a_category_that_triples_in_one_month_is_told_with_its_size_and_recounts_from_its_rows(books, found):
    (alert,) = [alert for alert in found if alert.group == ("category", "Export fails")]
    assert (alert.metric, alert.since, alert.until, alert.value) == ("contacts", FIRST + SPIKE, FIRST + SPIKE, 120)
    assert alert.low < alert.expected < alert.high < 120
    assert alert.expected == pytest.approx(55, abs=12)  # 23 % of the contacts of that month, which are many
    assert count(books, Asked(METRICS["contacts"], alert.where, Calendar()), None) == 120
    assert not alert.goes_on
    assert alert.is_recent


def test_waiting_times_of_the_last_month_are_told_and_all_contacts_of_the_spike(found):
    (slow,) = [alert for alert in found if alert.metric == "first_response_minutes"]
    assert (slow.since, slow.goes_on, slow.chart) == (FIRST + MONTHS - 1, True, "X-mR chart")
    assert {alert.metric for alert in found} <= {*WATCHED}
    assert found == ordered(found)
    assert recent(found) == found
    assert MOST == 3


def test_what_is_told_is_one_line_with_size_since_when_and_what_was_expected():
    alert = Alert("contacts", ("category", "Export fails"), FIRST + 1, FIRST + 1, FIRST + 20, FIRST + 1, 108.0, 34.2, 0.0, 84.3, "beyond", "P chart", False)
    assert told(alert, DEFAULT) == "Contacts, Export fails, Feb 2024: 108, where 34 was expected (0 to 84, season not yet known)."
    assert not alert.is_recent
    lasting = Alert("csat_satisfied", None, FIRST + 3, FIRST + 5, FIRST + 5, FIRST + 4, 0.6, 0.8, 0.7, 0.9, "beyond", "P chart", True)
    assert told(lasting, DEFAULT) == f"{METRICS['csat_satisfied'].title}, since Apr 2024: 60.0 % in May 2024, where 80.0 % was expected (70.0 % to 90.0 %)."
    for how in ("together", "run"):
        line = told(Alert("csat_satisfied", None, FIRST, FIRST + 9, FIRST + 12, FIRST + 9, 0.6, 0.8, 0.5, 0.9, how, "P chart", True), DEFAULT)
        assert "Jan 2024 to Oct 2024: " in line
    ended = Alert("csat_satisfied", None, FIRST, FIRST + 9, FIRST + 12, FIRST + 9, 0.6, 0.8, 0.5, 0.9, "run", "P chart", True, usual_since=True)
    assert told(ended, DEFAULT).endswith(say("alerts.usual_since"))
    assert say("alerts.usual_since") not in told(replace(ended, until=FIRST + 12), DEFAULT), "it goes on"
    assert as_json(alert)["group"] == {"dimension": "category", "value": "Export fails"}
    assert (as_json(alert)["since"], as_json(alert)["goes_on"]) == ("2024-02", False)
    assert as_json(lasting)["group"] is None


def test_tickets_that_end_before_the_other_files_do_are_no_silence():
    """No row is not no contact: a customers export that goes on for three months longer made "0 contacts, where 130 were expected"."""
    given = tables(np.random.default_rng(5))
    last = MONTHS - 4
    ended = given["contacts"].filter(pc.less(given["contacts"].column("month"), FIRST + last))
    with_end = Books(connect(given | {"contacts": ended}), about())
    found = alerts(with_end)
    with_end.close()
    assert ("category", "Export fails") in {alert.group for alert in found}
    assert max(alert.until for alert in found if METRICS[alert.metric].table == "contacts") < FIRST + last
    assert all(alert.last_month == FIRST + last - 2 for alert in found if METRICS[alert.metric].table == "contacts")


def test_a_share_that_may_be_anything_is_never_out_of_the_ordinary():
    """One answer a month, good and bad by turns, and then three good ones: limits of 0 to 100 % hold all of them. Of forty answers a month they do not."""

    def answers(n):
        good = [month % 2 == 0 or month >= MONTHS - 3 for month in range(MONTHS)]
        rows = [
            {"ticket_no": n * month + i, "customer_no": i, "month": FIRST + month, "created_s": start_of(FIRST + month) + 27 * DAY, "csat": score}
            for month in range(MONTHS)
            for i in range(n)
            for score in [float(good[month] if n == 1 or month >= MONTHS - 3 else i % 2)]
        ]
        given = tables(np.random.default_rng(5)) | {"contacts": table("contacts", rows)}
        books = Books(connect(given), about())
        found = watch(books, [METRICS["csat_satisfied"]])
        books.close()
        return [(alert.value, alert.until) for alert in found]

    assert answers(1) == []
    assert answers(40) == [(1.0, FIRST + MONTHS - 1)]


def test_any_figure_can_be_watched_in_any_of_its_groups(books):
    (alert,) = watch(books, [METRICS["first_response_minutes"]], "channel")
    assert (alert.group, alert.since) == (("channel", "email"), FIRST + MONTHS - 1)
    assert watch(books, [METRICS["contacts_a_month"]], "channel") == ()
    assert watch(books, [METRICS["cost_per_contact"]]) == ()


def test_a_first_year_has_no_alert_and_leaving_none_where_nobody_leaves():
    short = Books(connect(tables(np.random.default_rng(6))), about(OPENED + 12))
    assert alerts(short) == ()
    short.close()
    shop = Books(connect(tables(np.random.default_rng(6))), about(outcome="no_order"))
    assert watch(shop, [METRICS["monthly_churn"]]) == ()
    shop.close()


def test_contacts_that_grow_with_the_customers_are_in_order():
    """Customers and contacts both grow by 4 % a month; counted a customer nothing moves."""
    draw, months = np.random.default_rng(7), range(MONTHS)
    customers = [round(100 * 1.04**month) for month in months]
    people = [{"customer_no": i, "month": FIRST + month, "contacts": 1} for month in months for i in range(customers[month])]
    rows = [
        {
            "ticket_no": 1000 * month + i,
            "customer_no": int(draw.integers(customers[month])),
            "month": FIRST + month,
            "created_s": start_of(FIRST + month) + 27 * DAY,
        }
        for month in months
        for i in range(draw.poisson(customers[month] * LONGER[month % 12] / 30))
    ]
    given = {"spine": table("spine", [{"customer_no": i, "cluster_no": i} for i in range(max(customers))])}
    grown = Books(connect(given | {"contacts": table("contacts", rows), "person_months": table("person_months", people)}), about())
    assert watch(grown, [METRICS["contacts"]]) == ()
    grown.close()
