"""Time zones as exports write them: names, abbreviations and offsets, to minutes east of UTC or a zone name."""

import re
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import mask

_ABBREVIATIONS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180,
    "msk": 180, "sast": 120, "ist": 330, "sgt": 480, "hkt": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570, "acdt": 630, "aest": 600,
    "aedt": 660, "nzst": 720, "nzdt": 780, "brt": -180, "art": -180, "cot": -300, "pet": -300, "nst": -210, "ndt": -150, "ast": -240,
    "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540,
    "akdt": -480, "hst": -600,
}  # fmt: skip
_SHARED = {"bst": "British, not Bangladesh", "ist": "India, not Ireland or Israel", "ast": "Atlantic, not Arabia", "cst": "US Central, not China or Cuba"}
_OFFSET = re.compile(r"^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$")


def offset_minutes(text: str) -> int | None:
    """Minutes east of UTC of `+0500`, `-05:00`, `UTC+2`, `EDT` or `Z`; None where it is none of these."""
    word = text.strip().casefold()
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    match = _OFFSET.match(word)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes


def shared_abbreviation(text: str) -> str | None:
    """How an abbreviation that several zones share is read, or None where it is one zone's alone."""
    return _SHARED.get(text.strip().casefold())


def to_utc(times: pa.Array, zone: str | None) -> pa.Array:
    """Local times of a zone as naive UTC; times without a zone are taken as UTC.

    A time that a clock change skips or repeats is read as the earlier one.
    """
    if zone is None:
        return times
    minutes = offset_minutes(zone)
    if minutes is not None:
        return pc.subtract(times, pa.scalar(minutes * 60_000_000, pa.duration("us"))) if minutes else times
    return _aware(times, zone, "earliest")


def in_a_clock_change(times: pa.Array, zone: str | None) -> npt.NDArray[np.bool_]:
    """Which local times of a zone a change of the clock skips or repeats, so that two readings are possible."""
    if zone is None or offset_minutes(zone) is not None:
        return np.zeros(len(times), np.bool_)
    return mask(pc.not_equal(_aware(times, zone, "earliest"), _aware(times, zone, "latest")))


def _aware(times: pa.Array, zone: str, which: Literal["earliest", "latest"]) -> pa.Array:
    aware = pc.assume_timezone(times, _iana(zone), ambiguous=which, nonexistent=which)
    return aware.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us"))


def _iana(zone: str) -> str:
    """The name as the zone table spells it, where a header was folded to one case."""
    folded = "/" in zone and (zone.islower() or zone.isupper())
    return "/".join("_".join(part.capitalize() for part in re.split(r"[_ ]", piece)) for piece in zone.split("/")) if folded else zone


def is_zone(zone: str) -> bool:
    """Whether the machine knows this zone."""
    if offset_minutes(zone) is not None:
        return True
    try:
        to_utc(pa.array([0], pa.timestamp("us")), zone)
    except pa.ArrowInvalid:
        return False
    return True
