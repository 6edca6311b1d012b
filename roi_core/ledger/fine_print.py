"""What the headline rests on and a reader may doubt first: why these months, and whose margin."""

from roi_core.assumptions import Assumptions
from roi_core.cohorts.eligibility import FIRST_TRIAL_AFTER_MONTHS
from roi_core.ledger import words
from roi_core.measured import Measured, is_tested
from roi_core.money.kept import Kept
from roi_core.sentences import say
from roi_core.show import Style


def rests_on(measured: Measured, lead: Kept, assumptions: Assumptions, style: Style) -> str:
    """Why these months and no others, and the margin as long as nobody has confirmed it."""
    return " ".join(text for text in (_months(measured, lead), _margin(assumptions, style)) if text)


def _months(measured: Measured, lead: Kept) -> str:
    chosen = measured.design.filters
    if chosen.first_month is not None or chosen.last_month is not None:
        return ""
    horizon = f"{lead.stream.horizon_months}"
    if is_tested(lead.stream.contrast):
        return say("rests.months_drawn", horizon=horizon)
    if lead.stream.part_of is not None:
        return say("rests.months_after", horizon=horizon)
    return say("rests.months", before=f"{FIRST_TRIAL_AFTER_MONTHS}", horizon=horizon)


def _margin(assumptions: Assumptions, style: Style) -> str:
    margin = assumptions.number("gross_margin")
    if margin is None or assumptions.typed("gross_margin") or not assumptions.switch("use_margin"):
        return ""
    return say("rests.margin", share=words.share(margin, style))
