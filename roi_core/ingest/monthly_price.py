"""Revenue a month of a subscription: whether its amount is of a month, of its billing interval or of a year, and the question where nothing tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest import intervals
from roi_core.ingest.amounts import exact
from roi_core.ingest.cells import mask
from roi_core.ingest.header_words import tokens
from roi_core.ingest.questions import Question
from roi_core.ingest.sources import Source

SUBJECT, MONTH, INTERVAL, YEAR = "price_basis", "month", "interval", "year"
"""The question of what an amount is the price of, and its answers; `interval` is what the file says of each row."""

_QUARTER = "quarter"
_LENGTHS = {MONTH: 1.0, _QUARTER: 3.0, YEAR: 12.0}
"""Months that an amount may be of where no column says how often it is billed."""
_MONTHLY = ("mrr", "month", "monat", "mensu", "mensil")
_YEARLY = ("arr", "acv", "annual", "annuel", "anual", "annum", "year", "jahr")
_SAME_PRICE = (0.5, 1.4)
"""A year costs at least half of, and at most a little more than, twelve months of the same plan."""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Monthly:
    """Columns that replace or join the typed ones, what to say, and what to ask."""

    columns: dict[str, pa.Array] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    asks: tuple[Question, ...] = ()


def monthly_price(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> Monthly:
    """`mrr` of a month for every row of subscriptions, and `mrr_is_monthly` where no invoice has to bear it out.

    A vendor's amount is read as declared, by the names of plans where its files have no interval. Else the user's answer holds, then what the same
    plan costs in rows that are billed monthly, then the words of the header; an amount that is called a price is that of its interval.
    """
    if entity != "subscriptions" or "mrr" not in sources:
        return Monthly()
    export = sources["mrr"].export
    if export is not None and export.vendor != "plain":
        return _declared(sources, columns) if export.per_interval else _settled(columns["mrr"])
    return _undeclared(sources, columns, _months(sources, columns))


def _declared(sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> Monthly:
    quantity = columns.get("quantity")
    total = columns["mrr"] if quantity is None else exact(pc.multiply(columns["mrr"], pc.fill_null(quantity, 1.0)))
    if "interval" not in sources:
        return _by_names(sources["mrr"], sources.get("plan"), total)
    note = "mrr is amount times quantity, divided by the months of the billing interval"
    return _settled(_divided(total, sources["interval"], _months(sources, columns)), note)


def _by_names(source: Source, plans: Source | None, total: pa.Array) -> Monthly:
    """The price of an interval of which no column tells: what the user said holds, else what plans are called; a plan that says none is read as monthly."""
    said = source.said.get(SUBJECT)
    empty = pa.nulls(len(total), pa.float64()), pa.nulls(len(total), pa.string())
    months, words = (plans.cells.spread(told) for told in intervals.in_names(plans.cells)) if plans else empty
    others = mask(pc.and_(pc.not_equal(months, 1.0), pc.is_valid(total)))
    if plans is None or not others.any() or said in (YEAR, _QUARTER):
        silent = mask(pc.and_(pc.is_null(months), pc.is_valid(total))).any()
        return _of_one_length(source, total, None if silent else MONTH, said if said in _LENGTHS else None)
    read = total if said == MONTH else pc.divide(total, pc.fill_null(months, 1.0))
    columns = {"mrr": read, "interval": pc.fill_null(words, MONTH)}
    how = "are of a month and are not divided" if said == MONTH else "are divided by the months that the name of their plan says"
    unnamed = int(mask(pc.and_(pc.is_null(months), pc.is_valid(total))).sum())
    rest = f"; {unnamed:,} rows whose plan says none are read as monthly" if unnamed else ""
    note = f"{source.header.text}: amounts that are not billed monthly ({int(others.sum()):,} rows) {how}{rest}"
    if said:
        settled = _settled(read, f"{note}, as you said")
        return Monthly({**settled.columns, **columns}, settled.notes)
    shown = _example(source, plans, months, others, "its plan is")
    return Monthly(columns, (f"ask: {note}",), (Question.of(SUBJECT, (source.header.text,), shown, INTERVAL),))


def _settled(mrr: pa.Array, *notes: str, asks: tuple[Question, ...] = ()) -> Monthly:
    return Monthly({"mrr": mrr, "mrr_is_monthly": pa.array(np.ones(len(mrr), np.bool_))}, notes, asks)


def _months(sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> pa.Array:
    """Months of the interval of each row, null where it is blank or cannot be read."""
    if "interval" not in sources:
        return pa.nulls(len(columns["mrr"]), pa.float64())
    source = sources["interval"]
    return source.cells.spread(intervals.months_of(source.cells, source.export.words.get(intervals.INTERVAL, {}) if source.export else {}))


def _divided(amount: pa.Array, interval: Source, months: pa.Array) -> pa.Array:
    """Amount by months; a blank interval is a month, one that cannot be read leaves no amount."""
    unread = pc.and_(pa.array(interval.cells.codes >= 0), pc.is_null(months))
    return pc.if_else(unread, None, pc.divide(amount, pc.fill_null(months, 1.0)))


def _undeclared(sources: Mapping[str, Source], columns: Mapping[str, pa.Array], months: pa.Array) -> Monthly:
    source, mrr = sources["mrr"], columns["mrr"]
    named, said = _named(source.header.text), source.said.get(SUBJECT)
    others = mask(pc.and_(pc.not_equal(months, 1.0), pc.is_valid(mrr)))
    if not others.any():
        return _of_one_length(source, mrr, named or (MONTH if "interval" in sources else None), said)
    by_plan = _by_plan(sources, mrr, months)
    best = said or (YEAR if named == YEAR else by_plan or named or INTERVAL)
    if best == YEAR:
        return _settled(pc.divide(mrr, 12.0), f"{source.header.text} is of a year and is divided by 12")
    shown = _example(source, sources["interval"], months, others)
    read = _divided(mrr, sources["interval"], months) if best == INTERVAL else mrr
    what = "are the price of their interval and are divided by its months" if best == INTERVAL else "are of a month and are not divided"
    why = "as you said" if said else _PLAN_SAYS if by_plan == best else "as the header says" if named == best else "the usual meaning of a price"
    note = f"{source.header.text}: amounts that are not billed monthly ({int(others.sum()):,} rows) {what}, {why}"
    if said or (by_plan == best and named in (None, best)):
        return _settled(read, note)
    if named == best and by_plan is None:
        return Monthly({"mrr": read}, (note,))
    return Monthly({"mrr": read}, (f"ask: {note}",), (Question.of(SUBJECT, (source.header.text,), shown, best),))


_PLAN_SAYS = "as rows of the same plan that are billed monthly show"


def _of_one_length(source: Source, mrr: pa.Array, named: str | None, said: str | None) -> Monthly:
    """All rows are of one length: of a month where the header or all intervals say so."""
    length = _LENGTHS.get(said or named or "")
    if length is not None:
        notes = () if length == 1.0 else (f"{source.header.text} is of {length:g} months and is divided by {length:g}",)
        return _settled(pc.divide(mrr, length), *notes)
    text = next((text for text in source.cells.distinct.to_pylist()), "")
    ways = {name: f"{quoted(text)} is paid for {months:g} month{'s' if months > 1 else ''}" for name, months in _LENGTHS.items()}
    note = f"ask: no column says how often a subscription is billed; {source.header.text} is read as monthly"
    return Monthly({"mrr": mrr}, (note,), (Question.of(SUBJECT, (source.header.text,), ways, MONTH),))


def _named(header: str) -> str | None:
    """`month` or `year` where the header says of which the amount is."""
    words = tokens(header)
    if any(word.startswith(_MONTHLY) for word in words):
        return MONTH
    return YEAR if any(word in _YEARLY or word.startswith(_YEARLY[2:]) for word in words) else None


def _by_plan(sources: Mapping[str, Source], mrr: pa.Array, months: pa.Array) -> str | None:
    """What the plans that are billed monthly as well as otherwise show: all of them `interval`, all of them `month`, else None."""
    if "plan" not in sources:
        return None
    codes = sources["plan"].cells.codes
    amount, length = (np.asarray(column.fill_null(np.nan).to_numpy(zero_copy_only=False), np.float64) for column in (mrr, months))
    told = {_of_plan(amount[codes == code], length[codes == code]) for code in range(len(sources["plan"].cells.distinct))} - {None}
    return told.pop() if len(told) == 1 else None


def _of_plan(amount: _Floats, length: _Floats) -> str | None:
    """What one plan shows; None where it is billed in one way alone, or costs neither as much."""
    monthly, longer = amount[(length == 1.0) & (amount > 0)], (length > 1.0) & (amount > 0)
    if not len(monthly) or not longer.any():
        return None
    price, (low, high) = float(np.median(monthly)), _SAME_PRICE
    whole, part = float(np.median(amount[longer])), float(np.median(amount[longer] / length[longer]))
    if low <= part / price <= high:
        return INTERVAL
    return MONTH if low <= whole / price <= high else None


def _example(source: Source, told: Source, months: pa.Array, others: npt.NDArray[np.bool_], how: str = "billed") -> dict[str, str]:
    """Both readings of the first row that is not billed monthly, by what `told` says of it."""
    row = int(np.argmax(others))
    text = quoted(source.cells.distinct[int(source.cells.codes[row])].as_py())
    billed = f"{how} {quoted(told.cells.distinct[int(told.cells.codes[row])].as_py())}"
    return {INTERVAL: f"{text} pays for {months[row].as_py():.3g} months, {billed}", MONTH: f"{text} is for one month, though {billed}"}
