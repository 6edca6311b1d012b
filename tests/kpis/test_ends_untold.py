"""Nine customers and their tickets of five months, in which nobody is known to leave: whether a file could have said so."""

import pytest

from roi_core.kpis import books_of, breakdown, figures
from roi_core.measurement import measure
from roi_core.metrics import METRICS, Calendar
from roi_core.results import Absent
from roi_core.sentences import say

OF_ENDS = ("monthly_churn", "monthly_retention", "voluntary_churn", "early_churn")
NEXT = say("ends.untold_next")
TICKETS = "ticket_id,created_at,email,resolved_at\n" + "".join(
    f"{month}{i},2025-0{month}-1{i} 10:00,a{i}@x{i}.example,2025-0{month}-1{i} 12:00\n" for month in range(3, 8) for i in range(9)
)


def files(column="", told=None, other=""):
    """The customers, who all started on 1 February, with one more column: what it says of one of them, and of the others."""
    cells = [f",{told.get(i, other)}" if told is not None else "" for i in range(9)]
    head = f"customer_id,email,started_at{f',{column}' if column else ''}\n"
    rows = [f"c{i},a{i}@x{i}.example,2025-02-01{cell}\n" for i, cell in enumerate(cells)]
    return [("customers.csv", (head + "".join(rows)).encode()), ("tickets.csv", TICKETS.encode())]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (files(), say("ends.nowhere")),
        (files("status", {8: "cancelled", 7: "cancelled"}, "active"), say("ends.undated", n="2")),
    ],
    ids=["no column", "undated"],
)
def test_where_no_file_says_who_left_there_is_no_churn_and_no_retention(given, reason):
    with books_of(given) as books:
        found = figures(books, [METRICS[key] for key in (*OF_ENDS, "active_customers")], "month", Calendar())
        assert [one.now for one in found[:-1]] == [Absent(reason, NEXT)] * len(OF_ENDS)
        assert found[-1].now.value == 9, "who is a customer is known"
        assert breakdown(books, METRICS["monthly_churn"], ("month",), {}, Calendar()) == Absent(reason, NEXT)
    told = measure(given).metrics
    assert {told[key] for key in OF_ENDS[:2]} == {Absent(reason, NEXT)}


@pytest.mark.parametrize(
    ("given", "churn"),
    [(files("churned_at", {}), 0), (files("churned_at", {4: "2025-05-10"}), 1 / 36)],
    ids=["nobody yet", "one left in May"],
)
def test_where_a_column_could_say_it_nobody_left_is_an_answer(given, churn):
    """Nine customers at the start of February to May; who left in May is none at the start of June, the last whole month."""
    found = measure(given).metrics["monthly_churn"]
    assert (found.value, found.counted.bottom) == (pytest.approx(churn), 9 * 4)
