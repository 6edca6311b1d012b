"""How much of the full counts is tried: all of it, or the share that SUPPORT_ROI_NIGHTLY_SHARE names, with which nothing is appended to the scoreboard."""

import os

SHARE = float(os.environ.get("SUPPORT_ROI_NIGHTLY_SHARE", "1"))

EVERY = max(1, round(1 / SHARE))
"""Where all of something are tried: every how many-th of them is."""


def part_of(count: int) -> int:
    """That share of a count, at least 1."""
    return max(1, round(count * SHARE))
