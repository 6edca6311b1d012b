"""No name of a person reaches a typed table, a note or a report by way of a category, a tag or a further column."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest import person_names, take_in
from roi_core.ingest.cells import matches
from roi_core.ingest.covariates import read_covariates
from roi_core.ingest.person_names import HIDDEN, KEEP, SUBJECT, is_name
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import csv
from tests.ingest.test_read_or_asked import typed
from tests.ingest.text_tables import cells

pytestmark = pytest.mark.usefixtures("read_here")

TICKETS = ("ticket_id", "email", "created_at", "category", "tags")
NOTHING: Mapping[str, str] = MappingProxyType({})


@pytest.mark.parametrize("name", ["Anna Schmidt", "Schmidt, Anna", "Jos\u00e9 Garc\u00eda L\u00f3pez", "Jean-Pierre Martin", "Hans Berg"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("word", ["Billing Question", "Feature Request", "Grant Application", "Premium Plus", "New York", "Mark Up", "Grace Period"])
def test_other_words(word: str) -> None:
    assert not is_name(word)


@given(st.lists(st.text("AZaz -',.[_1\u00c9\u00e9\u2019\u0391\u674e", max_size=9), min_size=1))
def test_ascii_alone_is_looked_at_as_all_writings_are(texts: list[str]) -> None:
    found = pa.array(texts)
    for pattern in (person_names.FULL_NAME, person_names.TURNED):
        in_all = matches(found, pattern.format(upper=r"\p{Lu}", letters=r"\p{L}'\x{2019}"))
        assert person_names.written_as(found, pattern).tolist() == in_all.tolist()


def test_a_category_and_a_tag_lose_the_name_and_keep_the_rest() -> None:
    rows = [("1", "a@x.example", "2025-01-01", "Billing Question", "vip, Anna Schmidt"), ("2", "b@x.example", "2025-01-02", "Peter Miller", "Feature Request")]
    part = typed(TICKETS, *rows)
    assert part.table.column("category").to_pylist() == ["Billing Question", HIDDEN]
    assert part.table.column("tags").to_pylist() == [f"vip, {HIDDEN}", "Feature Request"]
    assert [ask.key for ask in part.asks if ask.subject == SUBJECT] == [f"{SUBJECT}/category", f"{SUBJECT}/tags"]
    assert any(note.startswith("ask: category: cells that look like names of people: 1;") for note in part.notes)


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        (("Anna", "Tom", "J\u00fcrgen", "Sara", "Zlatan"), True),
        (("anna", "tom", "sara"), True),
        (("Jean-Pierre", "Hans-Peter", "Anne-Marie"), True),
        (("Anna", "Tom", "Tom", "Anna"), False),
        (("Sofia", "Paris", "Florence", "Victoria", "Berlin"), False),
        (("Billing", "Shipping", "Refund"), False),
    ],
)
def test_a_column_of_given_names_alone_is_names(values: tuple[str, ...], hidden: bool) -> None:
    found = person_names.names_in(cells(*values))
    assert found.tolist() == [hidden] * len(found)


def test_the_user_keeps_what_names_no_people() -> None:
    part = typed(TICKETS, ("1", "a@x.example", "2025-01-01", "Peter Miller", ""), said={f"{SUBJECT}/category": KEEP})
    assert part.table.column("category").to_pylist() == ["Peter Miller"]
    assert not any(ask.subject == SUBJECT for ask in part.asks)


def test_a_category_with_two_words_of_its_own_in_every_row_is_names() -> None:
    words = [f"{first}{chr(97 + n)} {last}son" for n in range(5) for first, last in (("Ola", "Berg"), ("Ife", "Kant"), ("Ngo", "Lund"), ("Abe", "Moor"))]
    part = typed(TICKETS, *((str(n), "a@x.example", "2025-01-01", word, "") for n, word in enumerate(words)))
    assert set(part.table.column("category").to_pylist()) == {HIDDEN}


@pytest.mark.parametrize("said", [NOTHING, MappingProxyType({f"{SUBJECT}/Segment": KEEP})])
def test_a_further_column_of_names_is_not_kept_unless_the_user_says_so(said: Mapping[str, str]) -> None:
    found = read_covariates(["Segment"], [cells(*["Anna Schmidt", "Peter Miller"] * 10)], ",", said)
    assert (len(found.columns), len(found.asks)) == ((1, 0) if said else (0, 1))
    assert len(read_covariates(["Segment"], [cells(*["Small Business", "Large Account"] * 10)], ",").columns) == 1


CANARY = "Annika Canarywood"


def test_the_canary_is_nowhere_on_disk_nor_in_the_report(tmp_path: Path) -> None:
    tickets = [f't{n},a{n}@x.example,2025-01-02,{CANARY if n % 2 else "Login"},"{CANARY}, vip"' for n in range(30)]
    customers = [f"c{n},a{n}@x.example,2024-01-01,Pro,{CANARY}" for n in range(30)]
    files = [("t.csv", csv(",".join(TICKETS), *tickets)), ("c.csv", csv("customer_id,email,started_at,plan,Bucket", *customers))]
    with Workspace.temporary(tmp_path) as workspace:
        intake = take_in(files, workspace)
        assert [report.refused for report in intake.files] == [None, None]
        held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Canarywood" not in held
    assert "Canarywood" not in str(intake.as_json())
