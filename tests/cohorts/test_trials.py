"""Who enters a monthly trial, when the clock starts, and what is seen afterwards: a company counted by hand."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design, Filters
from roi_core.cohorts.handled import build_handled
from roi_core.cohorts.quality import fast_reply, first_contact_resolution
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.errors import DesignRefused
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

JAN = 2025 * 12
"""Month number of January 2025. The first ticket comes in January, so the first trial is April."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    names = ["early", "april", "leaver", "young", "quiet"]
    starts = times("2024-01-01", "2024-02-01", "2024-03-01", "2025-03-20", "2024-04-01")
    tables = {
        "subscriptions": {
            "subscription_id": names,
            "customer_id": names,
            "started_at": starts,
            "ended_at": times(None, None, "2025-06-30 23:59", None, None),
            "mrr": [10.0, 20.0, 40.0, 80.0, 160.0],
            "currency": ["usd"] * 5,
            "interval": ["month"] * 5,
            "plan": ["a", "a", "b", "b", "b"],
        },
        "tickets": {
            "ticket_id": ["t1", "t2", "t3", "t4", "t5", "t6"],
            "customer_id": ["early", "april", "leaver", "april", "young", "quiet"],
            "channel": ["email", "chat", "email", "email", "chat", "email"],
            "category": ["billing"] * 6,
            "created_at": times("2025-01-10", "2025-04-10", "2025-05-05", "2025-04-12", "2025-04-20", "2025-12-31"),
            "first_response_at": times("2025-01-10 01:00", "2025-04-10 01:00", "2025-05-05 10:00", None, "2025-04-20 20:00", None),
        },
        "invoices": {"invoice_id": ["last"], "customer_id": ["quiet"], "issued_at": times("2025-12-31"), "amount": [160.0], "currency": ["usd"]},
    }
    folder = tmp_path_factory.mktemp("facts")
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def row(trials: Trials, customer: int, month: int) -> int:
    found = np.flatnonzero((trials.customer == customer) & (trials.month == month))
    assert len(found) == 1
    return int(found[0])


def has(trials: Trials, customer: int, month: int) -> bool:
    return bool(((trials.customer == customer) & (trials.month == month)).any())


