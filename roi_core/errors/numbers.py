"""Errors of numbers handed to a statistic: it refuses, and says which value it found and which it needs."""

from roi_core.errors.base import SupportRoiError
from roi_core.errors.quoting import quoted


class NumbersRefused(SupportRoiError, ValueError):
    """Numbers from which a statistic would compute garbage; a ValueError too, for those who call it from Python."""

    @classmethod
    def value(cls, name: str, found: object, allowed: str) -> "NumbersRefused":
        """One argument outside of what is allowed."""
        return cls(f"{name} == {quoted(found) if isinstance(found, str) else found}, must be {allowed}")

    @classmethod
    def holds(cls, name: str, what: str, allowed: str) -> "NumbersRefused":
        """An array with values that cannot be."""
        return cls(f"{name} holds {what}, must be {allowed}")

    @classmethod
    def shapes(cls, found: dict[str, tuple[int, ...]]) -> "NumbersRefused":
        """Arrays that must have one entry a row, and at least one row; `found` is their shape by name."""
        listed = ", ".join(f"{name}.shape == {shape}" for name, shape in found.items())
        return cls(f"{listed}: must be one row each, at least one")

    @classmethod
    def too_few(cls, what: str, found: int, least: int, next_step: str = "Wait for more, or join groups.") -> "NumbersRefused":
        """Less than a statistic needs, and what would bring more."""
        return cls(f"{what} == {found}, must be at least {least}. {next_step}")

    @classmethod
    def never_varies(cls, what: str) -> "NumbersRefused":
        """A column or a table that says the same everywhere."""
        return cls(f"{what} is the same everywhere, so nothing can be compared. Choose another column or a longer period.")

    @classmethod
    def unequal(cls, what: str, found: int, wanted: int) -> "NumbersRefused":
        """Columns that do not belong to the same rows."""
        return cls(f"{what} has {found} rows, the others have {wanted}. All must come from the same rows.")

    @classmethod
    def unknown(cls, what: str) -> "NumbersRefused":
        """Missing or infinite values where each row must have one."""
        return cls(f"{what} is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them.")
