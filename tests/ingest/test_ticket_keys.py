"""Order numbers in subject and tags, ids that a spreadsheet has shortened, and domains that can be shown again."""

import pyarrow as pa
import pytest

from roi_core.ingest.keys import keyed_hash
from roi_core.ingest.recognise import recognise
from roi_core.ingest.ticket_keys import order_numbers
from roi_core.ingest.translate import Typed, translate
from tests.ingest.text_tables import KEY, text_table

HEADERS = ("ticket_id", "created_at", "customer_id", "email", "phone", "order_id", "subject", "tags")


def typed(**cells: str) -> Typed:
    usual = {"ticket_id": "1", "created_at": "2025-01-14 10:00:00"} | cells
    table = text_table(HEADERS, [tuple(usual.get(header, "") for header in HEADERS)])
    return translate(table, recognise(table.headers, table.text), KEY)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Where is #1001?", "1001"),
        ("order no. #10023 and #10024", "10023"),
        ("Order number #1001", "1001"),
        ("Re: [Ticket #4711] my order #1001", "1001"),
        ("ticket #4711", None),
        ("Invoice No. #4711", None),
        ("we are #1", None),
        ("room #12", None),
        ("#1001,late", "1001"),
        ("no number", None),
        ("PR #1003 fails", None),
        ("Account #1004 wrong", None),
        ("Error #1005", None),
        ("Re: [#1006] hi", None),
        ("Re: your reply (#1007)", None),
        ("ref #1008", None),
        ("Bug no. #1009", None),
        ("Ticket-ID: #1010", None),
        ("Room #1011 is cold", None),
        ("[Order #1001] late", "1001"),
        ("Meine Bestellung Nr. #1001", "1001"),
        ("Re: #1001", "1001"),
        ("order (#1001)", "1001"),
    ],
)
def test_an_order_number_is_a_hash_and_three_digits_that_number_nothing_else(text: str, number: str | None) -> None:
    assert order_numbers(pa.array([text])).to_pylist() == [number]


@pytest.mark.parametrize(("text", "number"), [("Where is #1001?", None), ("Order #1001", "1001"), ("Where is #1002?", "1002")])
def test_a_number_that_is_a_ticket_of_the_file_is_an_order_only_where_it_is_called_one(text: str, number: str | None) -> None:
    assert order_numbers(pa.array([text]), pa.array(["#1001", "7"])).to_pylist() == [number]


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        ({"subject": "Where is #1001", "tags": "#1002"}, "1001"),
        ({"subject": "Where is it", "tags": "late, #1002"}, "1002"),
        ({"order_id": "#1003", "subject": "Where is #1001"}, "#1003"),
    ],
)
def test_the_column_of_the_export_comes_before_the_subject_and_the_subject_before_the_tags(cells: dict[str, str], number: str) -> None:
    part = typed(**cells)
    assert part.table.column("order_id").to_pylist() == [number]
    assert any("order_number" in note for note in part.notes) == ("order_id" not in cells)
    assert "Where" not in str(part.table.to_pylist()) + str(part.vault)


@pytest.mark.parametrize(("written", "lost"), [("1.03006E+13", True), ("10300600000001", False), ("", False)])
def test_an_id_that_a_spreadsheet_shortened_is_no_key_and_is_marked(written: str, lost: bool) -> None:
    part = typed(customer_id=written)
    assert part.table.column("id_lost").to_pylist() == [lost]
    assert part.table.column("customer_id").to_pylist() == [keyed_hash(written, KEY) if written and not lost else None]


def test_a_telephone_number_is_its_digits() -> None:
    assert typed(phone="'+91 99999 11111").table.column("phone").to_pylist() == [keyed_hash("919999911111", KEY)]


def test_the_domain_of_an_address_can_be_shown_again_and_free_mail_has_none() -> None:
    assert ("domain", keyed_hash("firm.example", KEY), "firm.example") in typed(email="Ann@Firm.example").vault
    free = typed(email="ann@gmail.com")
    assert free.table.column("domain").to_pylist() == [None]
    assert not [entry for entry in free.vault if entry[0] == "domain"]
