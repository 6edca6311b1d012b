"""How many customers and tickets stand in files that do not say when they started or were opened."""

from dataclasses import asdict, dataclass

from roi_core import engine


@dataclass(frozen=True, slots=True)
class Starts:
    """Customers whose start is that of their first purchase, customers left out because nothing dates them, and tickets without a date."""

    from_purchase: int
    without_start: int
    undated_tickets: int

    def as_json(self) -> dict[str, int]:
        """For JSON."""
        return asdict(self)


def read_starts(con: engine.Connection) -> Starts:
    """The counts of a connection on which `first_purchases` and `people` are registered."""
    return Starts(**engine.run_few(con, "start_counts")[0])
