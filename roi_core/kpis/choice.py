"""Which key figures are shown first, by line of business; the ten; and how far the files carry the plan of half a year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from roi_core.kpis.books import About
from roi_core.metrics import CADENCES, FAMILIES, METRICS, Metric
from roi_core.results import Absent, Result
from roi_core.sentences import say

_SAAS = ("first_response_minutes", "csat_satisfied", "first_contact_resolution", "monthly_retention", "cost_to_revenue")
_SHOP = ("first_response_minutes", "csat_satisfied", "first_contact_resolution", "repeat_purchase_90d", "cost_to_orders")
_SERVICES = ("first_response_minutes", "csat_satisfied", "first_contact_resolution", "contract_renewal", "cost_to_revenue")
_HELPDESK = ("first_response_minutes", "csat_satisfied", "first_contact_resolution", "resolution_hours", "cost_per_contact")
_FIVE: Mapping[str, tuple[str, ...]] = MappingProxyType({"churn": _SAAS, "no_order": _SHOP, "not_renewed": _SERVICES})
_BESIDE = ("resolution_hours", "contacts_a_month", "nps", "ces_easy", "bot_share", "recontact", "cost_per_contact")
_TEN = 10
FIRST, TEN, REVIEW, ALL, OWN, AGREED = "first", "ten", "review", "all", "own", "agreed"
SETS = (FIRST, TEN, REVIEW, ALL, OWN, AGREED)
"""What can be shown: the five, the ten, the families of the review, all, the reader's own, those that were agreed."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the first half year, and what is looked at in it."""

    key: str
    metrics: tuple[str, ...]


PLAN = (
    Phase("month_1", ("contacts_a_month", "first_response_minutes", "first_contact_resolution", "csat_satisfied", "cost_per_contact")),
    Phase("months_2_3", ("resolution_hours", "reopened", "monthly_retention", "repeat_purchase_90d", "cost_to_revenue", "cost_to_orders", "nps")),
    Phase(
        "months_4_6",
        (
            *("net_revenue_retention", "orders_per_buyer", "expansion_share", "average_order_value"),
            *("win_rate", "referrals_converted", "feature_requests", "health_score"),
        ),
    ),
)
"""From what a helpdesk export says by itself, over who stays and what it costs, to growth, advocacy and the product."""

_OF_RATES = ("monthly_retention", "cost_to_revenue", "net_revenue_retention", "expansion_share")
_OF_ORDERS = ("repeat_purchase_90d", "cost_to_orders", "orders_per_buyer", "average_order_value")
"""What of the plan is asked of those who are paid by the month, and what in its place of those who are paid by the order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One phase against the files: each figure with whether it has an answer, and the reason and next step of the first that has none."""

    key: str
    done: tuple[tuple[Metric, bool], ...]
    missing: Absent | None


def five(about: About) -> tuple[Metric, ...]:
    """The five of the first visit."""
    keys = _HELPDESK if not about.customers and about.outcome == "churn" else _FIVE[about.outcome]
    return tuple(METRICS[key] for key in keys)


def ten(about: About) -> tuple[Metric, ...]:
    """The five and what stands beside them."""
    first = five(about)
    return (*first, *(METRICS[key] for key in _BESIDE if METRICS[key] not in first))[:_TEN]


def chosen(keys: Collection[str]) -> tuple[Metric, ...]:
    """Metrics by key in the order given; keys of an earlier release that are gone are left out."""
    return tuple(METRICS[key] for key in keys if key in METRICS)


def families(period: str = "") -> Mapping[str, Sequence[Metric]]:
    """Families with their metrics: those of the review by a period, all without one or where none is declared."""
    names = next((cadence.families for cadence in CADENCES.values() if cadence.period == period), tuple(FAMILIES))
    return {name: FAMILIES[name] for name in names}


def planned(about: About) -> tuple[Metric, ...]:
    """All metrics of the plan that have a meaning in this line of business."""
    return tuple(METRICS[key] for phase in PLAN for key in _of_business(phase, about))


def where_you_are(about: About, results: Mapping[str, Result]) -> tuple[Step, ...]:
    """The plan against the files."""
    return tuple(_step(phase.key, [METRICS[key] for key in _of_business(phase, about)], results) for phase in PLAN)


def _of_business(phase: Phase, about: About) -> tuple[str, ...]:
    others = _OF_RATES if about.outcome == "no_order" else _OF_ORDERS
    return tuple(key for key in phase.metrics if key not in others)


def _step(key: str, metrics: Sequence[Metric], results: Mapping[str, Result]) -> Step:
    absent = [result for metric in metrics if isinstance(result := results.get(metric.key, Absent(say("metric_missing.no_rows"))), Absent)]
    return Step(key, tuple((metric, not isinstance(results.get(metric.key), Absent | None)) for metric in metrics), absent[0] if absent else None)
