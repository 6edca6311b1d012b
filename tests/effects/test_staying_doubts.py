"""How long customers stay, where a curve is easily drawn wrong: starts that nobody knows, leavers of the first day, groups of today, few at risk, accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.effects.leaving import leaving
from roi_core.effects.staying import Staying, all_staying
from roi_core.measured import Leaving
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine import Facts
from tests.effects.test_staying import tables, tickets, value
from tests.typed_tables import times

OLD = 60
"""Customers since long before the files, of whom four leave in each month of 2024, so that leaving is recorded all along."""
LATER = [f"2024-{1 + k // 4:02d}-20" if k < 48 else None for k in range(OLD)]


def followed(folder: Path, starts: Sequence[str], left: Sequence[str | None], wrote: Sequence[tuple[str, str, str]] = (), **columns: Sequence[object]) -> Facts:
    """New customers c0, c1, ... beside the old ones, of whom the columns are not known."""
    people = {
        "customer_id": [*(f"c{k}" for k in range(len(starts))), *(f"o{k}" for k in range(OLD))],
        "started_at": times(*starts, *["2021-05-01"] * OLD),
        "churned_at": times(*left, *LATER),
    } | {name: [*values, *[None] * OLD] for name, values in columns.items()}
    return tables(folder, customers=people, tickets=tickets(*(wrote or [("c0", "2024-02-20", "x")])))


def stayed(facts: Facts) -> Mapping[str, Staying]:
    found = all_staying(facts)
    assert not isinstance(found, Absent)
    return found


def test_who_leaves_on_the_day_of_the_start_has_left(tmp_path: Path) -> None:
    """40 of 100, though the file has an hour for the start and days alone for the end."""
    facts = followed(tmp_path, ["2024-02-01 14:00"] * 100, ["2024-02-01"] * 40 + [None] * 60)
    (everybody,) = stayed(facts)[""].groups
    assert [value(share) for share in everybody.curve[:2]] == [1, pytest.approx(0.6)]
    assert value(stayed(facts)[""].cohorts[0].shares[0]) == pytest.approx(0.6)


def test_ways_of_leaving_count_who_left_on_the_first_day(tmp_path: Path) -> None:
    kinds = ["voluntary"] * 30 + ["failed_payment"] * 30 + [None] * 40
    facts = followed(tmp_path, ["2024-02-01"] * 100, ["2024-02-01"] * 60 + [None] * 40, churn_kind=kinds)
    found = leaving(facts)
    assert isinstance(found, Leaving)
    assert [value(found.shares[kind][1]) for kind in ("voluntary", "failed_payment")] == pytest.approx([0.3, 0.3])


def billed(folder: Path, old: int, new: int) -> Facts:
    """No file gives a start. The old ones pay from the first month of the files on, the new ones from their 14th on, and half of these leave after a month."""
    everybody = [*(f"o{k}" for k in range(old)), *(f"n{k}" for k in range(new))]
    first = ["2024-01-10"] * old + ["2025-02-10"] * new
    left = [f"{2024 + k // 24}-{1 + k // 2 % 12:02d}-20" if k < 48 else None for k in range(old)] + ["2025-03-20" if k % 2 else None for k in range(new)]
    bills = {"invoice_id": [f"b{k}" for k in range(len(everybody))], "customer_id": everybody, "issued_at": times(*first), "amount": [10.0] * len(everybody)}
    people = {"customer_id": everybody, "churned_at": times(*left)}
    return tables(folder, customers=people, invoices=bills, tickets=tickets(("o0", "2025-12-30", "x")))


def test_a_first_bill_in_the_files_is_no_start_as_long_as_it_may_be_one_of_many(tmp_path: Path) -> None:
    found = stayed(billed(tmp_path, 200, 60))
    assert (found[""].start_unknown, found[""].groups[0].customers) == (200, 60)
    assert value(found[""].groups[0].curve[6]) == pytest.approx(0.5)
    assert {cohort.customers for cohort in found[""].cohorts} == {60}


def test_where_no_start_is_known_the_files_are_asked_for_one(tmp_path: Path) -> None:
    assert all_staying(billed(tmp_path, 200, 0)) == Absent(say("staying.unknown", n="200"), say("staying.unknown_next"))


def test_a_curve_ends_before_a_step_on_which_hardly_anybody_is_watched(tmp_path: Path) -> None:
    """31 begin with the year; 30 of them are lost to view in the same month, one leaves in the next; 100 of long before are watched by then."""
    starts = ["2024-11-28"] * 30 + ["2024-10-15"] + ["2023-09-20"] * 100
    facts = followed(tmp_path, starts, [*[None] * 30, "2024-12-20", *[None] * 100])
    found = stayed(facts)[""]
    assert (found.reached, value(found.groups[0].curve[1])) == (1, 1)
    assert found.groups[0].after[6] == Absent(say("staying.too_short", n="1", months="6"))


def test_a_group_that_loses_most_of_its_customers_is_shown(tmp_path: Path) -> None:
    """45 of 60 are gone within three weeks."""
    left = ["2024-02-20"] * 45 + [None] * 15 + ["2024-05-10"] * 4 + [None] * 56
    by_country = stayed(followed(tmp_path, ["2024-02-01"] * 120, left, country=["DE"] * 60 + ["FR"] * 60))["country"]
    assert [(group.name, round(value(group.curve[1]), 3)) for group in by_country.groups] == [("DE", 0.25), ("FR", 1)]
    assert say("staying.differ", q=say("staying.q_least"), months=f"{by_country.reached}") in by_country.sentence


def test_twelve_months_are_a_year_whatever_the_season(tmp_path: Path) -> None:
    """Half of each group leave on the day on which they began a year before, one of which is a leap year's."""
    starts = ["2023-01-10"] * 50 + ["2023-03-10"] * 50
    left = ["2024-01-10"] * 25 + [None] * 25 + ["2024-03-10"] * 25 + [None] * 25
    earlier = [f"2023-{1 + k // 2:02d}-20" for k in range(24)]
    country = ["DE"] * 50 + ["FR"] * 50 + [None] * 24
    facts = followed(tmp_path, [*starts, *["2020-01-01"] * 24], [*left, *earlier], [("c0", "2023-01-12", "x")], country=country)
    by_country = stayed(facts)["country"]
    assert [value(group.curve[12]) for group in by_country.groups] == pytest.approx([0.5, 0.5])
    assert [value(group.curve[11]) for group in by_country.groups] == [1, 1]


