"""The money ledger: what stands in a file under a column of money is loaded, set aside or no data, counted by hand."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.ingest import money_ledger, one_table
from roi_core.ingest.amounts import amounts_by
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.raw_amounts import Amounts
from roi_core.ingest.raw_spans import RawText
from roi_core.ingest.records import index_records
from roi_core.ingest.upload import Choices, Job, messages_of
from tests.ingest.exports import EXAMPLES
from tests.ingest.text_tables import KEY
from tests.ingest.workbooks import of_rows

HEAD = "invoice_id,customer_id,issued_at,amount,currency\n"


def read(content: bytes | str, folder: Path, name: str = "invoices.csv") -> dict[str, Any]:
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    job = Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    (report,) = [message["report"] for message in messages_of(path, name, job) if "report" in message]
    return report


def money(report: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """By header: in the file, loaded, set aside, no data."""
    return {one["header"]: tuple(one[key] for key in ("raw", "loaded", "quarantined", "not_data")) for one in report["rows"]["money"]}


def test_every_amount_is_loaded_set_aside_or_no_data(tmp_path: Path) -> None:
    rows = "i1,c1,2025-01-01,10.10,EUR\ni2,c2,2025-01-02,20.2,EUR\n,c3,2025-01-03,5,EUR\ni4,c4,2025-01-04,oops,EUR\ni5,c5,2025-01-05,99\nTotal,,,35.30,\n"
    report = read(HEAD + rows, tmp_path)
    assert money(report) == {"amount": ("70.60", "30.30", "5.00", "35.30")}
    assert [(one["unread_cells"], one["unaccounted"]) for one in report["rows"]["money"]] == [(1, "0.00")]


@pytest.mark.parametrize(
    ("first", "second", "total"),
    [
        ('"$1,234.56"', "($34.56)", "1200.00"),
        ('"1.234,56"', '"0,44"', "1235.00"),
        ("12345678901.25", "0.75", "12345678902.00"),
        ("1.125", "2.25", "3.375"),
        ("1e3", "-0.5", "999.50"),
        ("€5.00", " 7 ", "12.00"),
        ("0.1", "0.2", "0.30"),
    ],
)
def test_amounts_in_every_dress_are_added_up_as_they_are_read(first: str, second: str, total: str, tmp_path: Path) -> None:
    report = read(f"{HEAD}i1,c1,2025-01-01,{first},EUR\ni2,c2,2025-01-02,{second},EUR\n", tmp_path)
    assert money(report)["amount"][:2] == (total, total)


def test_an_order_total_on_every_line_counts_once(tmp_path: Path) -> None:
    head = "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount\n"
    one = "#1,a@x.example,paid,2025-01-01 10:00:00 +0000,EUR,40,45.00,2025-01-01 10:00:00 +0000,{n},{item},15,{refund}\n"
    rows = one.format(n=1, item="Mug", refund="") + one.format(n=2, item="Cup", refund="3.00") + one.format(n=1, item="Tea", refund="3.00")
    report = read(head + rows + one.replace("#1", "#2").format(n=1, item="Pot", refund="1.50"), tmp_path, "orders.csv")
    assert report["entity"] == "orders", report
    assert money(report) == {"Total": ("180.00", "90.00", "0.00", "90.00"), "Refunded Amount": ("7.50", "4.50", "0.00", "3.00")}


def test_a_workbook_has_its_ledger_too(tmp_path: Path) -> None:
    rows = [["invoice_id", "customer_id", "issued_at", "amount"], ["i1", "c1", "2025-01-01", 10.25], ["", "c2", "2025-01-02", 4], ["Total", "", "", 14.25]]
    report = read(of_rows(Sheet=rows), tmp_path, "invoices.xlsx")
    assert money(report)["amount"] == ("28.50", "10.25", "4.00", "14.25")


def test_a_file_without_money_says_nothing_of_it(tmp_path: Path) -> None:
    assert "money" not in read("ticket_id,created_at\n1,2025-01-01\n", tmp_path)["rows"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{example.export}-{example.name}" for example in EXAMPLES])
def test_the_amounts_of_every_export_balance(example: Any, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(example.content)
    job = Job(tmp_path, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    reports = [message["report"] for message in messages_of(path, example.name, job) if "report" in message]
    assert all("could not be accounted for" not in report.get("refused", "") for report in reports)
    assert {one["unaccounted"] for report in reports for one in report.get("rows", {}).get("money", ())} <= {"0.00"}


def test_a_table_whose_amounts_do_not_balance_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = one_table.translate

    def a_cent_too_much(*given: Any) -> Any:
        found = typed(*given)
        (column,) = found.money
        return replace(found, money=(replace(column, loaded=pa.array([10.11])),))

    monkeypatch.setattr(one_table, "translate", a_cent_too_much)
    report = read(HEAD + "i1,c1,2025-01-01,10.10,EUR\n", tmp_path)
    assert 'the amounts under "amount" do not balance: 10.10 in the file, 10.11 loaded, 0.00 set aside, 0.00 no data; -0.01' in report["refused"]


cells = st.one_of(
    st.decimals(-10_000_000, 10_000_000, places=2).map(str),
    st.integers(-999, 999).map(str),
    st.decimals(0, 99, places=1).map(str),
    st.integers(0, 10**8).map(lambda n: f"{n:,}.{n % 100:02d}"),
    st.text("-.,$0123456789 %e", max_size=12),
)


@settings(max_examples=300)
@given(rows=st.lists(st.tuples(cells, st.text('a,"\n', max_size=4)), min_size=1, max_size=8))
def test_arithmetic_on_bytes_reads_what_the_text_says(rows: list[tuple[str, str]]) -> None:
    text = "".join(f'"{amount}","{words.replace(chr(34), chr(34) * 2)}"\n' for amount, words in rows).encode()
    raw = RawText(memoryview(text), index_records(memoryview(text), 0, 1, ",", 2, "x"), ",", 2)
    found = Amounts.none(len(rows))
    column = money_ledger.MoneyRead("invoices.amount", "amount", (0,), ".", False, (), None, pa.array([], pa.float64()))
    for spans in raw.spans([0]):
        found.put(np.frombuffer(text, np.uint8), spans[0], ".", lambda texts: vars(money_ledger)["_read"](column, texts))
    wanted = amounts_by(pa.array([amount.strip() for amount, _ in rows], pa.string()), ".").to_pylist()
    by_bytes = np.where(found.by_text, found.doubles, found.cents / 100)
    assert [value if read else None for value, read in zip(by_bytes.tolist(), found.read.tolist(), strict=True)] == [
        None if amount.strip() == "" else value for value, (amount, _) in zip(wanted, rows, strict=True)
    ]
