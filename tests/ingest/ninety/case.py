"""One bad input: what is uploaded, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

TICKETS = "ticket_id,email,created_at,subject"
INVOICES = "invoice_id,customer_id,issued_at,amount"
PATHS = r"(^|[\s\"'(])/(etc|tmp|home|usr|var|root|work)/|Traceback|\.py\b|File \""


class Outcome(StrEnum):
    """What the table of bad inputs promises."""

    OK = "loaded, and told where there is something to tell"
    QUAR = "kept aside with its line and reason"
    ASK = "read by the best reading, and asked"
    REFUSE = "nothing of it is kept"


@dataclass(frozen=True, slots=True)
class Bad:
    """A bad input. `number` is its row of the table, `name` what the upload is called.

    Every text of `says` stands in a note, in the reason of a row set aside, or in the refusal of one of its tables; none of
    `never` does. `counts` are (records, loaded, quarantined, not data) over all of its tables that were read; `encoding` and
    `delimiter` those of the first.
    """

    number: int
    what: str
    content: bytes | Callable[[], bytes]
    outcome: Outcome
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    counts: tuple[int, int, int, int] | None = None
    name: str = "{id}.csv"
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def id(self) -> str:
        """What the case is called in the list of tests."""
        return f"{self.number:02d}-{self.what.replace(' ', '-')}"

    @property
    def upload(self) -> tuple[str, bytes]:
        """The name and the bytes."""
        return self.name.format(id=self.id), self.content() if callable(self.content) else self.content


def csv(header: str, *rows: str, end: str = "\n") -> bytes:
    """A file of these lines in UTF-8."""
    return "".join(line + end for line in (header, *rows)).encode()


def tickets(count: int = 8) -> tuple[str, ...]:
    """Rows of a plain table of tickets."""
    return tuple(f"{n},a{n}@x.example,2024-01-{n % 28 + 1:02d},text {n}" for n in range(1, count + 1))
