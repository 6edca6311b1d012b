"""Walks every declared export, and the shared catalogue beside them."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from roi_core.ingest.export import Export
from roi_core.ingest.recognise import recognise
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED, ColumnType
from tests.shared import shared_path

NO_SAMPLE = pa.table({})
VENDORS = [export for export in EXPORTS.values() if export.vendor != "plain"]


def catalogue() -> list[dict[str, Any]]:
    return json.loads(shared_path("formats/catalogue.json").read_text())


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_every_canonical_name_is_declared(export: Export) -> None:
    for canonical in (*export.columns, *export.durations, *export.words, *export.blanks, *export.scales):
        table, _, column = canonical.partition(".")
        assert table == export.entity
        assert column in LOADED[table].names


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_every_export_gives_what_its_table_requires(export: Export) -> None:
    given = {canonical.partition(".")[2] for canonical in export.columns}
    assert set(LOADED[export.entity].required) <= given


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
        assert set(found.mapping.values()) == set(export.columns)


def test_no_signature_stands_twice() -> None:
    signatures = [frozenset(export.signature) for export in VENDORS]
    assert len(set(signatures)) == len(signatures)


def test_declarations_say_what_the_catalogue_says() -> None:
    entries = {entry["id"]: entry for entry in catalogue()}
    for export in VENDORS:
        entry = entries[export.id]
        assert set(entry["signature"]) == set(export.signature)
        assert entry["vendor"].lower() == export.vendor
        assert entry["table"] == export.entity
        for canonical, header in entry["key_columns"].items():
            assert header in export.columns[canonical]


def test_no_header_set_of_the_catalogue_is_won_by_another_vendor() -> None:
    for entry in catalogue():
        found = recognise(entry["headers"], NO_SAMPLE)
        assert found.export in (entry["id"], "unknown"), entry["id"]
        assert (found.export == entry["id"]) == (entry["id"] in EXPORTS), entry["id"]


def _case(headers: list[str]) -> Iterator[list[str]]:
    yield [header.upper() for header in headers]
    yield [header.lower() for header in headers]


def test_case_and_order_change_no_winner() -> None:
    for entry in catalogue():
        for headers in _case(entry["headers"][::-1]):
            assert recognise(headers, NO_SAMPLE).export in (entry["id"], "unknown"), entry["id"]
