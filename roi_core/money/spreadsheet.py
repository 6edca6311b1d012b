"""The texts' formulas, printed as they stand and struck out, with the factor by which they overstate."""

from collections.abc import Mapping
from dataclasses import dataclass

from roi_core.assumptions import Assumptions
from roi_core.measured import Company, Measured
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.units import Unit

_NO_FACTOR = Absent("There is no factor: what our comparison shows may be nothing.")
_NOT_A_DIFFERENCE = Absent("There is no factor: the formula is a difference of two things that cannot be compared.")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a spreadsheet reads off: churn of ever-contacted and never-contacted customers, and averages of revenue."""

    churn_supported: float
    churn_unsupported: float
    supported: int
    revenue_per_customer_month: float
    lifetime_value: float


@dataclass(frozen=True, slots=True)
class TextFormula:
    """One formula of the texts: as printed, its amount, how many times our answer it is, and why it is struck out."""

    key: str
    title: str
    printed: str
    amount: Result
    overstatement: Result
    why: str


def text_formulas(measured: Measured, assumptions: Assumptions, ours: Result) -> tuple[TextFormula, ...]:
    """All of them with these numbers; none where the files lack what a spreadsheet needs. `ours` is the margin kept."""
    inputs = read_off(measured, assumptions)
    if inputs is None:
        return ()
    saved, clv, why = customers_saved(inputs), inputs.lifetime_value, {key: say(f"spreadsheet.{key}") for key in _TITLES}
    n, yearly = inputs.supported, 12 * inputs.revenue_per_customer_month
    amounts = {
        "saved_times_clv": Estimate(saved * clv, None, None, n, "text 001, as printed", Unit.MONEY),
        "arr_protected": Estimate(saved * yearly, None, None, n, "text 000, as printed", Unit.MONEY),
        "support_influenced_clv": Estimate(support_influenced_clv(inputs), None, None, n, "text 001, as printed", Unit.MONEY),
    }
    return tuple(TextFormula(key, _TITLES[key], _PRINTED[key], amount, _factor(key, amount, ours), why[key]) for key, amount in amounts.items())


def customers_saved(inputs: Inputs) -> float:
    """(Retention of supported - retention of unsupported) x supported customers: the raw difference taken for an effect."""
    return (inputs.churn_unsupported - inputs.churn_supported) * inputs.supported


def support_influenced_clv(inputs: Inputs) -> float:
    """(R_sup x ARPA) - (churn without support x CLV), per customer, ARPA a year: text 001 as printed."""
    return (1 - inputs.churn_supported) * 12 * inputs.revenue_per_customer_month - inputs.churn_unsupported * inputs.lifetime_value


def read_off(measured: Measured, assumptions: Assumptions) -> Inputs | None:
    """What a spreadsheet would read off these files, or None."""
    details = _details(measured)
    supported, unsupported = details.get("spreadsheet_supported"), details.get("spreadsheet_control")
    revenue = _revenue_per_customer(measured.company)
    if not isinstance(supported, Estimate) or not isinstance(unsupported, Estimate) or revenue is None:
        return None
    clv = assumptions.number("customer_lifetime_value")
    churn = measured.metrics.get("monthly_churn")
    if clv is None and isinstance(churn, Estimate) and churn.value > 0:
        clv = revenue / churn.value
    return None if clv is None else Inputs(supported.value, unsupported.value, supported.n, revenue, clv)


def _details(measured: Measured) -> Mapping[str, Result]:
    return next((e.details for key, e in measured.effects.items() if key.startswith("supported.churn") and "spreadsheet_supported" in e.details), {})


def _revenue_per_customer(company: Company | Absent) -> float | None:
    if isinstance(company, Absent) or not isinstance(company.monthly_revenue, Estimate) or not company.active_customers:
        return None
    return company.monthly_revenue.value / company.active_customers


def _factor(key: str, amount: Estimate, ours: Result) -> Result:
    if key == "support_influenced_clv":
        return _NOT_A_DIFFERENCE
    if isinstance(ours, Absent) or ours.value <= 0 or (ours.low is not None and ours.low <= 0):
        return _NO_FACTOR
    return Estimate(amount.value / ours.value, None, None, amount.n, "the text's amount / margin kept", Unit.RATIO)


_TITLES = {
    "saved_times_clv": "Value of saved customers",
    "arr_protected": "Yearly revenue protected",
    "support_influenced_clv": "Support-influenced lifetime value, per customer",
}
_PRINTED = {
    "saved_times_clv": "customers saved x average customer lifetime value",
    "arr_protected": "supported customers x retention difference x revenue a year",
    "support_influenced_clv": "(retention of supported x ARPA) - (projected churn without support x CLV)",
}
