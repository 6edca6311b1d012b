"""numpy reads how many threads its linear algebra takes when it loads, so that must be settled before."""

import os
import subprocess
import sys

import pytest

from tests.longest import ROOT

WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, *_):
        if name == "numpy":
            print(os.environ.get("OPENBLAS_NUM_THREADS"), flush=True)
            os._exit(0)

sys.meta_path.insert(0, Watch())
"""


@pytest.mark.parametrize("start", ["import app", "import roi_core.cli; import numpy"])
@pytest.mark.parametrize(("given", "expected"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "4"}, "4")])
def test_linear_algebra_takes_one_thread_unless_told(start, given, expected):
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | given
    done = subprocess.run([sys.executable, "-c", WATCH + start], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [expected]
