"""What a contact is about, by the words of its category."""

from dataclasses import replace

import pyarrow as pa
import pytest

from roi_core.cohorts.contact_kinds import kind_of, only
from roi_core.cohorts.design import Filters
from roi_core.companies.knobs import SimulationKnobs
from roi_core.results import Absent
from roi_core.spine import Facts
from tests.simulated import simulated


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Billing question", "billing"), ("How-to question", "how_to"), ("Export fails", "fault"), ("Login problem", None), ("Bug report", "fault"),
        ("Question", "how_to"), ("Incident", "fault"), ("Problem", "fault"), ("Complaint about an invoice", "complaint"), ("REFUND", "billing"),
        ("Rechnung", "billing"), ("Störung", "fault"), ("Show room", None), ("Debugging help", None), ("Integration", None), ("", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_category(label: str, kind: str | None) -> None:
    assert kind_of(label) == kind


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return simulated(tmp_path_factory.mktemp("kinds"), SimulationKnobs(customers=200, seed=3)).facts


def test_contacts_of_a_kind_are_those_of_its_categories(facts: Facts) -> None:
    assert only(facts, "billing") == Filters(categories=("Billing question",))
    assert only(facts, "how_to") == Filters(categories=("How-to question",))
    assert only(facts, "critical_bug") == Filters(categories=("Bug report", "Export fails"), priorities=("High",))


@pytest.mark.parametrize(("column", "kind"), [("category", "billing"), ("priority", "critical_bug")])
def test_without_labels_no_kind_is_told(column: str, kind: str, facts: Facts) -> None:
    contacts = facts.contacts
    blank = contacts.set_column(contacts.schema.get_field_index(column), column, pa.nulls(contacts.num_rows, pa.string()))
    found = only(replace(facts, contacts=blank), kind)
    assert isinstance(found, Absent)
    assert column in found.reason.lower()
    assert column in found.next_step
