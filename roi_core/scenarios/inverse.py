"""The inverse question: how far a share must move to pay for a cost."""

from collections.abc import Mapping

import numpy as np

from roi_core.assumptions import Assumptions, Value
from roi_core.ledger import words
from roi_core.measured import Measured
from roi_core.money.basis import Basis
from roi_core.money.draws import Draws, Sample
from roi_core.money.interval import limits
from roi_core.results import Absent, Estimate, Result
from roi_core.scenarios.levers import moved_share, years_of
from roi_core.units import Unit

_PROBE = 0.01


def share_that_pays(measured: Measured, key: str, cost_a_year: float, assumptions: Mapping[str, Value] | None = None) -> Result:
    """The share of contacts at which moving `key` pays for `cost_a_year`, from today's share on.

    Where the lower limit of the gain is not above nothing, the upper limit is 1: even all contacts may not be enough.
    """
    lever, gain = measured.levers.get(key), _gain_of_one_percent(measured, key, Assumptions.of(assumptions))
    if isinstance(gain, Absent):
        return gain
    if lever is None or isinstance(lever.today, Absent) or gain[0] <= 0:
        return Absent("Moving this share is not seen to gain anything, so no share pays for a cost.")
    return _paid_at(lever.today, gain, cost_a_year)


def _paid_at(today: Estimate, gain: Sample, cost_a_year: float) -> Result:
    share = today.value + _PROBE * cost_a_year / float(gain[0])
    if share > 1:
        return Absent("Even if all contacts were handled this way, the estimated gain would not pay for it.")
    least, most = limits(gain)
    earliest = share if most is None else today.value + _PROBE * cost_a_year / most
    latest = share if least is None else _latest(today.value, least, cost_a_year)
    return Estimate(share, earliest, latest, today.n, "today's share + cost / gain a year per share moved", Unit.FRACTION)


def _latest(today: float, least: float, cost_a_year: float) -> float:
    return min(1.0, today + _PROBE * cost_a_year / least) if least > 0 else 1.0


def _gain_of_one_percent(measured: Measured, key: str, assumptions: Assumptions) -> Sample | Absent:
    basis = Basis.of(measured, assumptions, Draws.of(measured.joint))
    lever = measured.levers.get(key)
    today = lever.today if lever is not None else Absent("Your files do not show this share today.")
    if isinstance(today, Absent):
        return today
    probe = _PROBE if today.value + _PROBE <= 1 else -_PROBE
    part = moved_share(basis, key, today.value + probe, words.style_of(measured))
    if part.unknown is not None:
        return part.unknown
    return np.atleast_1d(part.sample) * (_PROBE / probe) / years_of(basis)
