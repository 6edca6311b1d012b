"""A negative control: something that a contact cannot have changed, compared in the same way."""

from roi_core.effects.checks import late_payment
from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts.doubt import Column, Doubt, Tell
from roi_core.effects.fit import Rows
from roi_core.results import Absent
from roi_core.sentences import say


def look(comparison: Comparison[Rows], tell: Tell) -> Doubt | Absent:
    """Late payment in the month before, which is kept out of what is known; Absent where no field serves."""
    found = late_payment.placebo(comparison.rows)
    tell(1.0)
    if isinstance(found, Absent):
        return found
    sentence = late_payment.verdict(found).check.text
    return Doubt("negative_control", sentence, (Column(say("doubt.answer"), points=True),), ((say("doubt.negative_control_late"), (found,)),))
