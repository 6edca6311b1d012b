"""The knobs that every company has, as somebody turns them: what is None is as the story has it."""

from dataclasses import dataclass
from typing import Any

from roi_core.errors import SampleRefused

MOST_CUSTOMERS = 500_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Raises SampleRefused for a knob out of range."""

    customers: int | None = None
    seed: int | None = None
    effect: float | None = None
    confounding: float | None = None
    hidden: float | None = None

    def __post_init__(self) -> None:
        for key, found, low, high in (
            ("customers", self.customers, 1, MOST_CUSTOMERS),
            ("effect", self.effect, 0, 3),
            ("confounding", self.confounding, 0, 4),
            ("hidden", self.hidden, 0, 1),
        ):
            if found is not None and not low <= found <= high:
                raise SampleRefused.value(key, found, f"from {low:,} to {high:,}")

    def given(self) -> dict[str, Any]:
        """Those that are turned, by name."""
        knobs = {"customers": self.customers, "seed": self.seed, "effect": self.effect, "confounding": self.confounding, "hidden": self.hidden}
        return {key: value for key, value in knobs.items() if value is not None}
