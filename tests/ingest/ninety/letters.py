"""Delimiters, quotes, line ends, encodings and names: 15, 16, 18 to 20 and 22 to 33."""

from tests.ingest.ninety.case import TICKETS, Bad, Outcome, csv, tickets

OK, QUAR, ASK, REFUSE = Outcome.OK, Outcome.QUAR, Outcome.ASK, Outcome.REFUSE
ROWS = tickets()
PLAIN = csv(TICKETS, *ROWS)
NAMES = "customer_id,company,started_at"


def _by(mark: str) -> bytes:
    return PLAIN.replace(b",", mark.encode()) if mark != " " else PLAIN.replace(b"text ", b"text_").replace(b",", b" ")


def _named(*texts: str) -> str:
    return "".join(f"{line}\n" for line in (NAMES, *(f"{n},{text},2024-01-0{n}" for n, text in enumerate(texts, 1))))


_JAPANESE = _named("株式会社ひかり", "さくら商店", "ふじ工業")
_WESTERN = _named("José SA", "Müller GmbH", "Peña SL")

CASES = (
    *(
        Bad(15, f"delimited by {name}", _by(mark), OK, counts=(8, 8, 0, 0), delimiter=mark)
        for name, mark in (("semicolon", ";"), ("tab", "\t"), ("pipe", "|"), ("space", " "))
    ),
    Bad(
        16,
        "comma and space",
        b'ticket_id, email, created_at, subject\n1, a@x.example, 2024-01-01, "a, b"\n2, b@x.example, 2024-01-02, c\n',
        OK,
        counts=(2, 2, 0, 0),
        delimiter=",",
    ),
    Bad(
        18, "apostrophe as quote", csv(TICKETS, *(f"{n},a{n}@x.example,2024-01-0{n},'one, two'" for n in range(1, 7))), OK, ("apostrophe",), counts=(6, 6, 0, 0)
    ),
    Bad(
        18,
        "backslash escape",
        csv(TICKETS, *(f'{n},a{n}@x.example,2024-01-0{n},"one \\"two\\", x"' for n in range(1, 7))),
        OK,
        ("backslash",),
        counts=(6, 6, 0, 0),
    ),
    Bad(19, "CR alone", PLAIN.replace(b"\n", b"\r"), OK, counts=(8, 8, 0, 0)),
    Bad(19, "CRLF", PLAIN.replace(b"\n", b"\r\n"), OK, counts=(8, 8, 0, 0)),
    Bad(19, "mixed line ends", PLAIN.replace(b"\n", b"\r\n", 3), OK, counts=(8, 8, 0, 0)),
    Bad(19, "sep in the first line", b"sep=;\n" + _by(";"), OK, ("sep=;",), counts=(8, 8, 0, 0), delimiter=";"),
    Bad(20, "no line end at the end", PLAIN.rstrip(b"\n"), OK, counts=(8, 8, 0, 0)),
    Bad(20, "two line ends at the end", PLAIN + b"\n", OK, ("1 blank row left out, the first on line 10",), counts=(9, 8, 0, 1)),
    Bad(22, "cp1252", _WESTERN.encode("cp1252"), OK, ("not UTF-8 and was read as cp1252",), counts=(3, 3, 0, 0), encoding="cp1252"),
    Bad(22, "shift jis", _JAPANESE.encode("shift_jis"), ASK, ("would start", "shift_jis"), counts=(3, 1, 2, 0)),
    Bad(22, "utf 16 little", b"\xff\xfe" + _WESTERN.encode("utf-16-le"), OK, counts=(3, 3, 0, 0), encoding="utf-16"),
    Bad(22, "utf 16 big", b"\xfe\xff" + _WESTERN.encode("utf-16-be"), OK, counts=(3, 3, 0, 0), encoding="utf-16"),
    Bad(22, "byte order mark of utf 8", _WESTERN.encode("utf-8-sig"), OK, counts=(3, 3, 0, 0), encoding="utf-8-sig"),
    Bad(
        23,
        "one invalid byte",
        "".join([_WESTERN, *(f"c{n},é{n},2024-02-01\n" for n in range(20_000))]).encode().replace("é777,".encode(), b"\xff777,"),
        QUAR,
        ("line 782: byte 0xFF at position",),
        counts=(20_003, 20_002, 1, 0),
    ),
    Bad(24, "read twice", _named("JosÃ© SA", "MÃ¼ller GmbH", "Plain Ltd").encode(), OK, ("decoded twice: 2", "line 2", '"José SA"'), counts=(3, 3, 0, 0)),
    Bad(25, "a zero byte in a cell", csv(TICKETS, "1,a@x.example,2024-01-01,a\x00b", *ROWS[1:]), OK, counts=(8, 8, 0, 0)),
    Bad(
        26,
        "ids that only look different",
        csv(
            "customer_id,started_at",
            "café,2024-01-01",
            "cafe\u0301,2024-01-02",
            "ab\u200b,2024-01-03",
            "ab,2024-01-03",
            "x\u00a0y,2024-01-01",
            "x y,2024-01-02",
        ),
        ASK,
        ("customer_id: ids that differ only", ": 3, first in lines 2 and 3; they are read as one"),
        counts=(6, 6, 0, 0),
    ),
    Bad(27, "right to left override", PLAIN + b"9,i@x.example,2024-01-09,27a\n", OK, counts=(9, 9, 0, 0), name="27-a\u202evsc.csv", never=("\u202e",)),
    Bad(27, "emoji", PLAIN + b"9,i@x.example,2024-01-09,27b\n", OK, counts=(9, 9, 0, 0), name="27-\U0001f600.csv"),
    Bad(27, "300 characters", PLAIN + b"9,i@x.example,2024-01-09,27c\n", OK, counts=(9, 9, 0, 0), name="27-" + "x" * 293 + ".csv", never=("x" * 81,)),
    Bad(28, "a name twice", csv("ticket_id,created_at,tags,tags", "1,2024-01-01,a,b"), OK, ("headers that stand more than once", "tags"), counts=(1, 1, 0, 0)),
    Bad(28, "names that differ in case", csv("ticket_id,created_at,a,A", "1,2024-01-01,x,y"), OK, ("stand more than once", "a"), counts=(1, 1, 0, 0)),
    Bad(29, "a column without a name", csv("ticket_id,created_at,,x", "1,2024-01-01,a,b"), OK, ("column 3",), counts=(1, 1, 0, 0)),
    Bad(29, "a name of blanks", csv("ticket_id,created_at,  ,x", "1,2024-01-01,a,b"), OK, ("column 3",), counts=(1, 1, 0, 0)),
    Bad(
        30,
        "a name that would read a file",
        csv('ticket_id,created_at,"x"") from read_csv(\'/etc/passwd\') --"', "1,2024-01-01,a"),
        OK,
        never=("root:",),
        counts=(1, 1, 0, 0),
    ),
    Bad(33, "a path as name", PLAIN + b"9,i@x.example,2024-01-09,33a\n", OK, counts=(9, 9, 0, 0), name="../../etc/passwd.csv"),
    Bad(33, "a drive as name", PLAIN + b"9,i@x.example,2024-01-09,33b\n", OK, counts=(9, 9, 0, 0), name="C:\\x.csv"),
    Bad(33, "a zero byte in a name", PLAIN + b"9,i@x.example,2024-01-09,33c\n", OK, counts=(9, 9, 0, 0), name="33-a\x00.csv", never=("\x00",)),
    Bad(33, "a device as name", PLAIN + b"9,i@x.example,2024-01-09,33d\n", OK, counts=(9, 9, 0, 0), name="CON.csv"),
)
