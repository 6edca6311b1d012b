"""The clock part of a written time: `9:05`, `09:05:07.123`, `2:51 PM`, with an offset or zone abbreviation behind it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import filled, integers, mask, matches
from roi_core.ingest.zones import offset_minutes, shared_abbreviation

_CLOCK = (
    r"^(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|[A-Za-z]{3,5}|(?:UTC|GMT)?[+-]\d{1,2}:?\d{2})?$"
)
_PIECES = ("hour", "minute", "second", "part", "half", "zone")


@dataclass(frozen=True, slots=True)
class Clocks:
    """Microseconds since midnight, less the offset that a text carries (n texts); 0 and sound for an empty text.

    `zoned` tells which texts carry one, `shared` which abbreviations of several zones they use.
    """

    micros: npt.NDArray[np.int64]
    sound: npt.NDArray[np.bool_]
    form: str
    zoned: npt.NDArray[np.bool_]
    has_half: bool
    shared: tuple[str, ...] = ()


def read_clocks(texts: pa.StringArray) -> Clocks:
    """Reads clock texts; a wrong hour, minute or second or an unknown zone is not sound."""
    extracted = pc.extract_regex(texts, _CLOCK)
    pieces = {name: pc.struct_field(extracted, name) for name in _PIECES}
    hour, minute, second = (integers(pieces[name]) for name in ("hour", "minute", "second"))
    halved = filled(pieces["half"])
    sound = mask(pc.is_valid(extracted)) & (hour <= np.where(halved, 12, 23)) & (minute <= 59) & (second <= 59) & ~(halved & (hour == 0))
    hour = np.where(halved, hour % 12 + 12 * matches(pieces["half"], "^[Pp]"), hour)
    part = integers(pc.utf8_slice_codeunits(pc.utf8_rpad(pieces["part"], 6, "0"), 0, 6))
    zones = pieces["zone"].to_pylist()
    offsets = [offset_minutes(text) if text else 0 for text in zones]
    offset = np.array([minutes or 0 for minutes in offsets], dtype=np.int64)
    micros = ((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + part
    known = np.array([minutes is not None for minutes in offsets], dtype=bool)
    empty = mask(pc.equal(texts, ""))
    shared = tuple(sorted({text for text in zones if text and shared_abbreviation(text)}))
    return Clocks(np.where(empty, 0, micros), empty | (sound & known), _form(pieces), filled(pieces["zone"]), bool(halved.any()), shared)


def _form(pieces: dict[str, pa.Array]) -> str:
    hours = pc.min(pc.utf8_length(pc.if_else(pa.array(filled(pieces["hour"])), pieces["hour"], None))).as_py()
    if hours is None:
        return ""
    seconds = ":SS" if filled(pieces["second"]).any() else ""
    half = " AM/PM" if filled(pieces["half"]).any() else ""
    return f" {'HH' if hours == 2 else 'H'}:MM{seconds}{half}"
