"""Rows whose status says that they have ended while nothing says when: a blank end would count them as running."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import mask, matches
from roi_core.ingest.sources import Source

_ENDED = (
    r"(?i)^(cancell?ed|expired|ended|terminated|churned|closed|deleted|finished|lapsed|stopped|gek(\x{fc}|ue?)ndigt|beendet|abgelaufen"
    r"|storniert|r[e\x{e9}]sili[e\x{e9}]e?|termin[e\x{e9}]e?|annul[e\x{e9}]e?|expir[e\x{e9}]e?|cancelad[oa]|terminad[oa]|finalizad[oa]|vencid[oa])$"
)
"""What has ended; `canceling`, `pending cancellation` and `active until ...` still run."""
LEFT_WHEN = "ask: when did they leave?"
"""How the question about customers without a day of leaving begins: the other files of the same work may answer it (`spine.ends`)."""


def says_ended(status: pa.Array) -> npt.NDArray[np.bool_]:
    """Which texts of a status say that it has ended."""
    return matches(status, _ENDED)


def undated_ends(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], kept: npt.NDArray[np.bool_]) -> dict[int, str]:
    """By row, why a subscription that has ended on no known day is set aside."""
    ended = _ended(sources, columns, "ended_at") & kept if entity == "subscriptions" and "status" in sources else np.zeros_like(kept)
    if not ended.any():
        return {}
    status = sources["status"]
    said = {row: quoted(status.cells.distinct[int(status.cells.codes[row])].as_py()) for row in np.flatnonzero(ended).tolist()}
    return {row: f"{status.header.text} {text} says that it has ended, and nothing says when; blank would say that it runs" for row, text in said.items()}


def undated_end_notes(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> tuple[str, ...]:
    """A question where customers have left, or subscriptions have ended, on no known day."""
    end = {"subscriptions": "ended_at", "customers": "churned_at"}.get(entity)
    rows = int(_ended(sources, columns, end).sum()) if end and "status" in sources else 0
    if not rows:
        return ()
    status = sources["status"].header.text
    if entity == "subscriptions":
        what = f"ask: when did they end? {status} says so of {rows:,} subscriptions, and no column says when. They are set aside, so those who left look fewer"
        return (f"{what}: add the day each one ended",)
    what = f"{LEFT_WHEN} {status} says so of {rows:,} customers without a date. They count as customers still"
    return (f"{what} unless a subscription or a revenue movement says when they left: add the day",)


def _ended(sources: Mapping[str, Source], columns: Mapping[str, pa.Array], end: str) -> npt.NDArray[np.bool_]:
    cells = sources["status"].cells
    open_end = mask(pc.is_null(columns[end])) if end in columns else np.ones(cells.rows, np.bool_)
    return np.append(says_ended(cells.distinct), np.False_)[cells.codes] & open_end
