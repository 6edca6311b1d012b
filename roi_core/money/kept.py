"""Margin kept: the revenue gap after each valued contact, times margin, discounted to the contact."""

from dataclasses import dataclass, field

import numpy as np

from roi_core.assumptions import Assumptions
from roi_core.measured import Measured, Stream, is_tested
from roi_core.money.discount import factors
from roi_core.money.draws import Draws, Sample
from roi_core.money.interval import estimated
from roi_core.money.period import preferred
from roi_core.money.priced import Priced
from roi_core.money.typed_ranges import settled
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.units import Unit

_NO_REVENUE = Absent(
    "The files show who stayed, not what they pay, so there is no amount of money.",
    "Add a billing export (subscriptions or invoices) with the same customers.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one stream is worth in its period.

    `revenue` is the discounted revenue per episode, `margin` what is left of it; both None where there is no amount.
    """

    stream: Stream
    priced: Priced
    coverage: Result
    revenue: Sample | None = field(default=None, repr=False, compare=False)
    margin: Sample | None = field(default=None, repr=False, compare=False)

    @property
    def per_episode(self) -> Result:
        """Margin kept per episode, or the reason why there is none."""
        amount = self.priced.amount
        if self.margin is None or isinstance(amount, Absent):
            return amount if isinstance(amount, Absent) else _NO_REVENUE
        unit = Unit.MONEY if is_tested(self.stream.contrast) else Unit.MONEY_PER_EPISODE
        return estimated(self.margin, amount.n, amount.method, unit)


def margins_kept(measured: Measured, draws: Draws, assumptions: Assumptions) -> tuple[Kept, ...]:
    """Margin kept of each contrast, in declared order. Parts are not taken off the whole: that is the ledger's job."""
    return tuple(margin_kept(measured, stream, draws, assumptions) for stream in preferred(measured))


def margin_kept(measured: Measured, stream: Stream, draws: Draws, assumptions: Assumptions) -> Kept:
    """sum_t d_t x margin x revenue gap_t x episodes valued, t = 1..horizon (method: money)."""
    revenue = revenue_per_episode(stream, draws, assumptions)
    if revenue is None:
        return _without(measured, stream)
    margin = np.asarray(revenue * margin_share(assumptions, draws.size))
    sample = np.asarray(margin * valued_episodes(stream))
    amount = estimated(sample, stream.episodes.customers, method_of(stream, assumptions), Unit.MONEY)
    return Kept(stream, _priced(stream, amount, None if isinstance(amount, Absent) else sample), coverage(stream), revenue, margin)


def revenue_per_episode(stream: Stream, draws: Draws, assumptions: Assumptions) -> Sample | None:
    """Discounted revenue gap per episode over the horizon; None where no revenue was known."""
    names = revenue_names(stream)
    if not draws.has(names):
        return None
    return draws.weighted(names, factors(settled(assumptions, "discount_rate_annual", draws.size), stream.horizon_months))


def revenue_names(stream: Stream) -> tuple[str, ...]:
    """Names of the monthly revenue gaps of a stream among the joint estimates."""
    return tuple(f"{stream.contrast}.revenue_{stream.horizon_months}m.{t}" for t in range(1, stream.horizon_months + 1))


def valued_episodes(stream: Stream) -> float:
    """Episodes that the estimate speaks for: all treated under ATT, their overlap mass under ATO."""
    return float(stream.episodes.treated) if stream.estimand == "ATT" else stream.episodes.overlap_mass


def margin_share(assumptions: Assumptions, size: int) -> float | Sample:
    """Gross margin, or 1 where the reader asks for the texts' form that sets revenue against cost."""
    return settled(assumptions, "gross_margin", size) if assumptions.switch("use_margin") else 1.0


def coverage(stream: Stream) -> Result:
    """Share of the period's contacts that the comparison represents; the rest is not valued. Help of a month is all contacts of it."""
    if is_tested(stream.contrast):
        return Absent(say("tested.covers"))
    contacts = stream.episodes.contacts
    if not contacts:
        return Absent("The files hold no contact in these months.")
    covered = stream.episodes.covered(stream.estimand)
    return Estimate(min(1.0, covered / contacts), None, None, contacts, "contacts of the episodes valued / contacts of the period", Unit.FRACTION)


def customers_kept(stream: Stream, draws: Draws) -> Result:
    """Less churn at the horizon x episodes valued: still customers after it who would have left."""
    names = (f"{stream.contrast}.{stream.outcome}_{stream.horizon_months}m",)
    if not draws.has(names):
        return Absent("How many customers were kept was not estimated beside the money.")
    sample = draws.weighted(names, np.array([-valued_episodes(stream)]))
    return estimated(sample, stream.episodes.customers, "less churn at the horizon x episodes valued", Unit.COUNT)


def method_of(stream: Stream, assumptions: Assumptions) -> str:
    """How the amount was made, in one line."""
    kept = "margin" if assumptions.switch("use_margin") else "revenue"
    return f"{stream.method}; {stream.estimand}, {kept} kept over {stream.horizon_months} months, discounted; 20,000 joint draws"


def _without(measured: Measured, stream: Stream) -> Kept:
    effect = measured.effects.get(f"{stream.contrast}.revenue_{stream.horizon_months}m")
    why = effect.result if effect is not None and isinstance(effect.result, Absent) else _NO_REVENUE
    return Kept(stream, _priced(stream, why, None), coverage(stream))


def _priced(stream: Stream, amount: Result, sample: Sample | None) -> Priced:
    return Priced(
        stream=stream.contrast,
        title=stream.title,
        kind="benefit",
        amount=amount,
        grade=stream.grade,
        method=stream.method,
        population=stream.population,
        comes_from=f"{stream.contrast}.revenue_{stream.horizon_months}m",
        sample=sample,
        group=stream.group,
        part_of=stream.part_of,
    )


def leading(kept: tuple[Kept, ...]) -> Kept | None:
    """What the headline speaks of: the whole before its parts if Tested or Compared, else a part that is, else a sign.

    Inside each step the order of declaration decides, never the size of an effect.
    """
    there = sorted((k for k in kept if k.priced.absent is None), key=lambda k: k.stream.part_of is not None)
    trusted = [k for k in there if k.stream.grade <= Grade.B]
    return next(iter([*trusted, *there]), None)
