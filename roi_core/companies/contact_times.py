"""When in its month a contact is made: mostly working days and working hours, some evenings and weekends."""

import numpy as np

from roi_core.companies.clock import DAY, HOUR, Floats, Ints, month_start
from roi_core.companies.luck import stream
from roi_core.companies.process import Panel

WEEKEND_SHARE = 0.07
EVENING_SHARE = 0.14
LATEST_ON_LAST_DAY = 13 * HOUR
"""So that a contact of the last day can still be answered, and made again, before the month ends."""


def contact_seconds(panel: Panel) -> Ints:
    """The instant of the contact that each customer makes, or would make, in each month; epoch seconds, (months, customers)."""
    knobs = panel.knobs
    day, hour = (stream(knobs.seed, f"contact {what}").random((3, *panel.contact.shape)) for what in ("day", "hour"))
    months = np.arange(knobs.first_month, knobs.last_month + 1)
    return np.stack([_in_month(int(m), day[:, i], hour[:, i]) for i, m in enumerate(months)])


def _in_month(month: int, day: Floats, hour: Floats) -> Ints:
    first, after = int(month_start(month)), int(month_start(month + 1))
    days = np.arange(first // DAY, after // DAY)
    working = np.is_busday(days.astype("datetime64[D]"))
    chosen = np.where(day[0] < WEEKEND_SHARE, _pick(days[~working], day[1]), _pick(days[working], day[1]))
    within = np.where(hour[0] < EVENING_SHARE, 18 + 4 * hour[1], 8 + 5 * (hour[1] + hour[2])) * HOUR
    seconds = chosen * DAY + within.astype(np.int64)
    return np.asarray(np.minimum(seconds, after - DAY + LATEST_ON_LAST_DAY - (day[2] * HOUR).astype(np.int64)))


def _pick(days: Ints, luck: Floats) -> Ints:
    return np.asarray(days[(luck * len(days)).astype(np.int64)])


def any_day_seconds(seed: int, first_month: int, shape: tuple[int, ...]) -> Ints:
    """The instant of a contact in each month, by customer, on any day between 08:00 and 22:00; epoch seconds, shape (months, customers)."""
    day, hour = (stream(seed, f"contact {what}, any day").random(shape) for what in ("day", "hour"))
    start = month_start(np.arange(first_month, first_month + shape[0] + 1))
    days = np.diff(start)[:, None] // DAY
    seconds = start[:-1, None] + (day * days).astype(np.int64) * DAY + ((8 + 14 * hour) * HOUR).astype(np.int64)
    return np.asarray(np.minimum(seconds, start[1:, None] - DAY + LATEST_ON_LAST_DAY - (hour * HOUR).astype(np.int64)))
