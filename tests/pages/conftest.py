"""Saved work for the pages: a home for the session, and work with no file, one flat file, and several exports without costs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from pages._parts import measuring, shelf
from pages._parts.samples import Sample
from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.workspace import Workspace, copy_of

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


@pytest.fixture(scope="module", autouse=True)
def files_are_read_here(read_here: None) -> None:
    """Of the process that reads, pages know nothing."""


@pytest.fixture(scope="session", autouse=True)
def one_look_at_installed_packages() -> Iterator[None]:
    """Every run of an AppTest reads what all installed packages say of themselves, which takes longer than most pages."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session", autouse=True)
def ends_are_awaited() -> Iterator[None]:
    """An AppTest looks a thousand times a second whether its script has ended, and takes the interpreter from it each time; then it joins its thread."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", lambda _runner, _seconds: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def answers_are_kept() -> Iterator[None]:
    """A shelf for the works of all tests: of the few that a server keeps, those of the examples would be made again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "_MOST", 200)
        yield


@pytest.fixture(scope="session", autouse=True)
def copies_are_measured_once() -> Iterator[None]:
    """A server measures each work for itself; of the copies that tests change, each would be measured again."""

    def files(facts: Sample | Workspace) -> str:
        return facts.key if isinstance(facts, Sample) else json.dumps(facts.reports(), default=str)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "_whose", files)
        yield


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


@pytest.fixture(scope="session")
def read_once(session_home: Path, exports: list[Path]) -> dict[str, Workspace]:
    """Works whose files were read once; a test changes a copy."""
    return {name: Workspace.open(session_home, saved(session_home, *files)) for name, files in {"flat": [FLAT], "without_costs": exports}.items()}


@pytest.fixture
def flat(read_once: dict[str, Workspace]) -> str:
    """Id of work with one flat file."""
    return copy_of(read_once["flat"]).id


@pytest.fixture
def without_costs(read_once: dict[str, Workspace]) -> str:
    """Id of work with several exports and no cost sheet."""
    return copy_of(read_once["without_costs"]).id
