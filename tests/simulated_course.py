"""A simulated company whose contacts have a course, drawn without regard to who leaves: hard ones are escalated and opened again more often."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.companies.knobs import SimulationKnobs
from roi_core.spine import Facts
from roi_core.spine.facts import integers, labels
from tests.simulated import simulated

HARD = {"Low": 0.1, "Medium": 0.3, "High": 0.6}
_DAY, _NEVER = 86_400, np.iinfo(np.int64).max


def simulated_course(folder: Path, knobs: SimulationKnobs) -> Facts:
    """Facts in which support does nothing unless `knobs` say so. What befalls a contact befalls it within 20 days, if its customer is still there."""
    facts = simulated(folder, knobs, any_day=True).facts
    contacts, luck = facts.contacts, np.random.default_rng(knobs.seed)
    n = contacts.num_rows
    priority, levels = labels(contacts, "priority")
    hard = np.array([HARD[level] for level in levels])[priority]
    left = integers(facts.spine, "churned_s", null=_NEVER)[integers(contacts, "customer_no")]
    escalated, reopened = (_befalls(luck, contacts, left, chance) for chance in (hard, hard / 2))
    channel = np.where(luck.random(n) < 0.3 + 0.4 * hard, "Phone", "Email")
    by_bot = (luck.random(n) < 0.5 - 0.4 * hard) & (channel == "Email")
    return with_columns(
        facts,
        escalated=escalated,
        reopened=reopened,
        resolution_minutes=1_440 * np.where(escalated | reopened, luck.uniform(20, 35, n), luck.uniform(1, 25, n)),
        handled_by=np.where(by_bot, np.where(luck.random(n) < 0.4, "both", "bot"), "human"),
        channel=channel,
        team=np.where(luck.random(n) < 0.3 + 0.3 * hard, "Two", "One"),
    )


def with_columns(facts: Facts, **columns: NDArray[np.generic]) -> Facts:
    """The same facts with other columns of contacts, (contacts,) each."""
    contacts = facts.contacts
    for name, values in columns.items():
        place = contacts.schema.get_field_index(name)
        contacts = contacts.set_column(place, name, pa.array(values, contacts.schema.field(name).type))
    return replace(facts, contacts=contacts)


def _befalls(luck: np.random.Generator, contacts: pa.Table, left_s: NDArray[np.int64], chance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Contacts (n,) that it befalls: later on a day of 20, and only while their customer is one."""
    at = integers(contacts, "created_s") + (luck.uniform(0, 20, len(chance)) * _DAY).astype(np.int64)
    return np.asarray((luck.random(len(chance)) < chance) & (at < left_s))
