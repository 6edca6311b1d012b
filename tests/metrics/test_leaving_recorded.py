"""Months before leaving was recorded are no months in which everybody stayed."""

import csv
from pathlib import Path

import pytest

from roi_core.companies import write_sample
from roi_core.measured import Company
from roi_core.measurement import measure
from roi_core.results import Estimate

pytestmark = pytest.mark.usefixtures("read_here")

FILES = ("freshdesk_tickets.csv", "stripe_customers.csv", "stripe_subscriptions.csv")
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_sample(folder, "saas", customers=400, seed=4)
    return folder


def test_customers_lost_a_month_is_what_the_subscriptions_say_by_hand(folder: Path) -> None:
    with (folder / FILES[2]).open(encoding="utf-8", newline="") as file:
        terms = [(row["Start Date (UTC)"][:7], row["Ended At (UTC)"][:7] or "9999") for row in csv.DictReader(file)]
    there = sum(start < month <= end for start, end in terms for month in MONTHS[:-1])
    left = sum(start < end == month for start, end in terms for month in MONTHS[:-1])
    found = measure([str(folder / name) for name in FILES]).metrics["monthly_churn"]
    assert isinstance(found, Estimate)
    assert min(start for start, _ in terms) < "2022-01"
    assert found.value == pytest.approx(left / there, rel=0.05)


def test_the_months_of_a_number_are_those_it_counts_and_the_period_is_that_of_tickets_and_money(folder: Path) -> None:
    measured = measure([str(folder / name) for name in FILES])
    churn = measured.metrics["monthly_churn"]
    assert isinstance(churn, Estimate)
    assert churn.counted is not None
    assert (churn.counted.first_month, churn.counted.last_month) == (2024 * 12, 2025 * 12 + 10)
    assert isinstance(measured.company, Company)
    assert (measured.company.first_month, measured.company.last_month) == (2024 * 12, 2025 * 12 + 11)


def test_where_few_left_a_first_month_without_a_leaver_counts(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    ends = {3: "2024-03-10", 7: "2024-08-02"}
    rows = [f"k{i},2023-01-05,{ends.get(i, '')}" for i in range(20)]
    path.write_text("\n".join(["customer_id,started_at,churned_at", *rows, "k20,2024-12-31,", ""]), encoding="utf-8")
    found = measure([str(path)]).metrics["monthly_churn"]
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(2 / (18 * 22 + 14 + 19))


def test_who_writes_in_a_month_is_asked_of_months_with_tickets_alone(folder: Path) -> None:
    with (folder / FILES[2]).open(encoding="utf-8", newline="") as file:
        terms = {_domain(row["Customer Email"]): (row["Start Date (UTC)"][:7], row["Ended At (UTC)"][:7] or "9999") for row in csv.DictReader(file)}
    with (folder / FILES[0]).open(encoding="utf-8", newline="") as file:
        wrote = {(_domain(row["Contact ID"]), row["Created time"][:7]) for row in csv.DictReader(file)}
    there = sum(start < month <= end for start, end in terms.values() for month in MONTHS)
    writing = sum(terms[domain][0] < month <= terms[domain][1] for domain, month in wrote if domain in terms)
    found = measure([str(folder / name) for name in FILES]).metrics["contact_rate"]
    assert isinstance(found, Estimate)
    assert found.counted is not None
    assert (found.counted.first_month, found.counted.last_month) == (2024 * 12, 2025 * 12 + 11)
    assert found.value == pytest.approx(writing / there, rel=0.05)  # mail of machines and of the team is no contact


def _domain(address: str) -> str:
    return address.strip().lower().rpartition("@")[2]
