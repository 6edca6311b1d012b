"""Numbers and money of one column, decided over all its rows: decimal sign, thousands sign, currency, negative forms."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells, Reading, mask, matches, missing
from roi_core.ingest.questions import Question

_SIGNS = "$€£¥₹₩₽₺₪฿₫₴₦"
_CODE = rf"(?:[A-Z]{{3}}|usd|eur|gbp|[A-Za-z]{{0,2}}[{_SIGNS}]|kr\.?|z\x{{142}}|Rs\.?)"
_DRESSED = (
    rf"^(?P<open>\()?(?P<sign>[-+])?(?P<before>{_CODE})?(?P<inner>[-+])?(?P<core>[\d.,]*\d[\d.,]*(?:[eE][-+]?\d+)?)"
    rf"(?P<after>{_CODE}|%)?(?P<tail>-)?(?P<close>\))?$"
)
_CLEAN = r"^-?\d+(\.\d{1,2}|\.\d{4,})?$"
_GAPS = r"[\s'\x{2019}\x{a0}\x{202f}\x{2009}]"
_BROKEN = rf"\d{_GAPS}+\d{{1,2}}(?:\D|$)|\d{_GAPS}+\d{{4}}|\d{{4}}{_GAPS}+\d|[.,]\d+{_GAPS}+\d"
"""Digits with a blank between that are no groups of three."""
_TWO_GROUPS = r"^\D{0,4}\d{3} \d{3}\D{0,4}$"
_GROUPED = rf"\d{_GAPS}\d{{3}}"
_EVIDENCE = {
    ".": (r",\d{3}\.\d+$", r",\d{3},", r"^\d{4,}\.\d+$", r"^0?\.\d+$", r"^\d+\.\d{1,2}$", r"^\d+\.\d{4,}$"),
    ",": (r"\.\d{3},\d+$", r"\.\d{3}\.", r"^\d{4,},\d+$", r"^0?,\d+$", r"^\d+,\d{1,2}$", r"^\d+,\d{4,}$"),
}
_SHORT = r"(?i)^\D{0,4}\d[\d.,]*\s?(k|m|mio\.?|mln|bn)[^\pL\d]{0,2}([\s][a-z]{3})?$"
_NAMED = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL", "€": "EUR", "£": "GBP",
    "₹": "INR", "RS": "INR", "RS.": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "฿": "THB", "₫": "VND", "₴": "UAH", "₦": "NGN", "ZŁ": "PLN",
}  # fmt: skip
_FEW_LINES = 0.05
_CODES = frozenset(_NAMED.values()) | {"CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "MXN", "ZAR", "CZK", "HUF", "RON", "AED", "SAR"}
LARGEST_EXACT = 2.0**53
"""Up to here every whole number is a double of its own."""
_SAID = {"point": ".", "comma": ","}
_AMBIGUOUS = r"^[1-9]\d{0,2}[.,]\d{3}$"


@dataclass(frozen=True, slots=True)
class DecimalSign:
    """The decimal sign of a column and why; `asked` where every value can be read both ways."""

    sign: str
    why: str
    asked: bool = False

    @property
    def thousands(self) -> str:
        """The other sign."""
        return "," if self.sign == "." else "."


def read_numbers(cells: Cells, delimiter: str | None = None, said: str | None = None) -> Reading:
    """Numbers (DOUBLE) of the distinct values, currency signs and codes taken off, `(5)` and `5-` negative.

    `delimiter` is the field delimiter of the file: a semicolon speaks for the decimal comma where nothing else does.
    `said` is the user's answer where the values leave it open: "point" or "comma".
    Infinite and not-a-number words, and amounts such as `5k`, are bad.
    """
    if matches(cells.distinct, _CLEAN).all():
        values = pc.cast(cells.distinct, pa.float64())
        return Reading(values, format="1234.56" if matches(cells.distinct, r"\.").any() else "1234")
    pieces = _pieces(cells.distinct)
    core = pc.fill_null(pc.struct_field(pieces, "core"), "")
    decimal = decide_decimal(cells, core, delimiter)
    if decimal.asked and said in _SAID:
        decimal = DecimalSign(_SAID[said], "as you said")
    values = _values(cells.distinct, pieces, core, decimal)
    unread = mask(pc.is_null(values)) & ~missing(cells.distinct)
    bad = {int(code): "is not a number that can be read" for code in np.flatnonzero(unread)}
    return Reading(
        values,
        bad,
        (*_notes(decimal), *_shortened(cells, unread), *_may_be_two(cells)),
        _form(core, decimal),
        unit=_currency(pieces),
        decimal=decimal.sign,
        asks=_asks(cells, core, decimal),
    )


def _values(distinct: pa.Array, pieces: pa.StructArray, core: pa.Array, decimal: DecimalSign) -> pa.Array:
    return pc.if_else(pa.array(matches(distinct, _BROKEN)), None, _undress(pieces, _plain(core, decimal)))


def amounts_by(distinct: pa.Array, sign: str) -> pa.Array:
    """Amounts of money (DOUBLE) of texts by a decimal sign that is known, null for what is none: words, shares, what is too large to be exact."""
    if sign == "." and matches(distinct, _CLEAN).all():
        return exact(pc.cast(distinct, pa.float64()))
    pieces = _pieces(distinct)
    values = _values(distinct, pieces, pc.fill_null(pc.struct_field(pieces, "core"), ""), DecimalSign(sign, ""))
    return exact(pc.if_else(pa.array(_shares(distinct)), None, values))


def currencies_in(cells: Cells) -> pa.Array | None:
    """The currency that stands beside each distinct amount, null where none does; None where they are not several.

    A sign is the currency that uses it most (`$` USD, `€` EUR); another word or sign stays as written.
    """
    written = signs_beside(cells)
    if written is None:
        return None
    named = [None if word is None else _NAMED.get(word, word) for word in written.to_pylist()]
    return pa.array(named, pa.string()) if len(set(named) - {None}) > 1 else None


def currency_of(sign: str | None) -> str | None:
    """The currency that a sign or code stands for, or None where that is not known."""
    code = sign.upper() if sign else ""
    return _NAMED.get(code, code if code in _CODES else None)


def signs_beside(cells: Cells) -> pa.Array | None:
    """The currency sign or code that stands beside each distinct amount, in capitals, null where none does; None where all are bare numbers."""
    if matches(cells.distinct, _CLEAN).all():
        return None
    pieces = _pieces(cells.distinct)
    beside = [pc.struct_field(pieces, name) for name in ("before", "after")]
    written = pc.utf8_upper(pc.if_else(pc.not_equal(beside[0], ""), *beside))
    return pc.if_else(pc.is_in(written, pa.array(["", "%"])), None, written)


def shares_in(cells: Cells) -> npt.NDArray[np.bool_]:
    """Which distinct values are per cent, and so no amount of money."""
    return _shares(cells.distinct)


def _shares(distinct: pa.Array) -> npt.NDArray[np.bool_]:
    return matches(distinct, r"\d\s*%")


def _pieces(distinct: pa.Array) -> pa.StructArray:
    return pc.extract_regex(pc.replace_substring_regex(pc.replace_substring(distinct, "\u2212", "-"), _GAPS, ""), _DRESSED)


def _shortened(cells: Cells, unread: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """A question where amounts such as `5k` were not read."""
    codes = np.flatnonzero(unread & matches(cells.distinct, _SHORT)) if unread.any() else np.empty(0, np.int64)
    if not len(codes):
        return ()
    shown = f"{quoted(cells.distinct[int(codes[0])].as_py())} in line {cells.first_line(int(codes[0]))}"
    rows = int(cells.counts()[codes].sum())
    return (f"ask: amounts that may be shortened to thousands or millions: {rows} cells, such as {shown}; they are not read. Write the numbers out",)


def _may_be_two(cells: Cells) -> tuple[str, ...]:
    """A question where the only amounts with a blank between the digits are such as `100 200`, which may be two."""
    grouped = matches(cells.distinct, _GROUPED)
    codes = np.flatnonzero(grouped & matches(cells.distinct, _TWO_GROUPS))
    if not len(codes) or len(codes) < int(grouped.sum()):
        return ()
    shown = f"{quoted(cells.distinct[int(codes[0])].as_py())} in line {cells.first_line(int(codes[0]))}"
    return (f"ask: amounts with a blank between their digits are read as one number: {int(cells.counts()[codes].sum())} cells, such as {shown}",)


def decide_decimal(cells: Cells, core: pa.Array, delimiter: str | None) -> DecimalSign:
    """Looks at every value: two signs, a repeated sign, or other than three digits after a sign settle it."""
    seen = {sign: np.logical_or.reduce([matches(core, pattern) for pattern in patterns]) for sign, patterns in _EVIDENCE.items()}
    counts = cells.counts()
    rows = {sign: int(counts[found].sum()) for sign, found in seen.items()}
    if rows["."] or rows[","]:
        sign = "," if rows[","] > rows["."] else "."
        code = int(np.argmax(seen[sign]))
        why = f'line {cells.first_line(code)} holds "{cells.distinct[code].as_py()}"'
        if min(rows.values()) == 0 and _is_outvoted(cells, core, sign, delimiter):
            usual = "," if delimiter == ";" else "."
            return DecimalSign(usual, f"{why}, and all others can be read with either sign", asked=True)
        return DecimalSign(sign, why, asked=min(rows.values()) > 0)
    unsettled = matches(core, _AMBIGUOUS)
    if not unsettled.any():
        return DecimalSign(".", "")
    sign = "," if delimiter == ";" else "."
    return DecimalSign(sign, f'"{cells.distinct[int(np.argmax(unsettled))].as_py()}" can be read with either sign', asked=True)


def _is_outvoted(cells: Cells, core: pa.Array, sign: str, delimiter: str | None) -> bool:
    """Whether next to nothing speaks for a sign that is not the usual one of the file, against amounts that it would give three decimals."""
    if sign == ("," if delimiter == ";" else "."):
        return False
    point = re.escape(sign)
    counts = cells.counts()
    thirds = int(counts[matches(core, rf"^[1-9]\d{{0,2}}{point}\d{{3}}$")].sum())
    spoken = int(counts[matches(core, rf"{point}\d") & ~matches(core, rf"^[1-9]\d{{0,2}}{point}\d{{3}}$")].sum())
    sure = matches(core, rf"^0?{point}\d|\d[.,]\d{{3}}{point}\d").any()
    return bool(not sure and thirds >= max(spoken, 1) and spoken <= max(1, _FEW_LINES * thirds))


def _asks(cells: Cells, core: pa.Array, decimal: DecimalSign) -> tuple[Question, ...]:
    if not decimal.asked:
        return ()
    unsettled = matches(core, _AMBIGUOUS)
    code = int(np.argmax(unsettled if unsettled.any() else matches(core, r"[.,]")))
    ways = {name: _read_as(cells, core, code, sign) for name, sign in _SAID.items()}
    return (Question.of("decimal", ("",), ways, "comma" if decimal.sign == "," else "point"),)


def _read_as(cells: Cells, core: pa.Array, code: int, sign: str) -> str:
    digits = _plain(core, DecimalSign(sign, ""))[code].as_py()
    return f"{quoted(cells.distinct[code].as_py())} is {f'{float(digits):.15g}' if digits else 'no number'}"


def _plain(core: pa.Array, decimal: DecimalSign) -> pa.Array:
    """The digits with a point as decimal sign; null where thousands are not in groups of three."""
    point, group = (f"[{sign}]" for sign in (decimal.sign, decimal.thousands))
    sound = matches(core, rf"^(\d+|\d{{1,3}}({group}\d{{2,3}})*{group}\d{{3}})?({point}\d*)?([eE][-+]?\d+)?$") & matches(core, r"\d")
    bare = pc.replace_substring(core, decimal.thousands, "")
    return pc.if_else(pa.array(sound), pc.replace_substring(bare, decimal.sign, "."), None)


def _undress(pieces: pa.StructArray, digits: pa.Array) -> pa.Array:
    minus = np.zeros(len(digits), dtype=bool)
    for name in ("sign", "inner", "tail"):
        minus |= mask(pc.equal(pc.struct_field(pieces, name), "-"))
    opened, closed = (mask(pc.not_equal(pc.struct_field(pieces, name), "")) for name in ("open", "close"))
    sound = pa.array(opened == closed)
    size = pc.cast(pc.if_else(sound, digits, None), pa.float64())
    finite = pc.if_else(pc.is_finite(size), size, None)
    return pc.if_else(pa.array(minus | (opened & closed)), pc.negate(finite), finite)


def _currency(pieces: pa.StructArray) -> str | None:
    found: set[str] = set()
    for name in ("before", "after"):
        found |= {word.upper() for word in pc.unique(pc.struct_field(pieces, name)).to_pylist() if word}
    return "/".join(sorted(found)) or None


def _notes(decimal: DecimalSign) -> tuple[str, ...]:
    if not decimal.why or (decimal.sign == "." and not decimal.asked):
        return ()
    name = "comma" if decimal.sign == "," else "point"
    return (f"{'ask: ' if decimal.asked else ''}the decimal sign is read as a {name}: {decimal.why}",)


def _form(core: pa.Array, decimal: DecimalSign) -> str:
    grouped = matches(core, rf"\d[{decimal.thousands}]\d").any()
    fraction = matches(core, rf"[{decimal.sign}]\d").any()
    return f"1{decimal.thousands if grouped else ''}234{decimal.sign + '56' if fraction else ''}"


def exact(values: pa.Array) -> pa.Array:
    """The values, null where they are too large to be exact: no sum holds them."""
    return pc.if_else(pc.less_equal(pc.abs(values), LARGEST_EXACT), values, None)


def whole(reading: Reading) -> Reading:
    """Numbers as BIGINT; values with a fraction, or too large to be exact, become bad."""
    values = reading.values
    wrong = mask(pc.or_(pc.not_equal(values, pc.round(values)), pc.greater(pc.abs(values), LARGEST_EXACT)))
    bad = {**reading.bad, **dict.fromkeys(np.flatnonzero(wrong).tolist(), "is not a whole number")}
    exact = pc.cast(pc.if_else(pa.array(wrong), None, values), pa.int64())
    return Reading(exact, bad, reading.notes, "1234" if len(values) else None)
