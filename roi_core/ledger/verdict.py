"""What the interval of a return allows to say, and its title."""

from roi_core.ledger import words
from roi_core.ledger.finding import Finding, finding
from roi_core.ledger.total import Roi
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import Style, money

_PROBABLY, _HARDLY = 0.60, 0.40


def return_found(net: Result, roi: Roi) -> Finding | None:
    """The finding of benefit less cost; None where no benefit was found, or none can be set against the cost."""
    if isinstance(net, Absent) or isinstance(roi.net_benefit, Absent) or finding(net) is not Finding.GAIN:
        return None
    return finding(roi.net_benefit)


def return_title(found: Finding | None, roi: Roi, style: Style) -> str:
    """The return as a finding; empty where there is none to state."""
    if found is None or isinstance(roi.value_per_unit_spent, Absent):
        return ""
    if found is Finding.UNCLEAR:
        return _open(roi.probability_positive)
    key = "verdict.gain" if found is Finding.GAIN else "verdict.loss"
    return say(key, back=money(roi.value_per_unit_spent.value, style), one=money(1.0, style))


def _open(odds: Result) -> str:
    share = odds.value if isinstance(odds, Estimate) else 0.5
    key = "verdict.probably" if share >= _PROBABLY else "verdict.hardly" if share <= _HARDLY else "verdict.open"
    return say(key, odds=words.in_a_hundred(share))
