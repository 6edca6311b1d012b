"""What `measure` hands on: every fact that money, charts, pages and reports need, and no opinion about money."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.design import Design
from roi_core.cohorts.funnel import FunnelStep
from roi_core.results import Absent, Curves, Effect, Episodes, Grade, Leaving, Result
from roi_core.sentences import WORDS_OF
from roi_core.spine.facts import CostRow
from roi_core.spine.linkage import Link, Proposal, Unmatched
from roi_core.spine.months import MonthCount

__all__ = [
    "BalanceRow",
    "Company",
    "CostRow",
    "Curves",
    "Dose",
    "DrawnTest",
    "FunnelStep",
    "Helpdesk",
    "Identity",
    "Joint",
    "Leaving",
    "Lever",
    "Link",
    "Measured",
    "MonthCount",
    "Proposal",
    "Stream",
    "Unmatched",
]


_NO_REVENUE = Absent("No revenue is in the files.")
NO_KINDS = Absent("How customers leave is not known.")
TESTED = "randomised"
"""The contrast of a randomised test; those of further tests are `randomised_2` and so on, in the order of their first draw."""


def is_tested(key: str) -> bool:
    """Whether a contrast, or the key of an effect, is that of a randomised test."""
    contrast = key.partition(".")[0]
    return contrast == TESTED or contrast.startswith(f"{TESTED}_")


@dataclass(frozen=True, slots=True)
class Company:
    """What the files hold. Months are month numbers, both included: from the first with a ticket or money to `last_month`, the last that is whole.

    `revenue` are the kinds of revenue that were found (`metrics.readiness.REVENUE`), in several currencies too.
    """

    customers: int
    contacts: int
    currency: str | None
    first_month: int
    last_month: int
    first_contact_month: int | None
    tables: tuple[str, ...]
    active_customers: int
    monthly_revenue: Result
    revenue: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Helpdesk:
    """Tickets of files in which no customer can be followed: contacts and who wrote them. Month numbers, both included."""

    contacts: int
    writers: int
    first_month: int
    last_month: int
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """How helpdesk rows found their customer, in keys: names are read where they are shown (`spine.names`).

    `ways` maps a way to its tickets, in the order in which they are tried; `agreement` a way to how often it names the customer of a way before it.
    `refused_rows` rows of revenue fit several customers and are none's; `pre_sale` tickets need no customer. The ids of
    `other_ids` tickets were not used, since the e-mail addresses of their file name other customers. Lists are largest first, at most 200 long.
    """

    match_rate_tickets: Result
    match_rate_revenue: Result
    ways: Mapping[str, int] = field(default_factory=dict)
    agreement: Mapping[str, Result] = field(default_factory=dict)
    unmatched: tuple[Unmatched, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    links: tuple[Link, ...] = ()
    revenue_with_ticket: Result = _NO_REVENUE
    revenue_refused: Result = _NO_REVENUE
    refused_rows: int = 0
    pre_sale: int = 0
    other_ids: int = 0


@dataclass(frozen=True, slots=True)
class Joint:
    """Estimates of one run with their joint covariance (from influence functions summed per customer).

    `names` of length k such as `supported.churn_6m` or `supported.revenue_6m.3` (revenue gap per episode in month 3 after
    the contact), `mean` (k,), `covariance` (k, k). Money is drawn from it and nothing else.
    """

    names: tuple[str, ...]
    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]

    def index(self, name: str) -> int:
        """Position of a name. Raises ValueError."""
        return self.names.index(name)


@dataclass(frozen=True, slots=True)
class Stream:
    """What one contrast is worth in revenue terms, before any opinion on margin or discount.

    Revenue kept in month t = 1..horizon after time zero, per episode: `joint` entries `<contrast>.revenue_<H>m.<t>`.
    Episodes valued: `episodes.treated` where `estimand` is ATT, `episodes.overlap_mass` where it is ATO.
    `group` names what must not be counted twice: the contrasts inside contacts are part of the value of contacts.
    """

    contrast: str
    title: str
    horizon_months: int
    estimand: str
    grade: Grade
    episodes: Episodes
    population: str
    method: str
    group: str = "retention"
    part_of: str | None = None
    outcome: str = "churn"


@dataclass(frozen=True, slots=True)
class Lever:
    """A share that a scenario can move: today's value and the range seen between teams, agents or months.

    `contacts_a_year` are those that it moves: of a share with a contrast the first contacts of a customer's month, which that speaks of.
    """

    key: str
    title: str
    today: Result
    lowest: float
    highest: float
    contacts_a_year: float
    contrast: str | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """Churn by satisfaction score, or by another number named in `what`: (score, customers or contacts, left, share with Wilson interval)."""

    rows: tuple[tuple[float, int, int, Result], ...]
    correlation: Result
    trend: Result
    sentence: str
    unit_of_rows: str
    grade: Grade = Grade.C
    what: str = "score"


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """Standardised mean difference of one covariate, before and after weighting, and the limit under which the check of the groups lets them pass."""

    covariate: str
    before: float
    after: float
    limit: float


@dataclass(frozen=True, slots=True)
class DrawnTest:
    """A randomised test: its name as the list has it (empty for none), and the way from the list to those compared.

    `settle` says how many customers would settle a difference that was not found; empty where one was.
    """

    name: str
    funnel: tuple[FunnelStep, ...]
    settle: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """Facts and effects of one set of files under one design. Immutable; holds at most one row per month or score.

    `company` is Absent where nobody can be followed over months: one flat file, or tickets alone. `helpdesk` is there where tickets then are.
    `excluded` counts the tickets that each rule of `schema.exclusions` keeps out, or would if it were not switched off.
    `left_out` are columns of a flat file that are not used, each with the reason, which `notes` name together.
    `outcome` is what is followed, as keys of effects name it: `churn`, in a shop `no_order`, of
    services `not_renewed`; an effect below 0 is good in all.
    `by_contacts` is leaving by number of contacts, where one column of a flat file counts them. `months` are plain counts of each whole
    month, and `seen_s` is when the window closes (epoch seconds); neither is there where nobody can be followed over months.
    `drawn` are the randomised tests, by their contrast.
    """

    design: Design
    digest: str
    files: tuple[Mapping[str, Any], ...]
    company: Company | Absent
    identity: Identity | Absent
    metrics: Mapping[str, Result]
    effects: Mapping[str, Effect]
    streams: tuple[Stream, ...]
    joint: Joint
    costs: tuple[CostRow, ...]
    levers: Mapping[str, Lever]
    curves: Curves | Absent
    balance: tuple[BalanceRow, ...] | Absent
    funnel: tuple[FunnelStep, ...]
    satisfaction: Dose | Absent
    propensity: Mapping[str, tuple[float, ...]] | Absent
    notes: tuple[str, ...] = ()
    truth: Mapping[str, Any] | None = None
    choices: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    helpdesk: Helpdesk | None = None
    excluded: Mapping[str, int] = field(default_factory=dict)
    by_contacts: Dose | None = None
    months: tuple[MonthCount, ...] = ()
    seen_s: int | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, DrawnTest] = field(default_factory=dict)
    leaving: Leaving | Absent = NO_KINDS
    outcome: str = "churn"

    @property
    def is_shop(self) -> bool:
        """Whether customers are buyers who order again or not: nobody leaves."""
        return self.outcome == "no_order"

    @property
    def words(self) -> str:
        """The words in which sentences speak of it."""
        return WORDS_OF[self.outcome]

    @property
    def tickets_alone(self) -> bool:
        """Whether tickets are all there is: every effect is Absent, and the key figures of tickets are what can be said."""
        return self.helpdesk is not None and "supported.churn" not in self.effects

    @property
    def one_day(self) -> bool:
        """Whether all that is compared is one flat file: a row per customer, as it stood on one day."""
        return "supported.churn" in self.effects

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that the files hold; none of a flat file."""
        if isinstance(self.company, Company):
            return self.company.tables
        return self.helpdesk.tables if self.helpdesk else ()

    @property
    def main_effect(self) -> Effect:
        """Leaving, helped against not helped: over the design's horizon, or of the flat file."""
        return self.effects.get("supported.churn") or self.effects[f"supported.{self.outcome}_{self.design.horizon_months}m"]

    @property
    def horizons(self) -> tuple[int, ...]:
        """Months followed for which there is an answer or a refusal, the design's own first; none for a flat file."""
        found = [int(key.rpartition("_")[2].removesuffix("m")) for key in self.effects if key.startswith(f"supported.{self.outcome}_")]
        return tuple(sorted(found, key=lambda months: (months != self.design.horizon_months, months)))

    @property
    def inside_contacts(self) -> tuple[Effect, ...]:
        """Leaving by how a contact was handled."""
        contrasts = (key for key in self.effects if f".{self.outcome}" in key and not key.startswith("supported.") and not is_tested(key))
        return tuple(self.effects[key] for key in contrasts)

    @property
    def tests(self) -> tuple[Effect, ...]:
        """Leaving by the arm of each randomised test, in the order of their first draw."""
        return tuple(effect for key, effect in self.effects.items() if f".{self.outcome}_" in key and is_tested(key))

    @property
    def first_to_show(self) -> Effect:
        """Helped against not helped, else a test where that was refused and the test was not."""
        answered = (one for one in self.tests if not isinstance(one.result, Absent))
        return next(answered, self.main_effect) if isinstance(self.main_effect.result, Absent) else self.main_effect

    def revenue_of(self, effect: Effect) -> Effect | None:
        """The effect on revenue of the same contrast over the same months."""
        return self.effects.get(effect.key.replace(f".{self.outcome}_", ".revenue_"))
