"""What counts under a scenario: the totals of its ledger, and whether anything was found."""

from collections.abc import Sequence

from roi_core.ledger import Ledger, Total, add_up, build_ledger, total
from roi_core.ledger.finding import is_unclear
from roi_core.money.basis import Basis
from roi_core.money.interval import estimated
from roi_core.scenarios.part import Part
from roi_core.units import Unit


def ledger_of(then: Basis, parts: Sequence[Part]) -> Ledger:
    """Today's lines under the moved answers, and those that the scenario adds."""
    return build_ledger((*then.priced(), *(priced for part in parts for priced in part.priced)))


def counted(then: Basis, parts: Sequence[Part]) -> Total:
    """Its totals."""
    return total(ledger_of(then, parts), 0)


def is_found(then: Basis, parts: Sequence[Part]) -> bool:
    """Whether the benefit that counts is clear of nothing; where it is not, its range stands in place of its middle."""
    benefit = add_up(ledger_of(then, parts)).benefit
    return benefit is None or not is_unclear(estimated(benefit, 0, "sum of the lines that count", Unit.MONEY))
