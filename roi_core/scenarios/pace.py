"""Why two years are not twice a year: what a contact keeps arrives over months, what it costs comes at once."""

from dataclasses import replace

from roi_core.ledger import words
from roi_core.results import Absent, Estimate
from roi_core.scenarios.fan import Fan
from roi_core.scenarios.levers import years_of
from roi_core.sentences import say
from roi_core.show import Style
from roi_core.valuation import Valued


def pace(valued: Valued, months: Fan | Absent, style: Style) -> str:
    """The yearly amount that the months to come grow towards, its range alone where nothing was found; empty where there is no fan."""
    total, lead = valued.total, valued.basis.lead
    if isinstance(months, Absent) or lead is None or isinstance(total.benefit, Absent):
        return ""
    paced, horizon = _a_year(valued, total.benefit, net=months.net), f"{lead.stream.horizon_months}"
    key = "scenarios.pace_net" if months.net else "scenarios.pace_kept"
    if months.found:
        return say(key, horizon=horizon, amount=words.amount(paced.value, style))
    return say(f"{key}_open", horizon=horizon, **words.bounds(paced, style))


def _a_year(valued: Valued, benefit: Estimate, *, net: bool) -> Estimate:
    """What counts of a year, less the cost where it is known."""
    held = valued.roi.net_benefit
    amount = held if net and isinstance(held, Estimate) else benefit
    low, high = (None if limit is None else limit / years_of(valued.basis) for limit in (amount.low, amount.high))
    return replace(amount, value=amount.value / years_of(valued.basis), low=low, high=high)
