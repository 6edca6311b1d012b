"""A comparison under examination: what the gates look at."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.design import Design
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects.fit import Fit, Rows
from roi_core.results import Check, Grade
from roi_core.sentences import catalogue, say
from roi_core.spine import Facts

RowsT_co = TypeVar("RowsT_co", bound=Rows, covariant=True)


@dataclass(frozen=True, slots=True)
class Comparison(Generic[RowsT_co]):
    """Rows of one contrast with the facts and design they come from; `fit` is None before estimation."""

    contrast: str
    facts: Facts
    design: Design
    rows: RowsT_co
    fit: Fit | None = None

    @property
    def events(self) -> tuple[int, int]:
        """Customers that left, among those treated and among controls; one with many rows counts once in each."""
        return self._customers_of(self.rows.churned)

    @property
    def inside_contacts(self) -> bool:
        """Whether both groups asked for help, and were told apart by how they were handled."""
        return self.contrast in QUALITIES

    @property
    def who(self) -> str:
        """What the treated are called."""
        named = f"check.who_{self.contrast}"
        return say(named if named in catalogue() else "check.who_handled" if self.inside_contacts else "check.who_helped")

    @property
    def spared(self) -> tuple[int, int]:
        """Customers with a row after which they did not leave, among those treated and among controls; one who left after another row counts here too."""
        return self._customers_of(~self.rows.churned)

    @property
    def sizes(self) -> tuple[int, int]:
        """Customers among treated and control rows."""
        return self._customers_of(np.ones(len(self.rows.treated), dtype=np.bool_))

    def _customers_of(self, kept: NDArray[np.bool_]) -> tuple[int, int]:
        """Customers with any of these rows, among those treated and among controls."""
        treated, who = self.rows.treated, self.rows.cluster
        return len(np.unique(who[kept & treated])), len(np.unique(who[kept & ~treated]))

    @property
    def customers(self) -> int:
        """Independent customers among the rows."""
        return len(np.unique(self.rows.cluster))

    @property
    def fitted(self) -> Fit:
        """The fit. Raises ValueError before estimation."""
        if self.fit is None:
            raise ValueError(f"{self.contrast} has not been estimated")
        return self.fit


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says: its check, the best grade it leaves, whether the comparison must be refused, what it hides, and what to do then.

    `thin` asks for plain overlap weights: events are too few for outcome models. One that is `alone` explains the other refusals: they
    follow from it, or are false because of it.
    `about` names what of `spine.origins` a refusal is about, so that its columns are told.
    """

    check: Check
    cap: Grade = Grade.B
    refuses: bool = False
    hides: str = ""
    next_step: str = ""
    thin: bool = False
    alone: bool = False
    about: tuple[str, ...] = ()
