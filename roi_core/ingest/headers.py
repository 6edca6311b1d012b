"""One header: its folded name, and the unit or zone that its bracket holds."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_BRACKET = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<bracket>[^()\[\]]+)[)\]]$")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_ZONE = re.compile(r"^(utc|gmt|[a-z_]+/[a-z_+\-0-9]+(/[a-z_]+)?|[ecmp][sd]t|cet|cest|bst|(utc|gmt)?[+-]\d{1,2}(:?\d{2})?)$", re.IGNORECASE)
_UNIT = re.compile(r"^(in )?(s|secs?|seconds|m|mins?|minutes|h|hrs?|hours|d|days|hh:mm:ss|months?|usd|eur|gbp|chf|jpy|cad|aud|%|[$€£¥])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """`folded` is compared between files; `bare` is the same without a unit or zone in brackets."""

    text: str
    folded: str
    bare: str
    unit: str | None
    zone: str | None


def read_header(text: str) -> Header:
    """Folds NFKC, byte order mark, case, blanks and dashes; a bracket is cut off only where it holds a unit or a zone."""
    plain = " ".join(_DASHES.sub("-", unicodedata.normalize("NFKC", text)).replace("\ufeff", "").split())
    match = _BRACKET.match(plain)
    bracket = match["bracket"] if match else ""
    zone = bracket if _ZONE.match(bracket) else None
    unit = bracket.lower().removeprefix("in ") if _UNIT.match(bracket) else None
    folded = plain.casefold()
    bare = match["name"].casefold() if match and (zone or unit) else folded
    return Header(text, folded, bare, unit, zone)


def words_of(text: str) -> str:
    """A header as lower-case words: `totalRevenue`, `total_revenue` and `Total Revenue` all become `total revenue`."""
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", unicodedata.normalize("NFKC", text))
    return " ".join(re.sub(r"[^\w%#]+|_", " ", split).casefold().split())


def fingerprint(headers: Iterable[str]) -> str:
    """The same for files with the same headers in any order, case and spacing: 32 hexadecimal digits."""
    folded = sorted(read_header(header).folded for header in headers)
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest()[:32]
