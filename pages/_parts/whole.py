"""Actions of a visitor that are done whole.

Streamlit ends a run for the next click, and when a connection is lost, at any look at the session: also in the middle of a callback. The
widget then counts as dealt with, and what its callback had not yet kept is lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Streamlit ends no run that it does not take to be executing. It has no public word for it; a test tells when this one is gone."""
    runner = getattr(getattr(get_script_run_ctx(), "_enqueue", None), "__self__", None)
    executing = getattr(runner, "_execing", False)
    if runner is not None and executing:
        runner._execing = False  # noqa: SLF001
    try:
        yield
    finally:
        if runner is not None and executing:
            runner._execing = True  # noqa: SLF001


whole = _uninterrupted()
"""Marks a callback: the run ends after it, not inside of it."""
