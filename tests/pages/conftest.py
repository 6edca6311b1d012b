"""Saved work for the pages: a home for the session, and work with no file, one flat file, and several exports without costs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.workspace import Workspace

SMALL = 600
FLAT = Path(__file__).resolve().parents[2] / "sample_data" / "flat_customers.csv"
BROKEN = ("broken.csv", b'id,name\n1,"never closed\n2,b\n')


def saved(home: Path, *files: Path | tuple[str, bytes]) -> str:
    """Id of new work that these files were loaded into."""
    workspace = Workspace.create(home)
    take_in(list(files), workspace)
    return workspace.id


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where all saved work of these tests goes; the examples are read into it once."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPPORT_ROI_HOME", str(home))
        yield home


@pytest.fixture
def nothing(session_home: Path) -> str:
    """Id of work that holds no file."""
    return Workspace.create(session_home).id


@pytest.fixture
def broken(session_home: Path) -> str:
    """Id of work whose only file was refused."""
    return saved(session_home, BROKEN)


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The exports of a small company, without its cost sheet."""
    files = write_sample(tmp_path_factory.mktemp("exports"), customers=SMALL)
    return [file for file in files if file.suffix == ".csv" and file.name != "costs.csv"]


@pytest.fixture
def flat(session_home: Path) -> str:
    """Id of work with one flat file."""
    return saved(session_home, FLAT)


@pytest.fixture
def without_costs(session_home: Path, exports: list[Path]) -> str:
    """Id of work with several exports and no cost sheet."""
    return saved(session_home, *exports)
