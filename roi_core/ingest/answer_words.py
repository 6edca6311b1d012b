"""The usual words of a satisfaction answer in four languages, and the scale they make where no export declares one."""

import re
from itertools import pairwise
from types import MappingProxyType

import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, missing
from roi_core.ingest.export import Scale
from roi_core.ingest.score_questions import SATISFIED, word_scale
from roi_core.ingest.sources import Source

_MOST_WORDS = 24
_LABELLED = re.compile(r"(\d{1,2})[ .]*[-\u2013:=(.,]\s*([^\d()]+?)\)?")

_SCALES = (
    *SATISFIED,
    word_scale(
        ("bad", "dissatisfied", "unhappy", "negative", "schlecht", "unzufrieden", "mauvais", "malo"),
        ("good", "satisfied", "happy", "positive", "gut", "zufrieden", "bon", "bueno"),
    ),
    word_scale(
        ("bad", "not good", "unhappy", "negative", "schlecht"),
        ("okay", "ok", "neutral", "average", "mittel"),
        ("good", "great", "happy", "positive", "gut"),
    ),
    word_scale(("poor",), ("fair",), ("good",), ("very good",), ("excellent",)),
    word_scale(
        ("very bad", "very poor", "terrible", "awful"),
        ("bad", "poor"),
        ("okay", "ok", "average", "neutral", "fair"),
        ("good",),
        ("very good", "great", "excellent"),
    ),
    word_scale(
        ("sehr unzufrieden",),
        ("unzufrieden", "eher unzufrieden"),
        ("neutral", "teils teils", "teils/teils", "teils, teils", "weder noch", "weder zufrieden noch unzufrieden"),
        ("zufrieden", "eher zufrieden"),
        ("sehr zufrieden",),
    ),
    word_scale(("sehr schlecht",), ("schlecht",), ("mittel", "mittelm\u00e4\u00dfig", "neutral", "okay", "ok"), ("gut",), ("sehr gut",)),
    word_scale(("ungen\u00fcgend",), ("mangelhaft",), ("ausreichend",), ("befriedigend",), ("gut",), ("sehr gut",)),
    word_scale(
        ("tr\u00e8s insatisfait", "tr\u00e8s insatisfaite"),
        ("insatisfait", "insatisfaite", "plut\u00f4t insatisfait"),
        ("neutre", "ni satisfait ni insatisfait"),
        ("satisfait", "satisfaite", "plut\u00f4t satisfait"),
        ("tr\u00e8s satisfait", "tr\u00e8s satisfaite"),
    ),
    word_scale(
        ("muy insatisfecho", "muy insatisfecha"),
        ("insatisfecho", "insatisfecha"),
        ("neutral", "ni satisfecho ni insatisfecho"),
        ("satisfecho", "satisfecha"),
        ("muy satisfecho", "muy satisfecha"),
    ),
)  # fmt: skip
"""A set of answers is on the first scale that knows all of them."""

_ENDS = MappingProxyType(
    {
        **dict.fromkeys(("best", "top", "highest satisfaction", "beste", "am besten", "meilleur", "mejor"), 1.0),
        **dict.fromkeys(("worst", "schlechteste", "am schlechtesten", "pire", "peor"), 0.0),
    }
)


def folded(text: str) -> str:
    """Small letters, single blanks."""
    return " ".join(text.casefold().split())


def scale_of_words(words: set[str]) -> Scale | None:
    """The first scale that knows every one of some folded words; None where none does or there are none."""
    return next((scale for scale in _SCALES if words <= scale.words.keys()), None) if words else None


def goodness(label: str) -> float | None:
    """How good an answer is, from 0 to 1, by its words alone; None where they are not known."""
    if label in _ENDS:
        return _ENDS[label]
    scale = scale_of_words({label})
    return (scale.words[label] - 1) / (scale.top - 1) if scale else None


def scale_of(source: Source) -> Scale | None:
    """The declared scale of a score, else that of the words that stand in it; None where it holds numbers, or words that are no answers."""
    declared = source.export.scales.get(source.canonical) if source.export else None
    return declared or _spoken_scale(source.cells) or labelled_scale(source.cells)[0]


def _spoken_scale(cells: Cells) -> Scale | None:
    if not 0 < len(cells.distinct) <= _MOST_WORDS:
        return None
    texts = [folded(text) for text, gone in zip(cells.distinct.to_pylist(), missing(cells.distinct), strict=True) if not gone]
    return scale_of_words({text for text in texts if not text.replace(".", "", 1).replace(",", "", 1).isdigit()})


def labelled_scale(cells: Cells) -> tuple[Scale | None, bool]:
    """The scale of answers such as `5 - very satisfied`, and whether their words say that 1 is the best of them."""
    if not 1 < len(cells.distinct) <= _MOST_WORDS:
        return None, False
    found = {folded(text): _LABELLED.fullmatch(folded(text)) for text in cells.distinct.to_pylist()}
    numbers = {text: (float(match[1]), match[2].strip()) for text, match in found.items() if match}
    words = scale_of_words({label for _, label in numbers.values()}) if len(numbers) == len(found) else None
    if words is None or min(number for number, _ in numbers.values()) < 1:
        return None, False
    good = [words.words[label] for _, label in sorted(numbers.values())]
    steps = [after - before for before, after in pairwise(good)]
    if not steps or not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        return None, False
    highest, turned = max(number for number, _ in numbers.values()), steps[0] < 0
    top = next((float(top) for top in (2, 3, 5, 7, 10) if highest <= top), highest)
    top = max(highest, words.top) if highest <= words.top <= top else top
    return Scale(top, MappingProxyType({text: top + 1 - number if turned else number for text, (number, _) in numbers.items()})), turned


def labels_of(cells: Cells) -> dict[str, float] | None:
    """How good each distinct text is where all of them are answers in words and there are two at least, else None."""
    if not 1 < len(cells.distinct) <= _MOST_WORDS or pc.any(pc.match_substring_regex(cells.distinct, r"\d")).as_py():
        return None
    texts = cells.distinct.to_pylist()
    scale = scale_of_words({folded(text) for text in texts})
    return {text: (scale.words[folded(text)] - 1) / (scale.top - 1) for text in texts} if scale else None
