"""Names of covariates as a reader says them: `log tenure` is time as a customer, `month = 2024-07` began in Jul 2024."""

import re

from roi_core.sentences import catalogue, say
from roi_core.show import DEFAULT, Style, month

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def spoken(covariate: str, style: Style = DEFAULT) -> str:
    """A covariate in plain words; the header of a user's file stays as it is written there."""
    variable, _, level = covariate.removesuffix(" (missing)").partition(" = ")
    named = _variable(variable)
    if covariate.endswith(" (missing)") or level == "missing":
        return say("covariate_words.unknown", variable=named)
    if variable == "month" and (found := _MONTH.fullmatch(level)):
        return say("covariate_words.followed_from", month=month(int(found[1]) * 12 + int(found[2]) - 1, style))
    return say("covariate_words.level", variable=named, level=level) if level else named


def _variable(name: str) -> str:
    key = f"covariate.{re.sub('[^a-z0-9]+', '_', name).strip('_')}" if name.islower() else ""
    return say(key) if key in catalogue() else name
