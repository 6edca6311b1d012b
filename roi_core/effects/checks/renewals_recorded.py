"""Whether contracts were renewed is recorded for those that came due."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine import calendar
from roi_core.spine.facts import integers
from roi_core.units import Unit

MOST_UNKNOWN = 0.10
NAME = "renewals recorded"


def check(comparison: Comparison[Rows], until: int | None = None) -> Verdict:
    """Refuse where more than 10 % of the contracts that came due within the months looked at say neither yes nor no.

    `until` is the last month that is looked at, the last of the files without one.
    """
    facts = comparison.facts
    last = facts.last_month if until is None else until
    ends, renewed = integers(facts.terms, "ends_s"), integers(facts.terms, "renewed")
    due = (ends >= calendar.start_of(int(comparison.rows.month.min()) + 1)) & (ends < calendar.start_of(last + 1))
    unknown = float((renewed[due] < 0).mean()) if due.any() else 0.0
    text = number(unknown, Unit.FRACTION)
    if unknown > MOST_UNKNOWN:
        refused = Check(NAME, passed=False, text=say("check.renewals_unknown", share=text))
        return Verdict(refused, cap=Grade.C, refuses=True, next_step=say("next.renewals"), about=("renewals",))
    return Verdict(Check(NAME, passed=True, text=say("check.renewals_recorded", n=f"{int(due.sum()):,}", share=text)))
