"""One month of an invented company, vectorised over customers.

Order: the month's problem arrives and usage reacts (both before the month begins: the snapshot holds them), then the
contact, then how it is handled, then whether the problem clears, then, on the last day, whether the customer leaves.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import Bools, Floats, Ints
from roi_core.companies.customers import Customers
from roi_core.companies.knobs import CATEGORIES, SimulationKnobs
from roi_core.companies.luck import Luck

HISTORY = 6
"""Months that a contact is remembered: it makes the next one likelier, and its goodwill lasts, the month of the contact included."""
FAST_REPLY_MINUTES = 240
_CATEGORY_CALM = np.array([0.36, 0.30, 0.05, 0.13, 0.09, 0.07])
_CATEGORY_TROUBLED = np.array([0.20, 0.10, 0.22, 0.10, 0.18, 0.20])
_REPLY_SPREAD = 1.2
_CLEARS_ALONE = 0.40


@dataclass(frozen=True, slots=True)
class World:
    """A company without its history: settings, traits, luck, agents' skill (agents,) and the team's load by month (months,)."""

    knobs: SimulationKnobs
    customers: Customers
    luck: Luck
    skill: Floats
    load: Floats
    first_month: int = 0

    def of(self, rows: Ints, first: int, last: int) -> "World":
        """Some customers from month `first` to before `last`."""
        months = slice(first - self.first_month, last - self.first_month)
        return World(self.knobs, self.customers.of(rows), self.luck.of(rows, months), self.skill, self.load, first)


@dataclass(frozen=True, slots=True)
class State:
    """What a month inherits: `problem` (n,), `usage` (n,), `contacts` and `goodwill` (6, n), the latest month first."""

    problem: Ints
    usage: Floats
    contacts: Bools
    goodwill: Floats

    def of(self, rows: Ints) -> "State":
        """The state of some customers."""
        return State(self.problem[rows], self.usage[rows], self.contacts[:, rows], self.goodwill[:, rows])


@dataclass(frozen=True, slots=True)
class Do:
    """An intervention in the first `months` months of a run: contact, first-contact resolution, fast reply; None lets it happen."""

    contact: bool | None = None
    resolved: bool | None = None
    fast: bool | None = None
    months: int = 1


@dataclass(frozen=True, slots=True)
class Path:
    """What happens to n customers: each field (n,) for one month, (months, n) for a run.

    Before the contact: `problem`, `usage`, `propensity` (the chance of a contact). The contact: `contact`, `category`,
    `resolution_chance`, `resolved` at once, `fast` reply. After it: `problem_after`, `goodwill`, `churn_chance`. It goes on
    after a customer has left: leaving changes nothing else.
    """

    problem: Ints
    usage: Floats
    propensity: Floats
    contact: Bools
    category: Ints
    resolution_chance: Floats
    resolved: Bools
    fast: Bools
    problem_after: Ints
    goodwill: Floats
    churn_chance: Floats

    @property
    def survival(self) -> Floats:
        """Chance to be a customer still after 1, 2, ... months of the run, given this path; (months, n)."""
        return np.asarray(np.cumprod(1 - self.churn_chance, axis=0))


def live_month(world: World, step: int, state: State, do: Do) -> Path:
    """One month: `step` counts from the first month of the world's luck, `do` forces what it names."""
    knobs, luck, customers = world.knobs, world.luck, world.customers
    here = customers.active_from <= world.first_month + step
    problem = _arrive(world, step, state) * here
    usage = 0.75 * state.usage + 0.60 * luck.usage[step] - 0.25 * knobs.confounding * problem
    propensity = _propensity(world, problem, usage, state) * here
    contact = _forced(do.contact, luck.contact[step] < propensity)
    category = _category(world, step, problem)
    chance = _resolution_chance(world, step, problem, category)
    resolved = _forced(do.resolved, luck.fcr[step] < chance)
    fast = _forced(do.fast, reply_minutes(world, step) <= FAST_REPLY_MINUTES)
    clears = _CLEARS_ALONE + knobs.effect * contact * (0.20 + 0.25 * resolved)
    after = np.where(luck.cleared[step] < clears, 0, problem)
    goodwill = contact * _goodwill(world, category, resolved, fast)
    churn = _churn_chance(world, step, after, usage, goodwill + state.goodwill[: HISTORY - 1].sum(axis=0)) * here
    return Path(problem, usage, propensity, contact, category, chance, resolved, fast, after, goodwill, churn)


