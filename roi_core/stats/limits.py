"""Limits of a survival curve on the scale on which it is nearer to normal."""

from typing import Literal

import numpy as np

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats
from roi_core.stats.interval import z_of

Scale = Literal["log-log", "log", "logit"]
"""log(-log S) keeps limits inside 0..1 and holds its level with few rows; log is what R's survfit uses unless told."""


def survival_limits(survival: Floats, se: Floats, level: float, scale: Scale) -> tuple[Floats, Floats]:
    """Pointwise limits of survival (m,) with standard errors (m,): by the delta method on the scale, and back.

    Where survival is 1 both equal it; where it is 0 the upper one stays at its last defined value. Raises NumbersRefused for an
    unknown scale. Log-log and logit: Borgan, Liestol 1990 Scand J Stat 17:35; log: Kalbfleisch, Prentice 2002, 1.4.
    """
    inner = (survival > 0) & (survival < 1)
    low, high, some = survival.copy(), survival.copy(), survival > 0
    low[inner], high[inner] = _back(survival[inner], z_of(level) * se[inner], scale)
    high[~some] = high[some][-1] if some.any() else 0.0
    return low, high


def _back(s: Floats, reach: Floats, scale: Scale) -> tuple[Floats, Floats]:
    if scale == "log-log":
        far = reach / (s * np.abs(np.log(s)))
        return s ** np.exp(far), s ** np.exp(-far)
    if scale == "log":
        return s * np.exp(-reach / s), np.minimum(s * np.exp(reach / s), 1.0)
    if scale == "logit":
        odds, far = np.log(s / (1 - s)), reach / (s * (1 - s))
        return 1 / (1 + np.exp(far - odds)), 1 / (1 + np.exp(-far - odds))
    raise NumbersRefused.value("scale", scale, '"log-log", "log" or "logit"')
