"""What a few cells look like, without deciding what they mean: enough to tell a header row from data."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[-+(]?[$€£]?\s*\d[\d.,\s']*%?\)?")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?|\d{1,2}:\d{2}(:\d{2})?.*"
    rf"|\d{{1,2}}[-/. ]+{_MONTH}[-/., ]+(\d{{4}}|\d\d)([T ].*)?|{_MONTH} \d{{1,2}},? \d{{4}}( .*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SHARE = 0.8
_DIGITS = re.compile(r"\d+")


def kind_of(cells: Sequence[str]) -> str:
    """`number`, `date` or `email` where at least 80 % of the filled cells are one; else `text`, also where none is filled."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    for kind, pattern in (("date", _DATE), ("number", _NUMBER), ("email", _EMAIL)):
        if filled and sum(bool(pattern.fullmatch(cell)) for cell in filled) >= _SHARE * len(filled):
            return kind
    return "text"


def are_names(cells: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Whether two or more cells can name columns: different words, none a value in the rows above it, nor as `T4` is where T1 stands."""
    words = [cell.strip() for cell in cells]
    if len(words) < 2 or len(set(words)) < len(words) or any(not word or kind_of([word]) != "text" for word in words):
        return False
    shapes = [_DIGITS.sub("0", word) for word in words]
    return not any(_DIGITS.sub("0", row[i].strip()) == shape for row in above for i, shape in enumerate(shapes[: len(row)]))
