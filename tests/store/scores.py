"""What a trial gives: how often something was tried, how often something was lost, and what was measured meanwhile."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One case; `lost` counts whatever must never happen in it, `why` names the first few, `measured` is a figure with its unit where the case has one."""

    case: str
    tried: int
    lost: int
    why: tuple[str, ...] = ()
    measured: str = ""


class Tally:
    """Counts the tries of one case."""

    def __init__(self, case: str) -> None:
        self.case, self.tried, self.lost, self.why = case, 0, 0, []

    def add(self, faults: list[str]) -> None:
        """One try, and everything that was wrong after it."""
        self.tried += 1
        self.lost += bool(faults)
        self.why += faults[: 5 - len(self.why)]

    @property
    def score(self) -> Score:
        """What was counted."""
        return Score(self.case, self.tried, self.lost, tuple(self.why))
