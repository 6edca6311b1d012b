"""Rows of a later file beside those that are there: new, changed, there already; counted by hand."""

import pytest

from roi_core.engine.arrivals import Arrival
from roi_core.ingest import take_in
from roi_core.ingest.arriving import last_load
from roi_core.ingest.take_out import take_out
from roi_core.workspace import Workspace

pytestmark = pytest.mark.usefixtures("read_here")

HEAD = "ticket_id,email,created_at,status\n"
FIRST = "1,a@x.example,2025-01-01,open\n2,b@x.example,2025-01-02,open\n3,c@x.example,2025-01-03,closed\n"
NEXT = "2,b@x.example,2025-01-02,closed\n3,c@x.example,2025-01-03,closed\n4,d@x.example,2025-02-01,open\n5,d@x.example,2025-02-02,open\n"


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.create(tmp_path / "home")
    take_in([("first.csv", (HEAD + FIRST).encode())], made)
    return made


def test_a_first_load_has_nothing_to_be_set_beside(workspace):
    assert last_load(workspace) == {}


def test_a_later_file_is_counted_by_key(workspace):
    take_in([("next.csv", (HEAD + NEXT).encode())], workspace)
    assert last_load(workspace) == {"tickets": Arrival(new=2, changed=1, there=1)}


def test_files_of_one_load_are_counted_in_their_order_and_a_new_table_is_all_new(workspace):
    costs = b"month,component,amount\n2025-01,salaries,100\n2025-02,salaries,110\n"
    again = (HEAD + NEXT.replace("closed", "solved") + "6,e@x.example,2025-02-03,open\n").encode()
    take_in([("next.csv", (HEAD + NEXT).encode()), ("again.csv", again), ("costs.csv", costs)], workspace)
    brought = last_load(workspace)
    assert brought["costs"] == Arrival(new=2)
    assert brought["tickets"].new == 3
    assert sum((brought["tickets"].new, brought["tickets"].changed, brought["tickets"].there)) == 9


def test_what_was_brought_is_not_told_of_other_tables(workspace):
    take_in([("next.csv", (HEAD + NEXT).encode())], workspace)
    take_out(workspace, next(report for report in workspace.reports() if report["file"] == "next.csv"))
    assert last_load(workspace) == {}


def test_a_table_without_a_key_is_compared_by_whole_rows(tmp_path):
    made = Workspace.create(tmp_path / "home")
    head = "customer_id,as_of,usage\n"
    take_in([("a.csv", (head + "c1,2025-01-31,5\nc2,2025-01-31,6\n").encode())], made)
    take_in([("b.csv", (head + "c1,2025-01-31,5\nc2,2025-01-31,7\nc1,2025-02-28,5\n").encode())], made)
    assert sum((last_load(made)["usage"].changed, last_load(made)["usage"].new)) == 2
    assert last_load(made)["usage"].there == 1
