"""The ledger from priced amounts."""

from collections.abc import Iterable
from functools import reduce

from roi_core.ledger.lines import Ledger, Line
from roi_core.ledger.rules import RULES, name_overlaps
from roi_core.money.priced import Priced


def build_ledger(priced: Iterable[Priced]) -> Ledger:
    """Benefits, then costs, after every rule on what may be added up; every benefit names the lines that hold its money."""
    lines = sorted((Line.of(amount) for amount in priced), key=lambda line: line.kind)
    return Ledger(name_overlaps(reduce(lambda held, rule: rule.apply(held), RULES, tuple(lines))))
