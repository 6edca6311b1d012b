"""One sample company: its story, what happened, and what support truly did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from roi_core.companies import truth
from roi_core.companies.month import FAST_REPLY_MINUTES
from roi_core.companies.process import Panel, simulate
from roi_core.companies.settings import Settings
from roi_core.companies.stories import MONTHS, Story, story_of
from roi_core.errors import SampleRefused

FEWEST_MONTHS, MOST_MONTHS = truth.WASHOUT + truth.HORIZON + 1, 60


@dataclass(frozen=True, slots=True)
class Generated:
    """A company as arrays, with `truth` as truth.json holds it."""

    story: Story
    panel: Panel
    truth: Mapping[str, Any]


def generate(
    story: str = "saas",
    customers: int = 2_000,
    seed: int | None = None,
    effect: float | None = None,
    confounding: float | None = None,
    hidden: float | None = None,
    months: int = MONTHS,
) -> Generated:
    """A sample company with planted truth; what is None is as the story has it. The history ends with December 2025.

    The same arguments give the same bytes. Only `effect=0` turns off what support does: the luck stays the same.
    Raises SampleRefused for an unknown story or a knob out of range.
    """
    told = story_of(story)
    if not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise SampleRefused.value("months", months, f"from {FEWEST_MONTHS} to {MOST_MONTHS}")
    turned: dict[str, Any] = Settings(customers, seed, effect, confounding, hidden).given()
    knobs = replace(told.knobs, months=months, **turned)
    panel = simulate(knobs)
    return Generated(told, panel, _truth(told, panel))


def _truth(story: Story, panel: Panel) -> dict[str, Any]:
    rows = truth.episodes(panel)
    resolution, reply = truth.first_contact_resolution(panel), truth.fast_reply(panel)
    all_revenue = truth.all_or_nothing_revenue(panel)
    revenue = truth.mean(rows.revenue, rows.treated)
    found = {
        "story": story.slug,
        "company": story.name,
        "discovers": story.discovers,
        "knobs": _knobs(panel),
        "definitions": DEFINITIONS,
        "gross_margin": story.gross_margin,
        "currency": "USD",
        "trial_months": _trial_months(panel),
        "horizon_months": truth.HORIZON,
        "eligible_episodes": int(rows.treated.sum()),
        "eligible_rows": len(rows.treated),
        "episode_effect_att": truth.mean(rows.churn, rows.treated),
        "episode_effect_ato": truth.mean(rows.churn, rows.overlap),
        "episode_revenue_att": revenue,
        "episode_revenue_ato": truth.mean(rows.revenue, rows.overlap),
        "episode_margin_att": None if revenue is None else revenue * story.gross_margin,
        "first_contact_resolution_effect": resolution.ato,
        "first_contact_resolution_effect_ate": resolution.ate,
        "fast_reply_effect": reply.ato,
        "fast_reply_effect_ate": reply.ate,
        "fast_reply_minutes": FAST_REPLY_MINUTES,
        "spreadsheet": truth.spreadsheet(panel),
        "spreadsheet_whole_file": truth.whole_file_spreadsheet(panel),
        "unadjusted_trials": truth.unadjusted_trials(panel, rows),
        "all_or_nothing_margin_12m": None if all_revenue is None else all_revenue * story.gross_margin,
        "all_or_nothing_note": "not estimable from exports",
    }
    return {key: round(value, 8) if isinstance(value, float) else value for key, value in found.items()}


def _knobs(panel: Panel) -> dict[str, Any]:
    knobs = panel.knobs
    names = ("customers", "months", "seed", "effect", "confounding", "hidden", "cancel_tickets", "agents")
    return {**{name: getattr(knobs, name) for name in names}, "last_month": f"{knobs.last_month // 12}-{knobs.last_month % 12 + 1:02d}"}


def _trial_months(panel: Panel) -> list[str]:
    first, last = panel.knobs.first_month + truth.WASHOUT, panel.knobs.last_month - truth.HORIZON
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in (first, last)]


DEFINITIONS: Mapping[str, str] = {
    "unit": "Effects on churn are fractions (0.01 = one point), treated minus control: negative means that support kept customers.",
    "episode": "A customer month that enters a monthly trial: there at its start, for a month at least, no contact in the 3 calendar months before, "
    "trial months from 3 months after the helpdesk opened to 6 months before the end of the files. Treated: a contact in the month.",
    "episode_effect_att": "Mean over treated episodes of the chance to have left by the start of month m + 6, contact in month m made minus not made, "
    "on the same luck, all care after month m as it comes.",
    "episode_effect_ato": "The same over all eligible customer months, weighted by e (1 - e), e being the true chance of a contact.",
    "episode_revenue_att": "Mean over treated episodes of the sum over t = 1..6 of monthly revenue alive at the start of month m + t, made minus not made.",
    "episode_margin_att": "episode_revenue_att times gross_margin, undiscounted.",
    "first_contact_resolution_effect": "First contact of every customer month that can be followed 6 months from day 7, resolved at once minus not, "
    "overlap-weighted by the true chance; where day 7 falls into the next month, among those still there then.",
    "fast_reply_effect": "The same from the contact on, first reply within fast_reply_minutes (calendar) minus later.",
    "spreadsheet": "Not an effect: share that left in the first 6 trial months, customers who wrote in them minus those who did not.",
    "expected": "Effects are expected: chances to leave along the path that this luck brings, not whether the last die fell. Leaving feeds back on nothing, "
    "so this is exact, and without an effect it is 0.",
    "all_or_nothing_margin_12m": "Margin of the last 12 months with support as it was, minus the same with no contact at all.",
}
"""What every figure of truth.json means."""
