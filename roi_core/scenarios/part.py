"""One part of a scenario: what it adds to the ledger, what it is called, and what has to be said about it."""

from dataclasses import dataclass

from roi_core.measured import Stream
from roi_core.money.draws import Sample
from roi_core.money.priced import Priced
from roi_core.results import Absent, Grade


@dataclass(frozen=True, slots=True)
class Part:
    """`priced` are amounts of the period, beside today's; `unknown` says why there are none.

    `grade` is None where the part holds no benefit of its own. `stream` and `contacts_a_year` are what its gain was made of.
    """

    key: str
    words: str
    priced: tuple[Priced, ...] = ()
    notes: tuple[str, ...] = ()
    grade: Grade | None = None
    unknown: Absent | None = None
    stream: Stream | None = None
    contacts_a_year: float = 0.0

    @property
    def counts(self) -> bool:
        """Whether its money is its own, and not a part of what another part of the scenario gains."""
        return all(priced.part_of is None for priced in self.priced)

    @property
    def sample(self) -> Sample | float:
        """Benefits less what comes after them, for the period; costs stand apart."""
        signs = {"benefit": 1.0, "cost": -1.0}
        amounts = [signs[p.kind] * p.sample for p in self.priced if p.sample is not None and (p.kind == "benefit" or p.follows is not None)]
        return sum(amounts, start=0.0)
