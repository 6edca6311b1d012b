"""Mappings and answers on the command line."""

import json
from pathlib import Path

import pytest

from roi_core.cli.mapping import mapping_of
from roi_core.errors import MappingRefused
from roi_core.ingest import inspect
from tests.ingest.test_mapping import COLUMNS, ODD


def written(folder: Path, text: str) -> Path:
    file = folder / "m.json"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_mapping_and_an_answer_are_read_from_a_file(tmp_path: Path) -> None:
    said = {"files": {"odd.csv": {"entity": "tickets", "columns": COLUMNS, "answers": {"zone": "Europe/Berlin"}}}}
    (entry,) = inspect([("odd.csv", ODD.encode())], mapping=mapping_of(written(tmp_path, json.dumps(said))))["files"]
    assert (entry["entity"], entry["rows"]["loaded"]) == ("tickets", 8)
    assert {column["zone"] for column in entry["columns"] if column["canonical"] == "tickets.created_at"} == {"Europe/Berlin"}
    assert "questions" not in entry


def test_without_it_the_file_is_proposed_and_asked_about() -> None:
    (entry,) = inspect([("odd.csv", ODD.encode())])["files"]
    assert (entry["entity"], entry["proposal"]["entity"]) == (None, "tickets")


@pytest.mark.parametrize("text", ["{", "[]", '{"file": {}}', '{"files": {"t.csv": {"colums": {}}}}'])
def test_a_file_that_is_no_mapping_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(MappingRefused, match=r'"m\.json" is no mapping'):
        mapping_of(written(tmp_path, text))
