"""What stands in the cells: 38 to 52, 63 to 64 by their words, 82 and 85."""

from tests.ingest.ninety.case import INVOICES, TICKETS, Bad, Outcome, csv, tickets

OK, QUAR, ASK, REFUSE = Outcome.OK, Outcome.QUAR, Outcome.ASK, Outcome.REFUSE
WORKED = "ticket_id,created_at,handle_minutes"


def _amounts(*amounts: str, mark: str = ",") -> bytes:
    return csv(INVOICES.replace(",", mark), *(f"i{n}{mark}c{n}{mark}2024-01-{n:02d}{mark}{amount}" for n, amount in enumerate(amounts, 1)))


def _opened(*times: str, header: str = "created_at") -> bytes:
    return csv(f"ticket_id,{header}", *(f"{n},{time}" for n, time in enumerate(times, 1)))


CASES = (
    Bad(
        38,
        "decimal comma with evidence",
        _amounts("1.234,56", "7,50", "2.000,00", mark=";"),
        OK,
        ("the decimal sign is read as a comma: line 2",),
        counts=(3, 3, 0, 0),
    ),
    Bad(38, "decimal point with evidence", _amounts('"1,234.56"', "7.50"), OK, counts=(2, 2, 0, 0)),
    Bad(38, "one thousand or one and a bit", _amounts('"1,234"', '"5,678"'), ASK, ("ask: ", '"1,234" can be read with either sign'), counts=(2, 2, 0, 0)),
    Bad(39, "signs and dress", _amounts("(5.00)", "5-", "\u22125", "USD 5", "$5", "1e3"), OK, counts=(6, 6, 0, 0)),
    Bad(39, "5k", _amounts("5k", "7.00", "1.2M"), ASK, ("amount: ", '"5k"', "line 2", "2 cells"), counts=(3, 1, 2, 0)),
    Bad(
        40,
        "mixed currencies in a column",
        csv(f"{INVOICES},currency", "1,c1,2024-01-01,5,USD", "2,c2,2024-01-02,6,EUR"),
        ASK,
        ("ask: mixed currencies (EUR 1 row (line 3), USD 1 row (line 2))", "; amounts of different currencies are never added"),
        counts=(2, 2, 0, 0),
    ),
    Bad(40, "mixed currencies in the amounts", _amounts("USD 5", "€6", "7"), ASK, ("ask: mixed currencies", "never added"), counts=(3, 3, 0, 0)),
    Bad(
        41,
        "no numbers",
        _amounts("NaN", "inf", "1e999", "#DIV/0!", "#REF!", "7.5"),
        QUAR,
        ('line 2: amount "NaN" cannot be read', "cells that cannot be read and are left blank: 5"),
        counts=(6, 1, 5, 0),
    ),
    Bad(
        42,
        "words for nothing",
        csv("customer_id,started_at,company,country,mrr", "1,2024-01-01,Null,NA,NA", "2,2024-01-02,None,NA,-", "3,2024-01-03,x,US,5"),
        OK,
        ('mrr: cells that hold "NA", "-" and are read as blank: 2',),
        counts=(3, 3, 0, 0),
    ),
    Bad(
        43,
        "ids that a spreadsheet shortened",
        csv(INVOICES, "1,1.23E+15,2024-01-01,5", "2,00123,2024-01-02,6", "3,1E5,2024-01-03,7", "4,MAR1,2024-01-04,8"),
        QUAR,
        ('"1.23E+15" has been shortened by a spreadsheet and cannot be matched',),
        counts=(4, 3, 1, 0),
    ),
    Bad(
        44,
        "negative handle time",
        csv(WORKED, "1,2024-01-01,-5", "2,2024-01-02,10", "3,2024-01-03,20"),
        ASK,
        ("handle_minutes: ", "below zero: 1", "line 2"),
        counts=(3, 3, 0, 0),
    ),
    Bad(
        44,
        "400 hours of handle time",
        csv(WORKED, "1,2024-01-01,24000", "2,2024-01-02,10", "3,2024-01-03,20"),
        ASK,
        ("over 100 hours: 1", "line 2", "8,010", "15"),
        counts=(3, 3, 0, 0),
    ),
    Bad(46, "day or month", _opened("03/04/2025", "05/06/2025"), ASK, ("ask: created_at is read as",), counts=(2, 2, 0, 0)),
    Bad(
        46,
        "day before month by evidence",
        _opened("03/04/2025", "25/06/2025"),
        OK,
        ('created_at is read as day before month: line 3 holds "25/06/2025"',),
        counts=(2, 2, 0, 0),
    ),
    Bad(
        47,
        "days that are none",
        _opened("31/02/2025", "0000-00-00", "1900-01-00", "20225-01-01", "13/02/2025"),
        QUAR,
        ('line 2: created_at "31/02/2025" cannot be read',),
        counts=(5, 1, 4, 0),
    ),
    *(
        Bad(49, f"{unit} alone", _opened(*(f"17000000{n}0{zeros}" for n in range(3))), OK, (f"created_at holds {unit} since 1970",), counts=(3, 3, 0, 0))
        for unit, zeros in (("seconds", ""), ("milliseconds", "000"), ("microseconds", "000000"))
    ),
    Bad(48, "Excel day numbers", _opened("45678", "45679.5"), OK, ("created_at holds Excel day numbers since 1900",), counts=(2, 2, 0, 0)),
    Bad(
        49, "seconds and milliseconds", _opened("1700000000", "1700000000000", "1700000000000000"), ASK, ("ask: created_at", "since 1970"), counts=(3, 0, 3, 0)
    ),
    Bad(
        50,
        "no zone",
        csv("ID,Requester,Requested,Updated", "1,Ann,2024-03-31 02:30:00,2024-03-31 03:30:00"),
        ASK,
        ("ask: no time zone is given for Requested, Updated; the times are read as UTC",),
        counts=(1, 1, 0, 0),
    ),
    Bad(
        50,
        "hours that a clock change skips or repeats",
        csv(
            "Conversation ID,Current conversation state,Conversation started at (Europe/Berlin)",
            *(f"{n},open,{time}" for n, time in enumerate(("2024-03-31 02:30:00", "2024-10-27 02:30:00", "2024-10-28 02:30:00"))),
        ),
        OK,
        ("times that a change of the clock in Europe/Berlin skips or repeats: 2, first in line 2; read as the earlier one",),
        counts=(3, 3, 0, 0),
    ),
    Bad(
        50,
        "mixed zones",
        _opened("2024-03-31 02:30:00+02:00", "2024-03-31 02:30:00"),
        ASK,
        ("times without a zone among others that have one: 1",),
        counts=(2, 2, 0, 0),
    ),
    Bad(
        51,
        "closed before opened",
        csv("ticket_id,created_at,closed_at", "1,2024-01-05,2024-01-01", "2,2024-01-05,2024-01-06"),
        OK,
        ("rows with closed_at (", ") before created_at (", "): 1 (line 2); no duration is taken from them"),
        counts=(2, 2, 0, 0),
    ),
    Bad(52, "the future", _opened("2024-01-01", "2090-01-01"), ASK, ("ask: created_at", "in the future: 1", "line 3"), counts=(2, 2, 0, 0)),
    Bad(
        53,
        "exact copies of rows",
        csv(TICKETS, *tickets(3), *tickets(2)),
        ASK,
        ("ask: ", "the same as an earlier row in every column: 2", "line 5"),
        counts=(5, 5, 0, 0),
    ),
    Bad(
        54,
        "one ticket in two states",
        csv("ticket_id,created_at,status,updated_at", "1,2024-01-01,open,2024-01-01", "1,2024-01-01,closed,2024-01-03", "2,2024-01-02,open,2024-01-02"),
        OK,
        ("ticket_id: ids in rows that differ: 1", "latest", "updated_at"),
        counts=(3, 3, 0, 0),
    ),
    Bad(
        82,
        "formulas",
        csv(
            TICKETS,
            "1,a@x.example,2024-01-01,=cmd|'/c calc'!A0",
            "2,b@x.example,2024-01-02,@SUM(A1)",
            '3,c@x.example,2024-01-03,"\t=1"',
            "4,d@x.example,2024-01-04,\uff1d1",
        ),
        OK,
        counts=(4, 4, 0, 0),
    ),
    Bad(
        85,
        "addresses in a subject",
        csv("customer_id,started_at,topic", *(f"{n},2024-01-01,about ann{n}@secret.example" for n in range(1, 9))),
        OK,
        ("not kept, since they point to single customers: topic",),
        never=("secret.example",),
        counts=(8, 8, 0, 0),
    ),
)
