"""What a subscription pays a month is never wrong by twelve in silence: header, plans, invoices or the user decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pyarrow.parquet as pq
import pytest

from roi_core.ingest import Intake, take_in
from roi_core.ingest.intervals import in_names
from roi_core.ingest.monthly_price import INTERVAL, MONTH, SUBJECT, YEAR
from roi_core.ingest.plan import Plan
from roi_core.ingest.recognise import recognise
from roi_core.ingest.translate import Typed, translate
from roi_core.spine import build_facts
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import csv
from tests.ingest.text_tables import KEY, cells, text_table

pytestmark = pytest.mark.usefixtures("read_here")

HEADERS = ("subscription_id", "customer_id", "started_at", "plan", "interval")
SUBSCRIPTIONS = "subscription_id,customer_id,started_at,mrr,currency,interval"
INVOICES = "invoice_id,customer_id,issued_at,amount,currency,status"
TICKETS = csv("ticket_id,customer_id,created_at", "t,c1,2025-04-02")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def priced(header: str, *rows: tuple[str, str, str], said: Mapping[str, str] = MappingProxyType({})) -> Typed:
    """Rows of (plan, interval, amount) of a file that the user has mapped."""
    text = text_table((*HEADERS, header), [(f"s{n}", f"c{n}", "2024-01-01", *row) for n, row in enumerate(rows)])
    plan = Plan("subscriptions", {name: f"subscriptions.{name}" for name in HEADERS} | {header: "subscriptions.mrr"})
    found = plan.recognition("a.csv", text.headers)
    assert found is not None
    return translate(text, replace(found, said=said), KEY)


def mrr(part: Typed) -> list[float]:
    return [round(value, 2) for value in part.table.column("mrr").to_pylist()]


def asked(part: Typed) -> list[str]:
    return [ask.best for ask in part.asks if ask.subject == SUBJECT]


def test_a_price_beside_an_interval_is_divided_and_asked_about() -> None:
    part = priced("Price", ("Pro", "year", "1200"), ("Basic", "month", "50"))
    assert (mrr(part), asked(part)) == ([100.0, 50.0], [INTERVAL])
    (ask,) = (ask for ask in part.asks if ask.subject == SUBJECT)
    assert [way.answer for way in ask.ways] == [INTERVAL, MONTH]
    assert any(note.startswith("ask: Price: amounts that are not billed monthly (1 rows) are the price of their interval") for note in part.notes)


@pytest.mark.parametrize(("said", "wanted"), [(MONTH, [1200.0]), (INTERVAL, [100.0])])
def test_what_the_user_says_is_done_and_not_asked_again(said: str, wanted: list[float]) -> None:
    part = priced("Price", ("Pro", "year", "1200"), said={SUBJECT: said})
    assert (mrr(part), asked(part)) == (wanted, [])
    assert part.table.column("mrr_is_monthly").to_pylist() == [True]


def test_the_same_plan_billed_both_ways_settles_it() -> None:
    part = priced("Price", ("Pro", "year", "1000"), ("Pro", "month", "100"), ("Pro", "quarter", "270"))
    assert (mrr(part), asked(part)) == ([83.33, 100.0, 90.0], [])
    part = priced("Price", ("Pro", "year", "85"), ("Pro", "month", "100"))
    assert (mrr(part), asked(part)) == ([85.0, 100.0], [])


def test_a_header_of_a_month_against_the_prices_of_a_plan_is_asked() -> None:
    part = priced("MRR", ("Pro", "annual", "1000"), ("Pro", "monthly", "100"))
    assert (mrr(part), asked(part)) == ([83.33, 100.0], [INTERVAL])


def test_a_header_of_a_month_alone_is_believed_and_said() -> None:
    part = priced("Monthly fee", ("Pro", "year", "100"))
    assert (mrr(part), asked(part)) == ([100.0], [])
    assert "Monthly fee: amounts that are not billed monthly (1 rows) are of a month and are not divided, as the header says" in part.notes


@pytest.mark.parametrize("header", ["ARR", "Annual value", "Jahresbetrag"])
def test_an_amount_of_a_year_is_divided_by_twelve(header: str) -> None:
    part = priced(header, ("Pro", "month", "1200"), ("Pro", "month", "600"))
    assert mrr(part) == [100.0, 50.0]
    assert f"{header} is of 12 months and is divided by 12" in part.notes


@pytest.mark.parametrize(("said", "wanted"), [(None, 1200.0), (YEAR, 100.0)])
def test_a_price_without_any_interval_is_asked(said: str | None, wanted: float) -> None:
    text = text_table(("subscription_id", "customer_id", "started_at", "Price"), [("s", "c", "2024-01-01", "1200")])
    plan = Plan("subscriptions", {name: f"subscriptions.{name}" for name in text.headers[:3]} | {"Price": "subscriptions.mrr"})
    found = plan.recognition("a.csv", text.headers)
    assert found is not None
    part = translate(text, replace(found, said={SUBJECT: said} if said else {}), KEY)
    assert (mrr(part), asked(part)) == ([wanted], [] if said else [MONTH])


def taken(workspace: Workspace, bills: Sequence[str], subscriptions: Sequence[str]) -> Intake:
    files = [("subs.csv", csv(SUBSCRIPTIONS, *subscriptions)), ("bills.csv", csv(INVOICES, *bills)), ("tickets.csv", TICKETS)]
    return take_in(files, workspace)


def rates(workspace: Workspace) -> set[float]:
    facts = build_facts({table: workspace.parts(table) for table in ("subscriptions", "invoices", "tickets")})
    return {round(row["mrr"], 2) for row in facts.person_months.to_pylist() if row["mrr"] is not None}


def yearly(amount: str) -> list[str]:
    return [f"s{n},c{n},2024-02-01,{amount},usd,year" for n in range(1, 6)]


def test_invoices_of_the_same_amount_once_a_year_divide_a_plain_mrr(workspace: Workspace) -> None:
    bills = [f"i{n},c{n},2024-02-0{n},1428,usd,paid" for n in range(1, 6)]
    intake = taken(workspace, bills, yearly("1200"))
    (report,) = (report for report in intake.files if report.file == "subs.csv")
    assert [question["key"] for question in report.questions] == [SUBJECT]
    assert any(note.startswith('ask: mrr of "subs.csv" is what the invoices of 5 of 5 customers') for note in report.notes)
    assert rates(workspace) == {100.0}


@pytest.mark.parametrize("bills", [
    [f"i{n}-{m},c{n},2024-{m:02}-03,100,usd,paid" for n in range(1, 6) for m in range(2, 13)],
    [f"i{n},c{n},2024-02-03,1200,usd,paid" for n in range(1, 6)],
    [f"i{n},c9,2024-02-03,100,usd,paid" for n in range(1, 6)],
], ids=["a year's term billed monthly", "billed twelve months", "no bill of theirs"])  # fmt: skip
def test_a_plain_mrr_stays_where_invoices_agree_or_say_nothing(workspace: Workspace, bills: list[str]) -> None:
    intake = taken(workspace, bills, yearly("100"))
    assert not any(question for report in intake.files for question in report.questions)
    assert 100.0 in rates(workspace)
    (part,) = workspace.parts("subscriptions")
    assert "mrr_is_monthly" not in pq.read_schema(part).names


def test_invoices_that_come_later_say_so(workspace: Workspace) -> None:
    take_in([("subs.csv", csv(SUBSCRIPTIONS, *yearly("1200"))), ("tickets.csv", TICKETS)], workspace)
    later = take_in([("bills.csv", csv(INVOICES, *(f"i{n},c{n},2024-02-03,1200,usd,paid" for n in range(1, 6))))], workspace)
    assert any('mrr of "subs.csv"' in note for note in later.files[0].notes)
    assert rates(workspace) == {100.0}


CHARGEBEE = ("subscriptions.id", "customers.id", "subscriptions.started_at", "subscriptions.status", "subscriptions.plan_id", "subscriptions.plan_unit_price")


def of_chargebee(*rows: tuple[str, str], said: Mapping[str, str] = MappingProxyType({})) -> Typed:
    """Rows of (plan, price) of a file that has no interval."""
    text = text_table(CHARGEBEE, [(f"s{n}", f"c{n}", "2024-01-01 00:00:00", "Active", *row) for n, row in enumerate(rows)])
    return translate(text, replace(recognise(CHARGEBEE, text.text), said=said), KEY)


def test_the_name_of_a_plan_says_what_no_column_does_and_is_asked_about() -> None:
    part = of_chargebee(("basic-yearly", "1200"), ("basic-monthly", "110"), ("Gold", "50"), ("pro-USD-every-6-months", "600"))
    assert (mrr(part), asked(part)) == ([100.0, 110.0, 50.0, 100.0], [INTERVAL])
    assert part.table.column("interval").to_pylist() == ["year", "month", "month", "half_year"]
    (ask,) = (ask for ask in part.asks if ask.subject == SUBJECT)
    assert ask.ways[0].example == '"1200" pays for 12 months, its plan is "basic-yearly"'
    assert any("(2 rows) are divided by the months that the name of their plan says; 1 rows whose plan says none are read as monthly" in n for n in part.notes)


@pytest.mark.parametrize(("said", "wanted"), [(MONTH, [1200.0, 60.0]), (INTERVAL, [100.0, 60.0]), (YEAR, [100.0, 5.0])])
def test_what_the_user_says_of_such_a_price_is_done(said: str, wanted: list[float]) -> None:
    part = of_chargebee(("basic-yearly", "1200"), ("basic-monthly", "60"), said={SUBJECT: said})
    assert (mrr(part), asked(part)) == (wanted, [])
    assert part.table.column("mrr_is_monthly").to_pylist() == [True, True]


@pytest.mark.parametrize(("said", "wanted"), [(None, [1200.0]), (MONTH, [1200.0]), (YEAR, [100.0])])
def test_a_plan_whose_name_says_nothing_can_be_answered(said: str | None, wanted: list[float]) -> None:
    part = of_chargebee(("gold", "1200"), said={SUBJECT: said} if said else {})
    assert (mrr(part), asked(part)) == (wanted, [] if said else [MONTH])


def test_plans_that_are_all_monthly_leave_no_question() -> None:
    part = of_chargebee(("team-monthly", "60"), ("solo_month", "20"))
    assert (mrr(part), asked(part), [note for note in part.notes if note.startswith("ask: ")]) == ([60.0, 20.0], [], [])


@pytest.mark.parametrize(("plan", "months"), [
    ("basic-yearly", 12.0), ("TeamAnnual", 12.0), ("Pro j\u00e4hrlich", 12.0), ("Abo Jahr", 12.0), ("pro annuel", 12.0), ("gold_2_years", 24.0),
    ("plan 2 monthly", 1.0), ("6-Months", 6.0), ("semi-annual", 6.0), ("quarterly", 3.0), ("weekly box", 0.23), ("pro-3-monate", 3.0),
    ("annual, paid monthly", None), ("bi-monthly", None), ("Day pass", None), ("Gold", None),
])  # fmt: skip
def test_what_a_plan_is_called_says_how_often_it_is_billed_or_does_not(plan: str, months: float | None) -> None:
    (found,) = in_names(cells(plan))[0].to_pylist()
    assert (None if found is None else round(found, 2)) == months
