"""Who never paid is no customer: trials and first payments that never came are no subscriptions, and every row is still counted."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from roi_core.ingest import Intake, take_in
from roi_core.ingest.plan import Plan
from roi_core.ingest.translate import Typed, translate
from roi_core.kpis.books import open_books
from roi_core.metrics import METRICS, compute_all_by
from roi_core.results import Absent
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import csv
from tests.ingest.text_tables import KEY, text_table

pytestmark = pytest.mark.usefixtures("read_here")

HEADERS = ("subscription_id", "customer_id", "started_at", "ended_at", "trial_started_at", "trial_ends_at", "status")
STRIPE = (
    "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Start Date (UTC),Current Period Start (UTC),Trial Start (UTC),Trial End (UTC),Ended At (UTC)"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def typed(*rows: tuple[str, str, str, str, str]) -> Typed:
    """Rows of (started, ended, trial started, trial ends, status)."""
    text = text_table(HEADERS, [(f"s{n}", f"c{n}", *row) for n, row in enumerate(rows)])
    found = Plan("subscriptions", {name: f"subscriptions.{name}" for name in HEADERS}).recognition("a.csv", text.headers)
    assert found is not None
    return translate(text, found, KEY)


def kept(part: Typed) -> list[str]:
    return part.table.column("subscription_id").to_pylist()


def why(part: Typed) -> dict[str, int]:
    return {one.why.partition(":")[0]: int(one.rows.sum()) for one in part.no_records}


def stripe(number: int, status: str, start: str, trial_end: str = "", end: str = "") -> str:
    tried = f"{start} 10:00,{trial_end} 10:00" if trial_end else ","
    return f"s{number},c{number},basic,1,usd,month,100,{status},{start} 10:00,2025-06-01 00:00,{tried},{end and end + ' 10:04'}"


def taken(workspace: Workspace) -> Intake:
    payers = [stripe(n, "active", f"2025-01-0{n}") for n in range(1, 6)]
    trials = [stripe(10 + n, "canceled", f"2025-0{n}-20", f"2025-0{n + 1}-03", f"2025-0{n + 1}-03") for n in range(1, 5)]
    others = [stripe(20, "trialing", "2025-06-20", "2025-07-20"), stripe(21, "incomplete", "2025-03-20"), stripe(22, "incomplete_expired", "2025-03-20")]
    return take_in([("subscriptions.csv", csv(STRIPE, *payers, *trials, *others, stripe(30, "active", "2025-07-30")))], workspace)


def test_trials_that_nobody_paid_for_are_neither_churn_nor_revenue(workspace: Workspace) -> None:
    (report,) = taken(workspace).files
    rows = report.rows
    assert rows is not None
    assert (rows.records, rows.loaded, rows.quarantined, rows.not_data, rows.unaccounted) == (13, 6, 0, 7, 0)
    assert [Decimal(one["unaccounted"]) for one in rows.money] == [0]
    with closing(open_books(workspace)) as books, books.asked() as con:
        asked = [METRICS[key] for key in ("active_customers", "monthly_churn", "monthly_revenue", "churned_mrr")]
        found = compute_all_by(con, "month", asked)
    months = range(2025 * 12 + 1, 2025 * 12 + 5)
    told = {key: [value.value for month in months if not isinstance(value := of[month], Absent)] for key, of in found.items() if not isinstance(of, Absent)}
    assert told == {"active_customers": [5.0] * 4, "monthly_churn": [0.0] * 4, "monthly_revenue": [500.0] * 4, "churned_mrr": [0.0] * 4}


def test_a_trial_ends_unpaid_until_the_end_of_its_last_day_and_not_a_day_later() -> None:
    trial = ("2025-01-01", "2025-01-15 10:00")
    part = typed(*(("2025-01-01", end, *trial, "canceled") for end in ("2025-01-08", "2025-01-15 23:59", "2025-01-16 00:00", "2025-02-15")))
    assert (kept(part), why(part)) == (["s2", "s3"], {"trials that ended before anything was paid": 2})


@pytest.mark.parametrize("status", ["canceled", "trialing"])
def test_days_that_were_given_to_somebody_who_pays_are_no_trial(status: str) -> None:
    end = "2025-02-01" if status == "canceled" else ""
    part = typed(("2024-01-01", end, "2025-01-15", "2025-02-01", status), ("2024-01-01", end, "", "2025-02-01", status))
    assert (kept(part), why(part)) == (["s0", "s1"], {})


def test_what_is_on_trial_or_has_no_first_payment_is_none_by_its_status() -> None:
    on = [("2025-01-01", "", "", "", status) for status in ("In Trial", "trialing", "Trial", "incomplete", "incomplete_expired", "active", "past_due")]
    part = typed(*on)
    assert (kept(part), why(part)) == (["s5", "s6"], {"on trial": 3, "subscriptions whose first payment never came": 2})


def test_a_payment_that_stopped_is_asked_about_and_counted() -> None:
    part = typed(*(("2025-01-01", end, "", "", status) for status, end in (("paused", ""), ("Unpaid", ""), ("paused", "2025-03-01"), ("active", ""))))
    assert len(kept(part)) == 4
    (note,) = (note for note in part.notes if note.startswith("ask: do they pay?"))
    assert 'status says otherwise of 2 subscriptions ("paused" 1, "Unpaid" 1)' in note


def test_months_of_a_trial_before_the_first_payment_are_said_to_count() -> None:
    part = typed(("2025-01-01", "", "2025-01-01", "2025-01-15", "active"), ("2025-01-01", "2025-01-09", "2025-01-01", "2025-01-15", "canceled"))
    assert "trial_ends_at: subscriptions that were paid for after a trial: 1; they run, and their revenue counts, from the trial on" in part.notes
