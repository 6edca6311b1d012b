"""Match rates: how much of tickets and of revenue has a customer, and how often two ways agree."""

from collections.abc import Mapping

from roi_core.results import Absent, Estimate, Result
from roi_core.spine.linkage import Linkage
from roi_core.stats.proportion import wilson
from roi_core.units import Unit


def by_tickets(linkage: Linkage) -> Result:
    """Tickets with a customer over tickets that count; pre-sale and other tickets set aside are in neither."""
    if linkage.tickets == 0:
        return Absent("No tickets are in the files that need a customer.", "Add the ticket export of your helpdesk.")
    method = "tickets with a customer over tickets that count"
    return Estimate(linkage.matched / linkage.tickets, None, None, linkage.tickets, method, Unit.FRACTION)


def by_revenue(linkage: Linkage, currencies: int) -> Result:
    """Revenue with a customer over all revenue of the files. Absent without revenue, and where `currencies` are several."""
    return _of_revenue(linkage, linkage.revenue.linked, currencies, "revenue rows of the files whose customer can be followed over all, by amount")


def with_ticket(linkage: Linkage, currencies: int) -> Result:
    """Revenue of customers with a linked ticket over all revenue of the files."""
    return _of_revenue(linkage, linkage.revenue.wrote, currencies, "revenue of customers with a linked ticket over all, by amount")


def refused(linkage: Linkage, currencies: int) -> Result:
    """Revenue that fits several customers, so that it is none's, over all revenue of the files."""
    return _of_revenue(linkage, linkage.revenue.refused, currencies, "revenue that fits several customers over all, by amount")


def agreement(linkage: Linkage) -> Mapping[str, Result]:
    """By way: the share of tickets that a way before it has linked too in which both name one customer, Wilson interval."""
    found: dict[str, Result] = {}
    for way, (both, agree) in linkage.agreement.items():
        share = wilson(agree, both)
        found[way] = Estimate(share.value, share.low, share.high, both, "tickets on which two ways agree over tickets that both have linked", Unit.FRACTION)
    return found


def _of_revenue(linkage: Linkage, amount: float | None, currencies: int, method: str) -> Result:
    revenue = linkage.revenue
    if currencies > 1 or amount is None or revenue.total is None:
        return Absent("Several currencies are in the files, and they are never added up.")
    if revenue.total <= 0:
        return Absent("No revenue is in the files.")
    return Estimate(amount / revenue.total, None, None, revenue.rows, method, Unit.FRACTION)
