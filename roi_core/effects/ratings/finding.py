"""One number about ratings, and what it does not say."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts import covariates
from roi_core.cohorts.covariates import Covariates
from roi_core.results import Absent, Grade, Result
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import labels

LEAST = 30
LOW, HIGH = 0.25, 0.75
"""At or under the first, a rating is low (1 or 2 of 5); from the second on it is high (4 or 5 of 5)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` names its sentences: `ratings.<key>` what it is, `ratings.<key>_why` what it rests on. `points` where it is a difference of shares."""

    key: str
    result: Result
    points: bool = False

    @property
    def title(self) -> str:
        """What it is, in plain words."""
        return say(f"ratings.{self.key}")

    @property
    def grade(self) -> Grade:
        """A sign, whatever it is: who rates, and how, differs for reasons that no file holds."""
        return Grade.C

    @property
    def why(self) -> str:
        """What it rests on and does not say."""
        return say(f"ratings.{self.key}_why")


def few(n: int) -> Absent:
    """Too few ratings for it."""
    return Absent(say("ratings.few", n=f"{n:,}", needed=f"{LEAST}"))


def as_created(facts: Facts, rows: NDArray[np.int64]) -> Covariates:
    """Priority, category and channel of contacts as set at creation, (n, p); unknown in rows of -1."""
    contacts = facts.contacts.take(pa.array(rows, pa.int64(), mask=rows < 0))
    return covariates.stack([covariates.label(name, *labels(contacts, name)) for name in ("priority", "category", "channel")], len(rows))
