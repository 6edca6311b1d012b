"""What an interval allows to say."""

from enum import StrEnum

from roi_core.results import Estimate, Result


class Finding(StrEnum):
    """What an interval allows to say. There is no filter: an unclear amount stays in the total."""

    GAIN = "gain"
    LOSS = "loss"
    UNCLEAR = "unclear"


def finding(estimate: Estimate) -> Finding:
    """Whether the interval lies above nothing, below it, or includes it."""
    low, high = (estimate.value if limit is None else limit for limit in (estimate.low, estimate.high))
    return Finding.GAIN if low > 0 else Finding.LOSS if high < 0 else Finding.UNCLEAR


def is_unclear(result: Result) -> bool:
    """Whether there is an amount and its interval includes nothing."""
    return isinstance(result, Estimate) and finding(result) is Finding.UNCLEAR


def mirrored(kept: Estimate) -> tuple[float | None, float | None]:
    """The limits of minus an estimate."""
    return (None if kept.high is None else -kept.high), (None if kept.low is None else -kept.low)
