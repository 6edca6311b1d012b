"""Work in which everything that a user can write is a script, a beacon or markup: names of files, members and sheets, headers, cells, the company."""

import csv
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.report.kept import KeptFinding, Said
from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.ingest.workbooks import of_rows

EVIL = "http://evil.example"
PAYLOADS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href='javascript:window.pwned=1'>a</a>",
    "[a](javascript:window.pwned=1)",
    f"![a]({EVIL}/x.png)",
    f"<img src={EVIL}/y.png>",
    f"<link rel=stylesheet href={EVIL}/z.css>",
    f"[a]({EVIL}/)",
    f"<{EVIL}/auto>",
    ":material/home: $x^2$ **b**",
)
COMPANY = " ".join(PAYLOADS)
_NOT_IN_A_SHEET_NAME = str.maketrans("", "", "[]:*?/\\")
_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
_CUSTOMERS = 400
EVERYWHERE = os.environ.get("SUPPORT_ROI_DRAWERS") == "all"
"""Whether all drawers of all pages are opened, and every payload is a value of each column; else four of them are, as a page draws a part for each."""
_VALUES = len(PAYLOADS) if EVERYWHERE else 4

Row = dict[str, str]


def hostile_exports(folder: Path) -> list[tuple[str, bytes]]:
    """A whole company's exports with payloads in every column of text, and files that are refused or not known, all under hostile names."""
    names = {file.name: file for file in write_sample(folder, customers=_CUSTOMERS) if file.suffix == ".csv"}
    changed: dict[str, Callable[[Row, str], Row]] = {
        "freshdesk_tickets.csv": lambda row, text: row | dict.fromkeys(("Agent", "Group", "Type", "Product", "Tags", "Subject"), text) | {f"own {text}": text},
        "stripe_customers.csv": lambda row, text: row | {"Plan": text, "Name": text, "tag (metadata)": text},
        "stripe_subscriptions.csv": lambda row, text: row | {"Plan": text, "Cancellation Reason": text},
        "costs.csv": lambda row, text: row | {"team": text},
    }
    money = {"stripe_invoices.csv": lambda row, _: row}
    tables = [(f"{PAYLOADS[n]} {name}", _changed(names[name], change)) for n, (name, change) in enumerate((changed | money).items())]
    return [*tables, *_refused(), _members(), _unknown(), _workbook()]


def hostile_flat() -> tuple[str, bytes]:
    """One row a customer; every further column has a payload for its header and payloads in its cells."""
    rows = [[f"{n}", f"{n % 2}", f"{n % 3 // 2}", *(PAYLOADS[(n + k) % _VALUES] for k in range(len(PAYLOADS)))] for n in range(600)]
    return f"{PAYLOADS[0]}.csv", _written([["customer_id", "supported", "churned", *PAYLOADS], *rows])


def hostile_work(home: Path, files: list[tuple[str, bytes]]) -> str:
    """Id of saved work that holds them, of a company whose name is all payloads, with kept findings whose notes and words are."""
    workspace = Workspace.create(home)
    take_in(files, workspace)
    workspace.remember_all({"company": COMPANY, "findings": [_finding("headline").as_json(), _finding("metric").as_json()]})
    use(workspace.id, home)
    return workspace.id


def _finding(kind: str) -> KeptFinding:
    """The one that is there says something else now; the other is not there any more."""
    return KeptFinding(kind, "", COMPANY, "2026-01-31", Said(COMPANY, COMPANY, (1.0, None, None)))


def _changed(file: Path, change: Callable[[Row, str], Row]) -> bytes:
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    heads = list(change(rows[0], PAYLOADS[0]))
    by_customer = {row.get("Customer ID") or row.get("id") or str(n): n for n, row in enumerate(rows)}
    rows = [dict(zip(heads, change(row, PAYLOADS[by_customer.get(row.get("Customer ID") or row.get("id") or "", n) % _VALUES]).values(), strict=True))
            for n, row in enumerate(rows)]  # fmt: skip
    return _written([list(rows[0]), *(list(row.values()) for row in rows)])


def _written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


def _refused() -> list[tuple[str, bytes]]:
    return [(f"{text}.csv", _PICTURE + bytes(number)) for number, text in enumerate(PAYLOADS)]


def _members() -> tuple[str, bytes]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, text in enumerate(PAYLOADS):
            archive.writestr(f"{text.replace('/', '|')}.csv", _PICTURE + bytes(100 + number))
    return f"{PAYLOADS[1]}.zip", packed.getvalue()


def _unknown() -> tuple[str, bytes]:
    """Nothing that any export has: its headers and cells are proposed, told and asked about."""
    return f"{PAYLOADS[6]} unknown.csv", _written([list(PAYLOADS), *[[f"{text} {n}" for text in PAYLOADS] for n in range(9)]])


def _workbook() -> tuple[str, bytes]:
    sheets = {text.translate(_NOT_IN_A_SHEET_NAME)[:28]: [(f"{text} a", f"{text} b"), (text, text)] for text in PAYLOADS[:2]}
    return f"{PAYLOADS[2]}.xlsx", of_rows(**sheets)
