"""Which rules say that a ticket is no contact: written beside it, so that a rule can be switched off without reading the file again."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import mask, matches
from roi_core.schema.exclusions import EXCLUSIONS

_PRE_SALE = r"(?i)^pre[-_ ]?sale$"
_SAME = {"merged_tag": "merged", "outbound_channel": "outbound", "spam_tag": "spam", "deleted_status": "deleted"}
"""Rules that say nothing more where the file itself says so."""

Masks = Mapping[str, npt.NDArray[np.bool_]]


def excluded_by(hits: Masks, typed: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """Names of the rules (`schema.exclusions`) that hit each row, joined by commas; null where none does.

    `hits` are rows by rule, `typed` the columns before any rule wrote to them.
    """
    said = _said(typed)
    found = {**said, **{rule: hit & ~said[_SAME[rule]] if _SAME.get(rule) in said else hit for rule, hit in hits.items()}}
    bits = np.zeros(rows, np.uint16)
    for place, one in enumerate(EXCLUSIONS):
        if one.rule in found:
            bits |= found[one.rule].astype(np.uint16) << np.uint16(place)
    if not bits.any():
        return pa.nulls(rows, pa.string())
    return pa.array([_names(value) for value in range(int(bits.max(initial=0)) + 1)], pa.string()).take(pa.array(bits))


def _names(bits: int) -> str | None:
    return ",".join(one.rule for place, one in enumerate(EXCLUSIONS) if bits >> place & 1) or None


def _said(typed: Mapping[str, pa.Array]) -> dict[str, npt.NDArray[np.bool_]]:
    """What the file itself says, by the name of the reason."""
    found: dict[str, npt.NDArray[np.bool_]] = {}
    if "status" in typed:
        found = {word: mask(pc.equal(typed["status"], word)) for word in ("merged", "spam", "deleted")}
    if "merged_into" in typed:
        into = mask(pc.is_valid(typed["merged_into"]))
        found["merged"] = into | found["merged"] if "merged" in found else into
    if "outbound" in typed:
        found["outbound"] = mask(typed["outbound"])
    if "lifecycle_stage" in typed:
        stages = typed["lifecycle_stage"].dictionary_encode()
        hit = matches(stages.dictionary, _PRE_SALE)
        codes = np.asarray(pc.fill_null(stages.indices, -1).to_numpy(zero_copy_only=False))
        found["pre_sale"] = (codes >= 0) & (hit[codes] if len(hit) else False)
    return found
