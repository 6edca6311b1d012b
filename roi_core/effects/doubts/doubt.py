"""One doubt about an answer, looked into: a sentence, and a table behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roi_core.effects.comparison import Comparison
from roi_core.results import Absent, Result
from roi_core.sentences import say

Tell = Callable[[float], None]
"""Called with how far the work is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column; `points` where its fractions are differences."""

    title: str
    points: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found: `sentence`, and rows of a name and one result for each of `columns`, the first of which can be drawn."""

    key: str
    sentence: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Result, ...]], ...]

    @property
    def title(self) -> str:
        """What was asked, in a few words."""
        return say(f"doubt.{self.key}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A doubt that can be asked for; its title and reason are the sentences `doubt.<key>` and `doubt.<key>_why`."""

    key: str
    look: Callable[[Comparison[Any], Tell], Doubt | Absent]

    @property
    def title(self) -> str:
        """What is asked, in a few words."""
        return say(f"doubt.{self.key}")

    @property
    def why(self) -> str:
        """What it would show."""
        return say(f"doubt.{self.key}_why")
