"""Contacts told apart by their course: opened again, escalated, answered by a bot, by the most usual channel, by the most usual team.

Files say that a contact was escalated or opened again, or which team had it last, and not when. Of one that was resolved all of it
came before, so contacts that were resolved within 28 days are compared, in both groups, from day 28 on. Later ones can hardly be
opened again: a helpdesk closes them for good (Zendesk after 28 days at the latest). Four weeks never reach past the next month.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.covariates import RARE_LEVEL_ROWS
from roi_core.cohorts.handled import TEAM_LOAD
from roi_core.cohorts.quality import DAY_MINUTES, RECONTACT_DAYS, Quality
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine.facts import Facts, booleans, labels, numbers

RESOLVED_DAYS = 28


def reopened(facts: Facts) -> Quality | Absent:
    """Opened again after it was resolved, or not; among contacts that were resolved for the last time within 28 days."""
    return _flagged(facts, "reopened")


def escalated(facts: Facts) -> Quality | Absent:
    """Handed to a higher level, or not; among contacts that were resolved within 28 days."""
    return _flagged(facts, "escalated")


def bot(facts: Facts) -> Quality | Absent:
    """Answered by a bot, alone or before a person, against a person alone within 7 days; in channels in which both answer.

    Where a person took over, the bot had its turn: without those contacts bots would be judged by what they could solve.
    """
    codes, levels = labels(facts.contacts, "handled_by")
    if not levels:
        return _missing("bot")
    good = np.isin(codes, [i for i, level in enumerate(levels) if level in ("bot", "both")])
    told = (codes >= 0) & (good | booleans(facts.contacts, "replied_7d"))
    return _compared(Quality("bot", told, good, wait_days=RECONTACT_DAYS), facts, "channel")


def channel(facts: Facts) -> Quality | Absent:
    """Written by the channel that most contacts take, as it was when they were opened, or by another."""
    found = _most_usual(facts, "channel")
    return found if isinstance(found, Absent) else replace(found, itself=("channel",))


def team(facts: Facts) -> Quality | Absent:
    """Taken by the team that takes most contacts, or by another; resolved within 28 days, in categories that both take.

    How many contacts a team had in its last day tells which team it is, so it is no covariate.
    """
    found = _most_usual(facts, "team")
    if isinstance(found, Absent):
        return found
    soon = _resolved_soon(facts)
    if soon is None:
        return _undated()
    return _compared(replace(found, known=found.known & soon, wait_days=RESOLVED_DAYS, itself=(TEAM_LOAD,)), facts, "category")


COURSES: Mapping[str, Callable[[Facts], Quality | Absent]] = {"reopened": reopened, "escalated": escalated, "bot": bot, "channel": channel, "team": team}


def _flagged(facts: Facts, name: str) -> Quality | Absent:
    said = np.asarray(facts.contacts.column(name).is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
    if not said.any():
        return _missing(name)
    soon = _resolved_soon(facts)
    if soon is None:
        return _undated()
    known = said & soon
    return _of_two(Quality(name, known, known & booleans(facts.contacts, name), wait_days=RESOLVED_DAYS))


def _most_usual(facts: Facts, name: str) -> Quality | Absent:
    codes, levels = labels(facts.contacts, name)
    if len(levels) < 2:
        return _missing(name)
    most = int(np.argmax(np.bincount(codes[codes >= 0], minlength=len(levels))))
    return Quality(name, codes >= 0, codes == most, named=levels[most])


def _resolved_soon(facts: Facts) -> NDArray[np.bool_] | None:
    """Contacts resolved within 28 days, (contacts,); None where no file says when contacts were resolved."""
    minutes = numbers(facts.contacts, "resolution_minutes")
    return minutes <= RESOLVED_DAYS * DAY_MINUTES if np.isfinite(minutes).any() else None


def _compared(quality: Quality, facts: Facts, column: str) -> Quality | Absent:
    """Only contacts of levels in which either group has 20: where one group has all, nothing is similar."""
    if (one_group := _of_two(quality)) is not quality:
        return one_group
    codes = labels(facts.contacts, column)[0] + 1
    of_each = [np.bincount(codes[quality.known & group], minlength=int(codes.max()) + 1) for group in (quality.good, ~quality.good)]
    shared = np.minimum(*of_each) >= RARE_LEVEL_ROWS
    if not shared.any():
        return Absent(say(f"beside.apart_{quality.key}"), say(f"beside.next_apart_{quality.key}"))
    return replace(quality, known=quality.known & shared[codes])


def _of_two(quality: Quality) -> Quality | Absent:
    """The same where both groups hold contacts."""
    good, known = int((quality.good & quality.known).sum()), int(quality.known.sum())
    if 0 < good < known:
        return quality
    return Absent(say(f"beside.alike_{quality.key}", n=f"{good:,}", known=f"{known:,}"), say("beside.next_alike"))


def _missing(name: str) -> Absent:
    return Absent(say(f"beside.no_{name}"), say(f"beside.next_{name}"))


def _undated() -> Absent:
    return Absent(say("beside.undated"), say("beside.next_undated"))
