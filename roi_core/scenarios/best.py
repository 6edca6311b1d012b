"""The share that would be worth most, if all contacts were handled as well as the best team or month that was seen."""

from dataclasses import dataclass

from roi_core.assumptions import Assumptions
from roi_core.ledger import words
from roi_core.ledger.finding import Finding, finding
from roi_core.measured import Measured
from roi_core.results import Estimate, Grade
from roi_core.scenarios.offered import offered
from roi_core.scenarios.run import run_scenario
from roi_core.scenarios.scenario import Scenario
from roi_core.sentences import say
from roi_core.show import Style


@dataclass(frozen=True, slots=True)
class Best:
    """A lever at the highest share that was seen: the change in words, what it adds a year, whether that is clear of nothing, its grade."""

    key: str
    share: float
    changes: str
    adds: Estimate
    clear: bool
    grade: Grade


def best_title(best: Best | None, style: Style) -> str:
    """The lever that would be worth most, with what it may lose, and how far to trust it."""
    if best is None:
        return say("scenarios.no_best")
    changes, amount = best.changes[:1].upper() + best.changes[1:], words.amount(best.adds.value, style)
    clear, bounds = best.clear, words.bounds(best.adds, style)
    title = say("scenarios.best", changes=changes, amount=amount) if clear else say("scenarios.best_unclear", changes=changes, **bounds)
    return title if best.grade <= Grade.B else say("title.sign", title=title)


def best_lever(measured: Measured, assumptions: Assumptions, style: Style) -> Best | None:
    """Of the shares with an estimate of their own, the one with the largest gain; None where no estimate is a gain."""
    found = [_at_best(measured, assumptions, style, offer.key, offer.seen[1]) for offer in offered(measured, assumptions) if offer.seen]
    gains = [best for best in found if best is not None]
    return max(gains, key=lambda best: (best.clear, best.adds.value), default=None)


def _at_best(measured: Measured, assumptions: Assumptions, style: Style, key: str, highest: float) -> Best | None:
    share = int(highest * 100) / 100
    lever = measured.levers[key]
    if not isinstance(lever.today, Estimate) or share <= lever.today.value:
        return None
    change = run_scenario(measured, Scenario(**{key: share}), assumptions, style=style).change
    if change is None or not isinstance(change.a_year, Estimate) or change.a_year.value <= 0:
        return None
    adds = change.a_year
    return Best(key, share, say(f"lever.{key}", share=words.share(share, style)), adds, finding(adds) is Finding.GAIN, change.grade)
