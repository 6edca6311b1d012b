"""A trial in a process of its own, as it has to be: this one may have threads."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.store.scores import Score

ROOT = Path(__file__).resolve().parents[2]


def tried(folder: Path, trial: str, count: int) -> list[Score]:
    """Scores of one trial; see `tests.store.__main__`. The output of a trial that fails is in the error."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store", str(folder), trial, str(count)],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [Score(**json.loads(line)) for line in done.stdout.splitlines()]


def lost(scores: list[Score]) -> list[Score]:
    """Those with a loss."""
    assert scores
    assert all(score.tried for score in scores)
    return [score for score in scores if score.lost]