def reply_minutes(world: World, step: int) -> Floats:
    """Calendar minutes to the first reply to a contact in that month, (n,): lognormal, half of them fast at usual load."""
    return np.asarray(FAST_REPLY_MINUTES * np.exp(_REPLY_SPREAD * world.luck.reply[step] + 0.3 * world.load[world.first_month + step]))


def agent(world: World, step: int) -> Ints:
    """Who handles a contact in that month, (n,): at random."""
    return np.asarray((world.luck.agent[step] * len(world.skill)).astype(np.int64))


def probability(log_odds: Floats) -> Floats:
    """The inverse logit."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _arrive(world: World, step: int, state: State) -> Ints:
    spike = world.knobs.spike
    more = spike.more_problems if spike and _month_number(world, step) == spike.month else 1.0
    arrives = world.luck.arrival[step] < 0.11 * more * np.exp(0.15 * state.usage)
    severity = 1 + (world.luck.severity[step] < 0.35)
    return np.asarray(np.where((state.problem == 0) & arrives, severity, state.problem))


def _propensity(world: World, problem: Ints, usage: Floats, state: State) -> Floats:
    enterprise = world.customers.plan == 2
    drive = world.knobs.confounding * (1.15 * problem + 0.25 * usage)
    return probability(-2.55 + drive + 0.25 * enterprise + 0.35 * state.contacts.any(axis=0))


def _category(world: World, step: int, problem: Ints) -> Ints:
    spike = world.knobs.spike
    more = np.ones(len(CATEGORIES))
    if spike and _month_number(world, step) == spike.month:
        more[CATEGORIES.index(spike.category)] = spike.more_of_category
    cuts = [np.cumsum(shares * more)[:-1] / (shares * more).sum() for shares in (_CATEGORY_CALM, _CATEGORY_TROUBLED)]
    calm, troubled = (np.searchsorted(c, world.luck.category[step], side="right") for c in cuts)
    return np.asarray(np.where(problem > 0, troubled, calm))


def _resolution_chance(world: World, step: int, problem: Ints, category: Ints) -> Floats:
    shift = np.array(world.knobs.category_fcr)[category] - 0.5 * world.load[world.first_month + step]
    return probability(0.95 + world.skill[agent(world, step)] - 0.65 * problem + shift)


def _goodwill(world: World, category: Ints, resolved: Bools, fast: Bools) -> Floats:
    knobs = world.knobs
    whom = np.array(knobs.plan_effect)[world.customers.plan] * np.array(knobs.category_effect)[category]
    return np.asarray(knobs.effect * whom * (0.10 + 0.50 * resolved + 0.20 * fast))


def _churn_chance(world: World, step: int, problem: Ints, usage: Floats, goodwill: Floats) -> Floats:
    customers, knobs = world.customers, world.knobs
    tenure = np.maximum(world.first_month + step - customers.started, 0)
    base = np.array(knobs.churn)[customers.plan] - 0.22 * np.log1p(tenure) - 0.30 * customers.loyalty
    return probability(base - 0.30 * usage + 0.65 * knobs.confounding * problem - goodwill)


def _forced(value: bool | None, happens: Bools) -> Bools:  # noqa: FBT001 - an intervention is a value, not a switch
    return happens if value is None else np.full(len(happens), value)


def _month_number(world: World, step: int) -> int:
    return world.knobs.first_month + world.first_month + step
