"""Why there is nothing to analyse where no file became a table: each file's own reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from roi_core.errors import NothingToAnalyse

_SHOWN = 3


def nothing_read(reports: Sequence[Mapping[str, Any]]) -> NothingToAnalyse:
    """The error, with why the first few files gave no row: what was refused, asked, or said of rows that were set aside."""
    reasons = [_why(report) for report in reports]
    more = [f"{len(reasons) - _SHOWN:,} more files gave none either."] if len(reasons) > _SHOWN else []
    told = " ".join([*reasons[:_SHOWN], *more])
    return NothingToAnalyse.because(f"No file gave a row to work with. {told}".strip(), "Correct it and load it again, or start from an example.")


def _why(report: Mapping[str, Any]) -> str:
    if report.get("refused"):
        return str(report["refused"])
    notes = [str(note).removeprefix("ask: ") for note in report["notes"]]
    name = str(report.get("member") or report["file"])
    telling = next((note for note in notes if name in note), "") or next(iter(notes), "")
    text = telling if name in telling else f'"{name}": {telling or "no row could be loaded"}'
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
