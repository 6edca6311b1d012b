"""The invented companies, declared: what each is like and what a reader discovers in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from roi_core.companies.clock import LAST_MONTH
from roi_core.companies.knobs import SimulationKnobs, Spike
from roi_core.errors import SampleRefused

MONTHS = 24
_MARCH = LAST_MONTH - 9


@dataclass(frozen=True, slots=True)
class Story:
    """One company. `usage_file` False: usage and health are known to the company and not among its exports."""

    slug: str
    name: str
    discovers: str
    knobs: SimulationKnobs
    gross_margin: float
    usage_file: bool = True


_HARBOUR = SimulationKnobs(
    customers=2_000,
    months=MONTHS,
    seed=38,
    effect=0.45,
    confounding=1.2,
    churn=(-2.95, -3.25, -3.60),
    plan_effect=(0.6, 1.0, 2.0),
    category_effect=(1.7, 0.7, 0.7, 0.7, 0.7, 0.7),
    category_fcr=(-0.6, 0.5, 0.3, 0.5, 0.2, 0.2),
    cancel_tickets=0.04,
    spike=Spike(_MARCH, "Export fails", more_problems=1.6, more_of_category=3.0),
)

_ALL = (
    Story(
        "harbour-desk",
        "Harbour Desk",
        "The spreadsheet says about -10 points, the honest answer is a third of that; billing questions are the lever; "
        "the top plan gains most; export failures spike in March.",
        _HARBOUR,
        gross_margin=0.78,
    ),
    Story(
        "still-water",
        "Still Water",
        "The same lovely spreadsheet, and support does nothing: no effect is found.",
        replace(_HARBOUR, seed=28, effect=0.0),
        gross_margin=0.78,
    ),
    Story(
        "fogbank",
        "Fogbank",
        "Support looks harmful, because the trouble that makes people write is not in the files; well-handled against other "
        "contacts answers, and the usage file changes the verdict.",
        replace(_HARBOUR, seed=39, effect=0.45, confounding=2.5),
        gross_margin=0.78,
        usage_file=False,
    ),
)
STORIES: Mapping[str, Story] = MappingProxyType({story.slug: story for story in _ALL})
_ALIASES = {"saas": "harbour-desk", "harbour_desk": "harbour-desk", "still_water": "still-water"}


def story_of(name: str) -> Story:
    """The story of a name: a slug, `harbour_desk` with underscores, or `saas` for Harbour Desk. Raises SampleRefused."""
    slug = _ALIASES.get(name, name)
    if slug not in STORIES:
        raise SampleRefused.unknown(name, ("saas", *STORIES))
    return STORIES[slug]
