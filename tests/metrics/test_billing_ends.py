"""Billing that ends before the other files do: a hundred customers, counted by hand, of whom nobody is known any more after it."""

import pytest

from roi_core.kpis import About, Books
from roi_core.kpis.alerts import watch
from roi_core.kpis.figures import figures
from roi_core.kpis.periods import Window
from roi_core.metrics import METRICS, Calendar, compute, compute_by, connect
from roi_core.results import Absent
from roi_core.spine.calendar import start_of
from tests.metrics.facts import DAY, JAN, table

MONTHLY = dict.fromkeys(range(12), 5)
LATE, EARLY = 29, 9


def company(ends, months, day=LATE, started=()):
    """A hundred customers from December on, of whom `ends` says how many leave in each month, `day` days after its start; then those of `started`."""
    gone = [month for month, n in ends.items() for _ in range(n)]
    begun = [-1] * 100 + list(started)
    left = gone + [None] * (len(begun) - len(gone))
    people, rows = [], []
    for no, (start, end) in enumerate(zip(begun, left, strict=True)):
        churned = None if end is None else min(start_of(JAN + end) + day * DAY, start_of(JAN + end + 1) - DAY)
        people.append({"customer_no": no, "cluster_no": no, "currency": "USD", "started_s": start_of(JAN + start) + DAY, "churned_s": churned})
        last = months - 1 if end is None else end
        rows += [{"customer_no": no, "month": JAN + m, "mrr": 10.0, "contacts": 1, "tenure_months": float(m - start)} for m in range(start + 1, last + 1)]
    contacts = [
        {"ticket_no": 2 * m + i, "customer_no": 99, "month": JAN + m, "created_s": start_of(JAN + m) + i * 27 * DAY} for m in range(months) for i in (0, 1)
    ]
    return {"spine": table("spine", people), "person_months": table("person_months", rows), "contacts": table("contacts", contacts)}


def by_month(key, con):
    found = compute_by(METRICS[key], con, by="month")
    return {month - JAN: result.value for month, result in found.items() if not isinstance(result, Absent)}


def test_after_billing_nobody_knows_who_left_who_is_there_and_what_is_paid():
    """5 of 100 leave in each month of a year; three months more have tickets alone, in which 16 leavers would be missing."""
    con = connect(company(MONTHLY, 15))
    assert by_month("monthly_churn", con) == pytest.approx({m: 5 / (100 - 5 * m) for m in range(12)})
    assert by_month("churned_mrr", con) == dict.fromkeys(range(12), 50)
    assert max(by_month("gross_revenue_retention", con)) == 11
    assert compute(METRICS["gross_revenue_retention"], con).value == pytest.approx(1 - 60 / 870)
    assert by_month("active_customers", con) == {m: 100 - 5 * m for m in range(12)}
    assert (compute(METRICS["active_customers"], con).value, compute(METRICS["monthly_revenue"], con).value) == (45, 450)
    assert max(by_month("contact_rate", con)) == 11


def test_a_month_in_which_billing_ends_is_no_whole_month():
    con = connect(company(MONTHLY, 15, day=EARLY))
    assert max(by_month("monthly_churn", con)) == max(by_month("churned_mrr", con)) == 10
    assert max(by_month("active_customers", con)) == 11, "who was one at its start is known"


def test_two_months_without_a_leaver_may_be_chance():
    """Of 60 leavers none falls into 80 of 950 customer-months in 5 of 1,000 cases."""
    con = connect(company(MONTHLY, 14))
    assert by_month("monthly_churn", con)[12] == 0
    assert compute(METRICS["active_customers"], con).value == 40


def test_ends_that_come_together_are_followed_by_as_many_months_without_one():
    """Terms of four months: 20 leave in January, May and September; October to December are as empty as February to April."""
    con = connect(company({0: 20, 4: 20, 8: 20}, 12))
    assert by_month("monthly_churn", con) == pytest.approx({0: 0.2, 1: 0, 2: 0, 3: 0, 4: 0.25, 5: 0, 6: 0, 7: 0, 8: 1 / 3, 9: 0, 10: 0})
    assert compute(METRICS["active_customers"], con).value == 40
    longer = connect(company({0: 20, 4: 20, 8: 20}, 14))
    assert max(by_month("monthly_churn", longer)) == 8


def test_who_comes_later_shows_that_customers_are_known_and_not_that_leaving_is():
    con = connect(company(MONTHLY, 15, started=(13,)))
    assert max(by_month("monthly_churn", con)) == max(by_month("new_mrr", con)) == 11
    assert by_month("active_customers", con)[13] == 40
    assert 14 not in by_month("active_customers", con)


def test_first_months_of_survivors_keep_no_revenue_either():
    """Nobody leaves in a year, then 5 a month: who left before is not in the files."""
    con = connect(company(dict.fromkeys(range(12, 20), 5), 21))
    assert min(by_month("monthly_churn", con)) == min(by_month("gross_revenue_retention", con)) == 12
    assert compute(METRICS["gross_revenue_retention"], con).value == pytest.approx(1 - 40 / (800 - 5 * 28))


def test_a_figure_and_its_alerts_end_with_billing():
    window = Window(JAN, JAN + 29, start_of(JAN + 30))
    books = Books(connect(company(dict.fromkeys(range(24), 2), 30)), About(window, "churn", (), {}, (), {0: "k0"}, ()))
    lost, there = figures(books, [METRICS["monthly_churn"], METRICS["active_customers"]], "month", Calendar())
    assert (lost.at, lost.moved, there.at) == (JAN + 23, 0, JAN + 23)
    (quarter,) = figures(books, [METRICS["churned_mrr"]], "quarter", Calendar())
    assert (quarter.at, quarter.now.value, quarter.before.value) == (JAN + 21, 60, 60)
    assert watch(books, [METRICS["monthly_churn"]]) == ()
    books.close()


def test_a_quarter_that_billing_does_not_hold_is_not_compared():
    window = Window(JAN, JAN + 14, start_of(JAN + 15))
    ends = dict.fromkeys(range(11), 6)
    books = Books(connect(company(ends, 15)), About(window, "churn", (), {}, (), {0: "k0"}, ()))
    (lost,) = figures(books, [METRICS["churned_mrr"]], "quarter", Calendar())
    assert (lost.at, lost.now.value) == (JAN + 6, 180)
    books.close()