def test_trials_run_from_three_months_after_the_first_ticket_to_the_last_with_full_follow_up(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    assert (trials.month.min(), trials.month.max()) == (JAN + 3, JAN + 5)


def test_a_contact_in_the_three_months_before_keeps_a_customer_out(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    early, april = 0, 1
    assert not has(trials, early, JAN + 3), "wrote in January"
    assert has(trials, early, JAN + 4)
    assert trials.treated[row(trials, april, JAN + 3)]
    assert not has(trials, april, JAN + 4)


def test_a_row_holds_all_contacts_of_its_month(facts: Facts) -> None:
    """April wrote twice in April, the leaver once in May; young, in the first month, wrote as well."""
    trials = build_trials(facts, Design(), 6)
    assert (trials.contacts[row(trials, 1, JAN + 3)], trials.contacts[row(trials, 2, JAN + 4)]) == (2, 1)
    assert (trials.contacts.sum(), trials.contacts_in_period) == (3, 4)


def test_a_customer_of_less_than_a_month_waits(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    young = 4
    assert not has(trials, young, JAN + 3), "started on 20 March: not a month old on 1 April"


def test_time_zero_is_the_contact_and_for_the_others_the_start_of_the_month(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    april, quiet = 1, 3
    day = 86_400
    start = trials.time_zero_s[row(trials, quiet, JAN + 3)]
    assert trials.time_zero_s[row(trials, april, JAN + 3)] - start == 9 * day


def test_leaving_and_revenue_afterwards(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    at = row(trials, 2, JAN + 4)
    assert trials.churned[at]
    assert trials.alive[at].tolist() == [1, 0, 0, 0, 0, 0], "helped on 5 May, gone on 30 June"
    assert trials.revenue[at].tolist() == [40, 0, 0, 0, 0, 0], "still paying on 1 June"
    assert trials.revenue[row(trials, 3, JAN + 3)].tolist() == [160] * 6


def test_a_contact_of_another_kind_is_neither_helped_nor_comparison(facts: Facts) -> None:
    trials = build_trials(facts, Design(filters=Filters(channels=("email",))), 6)
    assert not has(trials, 1, JAN + 3), "the first contact of April was a chat"
    assert trials.treated[row(trials, 2, JAN + 4)]


def test_only_some_plans(facts: Facts) -> None:
    assert set(build_trials(facts, Design(filters=Filters(plans=("a",))), 6).customer) == {0, 1}


def test_a_longer_washout_looks_further_back(facts: Facts) -> None:
    assert not has(build_trials(facts, Design(washout_months=4), 6), 0, JAN + 4)
    assert has(build_trials(facts, Design(washout_months=4), 6), 0, JAN + 5)


def test_the_funnel_never_grows_and_ends_at_the_rows_compared(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    rows = [step.rows for step in trials.funnel]
    assert trials.funnel[0].customers == facts.spine.num_rows, "the number that stands in the top line"
    assert rows == sorted(rows, reverse=True)
    assert rows[-1] == trials.rows


def test_a_step_of_the_funnel_that_only_a_choice_makes_is_not_there_without_one(facts: Facts) -> None:
    bare, narrowed = (
        {step.title for step in build_trials(facts, Design(filters=filters), 6).funnel} for filters in (Filters(), Filters(plans=("a",), channels=("email",)))
    )
    assert narrowed - bare == {"Of the chosen customers", "Without a contact of another kind"}


def test_no_month_can_be_followed_for_two_years(facts: Facts) -> None:
    assert build_trials(facts, Design(), 24).rows == 0


def test_handled_contacts_count_once_a_month_and_wait_for_day_seven(facts: Facts) -> None:
    handled = build_handled(facts, first_contact_resolution(facts), 6)
    assert handled.customer.tolist() == [0, 1, 2, 4]
    assert handled.treated.tolist() == [True, False, True, True], "april came back after two days"
    assert handled.contacts_in_period == 5, "January to May; one of December is later"


def test_contacts_that_ask_to_cancel_are_counted_and_are_nobodys_first(facts: Facts) -> None:
    asking = facts.contacts.column("created_s").to_numpy() == facts.contacts.column("created_s").to_numpy()[2]
    place = facts.contacts.column_names.index("asks_to_cancel")
    changed = replace(facts, contacts=facts.contacts.set_column(place, "asks_to_cancel", pa.array(asking)))
    assert build_handled(changed, first_contact_resolution(changed), 6).cancellations == 1
    assert build_handled(facts, first_contact_resolution(facts), 6).cancellations == 0


def test_fast_is_within_the_median_of_answered_contacts(facts: Facts) -> None:
    quality = fast_reply(facts)
    assert quality.threshold == pytest.approx((60 + 600) / 2)
    assert quality.known.sum() == 4


@pytest.mark.parametrize(
    ("minutes", "threshold", "fast"),
    [
        ((5.0, 5.0, 60.0, 60.0, 60.0, None), 5.0, 2),
        ((5.0, 60.0, 60.0, 60.0, 60.0, 600.0), 60.0, 5),
        ((5.0, 5.0, 5.0, 60.0, 60.0, None), 5.0, 3),
        ((5.0, 6.0, 60.0, 60.0, 600.0, 700.0), 60.0, 4),
        ((60.0, 60.0, None, None, None, None), 60.0, 2),
    ],
)
def test_where_many_took_just_as_long_they_are_parted_most_evenly(facts: Facts, minutes: tuple[float | None, ...], threshold: float, fast: int) -> None:
    """All of a helpdesk that writes whole hours may lie at the median, and nobody above it would be slow."""
    at = facts.contacts.schema.get_field_index("first_response_minutes")
    written = pa.array([*minutes, *[None] * facts.contacts.num_rows][: facts.contacts.num_rows], pa.float64())
    quality = fast_reply(replace(facts, contacts=facts.contacts.set_column(at, "first_response_minutes", written)))
    assert (quality.threshold, quality.good.sum()) == (threshold, fast)


@pytest.mark.parametrize("bad", [{"washout_months": 0}, {"horizon_months": 5}, {"supported": "anything"}])
def test_a_design_that_cannot_be(bad: dict[str, object]) -> None:
    with pytest.raises(DesignRefused, match="must be"):
        Design(**bad)  # type: ignore[arg-type]


def test_the_digest_tells_designs_apart_and_the_default_is_not_chosen_by_hand() -> None:
    assert Design().digest == Design().digest != Design(washout_months=2).digest
    assert not Design().chosen_after_looking
    assert Design(horizon_months=3).chosen_after_looking
