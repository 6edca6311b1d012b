"""What a real browser loses, runs or fetches, at full counts: sockets that are cut, servers that die, payloads on every page. Each to the scoreboard."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.nightly.scoreboard import append
from tests.nightly.share import part_of
from tests.store.apart import lost
from tests.store.scores import Score

ROOT = Path(__file__).resolve().parents[2]
CUTS, RESTARTS = part_of(100), part_of(20)
_LINE = re.compile(r"^(.+): (\d+) tried, (\d+) lost$", re.MULTILINE)


def scores(tests: str, chosen: str, cases: int, settings: Mapping[str, str]) -> list[Score]:
    """What tests of tests/browser print with these settings; where one fails without a loss of its own, that it failed is one."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-rP", "--timeout", "3600", tests, "-k", chosen]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False)
    found = [Score(case, int(tried), int(lost)) for case, tried, lost in _LINE.findall(done.stdout)]
    if done.returncode or len(found) != cases:
        print(done.stdout)
    if len(found) != cases or (done.returncode and not any(score.lost for score in found)):
        found.append(Score(f"all of {tests}", 1, 1))
    return found


@pytest.mark.parametrize(
    ("tests", "chosen", "cases", "settings"),
    [
        ("tests/browser/test_saving.py", "cut or dies", 3, {"SUPPORT_ROI_CUTS": str(CUTS), "SUPPORT_ROI_RESTARTS": str(RESTARTS)}),
        ("tests/browser/test_hostile_work.py", "", 2, {"SUPPORT_ROI_DRAWERS": "all"}),
        ("tests/browser/test_canaries.py", "", 1, {"SUPPORT_ROI_DRAWERS": "all"}),
    ],
    ids=["saving", "payloads", "canaries"],
)
def test_nothing_is_lost_run_or_told(tests: str, chosen: str, cases: int, settings: Mapping[str, str]) -> None:
    found = scores(tests, chosen, cases, settings)
    append(found)
    assert lost(found) == []
