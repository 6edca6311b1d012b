"""Which state of a ticket or contract counts where several files hold it, and that a ticket which is open is not resolved."""

from pathlib import Path

import pytest

from roi_core.spine import Facts
from tests.spine.worlds import Columns, linked, tables
from tests.typed_tables import times, write_part

Row = tuple[str, str, str, str | None]


def tickets(*rows: Row) -> Columns:
    """Tickets of one customer: number, day opened, status, day resolved."""
    numbers, opened, statuses, resolved = zip(*rows, strict=True)
    return {
        "ticket_id": list(numbers),
        "email": ["pay@acme"] * len(rows),
        "created_at": times(*opened),
        "status": list(statuses),
        "resolved_at": times(*resolved),
    }


def of_files(folder: Path, *files: tuple[int, Columns]) -> Facts:
    """The facts of files of tickets with these numbers."""
    return linked(tables(folder) | {"tickets": tuple(part for number, columns in files for part in write_part(folder, "tickets", columns, number))})


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_without_a_time_of_change_the_file_that_reaches_furthest_tells_the_state(tmp_path: Path, numbers: tuple[int, int]) -> None:
    """Of two tickets in both files one was closed since, the other opened again; a later ticket is in the second file."""
    before = tickets(("a", "2025-02-01", "open", None), ("b", "2025-02-01", "resolved", "2025-02-02"))
    after = tickets(("a", "2025-02-01", "closed", "2025-02-20"), ("b", "2025-02-01", "open", None), ("c", "2025-03-01", "open", None))
    facts = of_files(tmp_path, (numbers[0], before), (numbers[1], after))
    assert facts.contacts.column("resolved").to_pylist() == [True, False, False]


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_files_that_reach_as_far_the_row_with_the_later_event_counts(tmp_path: Path, numbers: tuple[int, int]) -> None:
    last = ("z", "2025-04-01", "open", None)
    facts = of_files(
        tmp_path,
        (numbers[0], tickets(("a", "2025-02-01", "open", None), last)),
        (numbers[1], tickets(("a", "2025-02-01", "closed", "2025-02-20"), last)),
    )
    assert facts.contacts.column("resolved").to_pylist() == [True, False]


def test_a_ticket_that_is_open_is_not_resolved_whatever_time_stands_in_it(tmp_path: Path) -> None:
    statuses = ("open", "pending", "new", "closed", "resolved")
    found = tickets(*((f"t{k}", f"2025-02-0{k + 1}", status, f"2025-02-0{k + 2}") for k, status in enumerate(statuses)))
    found["status"] = [*statuses[:4], None]
    facts = linked(tables(tmp_path, tickets=found))
    assert facts.contacts.column("resolved").to_pylist() == [False, False, False, True, True]
    assert facts.contacts.column("resolution_minutes").to_pylist() == [None, None, None, 1440.0, 1440.0]


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_the_state_of_a_contract_is_that_of_the_file_with_the_latest_start(tmp_path: Path, numbers: tuple[int, int]) -> None:
    def contracts(*rows: tuple[str, str, bool | None, float]) -> Columns:
        ids, starts, renewed, values = zip(*rows, strict=True)
        return {
            "contract_id": list(ids), "customer_id": ["acme"] * len(rows), "started_at": times(*starts), "ends_at": times(*["2025-12-31"] * len(rows)),
            "renewed": list(renewed), "value": list(values),
        }  # fmt: skip

    before = contracts(("k1", "2025-01-05", None, 10.0), ("k2", "2025-01-06", None, 10.0))
    after = contracts(("k1", "2025-01-05", True, 12.0), ("k3", "2025-03-05", None, 30.0))
    parts = write_part(tmp_path, "contracts", before, numbers[0]) + write_part(tmp_path, "contracts", after, numbers[1])
    facts = linked(tables(tmp_path) | {"contracts": parts})
    assert [(row["renewed"], row["value"]) for row in facts.terms.to_pylist()] == [(1, 12.0), (None, 10.0), (None, 30.0)]
