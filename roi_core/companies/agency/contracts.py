"""Contracts one after the other, and where new clients came from."""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.agency.process import AgencyPanel
from roi_core.companies.clock import Bools, Floats, Ints, month_start
from roi_core.companies.luck import stream

REFERRED_SHARE = 0.31
RUNS, ENDED, RENEWED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts by client and start, each field (contracts,). `first` counts months from the first month; `fate` is RUNS, ENDED or RENEWED.

    `value` is that of the whole term, `scope` what was added to it or taken from it on the way.
    """

    client: Ints
    first: Ints
    term: Ints
    value: Floats
    scope: Floats
    fate: Ints

    def starts(self, first_month: int) -> Ints:
        """First second of each, (contracts,)."""
        return month_start(first_month + self.first)

    def ends(self, first_month: int) -> Ints:
        """First second after each, (contracts,)."""
        return month_start(first_month + self.first + self.term)


def sign_contracts(panel: AgencyPanel) -> Contracts:
    """From each client's first contract to the one that runs or was not renewed."""
    left, clients = panel.leaves, panel.world.clients
    rows: list[tuple[int, int, int]] = []
    for client, (joined, term) in enumerate(zip(clients.joined.tolist(), clients.term.tolist(), strict=True)):
        fate, first = RENEWED, joined
        while fate == RENEWED:
            last = first + term - 1
            fate = RUNS if last >= panel.knobs.months else ENDED if last >= 0 and left[last, client] else RENEWED
            rows.append((client, first, fate))
            first += term
    client_, first_, fate_ = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    value = clients.fee[client_] * clients.term[client_]
    luck = stream(panel.knobs.seed, "agency scope").standard_normal(len(client_))
    return Contracts(client_, first_, clients.term[client_], value, np.round(value * 0.05 * luck, -1), fate_)


def new_clients(panel: AgencyPanel) -> Ints:
    """Clients whose first contract began in the files, in that order."""
    joined = panel.world.clients.joined
    new = np.flatnonzero(joined >= 0)
    return new[np.argsort(joined[new], kind="stable")]


def referred(panel: AgencyPanel) -> tuple[Ints, Ints]:
    """31 % of the new clients, and the client who referred each: one of those who were there a month before."""
    luck, new, joined = stream(panel.knobs.seed, "agency referrals"), new_clients(panel), panel.world.clients.joined
    there = new[joined[new] > 0]
    chosen = np.sort(luck.permutation(len(there))[: min(round(REFERRED_SHARE * len(new)), len(there))])
    by = [_somebody(panel.alive[joined[client] - 1], luck) for client in there[chosen].tolist()]
    known = np.array(by, dtype=np.int64) >= 0
    return there[chosen][known], np.array(by, dtype=np.int64)[known]


def _somebody(there: Bools, luck: np.random.Generator) -> int:
    candidates = np.flatnonzero(there)
    return int(luck.choice(candidates)) if len(candidates) else -1
