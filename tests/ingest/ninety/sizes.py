"""What is too wide, too long or too large: 34, 35 and 90."""

from tests.ingest.ninety.case import TICKETS, Bad, Outcome, csv, tickets

REFUSE, ASK = Outcome.REFUSE, Outcome.ASK


def _wide(columns: int) -> bytes:
    return csv(",".join(f"c{n}" for n in range(columns)), ",".join("1" * columns))


CASES = (
    Bad(34, "2001 columns", _wide(2_001), REFUSE, ("the number of columns is 2,001; the limit is 2,000",)),
    Bad(34, "20000 columns", lambda: _wide(20_000), REFUSE, ("the number of columns is 20,000; the limit is 2,000",)),
    Bad(
        35,
        "one line of 30 MB",
        lambda: csv(TICKETS, *tickets(), "9,i@x.example,2024-01-09," + "secret" * 5_000_000),
        REFUSE,
        ("the row on line 10 is 30,000,025 bytes; the limit is 1,048,576 bytes",),
        never=("secret",),
    ),
    Bad(
        35,
        "one cell of 10 MB",
        lambda: csv(TICKETS, '1,a@x.example,2024-01-01,"' + "secret\n" * 1_500_000 + '"', *tickets()),
        REFUSE,
        ("the row on line 2 is 10,500,0", "the limit is 1,048,576 bytes"),
        never=("secret",),
    ),
    Bad(90, "quotes and commas alone", b'",' * 20_000, REFUSE, ("holds no value: it is nothing but quotation marks and commas",), never=("blank",)),
)
