"""The currency of amounts where no column has it: the sign beside them, else the one that their header names."""

import re
from functools import lru_cache

import pyarrow as pa

from roi_core.ingest.amounts import currencies_in, currency_of, signs_beside
from roi_core.ingest.cells import Cells
from roi_core.ingest.headers import Header

_APART = re.compile(r"[^A-Za-z$\u20ac\u00a3\u00a5]+")
_IN_WORDS = {"euro": "EUR", "euros": "EUR", "franken": "CHF"}
_USUAL = frozenset({"usd", "eur", "gbp", "chf", "jpy", "cad", "aud", "sek", "nok", "dkk", "pln", "inr", "brl"})
"""Codes that are no word of a language: they are read in small letters too."""


@lru_cache(maxsize=4_096)
def sign_in(header: str) -> str | None:
    """The currency sign or code with which a header of amounts begins or ends: `EUR` of `Amount (EUR)`, `Total, EUR`, `amount_eur`, `EUR net`."""
    words = [word for word in _APART.split(header) if word]
    return next((found for word in (*words[-1:], *words[:1]) if (found := _sign(word))), None)


@lru_cache(maxsize=4_096)
def without_currency(header: str) -> str:
    """The header without the currency that it names, for comparing its words; itself where it names none."""
    sign = sign_in(header)
    words = [word for word in _IN_WORDS if _IN_WORDS[word] == sign] if sign else []
    written = "|".join(re.escape(word) for word in (sign, *words) if word)
    rest = re.sub(rf"(?i)(^|[^a-z])(in )?({written})(?![a-z])", r"\1", header) if sign else ""
    return rest if re.search(r"\w", rest) else header


def _sign(word: str) -> str | None:
    if word.casefold() in _IN_WORDS:
        return _IN_WORDS[word.casefold()]
    known = currency_of(word) is not None and (word.isupper() or word.casefold() in _USUAL or not word.isalpha())
    return word.upper() if known else None


def currency_beside(cells: Cells, header: Header) -> tuple[pa.Array | None, tuple[str, ...]]:
    """The currency of each distinct amount, null where none stands beside it, and what to ask; None where nothing says one.

    Several signs are several currencies. One alone counts where it is known, and holds for amounts without it too. A bare `$` is asked about.
    """
    several = currencies_in(cells)
    if several is not None:
        return several, ()
    written = signs_beside(cells)
    signs = set() if written is None else set(written.to_pylist()) - {None}
    in_header = sign_in(header.text)
    named = {currency_of(sign) for sign in signs} or {currency_of(in_header)}
    if len(named) != 1 or (found := named.pop()) is None:
        return None, ()
    bare = (signs or {in_header}) == {"$"}
    note = f"ask: {header.text}: $ is read as USD, the currency that uses it most; write CAD or AUD beside the amounts where it is another"
    return pa.array([found] * len(cells.distinct), pa.string()), (note,) if bare else ()
