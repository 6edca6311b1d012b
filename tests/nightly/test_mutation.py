"""Faults put into the numbers one at a time: of 100 at least 90 must make a test fail. mutmut makes them and chooses the tests that touch each.

It lies in `.tools` and not in the lock; what it found of a function that has not changed since is kept, so that a run goes on where the last one stopped.
Faults that no test noticed are put in again first, as a test may have been written since.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.nightly.kept import PROCESSES, seconds_left
from tests.nightly.scoreboard import append
from tests.nightly.share import EVERY
from tests.store.apart import lost
from tests.store.scores import Score

ROOT = Path(__file__).resolve().parents[2]
_PACKAGE = "roi_core.stats."
TOOL, PLACE = ROOT / ".tools" / "mutation", ROOT / ".nightly" / "mutation"
MODULES = sorted(path.stem for path in (ROOT / "roi_core" / "stats").glob("*.py") if path.stem != "__init__")[::EVERY]
LEAST = 0.9
EXPLAINED: Mapping[str, str] = tomllib.loads((ROOT / "tests" / "nightly" / "survivors.toml").read_text(encoding="utf-8"))["survivors"]
_RESULT = re.compile(r"^\s+(\S+): (.+)$", re.MULTILINE)
_UNTRIED, _SURVIVED = "not checked", "survived"
_NOT_CARRIED = shutil.ignore_patterns("__pycache__", "browser", "pages")
_SETTINGS = """
[tool.pytest.ini_options]
addopts = ["--import-mode=importlib"]
pythonpath = ["."]
timeout = 600

[tool.mutmut]
source_paths = ["roi_core"]
only_mutate = ["roi_core/stats/*.py"]
pytest_add_cli_args_test_selection = ["tests/stats", "tests/references"]
pytest_add_cli_args = ["-p", "no:cacheprovider"]
also_copy = ["tests"]
"""


@pytest.fixture(scope="module")
def tool() -> dict[str, str]:
    """The environment in which mutmut runs, on this interpreter, whose packages the tests need."""
    if not TOOL.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOL), "mutmut"]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            shutil.rmtree(TOOL, ignore_errors=True)
            pytest.skip("mutmut cannot be installed here, so no fault was put in")
    return {**os.environ, "PYTHONPATH": str(TOOL), "SUPPORT_ROI_HYPOTHESIS": "ci", "SUPPORT_ROI_SHARED": str(_shared())}


def _shared() -> Path:
    return Path(os.environ.get("SUPPORT_ROI_SHARED", ROOT.parent / "shared")).resolve()


@pytest.fixture(scope="module")
def found(tool: Mapping[str, str]) -> Mapping[str, str]:
    """What became of each fault, by the name that mutmut gives it. Code and tests lie in a folder of their own: mutmut writes beside what it mutates."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("roi_core", "tests"):
        shutil.rmtree(PLACE / name, ignore_errors=True)
        shutil.copytree(ROOT / name, PLACE / name, ignore=_NOT_CARRIED)
    (PLACE / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")
    asked = [f"{_PACKAGE}{module}.*" for module in MODULES]
    if again := [name for name, what in _results(tool).items() if what == _SURVIVED and _module(name) in MODULES]:
        _run(tool, again)
    _run(tool, asked)
    return _results(tool)


def _run(tool: Mapping[str, str], names: Sequence[str]) -> None:
    """Puts these faults in until the time of the part is over; what was found until then is kept."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(PROCESSES), *names]
    with subprocess.Popen(command, cwd=PLACE, env=tool, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0) as run:
        try:
            said, _ = run.communicate(timeout=max(seconds_left(), 1.0))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return
    assert run.returncode == 0, said[-6000:]


def _results(tool: Mapping[str, str]) -> dict[str, str]:
    if not (PLACE / "mutants").exists():
        return {}
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    listed = subprocess.run(command, cwd=PLACE, env=tool, capture_output=True, text=True, check=True).stdout
    return dict(_RESULT.findall(listed))


def _module(name: str) -> str:
    return name.removeprefix(_PACKAGE).partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_nine_of_ten_faults_are_noticed(module: str, found: Mapping[str, str]) -> None:
    own = {name: what for name, what in found.items() if _module(name) == module}
    if not own:
        pytest.skip(f"{module} holds nothing to put a fault into")
    tried = {name: what for name, what in own.items() if what != _UNTRIED}
    if not tried:
        pytest.skip(f"the time was over before a fault was put into {module}")
    scored = _score(module, tried, len(own) - len(tried))
    append([scored])
    assert lost([scored]) == []


def _score(module: str, found: Mapping[str, str], left: int) -> Score:
    """Survivors count as lost where fewer than nine of ten faults were noticed; those that change nothing are listed with the reason."""
    counts, survivors = Counter(found.values()), [name for name, what in found.items() if what not in {"killed", "timeout", "caught by type check"}]
    explained = [name for name in survivors if name in EXPLAINED]
    tried = len(found) - len(explained)
    killed = len(found) - len(survivors)
    measured = f"{100 * killed / max(tried, 1):.1f} % noticed, {len(explained)} more change nothing" + (f", {left} not tried yet" if left else "")
    print(f"{module}: {dict(counts)}, {measured}; {', '.join(name for name in survivors if name not in EXPLAINED)}")
    return Score(f"mutants of {module}", tried, 0 if killed >= LEAST * tried else tried - killed, measured=measured)
