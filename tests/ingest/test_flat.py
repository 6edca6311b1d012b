from dataclasses import dataclass

import pytest

from roi_core.errors import ColumnMissing
from roi_core.ingest.flat import propose
from roi_core.ingest.recognise import Recognition, recognise
from roi_core.ingest.translate import translate
from tests.ingest.text_tables import KEY, from_csv, text_table
from tests.shared import shared_path


@dataclass(frozen=True)
class Choice:
    id: str | None = None
    supported: str | None = None
    churned: str | None = None
    tenure_months: str | None = None
    satisfaction: str | None = None
    revenue: str | None = None


HEADERS = ("Client No", "Tech Support", "Churned?", "Tenure (years)", "Rating", "Monthly Revenue", "Region", "E-mail")
ROWS = [
    ("1", "Yes", "no", "1.5", "5", "10.50", "North", "a@b.example"),
    ("2", "No", "yes", "2", "3", "20.00", "South", "c@b.example"),
    ("3", "Yes", "yes", "4", "", "30.25", "North", "d@b.example"),
]


def test_every_role_is_proposed_from_name_and_values() -> None:
    table = text_table([header.rstrip("?") for header in HEADERS], ROWS)
    proposal = propose(table.headers, table.text)
    assert [(role.role, role.header) for role in proposal.roles] == [
        ("churned", "Churned"),
        ("supported", "Tech Support"),
        ("id", "Client No"),
        ("tenure_months", "Tenure (years)"),
        ("satisfaction", "Rating"),
        ("revenue", "Monthly Revenue"),
    ]
    assert proposal.role("supported").groups == (("Yes", 2), ("No", 1))


def test_a_column_without_a_value_is_not_proposed_where_another_could_be_chosen() -> None:
    table = text_table([header.rstrip("?") for header in HEADERS], [(row[0], "", *row[2:]) for row in ROWS])
    proposal = propose(table.headers, table.text)
    assert proposal.role("supported").header is None
    assert proposal.role("churned").header == "Churned"


def test_where_the_better_name_says_nothing_the_other_says_who_left() -> None:
    table = text_table(["Customer ID", "Churned", "Churn value"], [("1", "", "0"), ("2", "", "1")])
    assert propose(table.headers, table.text).role("churned").header == "Churn value"


def test_a_flat_file_is_typed_with_its_covariates() -> None:
    table = text_table([header.rstrip("?") for header in HEADERS], ROWS)
    typed = translate(table, recognise(table.headers, table.text), KEY)
    assert typed.table.column("supported").to_pylist() == [True, False, True]
    assert typed.table.column("churned").to_pylist() == [False, True, True]
    assert typed.table.column("tenure_months").to_pylist() == [18, 24, 48]
    assert typed.table.column("satisfaction_scale").to_pylist() == [5, 5, None]
    assert typed.meta["covariates"] == []
    assert any(note.startswith("not kept, since they point to single customers") and "E-mail" in note for note in typed.notes)
    assert any(note.startswith("not kept, since too few rows share a value") and note.endswith(": Region") for note in typed.notes)


def test_a_choice_goes_before_the_proposal_and_counts_become_yes_from_one_on() -> None:
    table = text_table(("id", "calls", "churn"), [("a", "0", "1"), ("b", "3", "0"), ("c", "1", "0")])
    found = recognise(table.headers, table.text, Choice(supported="calls"))
    typed = translate(table, found, KEY)
    assert typed.table.column("supported").to_pylist() == [False, True, True]
    assert typed.meta["roles"]["supported"]["why"] == "chosen by you"


def test_a_chosen_column_that_is_not_there_is_refused_by_name() -> None:
    table = text_table(("id", "churn"), [("a", "1")])
    with pytest.raises(ColumnMissing, match=r'"people\.csv" has no column "helped"'):
        recognise(table.headers, table.text, Choice(supported="helped"), "people.csv")


def test_a_choice_for_a_flat_file_leaves_a_known_export_alone() -> None:
    headers = ("Ticket ID", "First response time (in hrs)", "Resolution time (in hrs)")
    assert recognise(headers, text_table(headers, []).text, Choice(supported="helped")).vendor == "freshdesk"


