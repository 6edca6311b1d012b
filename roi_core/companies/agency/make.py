"""One agency: its story, its files, and what support truly did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from roi_core.companies.agency import hubspot, plain, truth, zendesk
from roi_core.companies.agency.contracts import new_clients, referred, sign_contracts
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.agency.process import AgencyPanel, simulate
from roi_core.companies.agency.tickets import open_tickets
from roi_core.companies.company import Company
from roi_core.companies.names import directory
from roi_core.companies.settings import Settings
from roi_core.companies.table import Table
from roi_core.companies.truth import HORIZON, less, mean

GROSS_MARGIN = 0.38


@dataclass(frozen=True, slots=True)
class AgencyStory:
    """One agency and what a reader discovers in it."""

    slug: str
    name: str
    discovers: str
    knobs: AgencyKnobs


_ALL = (
    AgencyStory(
        "alder-moss",
        "Alder & Moss",
        "With 180 clients retention is refused as too few; renewals, referrals (31 % of new business) and three clients that cost more "
        "than they pay still answer.",
        AgencyKnobs(seed=6, effect=0.8),
    ),
)
STORIES: Mapping[str, AgencyStory] = MappingProxyType({story.slug: story for story in _ALL})


def generate(story: str = "alder-moss", settings: Settings | None = None) -> Company:
    """An agency with planted truth; what the settings leave open is as the story has it. Raises KeyError for an unknown story."""
    told = STORIES[story]
    panel = simulate(replace(told.knobs, **(settings or Settings()).given()))
    return Company(told.slug, told.name, tables_of(panel), truth_of(told, panel))


def tables_of(panel: AgencyPanel) -> tuple[Table, ...]:
    """The exports of an agency."""
    people, contracts = directory(panel.knobs.seed, panel.knobs.customers), sign_contracts(panel)
    return (
        zendesk.ticket_export(open_tickets(panel), people, panel.knobs.seed),
        hubspot.deal_export(panel, contracts, people),
        plain.client_export(panel, people),
        plain.contract_export(panel, contracts),
        plain.project_export(panel, contracts),
        plain.referral_export(panel),
        plain.delivery_export(panel),
        plain.survey_export(panel, people),
        plain.cost_export(panel),
    )


def truth_of(story: AgencyStory, panel: AgencyPanel) -> dict[str, Any]:
    """truth.json of an agency."""
    rows, resolution = truth.renewals(panel), truth.first_contact_resolution(panel)
    value, new = mean(rows.value, rows.treated), new_clients(panel)
    found: dict[str, Any] = {
        "story": story.slug,
        "company": story.name,
        "business": "services",
        "discovers": story.discovers,
        "knobs": _knobs(panel),
        "definitions": dict(DEFINITIONS),
        "gross_margin": GROSS_MARGIN,
        "currency": "EUR",
        "horizon_months": HORIZON,
        "eligible_episodes": int(rows.treated.sum()),
        "eligible_rows": len(rows.treated),
        "episode_effect_att": less(mean(rows.renewed, rows.treated)),
        "episode_effect_ato": less(mean(rows.renewed, rows.overlap)),
        "episode_value_att": value,
        "episode_margin_att": None if value is None else value * GROSS_MARGIN,
        "first_contact_resolution_effect": less(resolution.ato),
        "renewal_rate": truth.renewal_rate(panel),
        "spreadsheet": less(truth.spreadsheet(panel)),
        "new_clients": len(new),
        "referred_share_of_new_clients": len(referred(panel)[0]) / len(new) if len(new) else None,
        "costly_clients": [hubspot.company_ids(panel.knobs.customers)[c] for c in np.flatnonzero(panel.world.clients.costly).tolist()],
        "all_or_nothing_note": "not estimable from exports",
    }
    return {key: round(value, 8) if isinstance(value, float) else value for key, value in found.items()}


def _knobs(panel: AgencyPanel) -> dict[str, Any]:
    knobs = panel.knobs
    names = ("customers", "months", "seed", "effect", "confounding", "hidden", "agents")
    return {**{name: getattr(knobs, name) for name in names}, "last_month": f"{knobs.last_month // 12}-{knobs.last_month % 12 + 1:02d}"}


DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "unit": "Effects are on the share not renewed, as fractions (0.01 = one point), treated minus control: negative means that support kept contracts.",
        "episode": "A client month that enters a monthly trial: there at its start, for a month at least, no contact in the 3 calendar months before, "
        "with a contract that runs since before the month and comes due within the 6 months after it. Treated: a contact in the month.",
        "episode_effect_att": "Mean over treated episodes of the change of the chance that this contract is not renewed, "
        "contact in the month made minus not made, on the same luck, all care after the month as it comes.",
        "episode_effect_ato": "The same over all such client months, weighted by e (1 - e), e being the true chance of a contact.",
        "episode_value_att": "Mean over treated episodes of the change of the chance of renewal times the value of the next contract.",
        "episode_margin_att": "episode_value_att times gross_margin, undiscounted.",
        "first_contact_resolution_effect": "On the same share: contacts of clients with a renewal within 6 months, resolved at once minus not, "
        "overlap-weighted by the true chance.",
        "renewal_rate": "Contracts renewed over contracts that came due in the files.",
        "spreadsheet": "Not an effect: share not renewed of clients who wrote in the 6 months to the due date, minus of those who did not.",
        "referred_share_of_new_clients": "New clients that another client brought, over all new clients.",
        "costly_clients": "Clients whose hours cost more than their contracts pay.",
        "expected": "Effects are expected: chances along the path that this luck brings, not whether a die fell. Without an effect they are 0.",
    }
)
"""What every figure of truth.json means."""
