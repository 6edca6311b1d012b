"""The error of a report that cannot be written as asked."""

from collections.abc import Iterable

from roi_core.errors import SupportRoiError, quoted


class ReportRefused(SupportRoiError):
    """An audience or a format that does not exist."""

    @classmethod
    def unknown(cls, what: str, found: object, known: Iterable[str]) -> "ReportRefused":
        """Names what was asked for and what there is."""
        return cls(f"report: {what} == {quoted(found)}, must be one of {', '.join(known)}.")
