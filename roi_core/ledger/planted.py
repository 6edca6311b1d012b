"""The planted truth of an invented company in money, beside our range."""

from collections.abc import Mapping
from typing import Any

from roi_core.ledger import words
from roi_core.money.kept import Kept
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import Style


def planted_money(lead: Kept | None, truth: Mapping[str, Any] | None) -> float | None:
    """Margin that the contacts of the period truly kept, undiscounted: margin of an episode x episodes, as `truth.json` holds both.

    None for a real company, for another contrast, horizon or estimand than the planted one.
    """
    told = truth or {}
    if lead is None or lead.stream.contrast != "supported" or lead.stream.estimand != "ATT":
        return None
    each, episodes = told.get("episode_margin_att"), told.get("eligible_episodes")
    if told.get("horizon_months") != lead.stream.horizon_months or not isinstance(each, int | float) or not isinstance(episodes, int):
        return None
    return float(each) * episodes


def planted_sentence(lead: Kept | None, truth: Mapping[str, Any] | None, style: Style) -> str:
    """The truth in money, and whether our range holds it; empty where either is not known."""
    planted = planted_money(lead, truth)
    if planted is None or truth is None or lead is None or isinstance(lead.priced.amount, Absent):
        return ""
    ours = lead.priced.amount
    key = "planted.inside" if _holds(ours, planted) else "planted.outside"
    return say(key, planted=words.amount(planted, style), margin=words.share(float(truth["gross_margin"]), style), **words.bounds(ours, style))


def _holds(ours: Estimate, planted: float) -> bool:
    low, high = (ours.value if limit is None else limit for limit in (ours.low, ours.high))
    return low <= planted <= high
