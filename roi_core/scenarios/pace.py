"""Why two years are not twice a year: what a contact keeps arrives over months, what it costs comes at once."""

from roi_core.ledger import words
from roi_core.results import Absent, Estimate
from roi_core.scenarios.fan import Fan
from roi_core.scenarios.levers import years_of
from roi_core.sentences import say
from roi_core.show import Style
from roi_core.valuation import Valued


def pace(valued: Valued, months: Fan | Absent, style: Style) -> str:
    """The yearly amount that the months to come grow towards; empty where there is no fan."""
    total, lead = valued.total, valued.basis.lead
    if isinstance(months, Absent) or lead is None or isinstance(total.benefit, Absent):
        return ""
    spent = total.spent.value if months.net and isinstance(total.spent, Estimate) else 0.0
    amount = words.amount((total.benefit.value - spent) / years_of(valued.basis), style)
    return say("scenarios.pace_net" if months.net else "scenarios.pace_kept", horizon=f"{lead.stream.horizon_months}", amount=amount)
