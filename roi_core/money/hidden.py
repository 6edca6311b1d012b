"""What something unseen would take off if it were as strong as the strongest covariate that is seen."""

from roi_core.assumptions import Assumptions
from roi_core.measured import Measured, Stream
from roi_core.money.draws import Sample
from roi_core.money.kept import margin_share, valued_episodes
from roi_core.results import Absent, Estimate
from roi_core.units import Unit

DETAIL = "strongest_covariate_bias"
_NOT_TRIED = Absent(
    "How much something unseen could move this cannot be said: no known covariate could be left out and compared.",
    "Add usage, health or the plan of each customer.",
)


def hidden_money(measured: Measured, stream: Stream, assumptions: Assumptions, size: int) -> float | Sample | Absent:
    """Margin of the period that such a factor would take off, from the bias in revenue per episode (Cinelli, Hazlett 2020)."""
    bias = _bias(measured, stream)
    if isinstance(bias, Absent):
        return bias
    return abs(bias.value) * valued_episodes(stream) * margin_share(assumptions, size)


def strongest_covariate(measured: Measured, stream: Stream) -> str | None:
    """Its name, which the method of the detail ends with: `... as strong as NAME (source)`; None where it has no name."""
    bias = _bias(measured, stream)
    named = "" if isinstance(bias, Absent) else bias.method.partition(" as strong as ")[2].partition(" (")[0]
    return named or None


def _bias(measured: Measured, stream: Stream) -> Estimate | Absent:
    for outcome in ("revenue", stream.outcome):
        effect = measured.effects.get(f"{stream.contrast}.{outcome}_{stream.horizon_months}m")
        found = effect.details.get(DETAIL) if effect is not None else None
        if isinstance(found, Estimate) and found.unit is Unit.MONEY_PER_EPISODE:
            return found
    return _NOT_TRIED
