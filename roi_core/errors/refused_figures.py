"""Figures that no statistic can be taken of."""

from roi_core.errors.base import SupportRoiError
from roi_core.errors.quoting import quoted


class FiguresRefused(SupportRoiError, ValueError):
    """Figures of a test, a holdout or a table of counts of which nothing can be said."""

    @classmethod
    def value(cls, key: str, found: object, allowed: str) -> "FiguresRefused":
        """A figure or a setting outside of what is allowed."""
        return cls(f"figures: {key} == {quoted(found)}, must be {allowed}.")

    @classmethod
    def too_few(cls, what: str, found: int, least: int) -> "FiguresRefused":
        """Fewer than a method needs."""
        return cls(f"figures: {what} == {found}, at least {least} are needed. Wait for more, or join groups.")

    @classmethod
    def never_varies(cls, what: str) -> "FiguresRefused":
        """A column or a table that says the same everywhere."""
        return cls(f"figures: {what} is the same everywhere, so nothing can be compared. Choose another column or a longer period.")

    @classmethod
    def unequal(cls, what: str, found: int, wanted: int) -> "FiguresRefused":
        """Columns that do not belong to the same rows."""
        return cls(f"figures: {what} has {found} rows, the others have {wanted}. All must come from the same rows.")

    @classmethod
    def unknown(cls, what: str) -> "FiguresRefused":
        """Missing or infinite values where each row must have one."""
        return cls(f"figures: {what} is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them.")
