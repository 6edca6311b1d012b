"""Match keys: identifiers normalised by kind, then hashed under the key of the workspace. Only distinct values are hashed."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import repeat
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, Reading, mask, matches, missing
from roi_core.ingest.name_parts import FREE_MAIL, LEGAL_FORMS
from roi_core.ingest.plain_keys import COMPANY, DOMAIN, EMAIL, ID, WRITTEN, AtOnce

HASH_LENGTH = 32
_HASH_BLOCK = 64
_EMAIL = re.compile(r"^[^\s@]+@[^\s@]+$")
_AROUND = re.compile(r"^[<>\s]+|[<>\s]+$")
_WORDS_MEAN_NOTHING = ("email", "phone", "domain")
_MANGLED = r"^\d(?:[.,]\d+)?[eE]\+\d{2,}$"


def _seen(text: str) -> str:
    """NFKC, trimmed, without zero-width signs and marks of direction."""
    plain = unicodedata.normalize("NFKC", text)
    return (plain if plain.isascii() else "".join(c for c in plain if unicodedata.category(c) != "Cf")).strip()


def fold_email(text: str) -> str:
    """As it is seen, lower case; `mailto:`, angle brackets and the apostrophe a spreadsheet puts in front taken off."""
    plain = _seen(text).removeprefix("'").strip()
    return _AROUND.sub("", plain.lower().removeprefix("mailto:"))


def fold_domain(text: str) -> str:
    """The part after `@`, or a web address without scheme, `www.` and path; empty for free-mail."""
    host = fold_email(text).rpartition("@")[2].removeprefix("https://").removeprefix("http://").split("/")[0].removeprefix("www.").rstrip(".")
    return "" if host in FREE_MAIL or "." not in host else host


def fold_company(text: str) -> str:
    """Case, accents, punctuation and legal forms folded away: `Café Ltd.` and `CAFE LIMITED` are one, `C++` and `C#` are two."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).replace("&", " and ")
    letters = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s+#]", "", letters.replace("-", " ").replace("/", " ")).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def fold_written(text: str) -> str:
    """A company as it is written, but for case, blanks, commas and full stops: `Delta Ltd` and `Delta GmbH` are two."""
    return fold_name(text.replace(",", " ").replace(".", ""))


def fold_id(text: str) -> str:
    """As it is seen, without the apostrophe a spreadsheet puts in front; case and leading zeros stay. An e-mail address is one.

    `17850.0` is `17850`: programs write whole numbers so where the column has blank cells.
    """
    plain = _seen(text)
    if _EMAIL.match(plain):
        return fold_email(plain)
    bare = plain.removeprefix("'").strip()
    return bare[:-2] if bare.endswith(".0") and bare[:-2].isdecimal() else bare


def fold_phone(text: str) -> str:
    """Digits only, without leading zeros."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text)).lstrip("0")


def fold_name(text: str) -> str:
    """NFKC, case folded, single blanks."""
    return " ".join(_seen(text).casefold().split())


_FOLDS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "email": fold_email,
        "domain": fold_domain,
        "company": fold_company,
        "company_written": fold_written,
        "name": fold_company,
        "phone": fold_phone,
        "agent": fold_name,
        "owner": fold_name,
    }
)


_AT_ONCE: Mapping[Callable[[str], str], AtOnce] = MappingProxyType(
    {fold_email: EMAIL, fold_domain: DOMAIN, fold_company: COMPANY, fold_written: WRITTEN, fold_id: ID}
)


def fold_of(column: str) -> Callable[[str], str]:
    """How identifiers of a canonical column are normalised; ids of any system by `fold_id`."""
    return _FOLDS.get(column, fold_id)


def folded(texts: pa.StringArray, fold: Callable[[str], str]) -> list[str]:
    """Every text (n, none null) normalised by `fold`; the plain ones together, the others one by one."""
    way = _AT_ONCE.get(fold)
    if way is None or not len(texts):
        return [fold(text) for text in texts.to_pylist()]
    done = way.together(texts)
    found: list[str] = done.to_pylist()
    for place in np.flatnonzero(~way.plain(texts, done)):
        found[place] = fold(texts[int(place)].as_py())
    return found


def keyed_hash(text: str, key: bytes) -> str:
    """HMAC-SHA-256 of normalised text, first 32 hexadecimal digits."""
    return hmac.digest(key, text.encode(), "sha256").hex()[:HASH_LENGTH]


def hashing(key: bytes) -> Callable[[str], str]:
    """`keyed_hash` for many texts: the two halves of HMAC (RFC 2104) are begun once."""
    block = (key if len(key) <= _HASH_BLOCK else hashlib.sha256(key).digest()).ljust(_HASH_BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))

    def hashed(text: str) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(text.encode())
        second.update(first.digest())
        return second.hexdigest()[:HASH_LENGTH]

    return hashed


def read_keys(cells: Cells, column: str, key: bytes) -> Reading:
    """Keyed hashes of the distinct values of an identifier column; empty after normalising is null.

    An id that a spreadsheet has shortened to `1.03E+13` is bad: two customers may have become one.
    """
    fold = fold_of(column)
    mangled = shortened(cells.distinct)
    broken = _no_address(cells.distinct) if column == "email" else np.zeros(len(cells.distinct), dtype=bool)
    gone = missing(cells.distinct) if column in _WORDS_MEAN_NOTHING else np.zeros(len(cells.distinct), dtype=bool)
    texts, hashed = folded(cells.distinct, fold), hashing(key)
    hashes = [hashed(text) if text and not lost else None for text, lost in zip(texts, (mangled | gone | broken).tolist(), strict=True)]
    bad = dict.fromkeys(np.flatnonzero(mangled).tolist(), "has been shortened by a spreadsheet and cannot be matched")
    bad |= dict.fromkeys(np.flatnonzero(broken).tolist(), "is not an e-mail address")
    return Reading(pa.array(hashes, pa.string()), bad)


def shortened(distinct: pa.StringArray) -> npt.NDArray[np.bool_]:
    """Which values a spreadsheet has shortened to something like `1.03E+13`."""
    return matches(distinct, _MANGLED)


def _no_address(distinct: pa.StringArray) -> npt.NDArray[np.bool_]:
    return ~mask(pc.match_substring(distinct, "@")) & ~missing(distinct)


def vault_entries(cells: Cells, column: str, hashes: pa.Array) -> tuple[tuple[str, str, str], ...]:
    """(kind, hash, text as first written) of every distinct key, for the encrypted store of what must be shown again."""
    first = dict(zip(reversed(hashes.to_pylist()), reversed(cells.distinct.to_pylist()), strict=True))
    first.pop(None, None)
    return tuple(zip(repeat(column), reversed(first), reversed(first.values())))
