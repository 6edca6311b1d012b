"""What these files can answer, and what one more export would unlock."""

from collections.abc import Collection
from dataclasses import dataclass

from roi_core.metrics.catalogue import TOLD
from roi_core.metrics.needs import NEEDS
from roi_core.sentences import say

UPLOADS = {
    "tickets": ("tickets",),
    "customers": ("customers", "subscriptions", "mrr_movements"),
    "revenue": ("subscriptions", "mrr_movements"),
    "orders": ("orders", "invoices"),
    "surveys": ("surveys",),
    "costs": ("costs",),
    "usage": ("usage",),
}
"""Kinds of upload, in the order in which they are asked for, and the tables of which any one brings it.

Only kinds that an answer of today reads: opportunities, referrals, feedback and projects are kept and answer nothing yet.
"""
REVENUE = ("revenue", "orders")
"""What recurs by month, and what was sold: told by the tables only until the facts say which of them was found."""

_SALES = "sales"
"""Stands for any revenue: what recurs is sold as well."""
_MET = {"scores": "surveys", "costs": "costs", "orders": "revenue", "returns": "usage"}
"""Uploads that something else brings: a shop's revenue are its orders, and its trouble its returns."""

_BEYOND_METRICS = {
    "supported_churn": ("tickets", "customers"),
    "first_contact_resolution_churn": ("tickets", "customers"),
    "fast_reply_churn": ("tickets", "customers"),
    "early_trouble": ("tickets", "customers", "usage"),
    "satisfaction_churn": ("tickets", "customers", "surveys"),
    "sales_of_writers": ("tickets", "customers", _SALES),
    "margin_kept": ("tickets", "customers", "revenue"),
    "break_even": ("tickets", "customers", "revenue"),
    "roi": ("tickets", "customers", "revenue", "costs"),
    "what_if": ("tickets", "customers", "revenue", "costs"),
}


@dataclass(frozen=True, slots=True)
class Unlock:
    """One upload that is not there: its kind, its name on screen, and the questions that it alone would add."""

    upload: str
    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Questions that have an answer with these files, and uploads that would add some, the most first."""

    answered: tuple[str, ...]
    unlocks: tuple[Unlock, ...]


def readiness(tables: Collection[str], met: Collection[str] = (), revenue: Collection[str] | None = None) -> Readiness:
    """What the loaded `tables` can answer; `met` adds needs met otherwise: scores on tickets, costs that were told, orders and returns of a shop.

    `revenue` are the kinds of revenue that the facts found, in place of what the tables promise; None where nothing was measured.
    """
    present = {upload for upload, any_of in UPLOADS.items() if set(any_of) & set(tables)}
    if revenue is not None:
        present = (present - set(REVENUE)) | set(revenue)
    present |= {_MET[need] for need in met if need in _MET}
    answered = _answered(present)
    unlocks = [
        Unlock(upload, _title(upload, present), tuple(question for question in _answered(present | {upload}) if question not in answered))
        for upload in UPLOADS
        if upload not in present
    ]
    return Readiness(answered, tuple(sorted((u for u in unlocks if u.questions), key=lambda u: -len(u.questions))))


def _title(upload: str, present: Collection[str]) -> str:
    """Beside orders, what recurs is asked for as what it adds to them: revenue is not missing there."""
    return say("upload.revenue_beside_orders") if upload == "revenue" and "orders" in present else say(f"upload.{upload}")


def _answered(present: Collection[str]) -> tuple[str, ...]:
    held = {*present, _SALES} if set(present) & set(REVENUE) else set(present)
    asked = {say(f"question.{key}"): uploads for key, uploads in _BEYOND_METRICS.items()}
    asked |= {metric.title: tuple(upload for need in metric.needs for upload in NEEDS[need].uploads) for metric in TOLD}
    return tuple(question for question, uploads in asked.items() if set(uploads) <= held)
