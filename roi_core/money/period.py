"""The months that a benefit and its cost are compared over."""

from dataclasses import dataclass

from roi_core.measured import Measured, Stream
from roi_core.sentences import say
from roi_core.show import month


@dataclass(frozen=True, slots=True)
class Period:
    """Month numbers, both included."""

    first: int
    last: int

    @classmethod
    def of(cls, stream: Stream) -> "Period":
        """The months whose contacts a stream values, all of them with full follow-up."""
        return cls(stream.episodes.first_month, stream.episodes.last_month)

    @property
    def months(self) -> int:
        """How many months there are."""
        return self.last - self.first + 1

    @property
    def years(self) -> float:
        """How many years there are: what turns an amount a year into one of the period."""
        return self.months / 12

    @property
    def named(self) -> str:
        """`Jan 2025 to Jun 2025`."""
        return say("period.months", first=month(self.first), last=month(self.last))

    def holds(self, number: int) -> bool:
        """Whether a month number lies inside."""
        return self.first <= number <= self.last


def preferred(measured: Measured) -> tuple[Stream, ...]:
    """One stream per contrast: the declared horizon where it was measured, else the first one handed on."""
    chosen: dict[str, Stream] = {}
    for stream in measured.streams:
        if stream.contrast not in chosen or stream.horizon_months == measured.design.horizon_months:
            chosen[stream.contrast] = stream
    return tuple(chosen.values())