def spans(*rows: tuple[str, str, str, str | None]) -> Mapping[str, Sequence[object]]:
    """Subscriptions: customer, plan, start, end."""
    customer, plan, start, end = (list(column) for column in zip(*rows, strict=True))
    ids = [f"s{k}" for k in range(len(rows))]
    return {"subscription_id": ids, "customer_id": customer, "plan": plan, "started_at": times(*start), "ended_at": times(*end), "mrr": [9.0] * len(rows)}


def test_the_plan_of_the_start_is_that_of_the_first_day(tmp_path: Path) -> None:
    """100 begin on Trial; 50 leave after two weeks, 50 take Pro before the month is over. Nobody begins on Pro but 40 others."""
    rows = [(f"c{k}", "Trial", "2024-02-03", "2024-02-17") for k in range(100)] + [(f"c{k}", "Pro", "2024-02-17", None) for k in range(50)]
    rows += [(f"p{k}", "Pro", "2024-02-03", None) for k in range(40)] + [(f"o{k}", "Old", "2021-05-01", LATER[k]) for k in range(OLD)]
    by_plan = stayed(tables(tmp_path, subscriptions=spans(*rows), tickets=tickets(("c0", "2024-03-01", "x"))))["plan"]
    assert [(group.name, group.customers, group.ended) for group in by_plan.groups] == [("Trial", 100, 50), ("Pro", 40, 0)]
    assert not by_plan.of_today


def test_who_is_seen_late_has_the_plan_of_the_month_from_which_on_they_are_seen(tmp_path: Path) -> None:
    """60 began on Small in 2021, were on Large when the files begin, and took Huge in March. They are of no use at the start, but belong to Large."""
    rows = [
        (f"o{k}", plan, start, end or LATER[k])
        for k in range(OLD)
        for plan, start, end in (("Small", "2021-05-01", "2022-01-01"), ("Large", "2022-01-01", None))
    ]
    rows += [(f"c{k}", plan, "2024-02-03", None) for k in range(80) for plan in [("Small", "Large")[k % 2]]]
    by_plan = stayed(tables(tmp_path, subscriptions=spans(*rows), tickets=tickets(("c0", "2024-03-01", "x"))))["plan"]
    assert {group.name: (group.customers, group.ended) for group in by_plan.groups} == {"Large": (40 + OLD, 48), "Small": (40, 0)}


def test_groups_of_the_list_are_called_those_of_today(tmp_path: Path) -> None:
    facts = followed(tmp_path, ["2024-02-01"] * 120, ["2024-04-10"] * 30 + [None] * 90, plan=["A", "B"] * 60, country=["DE", "FR"] * 60)
    found = stayed(facts)
    assert {by: one.of_today for by, one in found.items()} == {"": False, "plan": True, "country": True}


