"""Where a table begins and ends, and rows that do not fit: 1 to 14, 17 and 21."""

from tests.ingest.ninety.case import TICKETS, Bad, Outcome, csv, tickets

OK, QUAR, ASK, REFUSE = Outcome.OK, Outcome.QUAR, Outcome.ASK, Outcome.REFUSE
ROWS = tickets()
_OPEN = 'c,"never closed\n' + "d,text\n" * 2_000_000


def _with(row: str) -> bytes:
    return csv(TICKETS, *ROWS[:3], row, *ROWS[3:])


CASES = (
    Bad(1, "no bytes", b"", REFUSE, ('"01-no-bytes.csv" is empty (0 bytes)', "Export it again")),
    Bad(2, "only a byte order mark", b"\xef\xbb\xbf", REFUSE, ("is empty (3 bytes, all of them blank)",)),
    Bad(2, "only blanks", b" \n\n \t\r\n", REFUSE, ("is empty (7 bytes, all of them blank)",)),
    Bad(3, "header only", csv(TICKETS), OK, ("0 rows, 4 columns", "a header on line 1", "Export it again over a longer period"), counts=(0, 0, 0, 0)),
    Bad(4, "one data row", csv(TICKETS, ROWS[0]), OK, counts=(1, 1, 0, 0)),
    Bad(5, "no header row", csv(*ROWS), ASK, ("ask: line 1 looks like data",), counts=(8, 8, 0, 0)),
    Bad(6, "two header rows", csv("Ticket,,When,", TICKETS, *ROWS), ASK, ("ask: ",), counts=(8, 8, 0, 0)),
    Bad(
        6,
        "three header rows",
        csv("Export,,All,", "Ticket,,When,", TICKETS, *ROWS),
        ASK,
        ("ask: ",),
        counts=(8, 8, 0, 0),
    ),
    Bad(7, "preamble", csv("Report generated on 2024-02-01", "", TICKETS, *ROWS), OK, ("Report generated on 2024-02-01",), counts=(8, 8, 0, 0)),
    Bad(
        8,
        "footer",
        csv("id,amount,note", *(f"{n},{n}.00,x" for n in range(1, 6)), "Total,15.00,"),
        OK,
        ('line 7 closes the table and is not a row: "Total',),
        counts=(6, 5, 0, 1),
    ),
    Bad(
        9,
        "two tables of one width",
        csv("id,amount", *(f"{n},{n}.00" for n in range(1, 6)), "", "agent,count", *(f"Ann {n},{n}" for n in range(1, 6))),
        ASK,
        ("ask: two tables? The first was read; a second one starts on line 8", "line 9: belongs to a second table that starts on line 8"),
        counts=(12, 5, 6, 1),
    ),
    Bad(
        9,
        "two tables of two widths",
        csv("id,amount,note", *(f"{n},{n}.00,x" for n in range(1, 6)), "", "agent,count", *(f"Ann {n},{n}" for n in range(1, 6))),
        ASK,
        ("ask: two tables? The first was read; a second one starts on line 8", "line 9: belongs to a second table that starts on line 8"),
        counts=(12, 5, 6, 1),
    ),
    Bad(10, "a row with one field fewer", _with("57,short@x.example,2024-01-05"), QUAR, ("line 5: 3 fields where the header has 4",), counts=(9, 8, 1, 0)),
    Bad(11, "a row with one field more", _with("57,long@x.example,2024-01-05,a,b"), QUAR, ("line 5: 5 fields where the header has 4",), counts=(9, 8, 1, 0)),
    Bad(11, "a delimiter after every row", csv(TICKETS, *(row + "," for row in ROWS)), OK, ("delimiter",), counts=(8, 8, 0, 0)),
    Bad(12, "a quote inside of a field", _with('57,q@x.example,2024-01-05,"a "b" c"'), QUAR, ("line 5: a quotation mark in column 4",), counts=(9, 8, 1, 0)),
    Bad(13, "a quote never closed before 2M lines", ("a,b\n" + _OPEN).encode(), ASK, ("line 2", "a quotation mark opens"), counts=(2_000_001, 2_000_000, 1, 0)),
    Bad(14, "a line end inside of quotes", _with('57,q@x.example,2024-01-05,"one\ntwo"') + b"58,short\n", QUAR, ("line 12: 2 fields",), counts=(10, 9, 1, 0)),
    Bad(17, "another delimiter in one row", _with("57;q@x.example;2024-01-05;x"), QUAR, ("line 5: 1 fields where the header has 4",), counts=(9, 8, 1, 0)),
    Bad(
        21,
        "cut in mid record",
        _with("57,q@x.example,2024-01-05,x")[:-24],
        QUAR,
        ("the file ends inside this row, so the export may have been cut off",),
        counts=(9, 8, 1, 0),
    ),
)
