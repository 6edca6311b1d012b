"""The steps from all customers to those compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """From all customers to those compared."""

    title: str
    customers: int
    rows: int
    why: str
