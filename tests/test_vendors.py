"""Walks every declared export, and the shared catalogue beside them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from roi_core.ingest.export import Export
from roi_core.ingest.recognise import recognise
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED, ColumnType
from tests.ingest.exports import EXAMPLES
from tests.shared import shared_path

NO_SAMPLE = pa.table({})
VENDORS = [export for export in EXPORTS.values() if export.vendor != "plain"]
CATALOGUED = {example.catalogue: example.export for example in EXAMPLES if example.catalogue}
LACKING = {
    ("chartmogul_subscriptions_dataset_destination_export", "started_at"),
    ("chatwoot_csat_export", "response_id"),
    ("public_data_set_kaggle_customer_support_tickets_underscored_copy", "created_at"),
    ("kaggle_support_tickets_spaced", "created_at"),
    ("kustomer_conversation_data_export", "created_at"),
    ("nicereply_ratings_feed_csv", "response_id"),
    ("paddle_transactions_report_paddle_billing", "amount"),
    ("profitwell_customers_csv_export_activity_labels_only", "started_at"),
    ("quickbooks_contact_list", "started_at"),
    ("shopify_customers_export", "started_at"),
    ("zendesk_ticket_metrics_api_json", "created_at"),
}
"""Exports without a column that their table requires: the reader says so, and loads the rows with what there is."""

WRITTEN_AS = {"(group row in column 1)": ""}
"""What the catalogue describes in words, and the header that stands there."""

NOT_THAT = {
    ("frappe_helpdesk_hd_ticket_data_export_list_report", "tickets.merged_into"): "a yes or no; the other ticket stands under Merged With",
    ("kustomer_conversation_data_export", "tickets.customer_id"): "by the vendor's help page the id of the conversation in another system",
    ("typeform_responses_csv", "surveys.kind"): "whether the answer was sent",
}
"""Key columns of the catalogue that hold something else, and what it is."""


def catalogue() -> list[dict[str, Any]]:
    return json.loads(shared_path("formats/catalogue.json").read_text())


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_every_canonical_name_is_declared(export: Export) -> None:
    for canonical in (*export.columns, *export.durations, *export.words, *export.blanks, *export.scales):
        table, _, column = canonical.partition(".")
        assert table == export.entity
        assert column in LOADED[table].names


@pytest.mark.parametrize("export", [export for export in EXPORTS.values() if not export.aggregated], ids=lambda export: export.id)
def test_every_export_gives_what_its_table_requires(export: Export) -> None:
    given = {canonical.partition(".")[2] for canonical in (*export.columns, *export.joined, *export.constants)}
    given |= {"kind", "score"} if export.finds else set()
    table = LOADED[export.entity]
    given |= {name for name in table.required if (parts := table.parts_of(name)) and given.issuperset(parts)}
    assert set(table.required) - given == {column for name, column in LACKING if name == export.id}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_words_lead_to_allowed_values(export: Export) -> None:
    for canonical, words in export.words.items():
        column = LOADED[export.entity].column(canonical.partition(".")[2])
        allowed = ("true", "false") if column.type is ColumnType.BOOLEAN else column.values
        assert set(words.values()) <= set(allowed)
        assert all(word == word.lower() for word in words)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_every_export_recognises_its_own_headers(export: Export) -> None:
    found = recognise(export.headers, NO_SAMPLE)
    assert (found.vendor, found.export, found.confidence) == (export.vendor, export.id, "exact")
    if export.entity != "flat":
        assert set(found.mapping.values()) == {*export.columns, *export.joined}


def test_no_signature_stands_twice() -> None:
    signatures = [frozenset(export.signature) for export in VENDORS]
    assert len(set(signatures)) == len(signatures)


def test_declarations_say_what_the_catalogue_says() -> None:
    entries = {entry["id"]: entry for entry in catalogue()}
    for name, declared in CATALOGUED.items():
        entry, export = entries[name], EXPORTS[declared]
        assert set(entry["signature"]) <= set(export.signature), name
        assert re.sub(r"[^a-z0-9]+", "_", entry["vendor"].lower()) == export.vendor
        assert entry["table"] == export.entity
        for canonical, header in entry["key_columns"].items():
            if export.aggregated or (name, canonical) in NOT_THAT:
                continue
            assert WRITTEN_AS.get(header, header) in (*export.columns.get(canonical, ()), *export.joined.get(canonical, ())), (name, canonical)


def test_no_header_set_of_the_catalogue_is_won_by_another_vendor() -> None:
    for entry in catalogue():
        found = recognise(entry["headers"], NO_SAMPLE)
        assert found.export == CATALOGUED.get(entry["id"], "unknown"), entry["id"]


def _case(headers: list[str]) -> Iterator[list[str]]:
    yield [header.upper() for header in headers]
    yield [header.lower() for header in headers]


def test_case_and_order_change_no_winner() -> None:
    for entry in catalogue():
        for headers in _case(entry["headers"][::-1]):
            assert recognise(headers, NO_SAMPLE).export in (CATALOGUED.get(entry["id"]), "unknown"), entry["id"]
