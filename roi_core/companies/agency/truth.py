"""What support truly does in an agency: renewals at the due date, the process run again with the contact made and not made.

Every difference is an expected one, along the path that this luck brings; with no effect it is 0 to the last digit.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.agency.month import AgencyDo
from roi_core.companies.agency.process import AgencyPanel, rerun
from roi_core.companies.clock import DAY, MEAN_MONTH, Bools, Floats, Ints, month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.truth import HORIZON, RESOLUTION_DAYS, WASHOUT, Handling


@dataclass(frozen=True, slots=True)
class Renewals:
    """Eligible client months whose horizon covers a renewal, each (rows,); `month` counts from 0.

    `renewed` is the change, by a contact in the month, of the chance that the contract due within the 6 months is renewed; `value`
    the change of what the next contract is worth, renewed or not.
    """

    customer: Ints
    month: Ints
    treated: Bools
    propensity: Floats
    renewed: Floats
    value: Floats

    @property
    def overlap(self) -> Floats:
        """Overlap weight by the true propensity: e (1 - e), (rows,)."""
        return self.propensity * (1 - self.propensity)


def due_within(panel: AgencyPanel) -> Bools:
    """Whether a contract that runs ends with one of the 6 months after each month, and none with the month itself, (months, clients)."""
    due, months, joined = panel.path.due, panel.knobs.months, panel.world.clients.joined
    runs = joined < np.arange(months)[:, None]
    after = np.stack([due[m + 1 : m + 1 + HORIZON].any(axis=0) & ~due[m] & ~_begins(panel, m) for m in range(months)])
    return np.asarray(after & runs)


def _begins(panel: AgencyPanel, month: int) -> Bools:
    """Whether a contract begins with a month, (clients,)."""
    return np.asarray(panel.path.due[month - 1] if month else panel.world.clients.joined == 0)


def eligible(panel: AgencyPanel) -> Bools:
    """Client months that enter a trial, (months, clients): a client for a month at least, no contact in the 3 months before, a renewal within 6."""
    months = panel.knobs.months
    month = np.arange(months)[:, None]
    quiet = np.ones_like(panel.contact)
    for back in range(1, WASHOUT + 1):
        quiet[back:] &= ~panel.contact[:-back]
    tenure = (month_start(panel.knobs.first_month + month) - month_start(panel.knobs.first_month + panel.world.clients.joined)) / MEAN_MONTH
    in_window = (month >= WASHOUT) & (month < months - HORIZON)
    return np.asarray(panel.alive[:-1] & quiet & in_window & (tenure >= 1) & due_within(panel))


def renewals(panel: AgencyPanel) -> Renewals:
    """Every eligible client month with the effect of a contact in it."""
    rows = eligible(panel)
    parts = [_trial(panel, int(month), np.flatnonzero(rows[month])) for month in np.flatnonzero(rows.any(axis=1))]
    empty = tuple(np.empty(0, dtype=kind) for kind in (np.int64, np.int64, np.bool_, np.float64, np.float64, np.float64))
    return Renewals(*(np.concatenate(column) for column in zip(*parts, empty, strict=True)))


def _trial(panel: AgencyPanel, month: int, rows: Ints) -> tuple[Ints, Ints, Bools, Floats, Floats, Floats]:
    gap = renewed_chance(panel, month, rows, AgencyDo(contact=True)) - renewed_chance(panel, month, rows, AgencyDo(contact=False))
    worth = (panel.world.clients.fee * panel.world.clients.term)[rows]
    return rows, np.full(len(rows), month), panel.contact[month, rows], panel.path.propensity[month, rows], gap, gap * worth


def renewed_chance(panel: AgencyPanel, month: int, rows: Ints, do: AgencyDo, after: int = 0) -> Floats:
    """Chance that the contract which ends within the 6 months after the month, or after `after` more, is renewed, (rows,)."""
    path = rerun(panel, month, rows, do, min(HORIZON + 1 + after, panel.knobs.months - month))
    return np.asarray(np.prod(path.renew_chance[1 + after :], axis=0))


def first_contact_resolution(panel: AgencyPanel) -> Handling:
    """Resolved at once minus not, on the same chance, for contacts of clients with such a contract; time zero is day 7, which may lie in the next month."""
    at = any_day_seconds(panel.knobs.seed, panel.knobs.first_month, panel.contact.shape)
    due, parts = due_within(panel), []
    for month in range(panel.knobs.months - HORIZON - 1):
        late = at[month] + RESOLUTION_DAYS * DAY >= month_start(panel.knobs.first_month + month + 1)
        for after, when in ((0, ~late), (1, late)):
            rows = np.flatnonzero(panel.contact[month] & when & due[month + after])
            good, bad = (renewed_chance(panel, month, rows, AgencyDo(resolved=r), after) for r in (True, False))
            parts.append((panel.path.resolution_chance[month, rows], good - bad, np.ones(len(rows))))
    return Handling(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def spreadsheet(panel: AgencyPanel) -> float | None:
    """Share of contracts renewed, of clients who wrote in the 6 months to the due date less of those who did not. Not an effect."""
    month, client = np.nonzero(panel.path.due & panel.alive[:-1])
    wrote = np.array([panel.contact[max(m - HORIZON + 1, 0) : m + 1, c].any() for m, c in zip(month.tolist(), client.tolist(), strict=True)], dtype=np.bool_)
    kept = ~panel.leaves[month, client]
    return float(kept[wrote].mean() - kept[~wrote].mean()) if wrote.any() and not wrote.all() else None


def renewal_rate(panel: AgencyPanel) -> float | None:
    """Renewed over due, of all contracts that ended in the files."""
    due = panel.path.due & panel.alive[:-1]
    return float(1 - panel.leaves[due].mean()) if due.any() else None
