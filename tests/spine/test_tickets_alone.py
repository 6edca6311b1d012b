"""Who wrote, where no file says who is a customer: keys in their order, companies as clusters, the same numbers under any keys."""

from pathlib import Path

import pytest

from roi_core.errors import NothingToAnalyse
from roi_core.spine.tickets_alone import ticket_facts
from tests.spine.worlds import Columns, tickets
from tests.typed_tables import times, write_part


def facts(folder: Path, columns: Columns):
    return ticket_facts({"tickets": write_part(folder, "tickets", columns)})


def test_a_person_is_known_by_the_first_key_and_a_ticket_that_names_nobody_is_its_own(tmp_path: Path) -> None:
    found = facts(tmp_path, tickets(customer_id=["a", "a", None, None, None], email=["x", "y", "x", None, None]))
    assert found.contacts.column("customer_no").to_pylist() == [0, 0, 1, 2, 3]
    assert found.people.num_rows == 4
    assert found.contacts.column("recontact_7d").to_pylist()[0] is True


def test_people_of_a_company_share_a_cluster_only_where_there_are_many_companies(tmp_path: Path) -> None:
    few = facts(tmp_path / "few", tickets(email=["a", "b", "c"], company=["one", "one", "two"]))
    assert few.people.column("cluster_no").to_pylist() == [0, 1, 2]
    names = ["one", "one", *[f"firm {i}" for i in range(19)]]
    many = facts(tmp_path / "many", tickets(email=[f"p{i}" for i in range(21)], company=names))
    assert many.people.column("cluster_no").to_pylist()[:3] == [0, 0, 2]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_company_of_a_person_is_that_of_the_first_ticket_whatever_its_key(tmp_path: Path, names: tuple[str, str]) -> None:
    first, second = names
    others = [f"firm {i}" for i in range(20)]
    found = facts(tmp_path, tickets(email=["p", "p", "q", *others], company=[first, second, first, *others]))
    clusters = found.people.column("cluster_no").to_pylist()
    assert clusters[0] == clusters[1], "p and q are of the company that p named first"


def test_tickets_that_are_no_contact_are_counted_by_reason_and_without_any_contact_nothing_is_measured(tmp_path: Path) -> None:
    found = facts(tmp_path / "some", {**tickets(email=["a", "b"]), "automated": [True, False]})
    assert found.set_aside == {"automated": 1}
    with pytest.raises(NothingToAnalyse, match="No ticket"):
        facts(tmp_path / "none", {**tickets(email=["a"]), "automated": [True]})


def test_months_reach_from_the_first_to_the_last_ticket(tmp_path: Path) -> None:
    found = facts(tmp_path, {"ticket_id": ["1", "2"], "created_at": times("2025-01-31", "2025-03-01")})
    assert (found.first_month, found.last_month) == (2025 * 12, 2025 * 12 + 2)
