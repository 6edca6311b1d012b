"""The notebook runs top to bottom, is shipped without outputs, and says what the package says."""

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_valid_and_holds_no_output(path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")  # the kernel is another process; its client warns about event loops of its own
def test_it_runs_from_top_to_bottom(path: Path):
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    printed = {cell.id: _printed(cell) for cell in notebook.cells if cell.cell_type == "code"}
    assert printed["measure"].startswith("2000 customers")
    assert "Grade " in printed["effect"]
    assert "ways of asking" in printed["ladder_words"]
    assert printed["value"].strip()
    assert "at first contact" in printed["scenario"]
    assert "<svg" in _shown(notebook, "ladder")
    assert "<table" in _shown(notebook, "value")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_names_no_other_host(path: Path):
    assert "http" not in path.read_text(encoding="utf-8")


def test_there_is_a_notebook():
    assert NOTEBOOKS


def _printed(cell) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")


def _shown(notebook, cell_id: str) -> str:
    cell = next(cell for cell in notebook.cells if cell.get("id") == cell_id)
    return "".join(output.data.get("text/html", "") for output in cell.outputs if output.output_type == "execute_result")
