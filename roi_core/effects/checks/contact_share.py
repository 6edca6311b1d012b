"""Not nearly everybody writes: somebody is left to compare with."""

from roi_core.cohorts.trials import Trials
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

MOST = 0.60


def check(comparison: Comparison[Trials]) -> Verdict:
    """Refuse where more than 60 % of customers contact support in a month."""
    share = comparison.rows.contact_share
    text = number(share, Unit.FRACTION)
    if share > MOST:
        refused = Check("somebody to compare with", passed=False, text=say("check.everybody_writes", share=text))
        return Verdict(refused, cap=Grade.C, refuses=True, next_step=say("next.contact_share"))
    return Verdict(Check("somebody to compare with", passed=True, text=say("check.contact_share", share=text)))
