"""A comparison made again from the facts, so that a doubt about its answer can be looked into."""

from typing import Any

from roi_core.cohorts.design import Design
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects import inside, supported
from roi_core.effects.comparison import Comparison
from roi_core.effects.estimation import through_gates
from roi_core.errors import DesignRefused
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine import Facts


def fitted_again(facts: Facts, design: Design, key: str) -> Comparison[Any] | Absent:
    """The fitted comparison of an effect on what is followed, such as `supported.churn_6m`; Absent where it was refused. Raises DesignRefused."""
    contrast, _, outcome = key.partition(".")
    prefix = f"{facts.outcome}_"
    months = outcome.removeprefix(prefix).removesuffix("m")
    if contrast not in (supported.CONTRAST, *QUALITIES) or not outcome.startswith(prefix) or not months.isdecimal():
        raise DesignRefused.value("effect", key, f"supported.{prefix}6m, or that of a quality or of other months")
    if contrast == supported.CONTRAST:
        fitted, _ = through_gates(supported.compared(facts, design, int(months)), supported.PLANS[facts.outcome])
    else:
        fitted, _ = through_gates(inside.compared(facts, design, int(months), contrast), inside.plan(contrast, facts.outcome))
    return Absent(say("doubt.refused")) if fitted.fit is None else fitted
