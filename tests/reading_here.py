"""The reading process's work without a process, for tests that say nothing of it: half a second less for each load.

What a process of its own is for (limits, ends, hostile files) is tested with it, in tests/ingest/test_child.py and its neighbours.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from threading import Lock
from typing import Any

import pytest

_ONE_AT_A_TIME = Lock()
"""The umask is that of the process."""
CALLERS = ("roi_core.ingest.run", "roi_core.bundle.importing")
"""The modules that start a reading process."""


def read(
    spec: Mapping[str, Any], limits: Any, hear: Callable[[Any], None], program: str = "roi_core.ingest.child", called_off: Callable[[], bool] = bool
) -> None:
    """As `supervise.read_apart`: orders and messages become JSON and back, as they do between two processes, and files are their owner's alone.

    It cannot be ended once it has begun.
    """
    if called_off():
        return
    with _ONE_AT_A_TIME:
        _read(spec, limits, hear, program)


def _read(spec: Mapping[str, Any], limits: Any, hear: Callable[[Any], None], program: str) -> None:
    before = os.umask(0o077)
    try:
        import_module(program).read(json.loads(json.dumps(spec)), lambda message: hear(json.loads(json.dumps(message))), limits)
    finally:
        os.umask(before)


@pytest.fixture(scope="module")
def read_here() -> Iterator[None]:
    """Every load of a module is read in the process of the test."""
    with pytest.MonkeyPatch.context() as patch:
        for caller in CALLERS:
            patch.setattr(f"{caller}.read_apart", read)
        yield
