"""What these files can answer, and what one more export would unlock."""

from collections.abc import Collection
from dataclasses import dataclass

from roi_core.metrics.catalogue import METRICS
from roi_core.metrics.needs import NEEDS
from roi_core.sentences import say

UPLOADS = {
    "tickets": ("tickets",),
    "customers": ("customers", "subscriptions", "mrr_movements"),
    "revenue": ("subscriptions", "invoices", "mrr_movements"),
    "surveys": ("surveys",),
    "costs": ("costs",),
    "usage": ("usage",),
}
"""Kinds of upload, in the order in which they are asked for, and the tables of which any one brings it."""

_MET = {"scores": "surveys", "costs": "costs", "orders": "revenue", "returns": "usage"}
"""Uploads that something else brings: a shop's revenue are its orders, and its trouble its returns."""

_BEYOND_METRICS = {
    "supported_churn": ("tickets", "customers"),
    "first_contact_resolution_churn": ("tickets", "customers"),
    "fast_reply_churn": ("tickets", "customers"),
    "early_trouble": ("tickets", "customers", "usage"),
    "satisfaction_churn": ("tickets", "customers", "surveys"),
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


def readiness(tables: Collection[str], met: Collection[str] = ()) -> Readiness:
    """What the loaded `tables` can answer; `met` adds needs met otherwise: scores on tickets, costs that were told, orders and returns of a shop."""
    present = {upload for upload, any_of in UPLOADS.items() if set(any_of) & set(tables)} | {_MET[need] for need in met if need in _MET}
    answered = _answered(present)
    unlocks = [
        Unlock(upload, say(f"upload.{upload}"), tuple(question for question in _answered(present | {upload}) if question not in answered))
        for upload in UPLOADS
        if upload not in present
    ]
    return Readiness(answered, tuple(sorted((u for u in unlocks if u.questions), key=lambda u: -len(u.questions))))


def _answered(present: Collection[str]) -> tuple[str, ...]:
    asked = {say(f"question.{key}"): uploads for key, uploads in _BEYOND_METRICS.items()}
    asked |= {metric.title: tuple(upload for need in metric.needs for upload in NEEDS[need].uploads) for metric in METRICS.values()}
    return tuple(question for question, uploads in asked.items() if set(uploads) <= set(present))
