"""What stands in a customer's files in the clear stands in staging while they are read, and nowhere else, and after deletion not even sealed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.measurement import measure_workspace
from roi_core.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    place = tmp_path_factory.mktemp("place")
    folders = {name: str(place / name) for name in ("TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "SQLITE_TMPDIR", "HOME")}
    for folder in folders.values():
        Path(folder).mkdir()
    command = [sys.executable, "-m", "tests.store.canaries", str(place)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **folders}, capture_output=True, text=True, check=True)
    return {**json.loads(done.stdout), "log": done.stderr}


def test_the_canaries_came_in_and_are_kept_sealed(told):
    assert told["loaded"] > 20_000
    assert told["aside"]
    assert told["held"]


@pytest.mark.parametrize("moment", ["during", "after", "deleted", "left"])
def test_nothing_stands_in_the_clear(told, moment):
    assert told[moment] == []


def test_nothing_was_logged(told):
    assert told["log"] == ""


def digits(result):
    """All of it, with numbers to eleven digits: sums of amounts are added up in parallel."""
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda found: f"{float(found[0]):.11g}", repr(result))


def test_two_workspaces_of_the_same_files_give_the_same_numbers_and_other_hashes(tmp_path):
    files = [path for path in write_sample(tmp_path / "exports", customers=300) if path.suffix == ".csv"]
    one, other = (Workspace.create(tmp_path / "home") for _ in range(2))
    found = []
    for workspace in (one, other):
        take_in(files, workspace)
        found.append(measure_workspace(workspace))
    for name in ("metrics", "effects", "curves", "balance", "costs", "levers", "funnel"):
        assert digits(getattr(found[0], name)) == digits(getattr(found[1], name)), name
    keys = [set(pq.read_table(workspace.parts("tickets")[0]).column("email").to_pylist()) - {None} for workspace in (one, other)]
    assert keys[0]
    assert not keys[0] & keys[1]
