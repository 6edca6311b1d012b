"""Errors of numbers handed to a statistic: it refuses, and says which value it found and which it needs."""

from roi_core.errors.base import SupportRoiError


class NumbersRefused(SupportRoiError, ValueError):
    """Numbers from which a statistic would compute garbage; a ValueError too, for those who call it from Python."""

    @classmethod
    def value(cls, name: str, found: object, allowed: str) -> "NumbersRefused":
        """One argument outside of what is allowed."""
        return cls(f"{name} == {found}, must be {allowed}")

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
    def too_few(cls, what: str, found: int, least: int, next_step: str) -> "NumbersRefused":
        """Less than a statistic needs, and what would bring more."""
        return cls(f"{what} == {found}, must be at least {least}. {next_step}")
