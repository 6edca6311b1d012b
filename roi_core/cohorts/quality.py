"""How well a contact was handled: the two definitions that cohorts and contrasts share, and that of complaints."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.contact_kinds import kind_of
from roi_core.errors import DesignRefused
from roi_core.spine.facts import Facts, booleans, labels, numbers

RECONTACT_DAYS = 7
COMPLAINT = "complaint_resolved"
DAY_MINUTES = 1_440


@dataclass(frozen=True, slots=True)
class Quality:
    """Contacts by a yes/no quality. `known` and `good` (contacts,); `threshold` in minutes for reply speed, else None.

    `wait_days` after the contact both groups are followed from: what makes a contact good is known by then. `itself` names covariates
    that tell the groups apart and so are none; `named` is the level that good contacts have, where a label tells them.
    """

    key: str
    known: NDArray[np.bool_]
    good: NDArray[np.bool_]
    threshold: float | None = None
    wait_days: int = 0
    itself: tuple[str, ...] = ()
    named: str = ""


def first_contact_resolution(facts: Facts) -> Quality:
    """A reply came within 7 days and the customer did not come back on the same matter in them; not answered by then is unknown."""
    replied = booleans(facts.contacts, "replied_7d")
    seen = np.asarray(facts.contacts.column("recontact_7d").is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
    good = replied & seen & ~booleans(facts.contacts, "recontact_7d")
    return Quality("first_contact_resolution", replied & seen, good, wait_days=RECONTACT_DAYS)


def fast_reply(facts: Facts) -> Quality:
    """First reply within the calendar time, in whole minutes, that parts all answered contacts most evenly; never answered is unknown."""
    minutes = np.round(numbers(facts.contacts, "first_response_minutes"))
    known = np.isfinite(minutes)
    threshold = _evenly(minutes[known]) if known.any() else None
    return Quality("fast_reply", known, known & (minutes <= (threshold or 0.0)), threshold)


def _evenly(minutes: NDArray[np.float64]) -> float:
    """The median; where more lie below it than above, which many just at it make possible, the longest time below parts them more evenly."""
    median = float(np.median(minutes))
    below = minutes[minutes < median]
    return float(below.max()) if len(below) > (minutes > median).sum() else median


QUALITIES = {"first_contact_resolution": first_contact_resolution, "fast_reply": fast_reply}


def handled_well(facts: Facts, quality: str) -> NDArray[np.bool_]:
    """Contacts that count as support under a design's quality filter, shape (contacts,). Raises DesignRefused."""
    if quality == "any":
        return np.ones(facts.contacts.num_rows, dtype=np.bool_)
    if quality not in QUALITIES:
        raise DesignRefused.value("quality", quality, f"any, {' or '.join(QUALITIES)}")
    return QUALITIES[quality](facts).good


def complaint_resolved(facts: Facts) -> Quality:
    """Among complaints: resolved within 7 days, and no contact on the same matter in them. Unknown where the last 7 days of the files cut it."""
    codes, levels = labels(facts.contacts, "category")
    is_complaint = np.isin(codes, [i for i, level in enumerate(levels) if kind_of(level) == "complaint"])
    watched = np.asarray(facts.contacts.column("recontact_7d").is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
    minutes = numbers(facts.contacts, "resolution_minutes")
    known = is_complaint & watched & bool(np.isfinite(minutes).any())
    good = known & (minutes <= RECONTACT_DAYS * DAY_MINUTES) & ~booleans(facts.contacts, "recontact_7d")
    return Quality(COMPLAINT, known, good, wait_days=RECONTACT_DAYS)