def test_a_first_contact_that_asks_to_cancel_is_no_matter_that_makes_leave(tmp_path: Path) -> None:
    wrote = [*((f"c{k}", "2024-03-01", "Billing question") for k in range(60)), *((f"c{k}", "2024-03-01", "How to export") for k in range(60, 120))]
    facts = followed(tmp_path, ["2024-02-01"] * 120, ["2024-03-05"] * 25 + [None] * 95, wrote)
    gone = {row["customer_no"] for row in facts.spine.to_pylist() if row["churned_s"] == seconds_of("2024-03-05")}
    contact = stayed(asking(facts, np.array([row["customer_no"] in gone for row in facts.contacts.to_pylist()])))["first_contact"]
    assert {group.name: (group.customers, group.ended) for group in contact.groups} == {"how-to": (60, 0), "billing": (35, 0)}
    assert contact.apart == 25


def seconds_of(day: str) -> int:
    (at,) = times(day)
    return int(at.as_py().timestamp())


def asking(facts: Facts, asks: np.ndarray) -> Facts:
    """The same contacts, of which these ask to cancel."""
    place = facts.contacts.schema.get_field_index("asks_to_cancel")
    return replace(facts, contacts=facts.contacts.set_column(place, "asks_to_cancel", pa.array(asks)))


def test_persons_of_an_account_who_leave_together_count_as_one(tmp_path: Path) -> None:
    """20 accounts of 10 persons; 8 of 10 accounts in DE leave as one, 4 of 10 in FR. Row by row p would be under 0.001."""
    account = [f"a{k // 10}" for k in range(200)]
    left = ["2024-05-10" if k // 10 in {0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13} else None for k in range(200)]
    facts = followed(tmp_path, ["2024-02-01"] * 200, left, country=["DE"] * 100 + ["FR"] * 100, account_id=account)
    by_country = stayed(facts)["country"]
    assert 0.03 < (by_country.p or 0) < 0.2
    germany = by_country.groups[0].curve[6]
    assert value(germany) == pytest.approx(0.2)
    assert not isinstance(germany, Absent)
    assert (germany.high or 0) - (germany.low or 0) > 0.4
    assert germany.method.endswith("errors by account")
    assert not isinstance(by_country.groups[0].months, Absent)
    assert by_country.groups[0].months.method.endswith("errors by account")


def test_ways_of_leaving_count_persons_of_an_account_as_one(tmp_path: Path) -> None:
    """10 of 20 accounts of 10 leave as one, half of them for a payment: 25 % in either way, as sure as 5 of 20."""
    left = ["2024-05-10" if k < 100 else None for k in range(200)]
    kinds = ["voluntary"] * 50 + ["failed_payment"] * 50 + [None] * 100
    columns = {"churn_kind": kinds, "account_id": [f"a{k // 10}" for k in range(200)]}
    found = leaving(followed(tmp_path, ["2024-02-01"] * 200, left, **columns))
    assert isinstance(found, Leaving)
    share = found.shares["voluntary"][6]
    assert value(share) == pytest.approx(0.25)
    assert not isinstance(share, Absent)
    assert share.method.endswith("errors by account")
    assert ((share.low or 0) < 0.12, (share.high or 0) > 0.43) == (True, True)


def test_customers_of_one_account_tell_nothing_of_others(tmp_path: Path) -> None:
    """A country whose 40 customers are all of one account is not shown, however many they are; where all are, nothing is said."""
    left = [None if k % 10 else "2024-05-10" for k in range(200)]
    country = ["DE"] * 80 + ["FR"] * 80 + ["IT"] * 40
    accounts = [*(f"a{k}" for k in range(160)), *["one"] * 40]
    by_country = stayed(followed(tmp_path, ["2024-02-01"] * 200, left, country=country, account_id=accounts))["country"]
    assert {group.name for group in by_country.groups} == {"DE", "FR"}
    assert by_country.apart == 40 + OLD
    kinds = [None if k % 10 else ("voluntary", "failed_payment")[k % 20 // 10] for k in range(200)]
    together = followed(tmp_path, ["2024-02-01"] * 200, left, account_id=["one"] * 200, churn_kind=kinds)
    assert leaving(together) == Absent(say("staying.few_accounts", n="1", needed="10"))


def test_groups_are_held_against_each_other_over_the_months_that_are_shown(tmp_path: Path) -> None:
    """All leave alike in their first two years; of those who began six years ago those of one country leave, which no curve shows."""
    starts = ["2018-02-01"] * 200 + ["2024-02-01"] * 80
    left = [f"2024-{2 + k % 8:02d}-10" if k < 60 or 100 <= k < 105 else None for k in range(200)] + [None] * 80
    facts = followed(tmp_path, starts, left, country=["DE"] * 100 + ["FR"] * 100 + ["DE", "FR"] * 40)
    by_country = stayed(facts)["country"]
    assert (by_country.p, by_country.q) == (None, None)
    assert by_country.sentence.endswith(say("staying.nothing_came"))
