"""What the reader accepts, and what the reading process may use. Passing one is a refusal that names it."""

import os
from dataclasses import dataclass

LONGEST_NAME = 80
"""Characters of the name of a file or archive member that reports show."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bytes, counts and seconds; `rows` of one table, None for any number. `unpacked_ratio` counts only once `ratio_from` bytes have been unpacked.

    Of a file with an open question at most `held_bytes` are kept, sealed, until it is answered. `address_bytes` counts mapped files
    too, which take no memory: a backstop behind `resident_bytes`.
    """

    record_bytes: int = 1 << 20
    columns: int = 2_000
    rows: int | None = 20_000_000
    members: int = 100
    unpacked_bytes: int = 1 << 30
    unpacked_ratio: int = 200
    ratio_from: int = 50 << 20
    resident_bytes: int = 2 << 30
    address_bytes: int = 8 << 30
    seconds: int = 60
    held_bytes: int = 64 << 20


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def jobs_inside() -> int:
    """Heavy jobs at the same time in a server's own process. A core is left to pages that need none: the interpreter serves one of all threads at a time."""
    return max(1, cores() - 1)


LIMITS = ReadLimits()
"""For files that come through the browser on a laptop."""

FROM_DISK = ReadLimits(rows=None, unpacked_bytes=8 << 30, address_bytes=128 << 30, resident_bytes=4 << 30, seconds=600, held_bytes=0)
"""For files that the user names on the command line: memory and time alone limit them."""
