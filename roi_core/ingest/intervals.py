"""How often a subscription is billed, in words: the months of one interval, and the canonical word nearest to it."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells, Reading, missing
from roi_core.ingest.headers import words_of

INTERVAL = "subscriptions.interval"
"""The column that these words stand in."""

MONTHS_PER_INTERVAL: Mapping[str, float] = MappingProxyType({"day": 12 / 365.25, "week": 12 / 52, "month": 1.0, "quarter": 3.0, "half_year": 6.0, "year": 12.0})
"""Months of each canonical interval."""

_UNITS = MappingProxyType({
    "day": "day daily d taglich quotidien diario", "week": "week weekly wk w wochentlich woche hebdomadaire semanal",
    "month": "month monthly mo mon m monatlich monat mensuel mensuelle mensual mensile",
    "quarter": "quarter quarterly qtr q quartal quartalsweise vierteljahrlich trimestriel trimestrielle trimestral",
    "half_year": "half halfyear halfyearly semiannual semiannually semiyearly semester semestral semestriel semestrielle biannual biannually "
    "halbjahrlich halbjahr",
    "year": "year yearly yr y annual annually anual annuel annuelle annum annuale jahrlich jahr",
})  # fmt: skip
_WORD = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_NOUNS = frozenset({"week", "woche", "month", "monat", "quarter", "quartal", "year", "jahr"})
_WHOLE: Mapping[str, tuple[float, str]] = MappingProxyType(
    {
        **dict.fromkeys(("semi month", "semi monthly", "semimonth", "semimonthly", "twice a month", "twice monthly"), (0.5, "month")),
        **dict.fromkeys(("biweek", "biweekly", "bi week", "bi weekly", "fortnight", "fortnightly", "zweiwochentlich"), (2.0, "week")),
        **dict.fromkeys(("biennial", "biennially", "two years"), (2.0, "year")),
        **dict.fromkeys(("half year", "half yearly", "semi annual", "semi annually", "semi yearly", "bi annual", "bi annually"), (1.0, "half_year")),
        **dict.fromkeys(("every other week",), (2.0, "week")),
        **dict.fromkeys(("every other month",), (2.0, "month")),
    }
)
_COUNTED = re.compile(
    r"^(?:(?:every|each|per|a|an|billed|paid|once|pro|par|por) )*(?:(\d{1,3}) )?([a-z]+?)(?:e?s|\(s\))?(?: (?:billing|plan|subscription|cycle|period))?$"
)
_ISO = re.compile(r"^p(\d{1,3})([dwmy])$")
_ROUNDED = 0.1
_SHORTEST = 4
"""Letters of a word that says in the name of a plan how often it is billed; `m`, `yr` or `day` may say something else there."""
_OTHERWISE = frozenset({"half", "semester"})
_TWO_WAYS = frozenset({"bimonth", "bimonthly", "bi month", "bi monthly"})
_LONGEST_PHRASE, _MOST = 3, 60
_ACCENTS = str.maketrans("\u00e4\u00f6\u00fc\u00e9", "aoue")


def interval_of(text: str, words: Mapping[str, str]) -> tuple[float, str] | None:
    """Months of one interval, and the canonical word nearest to it; None where the words do not say.

    `words` are an export's own. `bimonthly` is not read: it means twice a month as well as every two months.
    """
    spoken = " ".join(re.sub(r"[-_/]", " ", text.casefold()).translate(_ACCENTS).split())
    if spoken in words:
        return MONTHS_PER_INTERVAL[words[spoken]], words[spoken]
    found = _WHOLE.get(spoken) or _counted(spoken)
    if found is None or not found[0]:
        return None
    months = found[0] * MONTHS_PER_INTERVAL[found[1]]
    return months, _nearest(months, found[1])


def in_names(plans: Cells) -> tuple[pa.Array, pa.Array]:
    """Months of the interval that the name of each distinct plan says, and its canonical word; null where it says none, or several."""
    found = [_in_name(text) for text in plans.distinct.to_pylist()]
    return pa.array([one[0] if one else None for one in found], pa.float64()), pa.array([one[1] if one else None for one in found], pa.string())


def _in_name(plan: str) -> tuple[float, str] | None:
    words = re.findall(r"\d+|[a-z]+", words_of(plan).translate(_ACCENTS))
    found: set[tuple[float, str]] = set()
    place = 0
    while place < len(words):
        phrases = {width: " ".join(words[place : place + width]) for width in range(_LONGEST_PHRASE, 0, -1)}
        if _TWO_WAYS.intersection(phrases.values()):
            return None
        width = next((width for width, phrase in phrases.items() if phrase in _WHOLE), 1)
        said = _WHOLE.get(phrases[width]) or _of_word(words, place)
        found |= {said} if said else set()
        place += width
    if len(found) != 1:
        return None
    times, unit = found.pop()
    months = times * MONTHS_PER_INTERVAL[unit]
    return months, _nearest(months, unit)


def _of_word(words: Sequence[str], place: int) -> tuple[float, str] | None:
    """What one word says; the number before it counts where it is a noun: `6 months`, but not `2 monthly`."""
    word = words[place]
    stem = next((stem for stem in (word, word.removesuffix("s"), word.removesuffix("e")) if stem in _WORD), "")
    if len(stem) < _SHORTEST or stem in _OTHERWISE:
        return None
    before = int(words[place - 1]) if place and words[place - 1].isdigit() else 0
    return (float(before) if stem in _NOUNS and 0 < before <= _MOST else 1.0), _WORD[stem]


def _nearest(months: float, unit: str) -> str:
    """The unit itself up to a month, so that several bills make a month; else the next longer interval, at most a year."""
    if months <= 1:
        return unit
    return next((name for name, one in MONTHS_PER_INTERVAL.items() if one > 1 and one >= months - _ROUNDED), "year")


def _counted(spoken: str) -> tuple[float, str] | None:
    match = _ISO.match(spoken) or _COUNTED.match(re.sub(r"(\d)([a-z])", r"\1 \2", spoken))
    unit = _WORD.get(match[2]) if match else None
    return (float(match[1] or 1), unit) if match and unit else None


def read_intervals(cells: Cells, words: Mapping[str, str]) -> Reading:
    """The canonical interval of each distinct text; one that the words do not say is bad, with a question."""
    found = [interval_of(text, words) for text in cells.distinct.to_pylist()]
    unread = np.array([one is None for one in found], dtype=np.bool_) & ~missing(cells.distinct)
    bad = dict.fromkeys(np.flatnonzero(unread).tolist(), "is no billing interval that can be read")
    names = pa.array([one[1] if one else None for one in found], pa.string())
    return Reading(names, bad, _unread(cells, bad))


def months_of(cells: Cells, words: Mapping[str, str]) -> pa.Array:
    """Months of the interval of each distinct text, null where the words do not say."""
    found = [interval_of(text, words) for text in cells.distinct.to_pylist()]
    return pa.array([one[0] if one else None for one in found], pa.float64())


def _unread(cells: Cells, bad: Mapping[int, str]) -> tuple[str, ...]:
    if not bad:
        return ()
    shown = ", ".join(quoted(cells.distinct[code].as_py()) for code in list(bad)[:6])
    rows = int(cells.counts()[list(bad)].sum())
    return (f"ask: how often is {shown} billed? Rows: {rows}; no revenue a month is taken from their price. Write it as a number of weeks, months or years",)
