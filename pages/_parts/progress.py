"""Work of more than a second, told in words while it runs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import streamlit as st

from pages._parts.drawing import turns
from pages._parts.plain import plain

Tell = Callable[[str, float], None]
Watch = Callable[[str], AbstractContextManager[Tell]]
"""Shows the first words of work, and what it tells until the block ends."""


@contextmanager
def progress(first: str) -> Iterator[Tell]:
    """A bar that begins with `first`; call the given function with (what is being done, 0 to 1). It goes when the block ends; others draw meanwhile."""
    bar = st.progress(0.0, plain(first))

    def tell(text: str, done: float) -> None:
        bar.progress(min(max(done, 0.0), 1.0), plain(text))

    try:
        with turns.aside():
            yield tell
    finally:
        bar.empty()
