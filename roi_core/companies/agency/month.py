"""One month of an agency, vectorised over clients.

Order: trouble with delivery arrives and hours react (both before the month begins: the delivery report holds them), then the
contact, then how it is handled, then whether the trouble is over, then, where a contract ends with the month, whether it is renewed.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.agency.clients import Clients
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.agency.luck import AgencyLuck
from roi_core.companies.clock import Bools, Floats, Ints
from roi_core.companies.month import FAST_REPLY_MINUTES, HISTORY, probability

_CALM_CUTS, _TROUBLED_CUTS = (0.55, 0.90, 0.97), (0.15, 0.30, 0.65)
_ARRIVES, _SEVERE, _CLEARS_ALONE = 0.10, 0.35, 0.30


@dataclass(frozen=True, slots=True)
class AgencyWorld:
    """An agency without its history: settings, traits, luck; `first_month` counts from the first month of all."""

    knobs: AgencyKnobs
    clients: Clients
    luck: AgencyLuck
    first_month: int = 0

    def of(self, rows: Ints, first: int, last: int) -> "AgencyWorld":
        """Some clients from month `first` to before `last`."""
        return AgencyWorld(self.knobs, self.clients.of(rows), self.luck.of(rows, slice(first - self.first_month, last - self.first_month)), first)


@dataclass(frozen=True, slots=True)
class AgencyState:
    """What a month inherits: `problem` (n,), `hours` (n,), `contacts` and `goodwill` (6, n), the latest month first."""

    problem: Ints
    hours: Floats
    contacts: Bools
    goodwill: Floats

    def of(self, rows: Ints) -> "AgencyState":
        """The state of some clients."""
        return AgencyState(self.problem[rows], self.hours[rows], self.contacts[:, rows], self.goodwill[:, rows])


@dataclass(frozen=True, slots=True)
class AgencyDo:
    """An intervention in the first month of a run: contact, resolved at once; None lets it happen."""

    contact: bool | None = None
    resolved: bool | None = None


@dataclass(frozen=True, slots=True)
class AgencyPath:
    """What happens to n clients: each field (n,) for one month, (months, n) for a run.

    `hours` delivered against plan (standard deviations); `due` marks contracts that end with the month, `renew_chance` the chance that they
    are renewed (1 where none ends). It goes on after a client has left: leaving changes nothing else.
    """

    problem: Ints
    hours: Floats
    propensity: Floats
    contact: Bools
    category: Ints
    resolution_chance: Floats
    resolved: Bools
    minutes: Floats
    problem_after: Ints
    goodwill: Floats
    due: Bools
    renew_chance: Floats


def live_month(world: AgencyWorld, step: int, state: AgencyState, do: AgencyDo) -> AgencyPath:
    """One month: `step` counts from the first month of the world's luck, `do` forces what it names."""
    knobs, luck, clients, month = world.knobs, world.luck, world.clients, world.first_month + step
    here = clients.joined <= month
    problem = _arrive(world, step, state) * here
    hours = 0.6 * state.hours + 0.5 * luck.hours[step] + 0.35 * knobs.confounding * problem
    propensity = _propensity(world, problem, hours, state) * here
    contact = _forced(do.contact, luck.contact[step] < propensity)
    category = np.where(problem > 0, *(np.searchsorted(cuts, luck.category[step], side="right") for cuts in (_TROUBLED_CUTS, _CALM_CUTS)))
    chance = probability(np.asarray(0.9 - 0.6 * problem, dtype=np.float64))
    resolved = _forced(do.resolved, luck.fcr[step] < chance)
    clears = _CLEARS_ALONE + knobs.effect * contact * (0.15 + 0.30 * resolved)
    after = np.where(luck.cleared[step] < clears, 0, problem)
    goodwill = np.asarray(knobs.effect * contact * (0.12 + 0.45 * resolved), dtype=np.float64)
    due = here & ((month - clients.joined + 1) % clients.term == 0)
    felt = goodwill + state.goodwill[: HISTORY - 1].sum(axis=0)
    renews = np.where(due, _renew_chance(world, after, hours, felt), 1.0)
    minutes = np.asarray(FAST_REPLY_MINUTES * np.exp(1.0 * luck.reply[step]), dtype=np.float64)
    return AgencyPath(problem, hours, propensity, contact, category, chance, resolved, minutes, after, goodwill, due, renews)


def _arrive(world: AgencyWorld, step: int, state: AgencyState) -> Ints:
    severity = 1 + (world.luck.severity[step] < _SEVERE)
    return np.asarray(np.where((state.problem == 0) & (world.luck.arrival[step] < _ARRIVES), severity, state.problem))


def _propensity(world: AgencyWorld, problem: Ints, hours: Floats, state: AgencyState) -> Floats:
    drive = world.knobs.confounding * (0.85 * problem + 0.25 * hours)
    return probability(-1.55 + drive + 1.9 * world.clients.costly + 0.25 * state.contacts.any(axis=0))


def _renew_chance(world: AgencyWorld, problem: Ints, hours: Floats, goodwill: Floats) -> Floats:
    drive = world.knobs.confounding * (0.95 * problem + 0.25 * hours)
    return probability(1.9 + 0.35 * world.clients.loyalty + 1.5 * world.clients.costly - drive + goodwill)


def _forced(value: bool | None, happens: Bools) -> Bools:  # noqa: FBT001 - an intervention is a value, not a switch
    return happens if value is None else np.full(len(happens), value)
