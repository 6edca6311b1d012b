"""What a few cells look like, without deciding what they mean: enough to tell a header row from data."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[-+(]?[$€£]?\s*\d[\d.,\s']*%?\)?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?|\d{1,2}:\d{2}(:\d{2})?.*")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SHARE = 0.8


def kind_of(cells: Sequence[str]) -> str:
    """`number`, `date` or `email` where at least 80 % of the filled cells are one; else `text`, also where none is filled."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    for kind, pattern in (("date", _DATE), ("number", _NUMBER), ("email", _EMAIL)):
        if filled and sum(bool(pattern.fullmatch(cell)) for cell in filled) >= _SHARE * len(filled):
            return kind
    return "text"
