"""What a valuation stands on: measured streams priced once, the months they speak of, and what support cost in them."""

from dataclasses import dataclass

import numpy as np

from roi_core.assumptions import Assumptions
from roi_core.errors import AssumptionRefused
from roi_core.measured import Company, Measured, is_tested
from roi_core.money.consequences import later_support, load, setup, support_per_revenue
from roi_core.money.costs import support_costs
from roi_core.money.draws import Draws, Sample
from roi_core.money.interval import estimated
from roi_core.money.kept import Kept, leading, margins_kept, valued_episodes
from roi_core.money.period import Period
from roi_core.money.priced import Priced
from roi_core.results import Absent, Result


@dataclass(frozen=True, slots=True)
class Basis:
    """Priced facts under one set of assumptions. `lead` is what the headline speaks of; `period` None where no month is known."""

    measured: Measured
    assumptions: Assumptions
    draws: Draws
    kept: tuple[Kept, ...]
    lead: Kept | None
    period: Period | None
    costs: tuple[Priced, ...]
    per_revenue: float | Sample | Absent

    @classmethod
    def of(cls, measured: Measured, assumptions: Assumptions, draws: Draws | None = None) -> "Basis":
        """Prices every stream and cost. Raises AssumptionRefused where amounts were typed in another currency."""
        _same_currency(measured, assumptions)
        drawn = Draws.of(measured.joint) if draws is None else draws
        kept = margins_kept(measured, drawn, assumptions)
        lead = leading(kept)
        period = _period(measured, lead)
        costs = () if period is None else support_costs(measured, assumptions, period, drawn.size)
        ratio = _NO_MONTHS if period is None else support_per_revenue(measured, period, costs, assumptions, drawn.size)
        return cls(measured, assumptions, drawn, kept, lead, period, costs, ratio)

    def priced(self) -> tuple[Priced, ...]:
        """Every amount that the ledger takes: benefits, what comes after the leading one, costs, set-up."""
        return (*(k.priced for k in self.kept), *self._later(), *self.costs, *setup(self.assumptions, self.draws.size))

    @property
    def whole(self) -> Kept | None:
        """What support itself is worth, where the files give an amount: the only benefit that its cost can be set against."""
        return next((k for k in self.kept if k.stream.part_of is None and k.priced.absent is None), None)

    @property
    def goes_on(self) -> bool:
        """Whether what leads comes back month after month, as contacts do; a test is drawn once."""
        return self.lead is None or not is_tested(self.lead.stream.contrast)

    @property
    def net(self) -> Result:
        """The leading benefit after what the customers kept will need from support."""
        if self.lead is None:
            return _NO_MONTHS
        later = sum((priced.sample for priced in self._later() if priced.sample is not None), start=0.0)
        amount, sample = self.lead.priced.amount, self.lead.priced.sample
        return amount if isinstance(amount, Absent) or sample is None else estimated(sample - later, amount.n, amount.method, amount.unit)

    def load_of(self, kept: Kept) -> float | Sample:
        """What the customers kept will need from support, per unit of the cost of the months that are valued."""
        if kept.revenue is None:
            return 0.0
        period = Period.of(kept.stream)
        return load(self.measured, period, self._revenue(kept.revenue, kept), self.costs, self.assumptions, self.draws.size)

    def _later(self) -> tuple[Priced, ...]:
        if self.lead is None or self.lead.revenue is None or self.assumptions.switch("margin_contains_support"):
            return ()
        return (later_support(self.lead.priced, self._revenue(self.lead.revenue, self.lead), self.per_revenue),)

    @staticmethod
    def _revenue(per_episode: Sample, lead: Kept) -> Sample:
        return np.asarray(per_episode * valued_episodes(lead.stream))


_NO_MONTHS = Absent("The files show no month in which contacts can be valued.")


def _period(measured: Measured, lead: Kept | None) -> Period | None:
    if lead is not None:
        return Period.of(lead.stream)
    company = measured.company
    if not isinstance(company, Company) or company.last_month < company.first_month:
        return None
    first = company.first_contact_month or company.first_month
    return Period(first, company.last_month) if first <= company.last_month else None


def _same_currency(measured: Measured, assumptions: Assumptions) -> None:
    typed, company = assumptions["currency"], measured.company
    known = company.currency if isinstance(company, Company) else None
    if typed is not None and known is not None and typed != known:
        raise AssumptionRefused.value("currency", typed, f'"{known}", the currency of the files; put the amounts in {known}')
