from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
_SECOND = ("Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country")


def _line(number: str, code: str, units: str, at: str, price: str, buyer: str) -> dict[str, str]:
    return dict(zip(_HEADERS, (number, code, "a thing, white", units, at, price, buyer, "United Kingdom"), strict=True))


_LINES = (
    _line("536365", "85123A", "6", "2010-12-01 08:26:00", "2.55", "17850.0"),
    _line("536365", "71053", "2", "2010-12-01 08:26:00", "3.39", "17850.0"),
    _line("C536379", "D", "-1", "2011-06-01 09:41:00", "27.5", "14527.0"),
    _line("536544", "21773", "1", "2011-06-01 14:32:00", "0.01", ""),
)
_ROWS = (
    {
        "order_id": "536365",
        "ordered_at": datetime(2010, 12, 1, 8, 26),
        "customer_id": key("17850"),
        "items": 8.0,
        "amount": 22.08,
        "currency": "GBP",
    },
    {"order_id": "C536379", "ordered_at": datetime(2011, 6, 1, 8, 41), "customer_id": key("14527"), "items": -1.0, "amount": -27.5},
)
_NOTES = ("the amount of a row is Quantity times UnitPrice", "A credit note is an invoice of its own", "further lines of an order or a bill: 1")

EXAMPLES = (
    Example("public_data_set_online_retail", "", "online_retail.csv", table(_HEADERS, *_LINES), _ROWS, not_data=1, quarantined=1, notes=_NOTES),
    Example(
        "public_data_set_online_retail",
        "",
        "online_retail_ii.csv",
        table(_SECOND, *({new: row[old] for new, old in zip(_SECOND, _HEADERS, strict=True)} for row in _LINES)),
        _ROWS,
        not_data=1,
        quarantined=1,
        notes=("the amount of a row is Quantity times Price",),
    ),
)
