"""What support truly does in an invented company: the process is run again with the contact made and not made.

Every difference is an expected one: the chance to leave along the path, rather than whether the die fell that way. This is
exact, since leaving feeds back on nothing else, and has less Monte-Carlo noise; with no effect it is 0 to the last digit.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import DAY, Bools, Floats, Ints, month_start
from roi_core.companies.contact_times import contact_seconds
from roi_core.companies.month import Do, Path
from roi_core.companies.process import Panel, run

HORIZON = 6
WASHOUT = 3
RESOLUTION_DAYS = 7


@dataclass(frozen=True, slots=True)
class Episodes:
    """Eligible customer months of the monthly trials, each (rows,).

    `month` counts from 0. `churn` is the change of 6-month churn by a contact in the month, made minus not made, all care
    after it as it comes; `revenue` the change of the sum over t = 1..6 of MRR alive at the start of month m + t.
    """

    customer: Ints
    month: Ints
    treated: Bools
    propensity: Floats
    churn: Floats
    revenue: Floats

    @property
    def overlap(self) -> Floats:
        """Overlap weight by the true propensity: e (1 - e), (rows,)."""
        return self.propensity * (1 - self.propensity)


@dataclass(frozen=True, slots=True)
class Handling:
    """First contacts of customer months and what handling them well changes; `churn` (rows,) good minus not, `chance` of good."""

    chance: Floats
    churn: Floats
    weight: Floats

    @property
    def ato(self) -> float | None:
        """Mean change, weighted by overlap of the true chance; None without a contact."""
        return mean(self.churn, self.weight * self.chance * (1 - self.chance))

    @property
    def ate(self) -> float | None:
        """Mean change over all contacts; None without a contact."""
        return mean(self.churn, self.weight)


def eligible(panel: Panel) -> Bools:
    """Customer months that enter a trial, (months, customers).

    There at the start for a month at least, no contact in the 3 months before, 3 months after the helpdesk opened, and 6
    whole months to follow.
    """
    months = panel.knobs.months
    month = np.arange(months)[:, None]
    quiet = np.ones_like(panel.contact)
    for back in range(1, WASHOUT + 1):
        quiet[back:] &= ~panel.contact[:-back]
    in_window = (month >= WASHOUT) & (month < months - HORIZON)
    return np.asarray(panel.alive[:-1] & quiet & in_window & (month - panel.world.customers.started >= 1))


def episodes(panel: Panel) -> Episodes:
    """Every eligible customer month with the effect of a contact in it."""
    rows = eligible(panel)
    parts = [_trial(panel, month, np.flatnonzero(rows[month])) for month in range(WASHOUT, panel.knobs.months - HORIZON)]
    return Episodes(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _trial(panel: Panel, month: int, rows: Ints) -> tuple[Ints, Ints, Bools, Floats, Floats, Floats]:
    made, not_made = (rerun(panel, month, rows, Do(contact=c), HORIZON).survival for c in (True, False))
    gap = made - not_made
    mrr = panel.world.customers.mrr[rows]
    here = np.full(len(rows), month)
    return rows, here, panel.contact[month, rows], panel.path.propensity[month, rows], -gap[-1], mrr * gap.sum(axis=0)


def rerun(panel: Panel, month: int, rows: Ints, do: Do, months: int) -> Path:
    """Some customers once more from month `month` (0 = the first) on, on the luck they had, with an intervention."""
    return run(panel.world.of(rows, month, month + months), panel.state_at(month).of(rows), do)


def first_contact_resolution(panel: Panel) -> Handling:
    """Time zero is day 7 after the contact: where it falls into the next month, among those who stayed until then."""
    at = contact_seconds(panel)
    parts = []
    for month in range(panel.knobs.months - HORIZON - 1):
        rows = np.flatnonzero(panel.contact[month])
        late = at[month, rows] + RESOLUTION_DAYS * DAY >= month_start(panel.knobs.first_month + month + 1)
        good, bad = (_left_after(rerun(panel, month, rows, Do(resolved=r), HORIZON + 1).survival, late) for r in (True, False))
        stays = np.where(late, panel.alive[month + 1, rows], 1.0)
        parts.append((panel.path.resolution_chance[month, rows], good - bad, stays))
    return _handling(parts)


def fast_reply(panel: Panel) -> Handling:
    """Time zero is the contact."""
    parts = []
    for month in range(panel.knobs.months - HORIZON):
        rows = np.flatnonzero(panel.contact[month])
        good, bad = (1 - rerun(panel, month, rows, Do(fast=f), HORIZON).survival[-1] for f in (True, False))
        parts.append((np.full(len(rows), panel.path.fast[month, rows].mean() if len(rows) else 0.5), good - bad, np.ones(len(rows))))
    return _handling(parts)


def mean(values: Floats, weights: Floats | Bools) -> float | None:
    """Weighted mean; None where nothing has weight."""
    return float(np.average(values, weights=weights)) if weights.any() else None


def less(value: float | None) -> float | None:
    """The same change for the share that did not: the other sign, and none of 0."""
    return None if value is None else 0.0 - value


def _left_after(survival: Floats, late: Bools) -> Floats:
    return np.asarray(np.where(late, 1 - survival[HORIZON] / survival[0], 1 - survival[HORIZON - 1]))


def _handling(parts: list[tuple[Floats, Floats, Floats]]) -> Handling:
    return Handling(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def all_or_nothing_revenue(panel: Panel, months: int = 12) -> float | None:
    """Expected revenue of the last 12 months with support as it was, less without any contact in them; None for a shorter history."""
    if panel.knobs.months < months:
        return None
    first = panel.knobs.months - months
    rows = np.flatnonzero(panel.alive[first] | (panel.world.customers.active_from > first))
    natural, without = (rerun(panel, first, rows, do, months).survival for do in (Do(), Do(contact=False, months=months)))
    there = panel.world.customers.active_from[rows] <= np.arange(first, first + months)[:, None]
    return float((panel.world.customers.mrr[rows] * (natural - without) * there).sum())


def spreadsheet(panel: Panel) -> float | None:
    """Share that left in the first 6 trial months: customers who ever wrote in them less those who never did. Not an effect."""
    window = slice(WASHOUT, WASHOUT + HORIZON)
    return _gap(~panel.alive[window.stop], *_by_writing(panel, panel.alive[window.start], window))


def whole_file_spreadsheet(panel: Panel) -> float | None:
    """The same over all customers and all months in the files."""
    return _gap(~panel.alive[-1], *_by_writing(panel, np.asarray(panel.alive.any(axis=0)), slice(None)))


def unadjusted_trials(panel: Panel, rows: Episodes) -> float | None:
    """Share that left within 6 months: contact less no contact, over the eligible customer months, nothing adjusted."""
    left = ~panel.alive[rows.month + HORIZON, rows.customer]
    return _gap(left, rows.treated, ~rows.treated)


def _by_writing(panel: Panel, there: Bools, window: slice) -> tuple[Bools, Bools]:
    wrote = (panel.contact | panel.cancels)[window].any(axis=0)
    return there & wrote, there & ~wrote


def _gap(left: Bools, ones: Bools, zeros: Bools) -> float | None:
    if not ones.any() or not zeros.any():
        return None
    return float(left[ones].mean() - left[zeros].mean())
