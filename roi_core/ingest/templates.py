"""Empty tables to fill in, for what no vendor exports: headers are the canonical names, so the reader knows them again."""

import csv
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from types import MappingProxyType

from roi_core.errors import TemplateRefused
from roi_core.schema import LOADED, Column, ColumnType, Privacy, Table

FORMATS = ("csv", "xlsx")
GUIDE = "How to fill"
GUIDE_HEADERS = ("column", "meaning", "unit", "type", "required", "allowed values", "what is kept", "example")

_TYPES: Mapping[ColumnType, str] = MappingProxyType(
    {
        ColumnType.TEXT: "text",
        ColumnType.KEY: "text",
        ColumnType.TIMESTAMP: "date and time in UTC, as 2025-01-31 09:30:00; a date alone is its first instant",
        ColumnType.MONTH: "month, as 2025-01",
        ColumnType.NUMBER: "number",
        ColumnType.MONEY: "amount with a decimal point, without a currency sign",
        ColumnType.INTEGER: "whole number",
        ColumnType.BOOLEAN: "yes or no",
        ColumnType.MINUTES: "minutes, as a number",
    }
)
_KEPT: Mapping[Privacy, str] = MappingProxyType(
    {
        Privacy.PLAIN: "as it is",
        Privacy.HASHED: "a keyed hash; the text goes into the encrypted store",
        Privacy.DROPPED: "nothing: it is read by rules and dropped",
    }
)
_BY_NAME: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "email": ("ann@customer-one.example", "bo@customer-two.example"),
        "company": ("Example One Ltd", "Example Two Inc"),
        "name": ("Example One Ltd", "Example Two Inc"),
        "domain": ("customer-one.example", "customer-two.example"),
        "phone": ("+1 555 010 0101", "+1 555 010 0102"),
        "currency": ("USD", "USD"),
        "as_of": ("2025-01-31", "2025-02-28"),
        "csat_score": ("4", "5"),
        "csat_scale": ("5", "5"),
        "score": ("4", "5"),
        "scale": ("5", "5"),
        "satisfaction": ("4", "5"),
        "satisfaction_scale": ("5", "5"),
        "merged_into": ("", ""),
        "refunded": ("", "80.50"),
        "items": ("12", "7"),
        "invoices.quantity": ("12", "7"),
        "unit_price": ("10.00", "11.50"),
        "subscriptions.ended_at": ("", "2025-03-06 18:00:00"),
        "assignments.arm": ("treatment", "control"),
        "tickets.status": ("resolved", "closed"),
        "invoices.status": ("paid", "refunded"),
        "orders.status": ("paid", "refunded"),
    }
)
"""Examples by column, or by table and column."""

_BY_TYPE: Mapping[ColumnType, tuple[str, str]] = MappingProxyType(
    {
        ColumnType.MONTH: ("2025-01", "2025-02"),
        ColumnType.NUMBER: ("12", "7.5"),
        ColumnType.MONEY: ("120.00", "80.50"),
        ColumnType.INTEGER: ("3", "1"),
        ColumnType.BOOLEAN: ("yes", "no"),
        ColumnType.MINUTES: ("35", "12.5"),
    }
)
_AT_THE_END = frozenset({"churned_at", "churn_kind", "ended_at", "cancel_reason"})
"""Columns that stay blank while a customer is one: only the second example has left."""
_WRITTEN_ON = datetime(2025, 1, 1)


def write_template(table: str, format: str) -> bytes:
    """The template of a loaded table. Raises TemplateRefused for a table or a format that does not exist.

    CSV has the headers and two invented rows. XLSX has a sheet with the headers alone, in which ids stay text, and a
    second one that says how to fill each column.
    """
    if table not in LOADED:
        raise TemplateRefused.unknown("table", table, LOADED)
    if format not in FORMATS:
        raise TemplateRefused.unknown("format", format, FORMATS)
    return _as_csv(LOADED[table]) if format == "csv" else _as_xlsx(LOADED[table])


def made_by_hand(tables: Collection[str]) -> str | None:
    """The first of these tables where no vendor's export is any of them, so that somebody has to write it; else None."""
    from roi_core.ingest.vendors import EXPORTS

    exported = {export.entity for export in EXPORTS.values() if export.vendor != "plain"}
    return None if exported & set(tables) else next(iter(tables), None)


def example_rows(table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two rows that nobody takes for data, in the order of the columns: a customer who stays and one who has left."""
    pairs = [_example(table, column, place) for place, column in enumerate(table.columns)]
    stays = tuple("" if column.name in _AT_THE_END else pair[0] for column, pair in zip(table.columns, pairs, strict=True))
    return stays, tuple(pair[1] for pair in pairs)


def _example(table: Table, column: Column, place: int) -> tuple[str, str]:
    """Times follow the order of the columns, which is that in which things happen."""
    named = _BY_NAME.get(f"{table.name}.{column.name}") or _BY_NAME.get(column.name)
    if named:
        return named
    if column.values:
        return column.values[0], column.values[-1]
    if column.type is ColumnType.TIMESTAMP:
        first, second = (datetime(2025, month, 6, 9) + timedelta(hours=place) for month in (1, 2))
        return str(first), str(second)
    words = f"example-{column.name.removesuffix('_id').replace('_', '-')}"
    return _BY_TYPE.get(column.type, (f"{words}-1", f"{words}-2"))


def guide_rows(table: Table) -> tuple[tuple[str, ...], ...]:
    """One row for each column of a table, under GUIDE_HEADERS."""
    return tuple(
        (
            column.name,
            column.meaning,
            column.unit,
            _TYPES[column.type],
            _required(table, column),
            ", ".join(column.values),
            _KEPT[column.privacy],
            example,
        )
        for column, example in zip(table.columns, example_rows(table)[1], strict=True)
    )


def _required(table: Table, column: Column) -> str:
    others = next((names for names in table.one_of if column.name in names), ())
    return "yes" if column.required else f"one of {', '.join(others)}" if others else "no"


def _as_csv(table: Table) -> bytes:
    """With a byte order mark, so that a spreadsheet keeps accents."""
    file = StringIO(newline="")
    csv.writer(file).writerows((table.names, *example_rows(table)))
    return file.getvalue().encode("utf-8-sig")


def _as_xlsx(table: Table) -> bytes:
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": table.title, "created": _WRITTEN_ON})
        bold, text, wrapped = book.add_format({"bold": True}), book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True, "valign": "top"})
        data, guide = book.add_worksheet(table.name), book.add_worksheet(GUIDE)
        for place, column in enumerate(table.columns):
            is_text = column.type in (ColumnType.TEXT, ColumnType.KEY)
            data.set_column(place, place, max(12, len(column.name) + 2), text if is_text else None)
            if column.values:
                data.data_validation(1, place, 1_048_575, place, {"validate": "list", "source": list(column.values)})
        data.write_row(0, 0, table.names, bold)
        data.freeze_panes(1, 0)
        guide.set_column(0, len(GUIDE_HEADERS) - 1, 28, wrapped)
        for line, row in enumerate((GUIDE_HEADERS, *guide_rows(table))):
            guide.write_row(line, 0, row, bold if line == 0 else None)
        guide.freeze_panes(1, 0)
    return file.getvalue()
