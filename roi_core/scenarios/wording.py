"""A scenario in words: the finding, and what has to be said beside it."""

from collections.abc import Sequence

from roi_core.ledger import words
from roi_core.ledger.finding import Finding, finding, mirrored
from roi_core.money.basis import Basis
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.scenarios.part import Part
from roi_core.sentences import say
from roi_core.show import Style

Odds = tuple[float | None, float | None]


def scenario_finding(parts: Sequence[Part], a_year: Result, odds: Odds, grade: Grade, style: Style) -> str:
    """One sentence: what is moved, what it adds a year, what becomes of the odds; then the grade where it is a weak one."""
    if not parts:
        return say("scenario.today")
    if isinstance(a_year, Absent):
        return _unknown(parts[0])
    told = _told(a_year, _named([part.words for part in parts if part.unknown is None]), _odds(odds), style)
    return f"{told} {_caution(grade, a_year)}".strip()


def notes(parts: Sequence[Part], a_year: Result, odds: Odds, then: Basis) -> tuple[str, ...]:
    """What the parts say, what cannot be said, the conflict between gain and odds, and how a year was made."""
    said = [note for part in parts for note in part.notes]
    said += [_unknown(part) for part in parts if part.unknown is not None and isinstance(a_year, Estimate)]
    if isinstance(a_year, Estimate) and a_year.value > 0 and _slip(odds):
        said.append(say("scenario.conflict"))
    if then.period is not None and any(part.key in ("gross_margin", "discount_rate_annual") for part in parts):
        said.append(say("scenario.a_year", months=f"{then.period.months}"))
    return tuple(dict.fromkeys(said))


def _told(a_year: Estimate, changes: str, odds: str, style: Style) -> str:
    if a_year.value == 0 and a_year.low is None:
        return say("scenario.same", changes=changes)
    amount, limits = words.amount(abs(a_year.value), style), words.bounds(a_year, style)
    if limits["low"] == limits["high"]:
        return say("scenario.adds_exactly" if a_year.value > 0 else "scenario.costs_exactly", changes=changes, amount=amount, odds=odds)
    match finding(a_year):
        case Finding.GAIN:
            return say("scenario.adds", changes=changes, amount=amount, odds=odds, **limits)
        case Finding.LOSS:
            lost = words.bounds(Estimate(-a_year.value, *mirrored(a_year), a_year.n, a_year.method, a_year.unit), style)
            return say("scenario.costs", changes=changes, amount=amount, odds=odds, **lost)
    return say("scenario.unclear", changes=changes, odds=odds, **limits)


def _slip(odds: Odds) -> bool:
    before, after = odds
    return before is not None and after is not None and after < before and words.odds(after) != words.odds(before)


def _odds(odds: Odds) -> str:
    before, after = odds
    if before is None or after is None:
        return say("scenario.odds_unknown")
    first, last = words.odds(before), words.odds(after)
    if first == last:
        return say("scenario.odds_stay", after=last)
    return say("scenario.odds_rise" if after > before else "scenario.odds_slip", before=first, after=last)


def _caution(grade: Grade, a_year: Estimate) -> str:
    if a_year.low is None or grade <= Grade.B:
        return ""
    return say("scenario.sign" if grade is Grade.C else "scenario.assumed")


def _named(changes: Sequence[str]) -> str:
    *first, last = changes
    joined = ""
    for change in first:
        joined = say("lever.more", first=joined, next=change) if joined else change
    text = say("lever.two", first=joined, last=last) if joined else last
    return text[:1].upper() + text[1:]


def _unknown(part: Part) -> str:
    absent = part.unknown or Absent("")
    return say("scenario.unknown", changes=part.words, reason=absent.reason, next_step=absent.next_step).strip()
