"""The way from an earlier answer to today's, one cause at a time: each step changes one input and is computed anew."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from roi_core.assumptions import DECLARED, Assumption, Assumptions, Range, Value
from roi_core.cohorts.design import Design
from roi_core.readings.inputs import Inputs
from roi_core.sentences import say
from roi_core.show import Style, number


class Cause(StrEnum):
    """Why a figure can be another one."""

    RELEASE = "release"
    RESTATED = "restated"
    MONTHS = "months"
    FILES = "files"
    UNTOLD = "untold"
    LINKS = "links"
    RULES = "rules"
    DESIGN = "design"
    ANSWER = "answer"


OF_FILES = frozenset({Cause.RESTATED, Cause.MONTHS, Cause.FILES, Cause.UNTOLD})
"""Causes that bring other rows, so that chance has a say."""


@dataclass(frozen=True, slots=True)
class Step:
    """One cause, in words, and the inputs once it has had its effect."""

    cause: Cause
    words: str
    inputs: Inputs


def steps(before: Inputs, now: Inputs, known: Collection[str], style: Style, *, seen_s: int | None, goes_on: bool) -> tuple[Step, ...]:
    """From `before` to `now`: the release, the files, links and rules, the answers one by one, the comparison.

    `known` are digests of tables that are still kept. `seen_s` is when the window of the earlier files closed, None where they have none; `goes_on`
    whether the files of now go beyond it.
    """
    at, found = before, []
    for cause, words, changed in _changes(before, now, known, style, seen_s=seen_s, goes_on=goes_on):
        at = replace(at, **changed)
        found.append(Step(cause, words, at))
    return tuple(found)


Change = tuple[Cause, str, dict[str, Any]]


def _changes(before: Inputs, now: Inputs, known: Collection[str], style: Style, *, seen_s: int | None, goes_on: bool) -> Iterator[Change]:
    if before.tables not in known:
        yield Cause.UNTOLD, say("changes.untold"), {"release": now.release, "tables": now.tables}
    else:
        if before.release != now.release:
            yield Cause.RELEASE, say("changes.release", before=before.release, now=now.release), {"release": now.release}
        if before.tables != now.tables:
            yield from _files(now, seen_s=seen_s, goes_on=goes_on)
    if before.links != now.links:
        yield Cause.LINKS, say("changes.links"), {"links": now.links}
    if before.rules != now.rules:
        yield Cause.RULES, say("changes.rules"), {"rules": now.rules}
    yield from _answers(before.assumptions, now.assumptions, style)
    if before.design != now.design:
        yield Cause.DESIGN, design_words(before.design, now.design), {"design": now.design}


def _files(now: Inputs, *, seen_s: int | None, goes_on: bool) -> Iterator[Change]:
    """What the files of now say of the months of before; then the months that are new. In one step where there are no months."""
    if seen_s is None:
        yield Cause.FILES, say("changes.files"), {"tables": now.tables}
        return
    yield Cause.RESTATED, say("changes.restated"), {"tables": now.tables, "until_s": seen_s if goes_on else None}
    if goes_on:
        yield Cause.MONTHS, say("changes.months"), {"until_s": None}


def _answers(before: Assumptions, now: Assumptions, style: Style) -> Iterator[Change]:
    """One by one; those that were open, or are again, together: an amount may need all of them."""
    others = [key for key in DECLARED if before[key] != now[key]]
    left_open = [key for key in others if before[key] is None or now[key] is None]
    at = before
    for keys in (*([key] for key in others if key not in left_open), *([left_open] if left_open else ())):
        at = at.replace(**{key: now.as_json().get(key) for key in keys})
        yield Cause.ANSWER, _told(keys, before, now, style), {"assumptions": at}
    if at != now:
        yield Cause.ANSWER, say("changes.confirmed"), {"assumptions": now}


def _told(keys: Sequence[str], before: Assumptions, now: Assumptions, style: Style) -> str:
    said = ((DECLARED[key], before[key], now[key]) for key in keys)
    return "; ".join(say("changes.answer", title=one.title, before=typed(one, old, style), now=typed(one, new, style)) for one, old, new in said)


def typed(assumption: Assumption, value: Value, style: Style) -> str:
    """An answer as a person reads it."""
    if value is None:
        return say("changes.open")
    if isinstance(value, bool):
        return say("changes.yes") if value else say("changes.no")
    if isinstance(value, Range):
        return say("changes.range", low=number(value.low, assumption.unit, style), high=number(value.high, assumption.unit, style))
    return value if isinstance(value, str) else number(value, assumption.unit, style)


def design_words(before: Design, now: Design) -> str:
    """Which settings of the comparison are others; the months with both numbers."""
    old, new = asdict(before), asdict(now)
    months = {"before": f"{before.horizon_months}", "now": f"{now.horizon_months}"}
    others = [key for key in new if old[key] != new[key]]
    named = [say("changes.design_horizon", **months) if key == "horizon_months" else say(f"changes.design_{key}") for key in others]
    return say("changes.design", settings="; ".join(named))
