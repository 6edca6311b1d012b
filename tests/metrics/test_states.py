"""Which state of a deal or contract counts where two files hold it, and that an open ticket kept no promise yet."""

import pytest

from roi_core.engine import query
from roi_core.metrics import connect
from roi_core.metrics.connection import ready
from tests.metrics.facts import contact, table
from tests.metrics.test_small_tables import at, loaded, people


def deal(number, file_no, stage, closed, opened=0):
    return {
        "opportunity_id": number, "customer_id": "c0", "file_no": file_no, "stage": stage, "opened_at": at(opened), "amount": 1.0, "currency": "USD",
        "closed_at": None if closed is None else at(closed),
    }  # fmt: skip


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_a_deal_in_two_files_the_later_state_counts(numbers):
    """Open with a forecast and won since; lost and open again, as a later file says; open and won where both files reach as far."""
    one, two = numbers
    rows = [
        deal("d0", one, "Negotiation", 90), deal("d0", two, "Closed won", 40),
        deal("d1", one, "Closed lost", 10), deal("d1", two, "Negotiation", 60),
    ]  # fmt: skip
    with connect({"spine": people(1), "opportunities": loaded("opportunities", rows)}, of=("deals",)) as con:
        ready(con, "deals")
        assert query(con, "SELECT won, days FROM metric_deals ORDER BY opportunity_id").to_pylist() == [
            {"won": True, "days": 40.0},
            {"won": None, "days": None},
        ]
    rows = [deal("d0", one, "Negotiation", None), deal("d0", two, "Closed won", None)]
    with connect({"spine": people(1), "opportunities": loaded("opportunities", rows)}, of=("deals",)) as con:
        ready(con, "deals")
        assert query(con, "SELECT won FROM metric_deals").column(0).to_pylist() == [True]


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_a_contract_in_two_files_the_later_state_counts(numbers):
    one, two = numbers
    known = {"contract_id": "k", "customer_id": "c0", "started_at": at(0), "ends_at": at(300), "currency": "USD"}
    rows = [known | {"file_no": one, "value": 10.0, "renewed": None}, known | {"file_no": two, "value": 12.0, "renewed": True}]
    with connect({"spine": people(1), "contracts": loaded("contracts", rows)}, of=("contracts",)) as con:
        ready(con, "contracts")
        assert query(con, "SELECT renewed, value FROM metric_contracts").to_pylist() == [{"renewed": True, "value": 12.0}]


def test_a_ticket_that_is_open_is_neither_late_nor_in_time():
    """Both resolved before they were due, the second open again since."""
    tickets = [{"ticket_id": f"t{k}", "created_at": at(0), "resolved_at": at(1), "due_at": at(2), "status": ("closed", "open")[k]} for k in range(2)]
    contacts = [contact(k, k, 0, 0, resolved=k == 0) | {"part_no": 0, "row_no": k} for k in range(2)]
    with connect({"spine": people(2), "contacts": table("contacts", contacts), "tickets": loaded("tickets", tickets)}, of=("contacts", "tickets")) as con:
        ready(con, "tickets")
        assert query(con, "SELECT in_time FROM metric_tickets ORDER BY ticket_no").column(0).to_pylist() == [True, None]
