"""Who the clients are: what they pay, for how long they sign, and who costs more than they pay."""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.agency.knobs import INDUSTRIES, AgencyKnobs
from roi_core.companies.agency.luck import AgencyLuck
from roi_core.companies.clock import Bools, Floats, Ints

LONG_TERM, SHORT_TERM = 12, 6
_FEE, _FEE_SPREAD, _COSTLY_FEE = 3_400.0, 0.50, 650.0
_LONG_SHARE, _THERE_SHARE = 0.72, 0.62


@dataclass(frozen=True, slots=True)
class Clients:
    """Traits of n clients, each (n,). `fee` is in currency a month, `term` the months of a contract, `joined` the month in which the first began.

    `joined` counts from the first month (negative: before it); contracts begin on the first day of a month.
    """

    fee: Floats
    term: Ints
    joined: Ints
    industry: Ints
    loyalty: Floats
    costly: Bools

    def of(self, rows: Ints) -> "Clients":
        """Some of the clients."""
        return Clients(self.fee[rows], self.term[rows], self.joined[rows], self.industry[rows], self.loyalty[rows], self.costly[rows])


def draw_clients(knobs: AgencyKnobs, luck: AgencyLuck) -> Clients:
    """More than half were there before the first month, the others come evenly; the costly ones were there and pay little."""
    there = luck.joins < _THERE_SHARE
    before = -1 - np.floor(luck.joins / _THERE_SHARE * LONG_TERM)
    later = np.floor((luck.joins - _THERE_SHARE) / (1 - _THERE_SHARE) * (knobs.months - 1))
    order = np.argsort(np.where(there, luck.rank, luck.rank + 1), kind="stable")
    costly = np.zeros(knobs.customers, dtype=np.bool_)
    costly[order[: knobs.costly]] = True
    fee = np.where(costly, _COSTLY_FEE, _FEE * np.exp(_FEE_SPREAD * luck.size))
    return Clients(
        fee=np.asarray(np.round(fee, -1), dtype=np.float64),
        term=np.where(luck.term < _LONG_SHARE, LONG_TERM, SHORT_TERM),
        joined=np.where(there, before, later).astype(np.int64),
        industry=(luck.industry * len(INDUSTRIES)).astype(np.int64),
        loyalty=luck.loyalty,
        costly=costly,
    )
