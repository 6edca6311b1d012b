"""Formula injection (OWASP, CSV injection): texts that a spreadsheet would run, made harmless, and back to what they were.

A text that could start a formula stands behind an apostrophe. One that already stands behind apostrophes gets one more, so
that taking one off always gives the original. Numbers are never touched: -5 stays -5.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_RUNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_UNSEEN = r"\t\n\x0b\x0c\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_COULD_RUN = re.compile(rf"'*(?:[\t\r\n\0]|[{_UNSEEN}]*[{_RUNS}])")
_AMOUNT = r"-?(?:[$\u20ac\u00a3\u00a5]|[A-Z]{3}[ \xa0])?\d[\d.,'\xa0\u202f\u2019]*[kMB]?(?:%|[a-z]+)?(?: (?:%|[a-z]+|\d+ min))*"
_NUMBER_SHOWN = re.compile(rf"{_AMOUNT}(?: \({_AMOUNT} to {_AMOUNT}\))?")
MARK = "'"


def could_run(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula, apostrophes before it aside."""
    return _COULD_RUN.match(text) is not None


def neutral(text: str) -> str:
    """The text as it may stand in a file that a spreadsheet opens."""
    return f"{MARK}{text}" if could_run(text) else text


def neutral_shown(text: str) -> str:
    """The same for a text that is shown and can be copied, where a number with its unit and range is a number: `-3.1 points (-4.6 to -1.5)` stays."""
    return text if _NUMBER_SHOWN.fullmatch(text) else neutral(text)


def original(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text[:1] == MARK and could_run(text) else text


def safe_cell(value: str | float | None) -> str:
    """A cell of a CSV: a number as Python writes it, a text made harmless, nothing for None."""
    if value is None:
        return ""
    return neutral(value) if isinstance(value, str) else repr(value)


def neutral_column(texts: "pa.StringArray") -> "pa.StringArray":
    """`neutral` of each text, nulls as they are."""
    import pyarrow.compute as pc

    return pc.if_else(_those_that_run(texts), pc.binary_join_element_wise(MARK, texts, ""), texts)


def original_column(texts: "pa.StringArray") -> "pa.StringArray":
    """`original` of each text, nulls as they are."""
    import pyarrow.compute as pc

    marked = pc.and_(pc.starts_with(texts, MARK), _those_that_run(texts))
    return pc.if_else(marked, pc.utf8_slice_codeunits(texts, 1), texts)


def _those_that_run(texts: "pa.StringArray") -> "pa.BooleanArray":
    """The same pattern as `could_run`; the expression language of Arrow (RE2) writes characters by their number in braces."""
    import pyarrow.compute as pc

    written = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", _COULD_RUN.pattern).replace(r"\0", r"\x00")
    return pc.match_substring_regex(texts, f"^(?:{written})")
