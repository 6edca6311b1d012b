"""The formulas of a return, as the texts print them. Money in, ratios out; a cost of nothing has no return."""

from roi_core.results import Absent, Estimate, Result
from roi_core.units import Unit

_NO_COST = Absent("The cost adds up to nothing, so there is no return on it to state.", "Check the cost sheet, or answer the three questions on cost.")


def customer_service_roi(benefits: float, costs: float) -> Result:
    """(Benefits - Costs) / Costs x 100 (text 003), in percent; net, so 0 is break-even."""
    return _over(100 * (benefits - costs), costs, "(benefits - costs) / costs x 100", Unit.PERCENT)


def support_roi(revenue_impact: float, cost_savings: float, investment: float) -> Result:
    """(Revenue Impact + Cost Savings - Support Investment) / Support Investment x 100 (text 000), in percent."""
    return _over(100 * (revenue_impact + cost_savings - investment), investment, "(revenue impact + savings - investment) / investment x 100", Unit.PERCENT)


def value_per_unit_spent(benefits: float, costs: float) -> Result:
    """Benefits / Costs (texts 000 and 003): gross, so 1 is break-even."""
    return _over(benefits, costs, "benefits / costs", Unit.RATIO)


def repeat_contacts_avoided(saving: float, rate_before: float, rate_after: float) -> Result:
    """Contacts a year x cost of a repeat contact that a saving implies when first-contact resolution moves between two shares.

    saving = (after - before) x contacts x cost per repeat, solved for the product of the last two (text 000, TechAssist).
    """
    return _over(saving, rate_after - rate_before, "saving / (rate after - rate before)", Unit.MONEY_PER_YEAR)


def _over(numerator: float, denominator: float, formula: str, unit: Unit) -> Result:
    return Estimate(numerator / denominator, None, None, 0, formula, unit) if denominator > 0 else _NO_COST
