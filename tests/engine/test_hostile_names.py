"""Naughty strings and SQL in every name and value that a query is built with: no error, nothing read that is not ours."""

import ast
from pathlib import Path

import pytest

from tests.engine import builders
from tests.engine.builders import BUILDERS, faults_of, hostile_names, other_files
from tests.ingest.naughty import NAUGHTY
from tests.injections import injections
from tests.longest import ROOT

EVERY = 6
"""So many names are asked here; `make nightly PART=files` asks all of them."""
QUOTED = {"identifier", "literal"}


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return other_files(tmp_path_factory.mktemp("outside"))


def test_there_are_as_many_names_as_promised(outside: Path) -> None:
    assert len(NAUGHTY) >= 515
    assert len(set(injections(outside))) == 200
    assert len(hostile_names(outside)) >= 700


@pytest.mark.parametrize("name", BUILDERS)
def test_a_name_is_a_name_and_a_value_a_value(name: str, tmp_path: Path, outside: Path) -> None:
    found = list(faults_of(BUILDERS[name], tmp_path, outside, EVERY))
    assert len(found) > 500 // EVERY
    assert [fault for faults in found for fault in faults] == []


def test_every_module_that_builds_a_query_of_names_is_asked() -> None:
    """`definitions` is built with names of our own, `embedded` with the settings of a connection."""
    building = {path.stem for path in (ROOT / "roi_core" / "engine").glob("*.py") if _imported(path) & QUOTED} - {"definitions", "embedded"}
    assert building <= {"parts", *(node.module.rpartition(".")[2] for node in _imports(Path(builders.__file__)) if node.module), "aggregate"}
    assert "arrivals" in building


def _imports(path: Path) -> list[ast.ImportFrom]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]


def _imported(path: Path) -> set[str]:
    return {alias.name for node in _imports(path) for alias in node.names}
