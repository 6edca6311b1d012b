"""Which arm of a test a word names: `treatment` was helped differently, `control` was not. What no word tells is asked."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa

from roi_core.errors import quoted
from roi_core.ingest.header_words import tokens
from roi_core.ingest.person_names import without_names
from roi_core.ingest.personal import masked
from roi_core.ingest.questions import Question
from roi_core.ingest.sources import Source

TREATMENT, CONTROL = "treatment", "control"
SUBJECT, UNKNOWN = "control_arm", "?"
_OTHER: Mapping[str, str] = MappingProxyType({TREATMENT: CONTROL, CONTROL: TREATMENT})
_MOST_ARMS = 12
"""A column with more different words names no arms."""

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "treatment", "treated", "treat", "test", "tested", "variant", "variation", "intervention", "exposed", "experiment", "experimental", "helped",
                "behandlung", "traitement", "tratamiento",
            ),
            TREATMENT,
        ),
        **dict.fromkeys(
            (
                "control", "holdout", "hold out", "held out", "holdback", "baseline", "placebo", "untreated", "not treated", "unexposed", "not exposed",
                "kontrolle", "temoin", "no treatment", "not helped", "kontroll", "without", "business as usual",
            ),
            CONTROL,
        ),
    }
)  # fmt: skip
_MARKS: tuple[Mapping[str, str], ...] = (
    MappingProxyType({"a": CONTROL, "b": TREATMENT}),
    MappingProxyType({"0": CONTROL, "1": TREATMENT}),
    MappingProxyType({"0 0": CONTROL, "1 0": TREATMENT}),
    MappingProxyType({"no": CONTROL, "yes": TREATMENT}),
    MappingProxyType({"n": CONTROL, "y": TREATMENT}),
    MappingProxyType({"false": CONTROL, "true": TREATMENT}),
    MappingProxyType({"f": CONTROL, "t": TREATMENT}),
    MappingProxyType({"c": CONTROL, "t": TREATMENT}),
    MappingProxyType({"off": CONTROL, "on": TREATMENT}),
    MappingProxyType({"nein": CONTROL, "ja": TREATMENT}),
    MappingProxyType({"non": CONTROL, "oui": TREATMENT}),
    MappingProxyType({"no": CONTROL, "si": TREATMENT}),
)
"""Signs that mean something only beside each other: a 1 beside a 2 is no yes. One that stands alone says which arm it is all the same."""
_OF_ANY_ARM = frozenset(("group", "arm", "cell", "bucket", "gruppe", "groupe", "grupo", "customer", "kunde", "client", "cliente"))
_COMPOUND = re.compile(r"(kontroll|test)gruppe")


class Arms(NamedTuple):
    """The arm of every row (null where no word tells it), what to say about the column, and what to ask."""

    values: pa.Array
    notes: tuple[str, ...]
    asks: tuple[Question, ...]


def read_arms(source: Source) -> Arms:
    """`treatment` or `control` in every row whose word tells it, by itself, beside the others, or because the user said so; else a question."""
    words: Sequence[str] = source.cells.distinct.to_pylist()
    said = source.answer(SUBJECT)
    found = _as_said(words, said) if said in words else arms_of(words)
    values = source.cells.spread(pa.array([found.get(word) for word in words], pa.string()))
    if all(word in found for word in words):
        return Arms(values, _told(source, words, found), ())
    counts, shown = source.cells.counts(), _shown(source)
    most = sorted(range(len(words)), key=lambda place: (-int(counts[place]), words[place]))[:_MOST_ARMS]
    note = f"ask: {source.header.text}: which arm went without the help? Nobody of this test is compared until that is said"
    return Arms(values, (note,), (_asks(source.header.text, [words[place] for place in most if words[place] == shown[place]]),))


def _shown(source: Source) -> Sequence[str]:
    """The distinct words as they may be kept in a report: without names of people, addresses and telephone numbers."""
    shown, _ = without_names(source.cells, masked(source.cells.distinct))
    return [str(text) for text in shown.to_pylist()]


def arms_of(words: Sequence[str]) -> dict[str, str]:
    """The arm of each word that tells one, by itself or beside the others.

    Of two words the second is the other arm where the first is known by name; of several that hold a control, all others were helped.
    """
    plain = {word: _plain(word) for word in words}
    found = {word: arm for word, text in plain.items() if (arm := _WORDS.get(text)) is not None}
    marked = _marked(plain) if not found else {}
    rest = [word for word in words if word not in found]
    if marked:
        return marked
    if len(words) == 2 and len(rest) == 1:
        return {**found, rest[0]: _OTHER[next(iter(found.values()))]}
    if CONTROL in found.values() and len(words) <= _MOST_ARMS:
        return {**found, **dict.fromkeys(rest, TREATMENT)}
    return found


def _marked(plain: Mapping[str, str]) -> dict[str, str]:
    """Signs such as A and B, or 0 and 1; with a third beside them, such as C or 2, all but the control were helped."""
    texts = set(plain.values())
    for marks in _MARKS:
        alone = len(texts) == 1 and texts <= marks.keys()
        if alone or (len(texts) <= _MOST_ARMS and marks.keys() <= texts and (len(texts) == 2 or _goes_on(texts))):
            return {word: marks.get(text, TREATMENT) for word, text in plain.items()}
    return {}


def _goes_on(texts: set[str]) -> bool:
    """Letters from a, or numbers from 0, without a gap."""
    ordered = sorted(texts)
    return ordered in ([chr(ord("a") + place) for place in range(len(ordered))], [str(place) for place in range(len(ordered))])


def _plain(word: str) -> str:
    """A word without case, accents and what every arm is called: `Group B` is b, `Control_group` is control."""
    apart = _COMPOUND.sub(r"\1 gruppe", word.casefold())
    said = [part for part in tokens(apart) if part not in _OF_ANY_ARM]
    bare = [part for part in said if part not in ("variant", "variation", "treatment")]
    if len(said) > 1 and len(bare) == 1 and len(bare[0]) == 1:
        said = bare
    return " ".join(said) or word.casefold()


def _as_said(words: Sequence[str], control: str | None) -> dict[str, str]:
    return {word: CONTROL if word == control else TREATMENT for word in words}


def _told(source: Source, words: Sequence[str], found: Mapping[str, str]) -> tuple[str, ...]:
    counts = source.cells.counts()
    told = [
        f"{quoted(text)} {int(n):,} {'with' if found[word] == TREATMENT else 'without'} the help"
        for word, text, n in zip(words, _shown(source), counts, strict=True)
    ]
    return (f"{source.header.text}: {', '.join(told[:_MOST_ARMS])}",) if told else ()


def _asks(header: str, words: Sequence[str]) -> Question:
    ways = {UNKNOWN: "none of them yet", **{word: f"{quoted(word)} went without the help" for word in words}}
    return Question.of(SUBJECT, (header,), ways, UNKNOWN, of_one=True)