def test_our_own_flat_table_is_plain_and_can_be_changed() -> None:
    table = text_table(
        ("customer_id", "supported", "churned", "premium", "satisfaction", "satisfaction_scale"),
        [("a", "1", "0", "yes", "4", "7"), ("b", "0", "1", "no", "2", "7")],
    )
    found = recognise(table.headers, table.text)
    assert (found.vendor, found.export, found.entity) == ("plain", "plain_flat", "flat")
    assert translate(table, found, KEY).table.column("satisfaction_scale").to_pylist() == [7, 7]
    changed = recognise(table.headers, table.text, Choice(supported="premium"))
    assert changed.mapping[3] == "flat.supported"


def test_rows_without_a_group_are_set_aside_with_their_line() -> None:
    table = text_table(("id", "support", "churn"), [("a", "yes", "no"), ("b", "", "no"), ("c", "yes", "perhaps")])
    typed = translate(table, recognise(table.headers, table.text, Choice(churned="churn")), KEY)
    assert typed.set_aside == ((3, "support is blank"), (4, 'churn "perhaps" cannot be read'))
    assert typed.table.num_rows == 1


def test_a_mapping_of_the_user_keeps_its_headers_as_roles() -> None:
    table = text_table(("no", "helped", "gone"), [("a", "yes", "no"), ("b", "no", "yes")])
    mapping = {0: "flat.customer_id", 1: "flat.supported", 2: "flat.churned"}
    roles = translate(table, Recognition("user", "mapped_by_user", "flat", mapping), KEY).meta["roles"]
    assert {role: said["header"] for role, said in roles.items() if said["header"]} == {"id": "no", "supported": "helped", "churned": "gone"}


def test_all_churned_is_still_a_flat_file() -> None:
    table = text_table(("id", "support", "churn"), [("a", "yes", "yes"), ("b", "no", "yes")])
    assert translate(table, recognise(table.headers, table.text), KEY).table.column("churned").to_pylist() == [True, True]


def test_without_an_id_rows_are_numbered_and_asked() -> None:
    table = text_table(("support", "churn"), [("yes", "yes"), ("no", "yes")])
    typed = translate(table, found := recognise(table.headers, table.text), KEY)
    assert any(note.startswith("ask: no column is different in every row") for note in found.notes)
    assert len(set(typed.table.column("customer_id").to_pylist())) == 2


def test_the_telco_file_of_real_shape() -> None:
    table = from_csv(shared_path("data/flat/telco_customers.csv"))
    found = recognise(table.headers, table.text)
    assert (found.vendor, found.export, found.entity) == ("flat", "flat_file", "flat")
    headers = {column: table.headers[place] for place, column in found.mapping.items()}
    assert headers == {
        "flat.churned": "Churn Label",
        "flat.supported": "Premium Tech Support",
        "flat.customer_id": "Customer ID",
        "flat.tenure_months": "Tenure in Months",
        "flat.satisfaction": "Satisfaction Score",
        "flat.revenue": "Monthly Charge",
    }
    typed = translate(table, found, KEY)
    supported, churned = typed.table.column("supported").to_numpy(), typed.table.column("churned").to_numpy()
    assert (int(churned[supported].sum()), int(supported.sum())) == (310, 2044)
    assert (int(churned[~supported].sum()), int((~supported).sum())) == (1559, 4999)
    assert typed.meta["roles"]["supported"]["groups"] == [["No", 4999], ["Yes", 2044]]
    assert "churned by Churn Label: No 5174, Yes 1869" in typed.notes
    kept = {entry["header"] for entry in typed.meta["covariates"]}
    assert {"Customer Status", "Churn Score", "Churn Category", "Churn Reason", "Internet Service", "Total Revenue"} <= kept
    assert any("add-on that customers pay for" in note for note in found.notes)


def test_the_call_count_file_asks_who_had_support() -> None:
    table = from_csv(shared_path("data/flat/mlc_churn.csv"))
    found = recognise(table.headers, table.text)
    assert found.entity == "flat"
    assert "flat.supported" not in found.mapping.values()
    assert any(note.startswith("ask: no column says who had support") and "number_customer_service_calls" in note for note in found.notes)
    typed = translate(table, found, KEY)
    assert typed.table.num_rows == 5000
    assert sum(typed.table.column("churned").to_pylist()) == 707
