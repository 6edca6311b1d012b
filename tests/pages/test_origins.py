"""A refusal tells from which columns and files it was read, and tells nobody who is shown the app."""

from pathlib import Path

import pytest

from roi_core.sentences import say
from tests.pages.app import PAGES, calm, said, visit
from tests.pages.conftest import saved

FILE = "Umbrella Corp tickets.csv"
CUSTOMERS = "customer_id,started_at,churned_at,mrr,currency\n" + "".join(f"c{n},2023-01-01,,10,EUR\n" for n in range(120))
TICKETS = "ticket_id,customer_id,created_at\n" + "".join(f"{n},c{n},2025-05-{1 + n % 28:02}\n" for n in range(60))


@pytest.fixture(scope="module")
def work(session_home: Path) -> str:
    """Tickets that nobody can be followed after."""
    return saved(session_home, (FILE, TICKETS.encode()), ("c.csv", CUSTOMERS.encode()))


def test_it_stands_under_the_refusal(work: str) -> None:
    assert f'{say("origin.contacts")}: read from "created_at" in "{FILE}".' in said(calm(visit("retention", work=work)))


@pytest.mark.parametrize("page", PAGES)
def test_no_file_is_named_while_presenting(work: str, page: str) -> None:
    assert "Umbrella" not in said(calm(visit(page, work=work, presenting="1")))
