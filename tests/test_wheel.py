"""The wheel alone is enough: installed where nothing of this checkout can be seen, it starts the app from another folder.

The environment is a new one that is given the packages of this one by path, in place of installing them again from an
index (minutes, and a network). Paths that a .pth file adds are not searched for further .pth files, so the editable
install of this checkout, which is one, stays outside; `test_it_is_the_installed_package` would see it.
"""

import ast
import http.client
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.longest import ROOT

_BIN = "Scripts" if sys.platform == "win32" else "bin"


GIVEN = {"pandas", "statsmodels"}
"""Part of the stack that was agreed on: Streamlit brings pandas, and a notebook on a work goes on with both."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of an environment that holds the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    programs = folder / "env" / _BIN
    command = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True)
    (packages,) = (folder / "env").rglob("site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


@pytest.fixture
def app(environment: Path, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Host and port of the app, started in an empty folder."""
    with subprocess.Popen(
        [environment / "support-roi", "app", "--no-browser"],
        cwd=tmp_path,
        env=os.environ | {"SUPPORT_ROI_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        host, port = line.split()[4].removeprefix("http://").split(":")
        yield host, int(port)
        server.terminate()


def names_of(requirements: list[str]) -> set[str]:
    """The names of packages, as an index writes them."""
    return {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-") for requirement in requirements}


def imported() -> set[str]:
    """Top-level modules that the app and the package import anywhere, those of Python and our own left out."""
    files = [ROOT / "app.py", *(path for folder in ("pages", "roi_core") for path in (ROOT / folder).rglob("*.py"))]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in whole | parts} - sys.stdlib_module_names - {"pages", "roi_core"}


def test_what_is_imported_is_what_the_wheel_declares():
    homes = packages_distributions()
    needed = {name for module in imported() for name in homes[module]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names_of(sorted(needed | GIVEN)) == names_of(project["dependencies"])


def test_it_is_the_installed_package(environment: Path, tmp_path: Path):
    code = "import roi_core, sys; print(roi_core.__file__); print(*sys.path, sep='\\n')"
    found, *searched = subprocess.run([environment / "python", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True).stdout.splitlines()
    assert Path(found).is_relative_to(environment.parent)
    assert str(ROOT) not in searched


def test_the_command_line_answers(environment: Path, tmp_path: Path):
    done = subprocess.run([environment / "support-roi", "--help"], cwd=tmp_path, check=True, capture_output=True, text=True)
    for command in ("app", "inspect", "analyse", "report", "sample"):
        assert command in done.stdout


def test_the_app_starts_from_another_folder_with_its_own_settings(app: tuple[str, int]):
    with closing(http.client.HTTPConnection(*app, timeout=10)) as connection:
        connection.request("GET", "/_stcore/health")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"ok")
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_samples_and_pages_are_inside(environment: Path):
    inside = {path.relative_to(environment.parent).as_posix().split("/_app/")[1] for path in environment.parent.rglob("_app/**/*") if path.is_file()}
    expected = {path.relative_to(ROOT).as_posix() for folder in ("pages", "sample_data", ".streamlit") for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert {name for name in expected if "__pycache__" not in name} | {"app.py"} == {name for name in inside if "__pycache__" not in name}
