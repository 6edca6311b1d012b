"""The money ledger: what stands in a file under a column of money is loaded, set aside or no data, counted by hand."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.ingest import money_ledger, one_table
from roi_core.ingest import read as reading
from roi_core.ingest.amounts import amounts_by
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.money_places import is_money
from roi_core.ingest.money_read import MoneyRead
from roi_core.ingest.raw_amounts import Amounts
from roi_core.ingest.raw_spans import RawText
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.records import index_records
from roi_core.ingest.reshape import reshape
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.upload import Choices, Job, messages_of
from roi_core.ingest.vendors import EXPORTS
from tests.ingest.exports import EXAMPLES
from tests.ingest.text_tables import KEY
from tests.ingest.workbooks import of_rows

HEAD = "invoice_id,customer_id,issued_at,amount,currency\n"


def read(content: bytes | str, folder: Path, name: str = "invoices.csv") -> dict[str, Any]:
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    job = Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    found: list[dict[str, Any]] = [message["report"] for message in messages_of(path, name, job) if "report" in message]
    (report,) = found
    return report


def money(report: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """By header: in the file, loaded, set aside, no data."""
    return {one["header"]: tuple(one[key] for key in ("raw", "loaded", "quarantined", "not_data")) for one in report["rows"]["money"]}


def test_every_amount_is_loaded_set_aside_or_no_data(tmp_path: Path) -> None:
    rows = "i1,c1,2025-01-01,10.10,EUR\ni2,c2,2025-01-02,20.2,EUR\n,c3,2025-01-03,5,EUR\ni4,c4,2025-01-04,oops,EUR\ni5,c5,2025-01-05,99\nTotal,,,35.30,\n"
    report = read(HEAD + rows, tmp_path)
    assert money(report) == {"amount": ("70.60", "30.30", "5.00", "35.30")}
    assert [(one["unread_cells"], one["no_cell"], one["unaccounted"]) for one in report["rows"]["money"]] == [(1, 1, "0.00")]


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


ROWS: Sequence[Sequence[Any]] = [
    ["invoice_id", "customer_id", "amount", "refunded", "issued_at"],
    ["i1", "c1", 10.25, 1.5, "2025-01-01"],
    ["i2", "c2", 1234567.5, 0, "2025-01-02"],
    ["i3", "c3", 0.75, 2.25, "2025-01-03"],
]
FORMATS = {
    "invoices.csv": "".join(",".join(map(str, row)) + "\n" for row in ROWS).encode(),
    "invoices.xlsx": of_rows(Sheet=ROWS),
    "invoices.json": json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]).encode(),
}


def shifted(text: TextTable) -> TextTable:
    """The cells of the second row stand one to the left, as after a delimiter that was lost and one that was made up."""
    amount, refunded = text.cells(2).to_pylist(), text.cells(3).to_pylist()
    amount[1], refunded[1] = refunded[1], amount[1]
    return text.with_cells(2, pa.array(amount)).with_cells(3, pa.array(refunded))


def doubled(text: TextTable) -> TextTable:
    """The last amount stands in the row before as well."""
    amount = text.cells(2).to_pylist()
    return text.with_cells(2, pa.array([amount[0], amount[2], amount[2]]))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("fault", "header"), [(shifted, "amount"), (doubled, "amount"), (None, "")])
def test_a_fault_that_leaves_the_count_of_rows_is_seen_by_the_sum_of_amounts(
    name: str, fault: Any, header: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault:
        monkeypatch.setattr(one_table, "reshape", lambda text, found: reshape(fault(text), found))
    report = read(FORMATS[name], tmp_path, name)
    if fault:
        assert f'the amounts under "{header}" do not balance: 1234578.50 in the file' in report["refused"]
    else:
        assert money(report) == {"amount": ("1234578.50", "1234578.50", "0.00", "0.00"), "refunded": ("3.75", "3.75", "0.00", "0.00")}


def test_a_cell_that_the_engine_moves_is_seen_in_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = vars(reading)["load_text"]

    def moved(*given: Any, **named: Any) -> pa.Table:
        text = load(*given, **named)
        return text.set_column(2, "c2", pa.array(["1234567.5", "10.25", "10.25"]))

    monkeypatch.setattr(reading, "load_text", moved)
    report = read(FORMATS["invoices.csv"], tmp_path)
    assert "1234578.50 in the file, 1234588.00 loaded, 0.00 set aside, 0.00 no data; -9.50 could not be accounted for" in report["refused"]


WITH_MONEY = [
    example
    for example in EXAMPLES
    if not (export := EXPORTS[example.export]).aggregated and any(is_money(canonical) for canonical in (*export.columns, *export.also, *export.joined))
]


def test_most_money_that_a_company_has_is_in_the_exports_tried_here() -> None:
    assert len(WITH_MONEY) >= 25, sorted(example.export for example in WITH_MONEY)


def read_all(example: Any, folder: Path) -> list[dict[str, Any]]:
    path = folder / "upload"
    path.write_bytes(example.content)
    job = Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    return [message["report"] for message in messages_of(path, example.name, job) if "report" in message]


@pytest.mark.parametrize("example", WITH_MONEY, ids=[f"{example.export}-{example.name}" for example in WITH_MONEY])
def test_the_amounts_of_every_export_balance_and_one_that_is_changed_does_not(example: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [report for report in read_all(example, tmp_path) if report.get("export") == example.export]
    columns = [one for report in reports for one in report["rows"]["money"]]
    assert columns
    assert {one["unaccounted"] for one in columns} == {"0.00"}
    assert any(one["loaded"].strip("0.") for one in columns)
    changed = next(one for one in columns if one["loaded"].strip("0."))

    def with_a_one_before(nth: int, text: TextTable, found: Recognition) -> TextTable:
        header = changed["header"].rpartition(" x ")[2]
        if header not in text.headers:
            return reshape(text, found)
        place = text.headers.index(header)
        cells = text.cells(place).to_pylist()
        if filled := [number for number, cell in enumerate(cells) if cell.strip("0.,$ ")][nth:]:
            cells[filled[0]] = re.sub(r"\d", r"1\g<0>", cells[filled[0]], count=1)
        return reshape(text.with_cells(place, pa.array(cells)), found)

    def is_seen(nth: int) -> bool:
        monkeypatch.setattr(one_table, "reshape", partial(with_a_one_before, nth))
        return any("do not balance" in report.get("refused", "") for report in read_all(example, tmp_path))

    assert any(is_seen(nth) for nth in range(3))


def test_a_table_whose_amounts_do_not_balance_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = vars(one_table)["translate"]

    def a_cent_too_much(*given: Any) -> Any:
        found = typed(*given)
        (column,) = found.money
        return replace(found, money=(replace(column, loaded=pa.array([10.11])),))

    monkeypatch.setattr(one_table, "translate", a_cent_too_much)
    report = read(HEAD + "i1,c1,2025-01-01,10.10,EUR\n", tmp_path)
    assert 'the amounts under "amount" do not balance: 10.10 in the file, 10.11 loaded, 0.00 set aside, 0.00 no data; -0.01' in report["refused"]


grouped = st.builds(lambda n, end: f"{n:,}{end}", st.integers(0, 10**13), st.sampled_from(["", ".5", ".25", ".125", ","]))
cells = st.one_of(
    st.decimals(-10_000_000, 10_000_000, places=2).map(str),
    st.integers(-999, 999).map(str),
    st.decimals(0, 99, places=1).map(str),
    st.integers(0, 10**8).map(lambda n: f"{n:,}.{n % 100:02d}"),
    st.builds("{}{}{}".format, st.sampled_from(["", "-", "$", "-$", "€-", "EUR ", "(", "£ "]), grouped, st.sampled_from(["", " €", " USD", ")", "%", "-"])),
    st.text("-.,$0123456789 %e", max_size=12),
)


@settings(max_examples=150)
@given(rows=st.lists(st.tuples(cells, st.text('a,"\n', max_size=4)), min_size=1, max_size=8), comma=st.booleans(), noted=st.booleans())
def test_arithmetic_on_bytes_reads_what_the_text_says(rows: list[tuple[str, str]], *, comma: bool, noted: bool) -> None:
    sign, places = "," if comma else ".", (0,) if noted else ()
    rows = [(amount.translate({ord("."): ",", ord(","): "."}) if comma else amount, words) for amount, words in rows]
    text = "".join(f'"{amount}","{words.replace(chr(34), chr(34) * 2)}"\n' for amount, words in rows).encode()
    raw = RawText(memoryview(text), index_records(memoryview(text), 0, 1, ",", 2, "x", places=places), ",", 2, places)
    found = Amounts.none(len(rows))
    column = MoneyRead("invoices.amount", "amount", (0,), sign, False, (), None, None, pa.array([], pa.float64()))
    for spans in raw.spans([0]):
        found.put(np.frombuffer(text, np.uint8), spans[0], sign, lambda texts: vars(money_ledger)["_read"](column, texts))
    wanted = amounts_by(pa.array([amount.strip() for amount, _ in rows], pa.string()), sign).to_pylist()
    by_bytes = np.where(found.by_text, found.doubles, found.cents / 100)
    assert [value if read else None for value, read in zip(by_bytes.tolist(), found.read.tolist(), strict=True)] == [
        None if amount.strip() == "" else value for value, (amount, _) in zip(wanted, rows, strict=True)
    ]
