"""Each notebook runs from top to bottom, is shipped without outputs, and says what the package says."""

from pathlib import Path

import nbformat
import pytest

from roi_core.effects.beside import BESIDE
from roi_core.sentences import say

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OF_ITS_CLIENT = pytest.mark.filterwarnings("default")
"""The kernel is another process; its client warns about event loops of its own."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_valid_and_holds_no_output(path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


def run(name: str) -> tuple[nbformat.NotebookNode, dict[str, str]]:
    """A notebook after it ran from top to bottom, and what each of its cells printed."""
    from nbclient import NotebookClient

    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    return notebook, {cell.id: _printed(cell) for cell in notebook.cells if cell.cell_type == "code"}


@OF_ITS_CLIENT
def test_the_whole_way_from_exports_to_the_return():
    notebook, printed = run("from_csv_to_roi")
    assert printed["measure"].startswith("2000 customers")
    assert "Grade " in printed["effect"]
    assert "ways of asking" in printed["ladder_words"]
    assert printed["value"].strip()
    assert "at first contact" in printed["scenario"]
    assert "<svg" in _shown(notebook, "ladder")
    assert "<table" in _shown(notebook, "value")


@OF_ITS_CLIENT
def test_whether_helped_customers_stay():
    notebook, printed = run("retention")
    assert printed["measure"].startswith("Grade B (Compared)")
    assert "point the same way" in printed["agreement"]
    assert printed["doubt"].strip()
    assert len(printed["beside"].splitlines()) == len(BESIDE)
    assert printed["staying"].startswith("2,000 customers were followed.")
    assert "log-rank test" in printed["staying"]
    assert "<svg" in _shown(notebook, "ladder")
    assert all("<table" in _shown(notebook, cell) for cell in ("curves", "by_plan", "cohorts"))


@OF_ITS_CLIENT
def test_whether_satisfaction_matters():
    notebook, printed = run("satisfaction")
    assert printed["measure"].startswith("Grade C (Indicated)")
    assert printed["correlation"].startswith("correlation ")
    assert say("ratings.leaving_per_point_won") in printed["ratings"]
    assert say("ratings.nps_alone") in printed["ratings"]
    assert "<table" in _shown(notebook, "dose")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_names_no_other_host(path: Path):
    assert "http" not in path.read_text(encoding="utf-8")


def test_these_are_the_notebooks():
    assert [path.stem for path in NOTEBOOKS] == ["from_csv_to_roi", "retention", "satisfaction"]


def _printed(cell) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")


def _shown(notebook, cell_id: str) -> str:
    cell = next(cell for cell in notebook.cells if cell.get("id") == cell_id)
    return "".join(output.data.get("text/html", "") for output in cell.outputs if output.output_type == "execute_result")
