"""Shares of contacts that are handled otherwise: what each contact moved is worth, by its own estimate."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from roi_core.ledger import words
from roi_core.measured import Lever, Stream
from roi_core.money.basis import Basis
from roi_core.money.capacity import Capacity, capacity_freed
from roi_core.money.consequences import later_support
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.money.kept import margin_share, revenue_per_episode
from roi_core.money.period import preferred
from roi_core.money.priced import Priced
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.scenarios.part import Part
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

OVERLAPPING = ("first_contact_resolution", "fast_reply")
_NO_LEVER = Absent("Your files do not show this share today.", "Tickets with times of the first reply and of the resolution would.")


def years_of(basis: Basis) -> float:
    """Length of the period in years: what turns a yearly amount into one of the ledger's period."""
    return basis.period.years if basis.period is not None else 1.0


def moved_share(basis: Basis, key: str, share: float, style: Style) -> Part:
    """One share moved to `share`, by the estimate of its contrast; Assumed outside of the observed range."""
    named, lever = say(f"lever.{key}", share=words.share(share, style)), basis.measured.levers.get(key)
    if lever is None or isinstance(lever.today, Absent):
        return Part(key, named, unknown=_NO_LEVER if lever is None or not isinstance(lever.today, Absent) else lever.today)
    contacts = (share - lever.today.value) * lever.contacts_a_year
    if key == "without_agent":
        return _without_agent(basis, named, contacts, style)
    return _by_estimate(basis, lever, named, share, contacts, style)


def once(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Where overlapping shares both gain, only the larger gain counts: the smaller is marked as a part of it."""
    gains = sorted((p for p in parts if p.key in OVERLAPPING and _value(p) > 0), key=_value, reverse=True)
    if len(gains) < 2:
        return tuple(parts)
    larger, smaller = gains
    inside = replace(smaller, priced=(replace(smaller.priced[0], part_of=larger.priced[0].stream), *smaller.priced[1:]), notes=(say("scenario.overlap"),))
    return tuple(inside if p is smaller else p for p in parts)


def _by_estimate(basis: Basis, lever: Lever, named: str, share: float, contacts: float, style: Style) -> Part:
    stream = next((s for s in preferred(basis.measured) if s.contrast == lever.contrast), None)
    per_contact = revenue_per_episode(stream, basis.draws, basis.assumptions) if stream is not None else None
    if stream is None or per_contact is None:
        return Part(lever.key, named, unknown=Absent(say("scenario.not_estimated")))
    inside = lever.lowest <= share <= lever.highest
    grade = stream.grade if inside else Grade.D
    gain = _gain(basis, lever, stream, np.asarray(per_contact * contacts * years_of(basis)), grade)
    return Part(lever.key, named, gain, () if inside else (_outside(lever, share, style),), grade, stream=stream, contacts_a_year=contacts)


def _gain(basis: Basis, lever: Lever, stream: Stream, revenue: Sample, grade: Grade) -> tuple[Priced, ...]:
    sample = np.asarray(revenue * margin_share(basis.assumptions, basis.draws.size))
    method = f"{stream.method}; contacts moved x margin kept per contact over {stream.horizon_months} months"
    gain = Priced(
        stream=f"scenario.{lever.key}",
        title=lever.title,
        kind="benefit",
        amount=estimated(sample, stream.episodes.customers, method, Unit.MONEY),
        grade=grade,
        method=method,
        population="first contacts of each customer and month, handled otherwise than today",
        comes_from=f"{stream.contrast}.revenue_{stream.horizon_months}m",
        sample=sample,
    )
    return (gain,) if basis.assumptions.switch("margin_contains_support") else (gain, later_support(gain, revenue, basis.per_revenue))


def _outside(lever: Lever, share: float, style: Style) -> str:
    low, high = words.share(lever.lowest, style), words.share(lever.highest, style)
    return say("scenario.outside", title=lever.title, share=words.share(share, style), low=low, high=high)


def _without_agent(basis: Basis, named: str, contacts: float, style: Style) -> Part:
    freed = capacity_freed(contacts, basis.measured, basis.assumptions, basis.draws.size)
    notes = (_freed(freed, style), say("capacity.unseen"))
    if isinstance(freed.cash, Absent) or freed.sample is None:
        return Part("without_agent", named, (), notes, Grade.D)
    sample = freed.sample * years_of(basis)
    method = "hours freed x cost of an hour x share released"
    saving = Priced(
        stream="scenario.without_agent",
        title="Work that needs no agent",
        kind="benefit",
        amount=estimated(sample, 0, method, Unit.MONEY),
        grade=Grade.D,
        method=method,
        population="contacts answered without an agent",
        comes_from="assumptions",
        sample=sample,
    )
    return Part("without_agent", named, (saving,), notes, Grade.D)


def _freed(freed: Capacity, style: Style) -> str:
    contacts = number(round(freed.contacts), Unit.COUNT, style)
    if isinstance(freed.hours, Absent):
        return say("capacity.unknown", contacts=contacts, reason=freed.hours.reason, next_step=freed.hours.next_step)
    hours = number(freed.hours.value, Unit.HOURS, style)
    if isinstance(freed.cash, Estimate) and freed.cash.value:
        return say("capacity.cash", contacts=contacts, hours=hours, cash=words.amount(freed.cash.value, style))
    return say("capacity.freed", contacts=contacts, hours=hours)


def _value(part: Part) -> float:
    amount: Result | None = part.priced[0].amount if part.priced else None
    return amount.value if isinstance(amount, Estimate) else 0.0
