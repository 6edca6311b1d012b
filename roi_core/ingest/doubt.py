"""Whether text that was read as cp1252 looks like it, and which other encodings its bytes would make sense in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

WESTERN = "cp1252"
_SAMPLE = 1 << 17
_LONGEST = 20
_MOST_STRANGE = 0.2
_LEAST_PLAIN = 0.8

_HIGH = re.compile(rb"[\x80-\xff]+")
_LATIN = re.compile(rb"[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_SIGNS = re.compile(rb"[\x80\x84\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb]")
_KANA, _HANGUL = range(0x3041, 0x30FF), range(0xAC00, 0xD7A4)
_HAN = range(0x4E00, 0xA000)
_CYRILLIC, _GREEK = range(0x400, 0x460), range(0x386, 0x3CF)
_LATIN_LETTERS = (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x180))
_OF_TWO_BYTES = ("shift_jis", "euc_jp", "euc_kr", "gbk", "big5")
_OF_ONE_BYTE = ("cp1251", "koi8-r", "cp1253", "cp1250")
_MOST_NAMED = 3
_ODD_CASE = re.compile(r"[a-z\u0430-\u045f\u03ac-\u03ce][A-Z\u0400-\u042f\u0386-\u03ab]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """`note` asks it in words; `readings` maps encodings to the start of one word of the file, at most 20 characters and never all of it.

    The first is cp1252; the others, of which there may be none, are those that the bytes fit, the likeliest first.
    """

    note: str
    readings: Mapping[str, str]


def doubt(lines: Iterable[bytes]) -> Doubt | None:
    """A doubt where over 20 % of the bytes beyond ASCII are no Latin letters as words have them; `lines` were read as cp1252."""
    text = _first(lines)
    runs = [text[max(found.start() - 1, 0) : found.end() + 1] for found in _HIGH.finditer(text)]
    high = sum(len(_bytes_beyond_ascii(run)) for run in runs)
    strange = [run for run in runs if _is_strange(run)]
    if not high or sum(len(_bytes_beyond_ascii(run)) for run in strange) <= _MOST_STRANGE * high:
        return None
    ranked = (*_OF_TWO_BYTES, *sorted(_OF_ONE_BYTE, key=lambda encoding: -_fit(text, encoding)))
    others = [encoding for encoding in ranked if _fit(text, encoding) >= _LEAST_PLAIN][:_MOST_NAMED]
    longest = max(map(_bytes_beyond_ascii, strange), key=len)
    piece = longest[: min(_LONGEST, max(len(longest) // 2, 2) // 2 * 2)]
    return _asked(piece, others)


def _first(lines: Iterable[bytes]) -> bytes:
    taken = bytearray()
    for line in lines:
        taken += line
        if len(taken) > _SAMPLE:
            break
    return bytes(taken)


def _bytes_beyond_ascii(text: bytes) -> bytes:
    return b"".join(_HIGH.findall(text))


def _is_strange(run: bytes) -> bool:
    """Three bytes beyond ASCII together, or one that is neither a Latin letter nor a sign that stands between words."""
    high = _bytes_beyond_ascii(run)
    return len(high) > 2 or not all(_LATIN.match(high, i) or _SIGNS.match(high, i) for i in range(len(high)))


def _fit(text: bytes, encoding: str) -> float:
    """Share of the letters beyond ASCII that are common in what `encoding` is for, capitals inside of words taken off; 0 where it is not that."""
    try:
        read = text.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    letters = [c for c in read if not c.isascii() and c.isalpha()]
    if not letters or (encoding in {"shift_jis", "euc_jp"} and not any(ord(c) in _KANA for c in letters)):
        return 0.0
    return (sum(c in _common(encoding) for c in letters) - len(_ODD_CASE.findall(read))) / len(letters)


@cache
def _common(encoding: str) -> frozenset[str]:
    """Letters that text in an encoding mostly has; of Chinese signs those of the first level of its standard."""
    if encoding == "gbk":
        return _two_bytes(encoding, range(0xB0, 0xD8))
    if encoding == "big5":
        return _two_bytes(encoding, range(0xA4, 0xC7))
    single = {"euc_kr": _HANGUL, "cp1251": _CYRILLIC, "koi8-r": _CYRILLIC, "cp1253": _GREEK, "cp1250": _LATIN_LETTERS}
    return frozenset(map(chr, single.get(encoding, (*_KANA, *_HAN))))


def _two_bytes(encoding: str, leads: range) -> frozenset[str]:
    return frozenset(bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in range(0xA1, 0xFF))


def _asked(piece: bytes, others: list[str]) -> Doubt:
    readings = {WESTERN: piece.decode(WESTERN, "replace")[:_LONGEST], **{other: piece.decode(other, "ignore")[:_LONGEST] for other in others}}
    shown = readings[WESTERN]
    if not others:
        note = f'ask: is this Western European text? A word in it starts "{shown}…"; if that is wrong, save the file as UTF-8 and load it again.'
        return Doubt(note, readings)
    note = (
        f'ask: a word that was read as "{shown}…" (cp1252) would start "{readings[others[0]]}…" in {others[0]}; the bytes fit {", ".join(others)}. '
        "If the first is wrong, say so, or save the file as UTF-8 and load it again."
    )
    return Doubt(note, readings)
