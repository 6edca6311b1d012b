"""One amount with everything that the ledger has to know about it."""

from dataclasses import dataclass, field
from typing import Literal

from roi_core.money.draws import Sample
from roi_core.results import Absent, Estimate, Grade, Result

Kind = Literal["benefit", "cost"]


@dataclass(frozen=True, slots=True)
class Priced:
    """A benefit or a cost of one period, before any rule on what may be added up.

    `sample` is what totals add; None where `amount` is Absent. `group` names amounts that are the same money seen twice,
    `part_of` the stream that holds this one, `follows` the stream that this one is a consequence of, `in_costs` a saving
    that has already lowered the measured cost, `sunk` money that was paid once and cannot be got back.
    """

    stream: str
    title: str
    kind: Kind
    amount: Result
    grade: Grade
    method: str
    population: str
    comes_from: str
    sample: Sample | float | None = field(default=None, repr=False, compare=False)
    group: str = ""
    part_of: str | None = None
    follows: str | None = None
    in_costs: bool = False
    sunk: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.amount, Estimate) == (self.sample is None):
            raise ValueError(f"{self.stream} must hold an estimate with its sample, or neither")

    @property
    def absent(self) -> Absent | None:
        """The reason why there is no amount, or None."""
        return self.amount if isinstance(self.amount, Absent) else None
