"""A currency that stands in a header is the currency of its column, in a file that nothing claims as in a vendor's."""

import pytest

from roi_core.ingest.guess import guess
from roi_core.ingest.plan import Plan
from roi_core.ingest.signs import sign_in, without_currency
from roi_core.ingest.translate import Typed, translate
from tests.ingest.text_tables import KEY, text_table

HEADERS = ("Invoice no", "Customer", "Date")
ROLES = ("invoices.invoice_id", "invoices.customer_id", "invoices.issued_at", "invoices.amount")


def bills(*headers: str, currency: tuple[str, ...] = ()) -> Typed:
    """Two bills of a file that the user has mapped: amount, then refunded, under these headers."""
    amounts = [("100.50", "1.00"), ("20.00", "")]
    beside = [(code,) for code in currency] or [(), ()]
    rows = [(f"i{n}", "c", "2024-01-01", *amounts[n][: len(headers)], *beside[n]) for n in range(2)]
    table = text_table((*HEADERS, *headers, *(("Currency",) if currency else ())), rows)
    roles = (*ROLES, *(("invoices.refunded",) if len(headers) > 1 else ()), *(("invoices.currency",) if currency else ()))
    found = Plan("invoices", dict(zip(table.headers, roles, strict=True))).recognition("a.csv", table.headers)
    assert found is not None
    return translate(table, found, KEY)


CASES = {
    "Amount (EUR)": "EUR", "Umsatz (CHF)": "CHF", "Revenue [USD]": "USD", "Total, GBP": "GBP", "amount_eur": "EUR", "Betrag in Euro": "EUR",
    "SEK total": "SEK", "Price (NOK)": "NOK", "Total \u20ac": "EUR", "Amount (US$)": "USD",
}  # fmt: skip


@pytest.mark.parametrize(("header", "code"), CASES.items())
def test_the_currency_of_a_header_is_that_of_its_rows(header: str, code: str) -> None:
    part = bills(header)
    assert part.table.column("currency").to_pylist() == [code] * 2
    assert part.meta["currencies"] == {code: 2}
    assert any(report.unit for report in part.columns if report.header == header)


@pytest.mark.parametrize("header", ["Amount", "Total net", "Try again", "Amount (net)", "Sum of all"])
def test_other_words_are_no_currency(header: str) -> None:
    assert sign_in(header) is None
    assert without_currency(header) == header
    assert "currency" not in bills(header).table.column_names


def test_a_currency_column_stands_above_the_header_and_is_filled_from_it() -> None:
    assert bills("Amount (EUR)", currency=("usd", "")).table.column("currency").to_pylist() == ["USD", "EUR"]


def test_headers_of_two_currencies_ask() -> None:
    assert any(note.startswith("ask: headers name several currencies") for note in bills("Amount (EUR)", "Refunded (USD)").notes)
    assert not any("several currencies" in note for note in bills("Amount (EUR)", "Refunded (EUR)").notes)


@pytest.mark.parametrize("header", ["Amount (EUR)", "Umsatz (CHF)", "Revenue [USD]", "Total, GBP", "Umsatz in Euro", "amount_eur"])
def test_a_guess_reads_the_word_beside_the_currency(header: str) -> None:
    rows = [(f"i{n}", f"c{n % 7}", f"2024-0{1 + n % 9}-03", f"{100 + 3 * n}.50") for n in range(40)]
    table = text_table((*HEADERS, header), rows)
    proposal = guess(table.headers, table.text, "a.csv").as_json()
    assert proposal["entity"] == "invoices"
    assert proposal["columns"][3]["canonical"] == "invoices.amount"
