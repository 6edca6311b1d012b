"""All that is said of ratings beside leaving by score, in the order in which it is shown."""

from collections.abc import Callable

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.cohorts.rated import on_one_scale
from roi_core.effects.ratings import dips, flag, going_with, won
from roi_core.effects.ratings.finding import Finding
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import integers, labels, numbers

RATINGS = (going_with.slopes, going_with.unanswered, won.by_handling, flag.early, dips.drivers)


def all_ratings(facts: Facts, design: Design, tell: Callable[[float], None]) -> tuple[Finding, ...]:
    """Every number, or the reason why there is none. NPS before and after is one of these reasons: nobody equally low is there to compare with."""
    found: list[Finding] = []
    for place, subject in enumerate(RATINGS, 1):
        found.extend(subject(facts, design))
        tell(place / len(RATINGS))
    return (*found, *_scales(facts), *_countries(facts), Finding("nps", Absent(say("ratings.nps_alone"), say("ratings.next_nps"))))


def _scales(facts: Facts) -> tuple[Finding, ...]:
    """Said where ratings were given on several scales: numbers that speak of points are of one of them."""
    scale = on_one_scale(facts)
    slots = {"n": f"{scale.elsewhere:,}", "top": f"{scale.top:g}"}
    return (Finding("scales", Absent(say("ratings.scales_mixed", **slots))),) if scale.elsewhere else ()


def _countries(facts: Facts) -> tuple[Finding, ...]:
    """Said where customers of several countries rated."""
    rated = integers(facts.contacts, "customer_no")[np.isfinite(numbers(facts.contacts, "csat"))]
    codes, _ = labels(facts.spine, "country")
    several = len(np.unique(codes[rated][codes[rated] >= 0]))
    return (Finding("countries", Absent(say("ratings.countries_many", n=f"{several}"))),) if several > 1 else ()
