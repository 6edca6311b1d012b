"""Archives, JSON and what only carries the name of a table: 73 to 81."""

import gzip
import pickle

from tests.ingest.archives import lying, overlapping, with_flag, with_link, zipped
from tests.ingest.ninety.case import TICKETS, Bad, Outcome, csv, tickets
from tests.ingest.workbooks import bomb

OK, QUAR, REFUSE = Outcome.OK, Outcome.QUAR, Outcome.REFUSE
MANY = 70_000


def _good(name: str) -> bytes:
    """A table that no other case holds."""
    return csv(TICKETS, *tickets(), f"9,i@x.example,2024-01-09,{name}")


def _beside(name: str, data: bytes) -> bytes:
    return zipped({name: data, "good.csv": _good(name)})


def _nested() -> bytes:
    data = _good("nested")
    for name in ("a.csv", "b.zip", "c.zip", "d.zip", "e.zip"):
        data = zipped({name: data})
    return data


CASES = (
    Bad(
        73,
        "1 MB to 1 GB",
        lambda: bomb({}, "a.csv", b"", bytes(1 << 20), 1_024, b""),
        REFUSE,
        ("times its packed size; the limit is 200 times",),
        name="{id}.zip",
    ),
    Bad(74, "overlapping entries", overlapping(zipped({"a.csv": _good("a"), "b.csv": _good("b")})), REFUSE, ("overlaps another file",), name="{id}.zip"),
    Bad(
        74,
        "a size that lies",
        lying(zipped({"a.csv": b"1,2\n" * 17_000, "good.csv": _good("lie")}), 68_000, 8),
        REFUSE,
        ('"a.csv"', "a damaged file of the ZIP"),
        counts=(9, 9, 0, 0),
        name="{id}.zip",
    ),
    Bad(
        74,
        "70000 entries",
        lambda: zipped({f"{n}.csv": b"" for n in range(MANY)}, 0),
        REFUSE,
        ("the number of files inside is 70,000; the limit is 100",),
        name="{id}.zip",
    ),
    Bad(75, "archives in archives", _nested(), REFUSE, ("an archive inside of an archive",), name="{id}.zip"),
    Bad(
        75,
        "encrypted",
        with_flag(zipped({"bad.csv": _good("x"), "good.csv": _good("encrypted")}), 1),
        REFUSE,
        ('"bad.csv"', "a password-protected file"),
        counts=(9, 9, 0, 0),
        name="{id}.zip",
    ),
    Bad(
        75,
        "a link",
        with_link("link.csv", "/etc/passwd"),
        REFUSE,
        ('"link.csv"', "a link to another file"),
        never=("root:",),
        counts=(1, 1, 0, 0),
        name="{id}.zip",
    ),
    *(
        Bad(75, f"a path {what}", _beside(member, _good(f"x {what}")), REFUSE, ("a path that leads out",), counts=(9, 9, 0, 0), name="{id}.zip")
        for what, member in (("up", "../a.csv"), ("up with backslashes", "..\\..\\a.csv"), ("from the root", "/a.csv"), ("of a drive", "C:\\a.csv"))
    ),
    Bad(
        75,
        "two names that are one",
        zipped({"a.csv": _good("small a"), "A.csv": _good("large a")}),
        REFUSE,
        ('"A.csv"', "a second file of that name"),
        counts=(9, 9, 0, 0),
        name="{id}.zip",
    ),
    Bad(
        76,
        "what is no table beside",
        zipped({"t.csv": _good("76"), "a.pdf": b"%PDF-1.7", "__MACOSX/t.csv": b"x", ".DS_Store": b"x"}),
        OK,
        ("left out of the ZIP, as no tables", ".DS_Store"),
        counts=(9, 9, 0, 0),
        name="{id}.zip",
    ),
    Bad(77, "gzip bomb", lambda: gzip.compress(bytes(120 << 20)), REFUSE, ("times its packed size; the limit is 200 times",), name="{id}.csv.gz"),
    # Every list of records is a table with its own report, as every sheet is; what is left out is named.
    Bad(
        78,
        "an object of lists",
        b'{"tickets": [{"ticket_id": 1, "created_at": "2024-01-01"}], "users": [{"id": 7}], "count": 2}',
        OK,
        ("left out", '"count"'),
        counts=(2, 2, 0, 0),
        name="{id}.json",
    ),
    Bad(78, "an object without a list", b'{"theme": "dark", "size": 3}', REFUSE, ("without a list of records in it",), name="{id}.json"),
    Bad(
        79,
        "one broken line",
        b'{"ticket_id": 1, "created_at": "2024-01-01"}\n{"ticket_id": 2, "a": }\n{"ticket_id": 3, "created_at": "2024-01-03"}\n',
        QUAR,
        ("line 2: is not JSON at column 23",),
        counts=(3, 2, 1, 0),
        name="{id}.ndjson",
    ),
    Bad(80, "100000 deep", b"[" * 100_000, REFUSE, ("the depth of its objects and lists is over 64",), name="{id}.json"),
    *(
        Bad(
            80,
            what,
            f'[{{"ticket_id": 1, "created_at": "2024-01-01"}},\n{{"ticket_id": {text}}}]'.encode(),
            QUAR,
            ("line 2: ", why),
            counts=(2, 1, 1, 0),
            name="{id}.json",
        )
        for what, text, why in (
            ("not a number", "NaN", "holds NaN, which is no JSON"),
            ("keys twice", '1, "ticket_id": 2', "has a key that stands twice"),
            ("half of a pair", '"\\ud800"', "holds half of a surrogate pair"),
        )
    ),
    Bad(80, "5000 digits", f'[{{"ticket_id": {"7" * 5_000}, "created_at": "2024-01-01"}}]'.encode(), OK, counts=(1, 1, 0, 0), name="{id}.json"),
    *(
        Bad(81, f"{kind} as csv", data, REFUSE, (words, "not a table"))
        for kind, data, words in (
            ("exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "a Windows program"),
            ("png", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
            ("pdf", b"%PDF-1.7\n", "a PDF document"),
            ("pickle", pickle.dumps({"id": 1}), "a pickle file"),
            ("sqlite", b"SQLite format 3\x00" + bytes(80), "an SQLite database"),
            ("parquet", b"PAR1" + bytes(80), "a Parquet file"),
        )
    ),
)
