"""The column of a survey that holds its score: found by what its question says and by what its answers are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import matches
from roi_core.ingest.export import Export, Scale, ScoreQuestion

SCORE, KIND = "surveys.score", "surveys.kind"

_LABELLED = r"^(\d{1,2})\D*$"
_NUMBER = re.compile(r"(\d{1,2})(?:[.,]\d+|\D*)")
_MOST, _MOST_SHOWN = 10, 4
_MACHINE = "{"
"""How an id begins that a survey tool writes into a header row."""

_GROUPED = r"(?i)nps[ _]?group|- group$"
"""A column that a survey tool makes from the answers to the question for a recommendation."""


@dataclass(frozen=True, slots=True)
class FoundScore:
    """The place of the header (from 0) under which the scores stand, the kind of survey and the scale of its answers."""

    place: int
    kind: str
    scale: Scale


def find_score(export: Export, headers: Sequence[str], mapping: Mapping[int, str], sample: pa.Table) -> tuple[FoundScore | None, str]:
    """The one column whose question and answers fit, and what to say of it; a question to the user where none or several fit.

    `sample` (c0..cN, text) begins with the further header rows of the export, where it has any.
    """
    rows = export.shape.header_rows if export.shape else 0
    asked = [place for place in range(len(headers)) if place not in mapping and f"c{place}" in sample.column_names]
    texts = _questions(headers, sample.slice(0, rows))
    fits = [found for place in asked if (found := _fit(export.finds, place, headers[place], texts[place], sample.slice(rows)))]
    if len(fits) == 1:
        return fits[0], f"the score is read from {quoted(texts[fits[0].place])}, a question for {fits[0].kind}"
    if not fits:
        return None, "ask: which column holds the score, and is it nps, csat or ces? no question and its answers could be told to be one"
    shown = ", ".join(f"column {found.place + 1} {quoted(texts[found.place])} ({found.kind})" for found in fits[:_MOST_SHOWN])
    more = f" and {len(fits) - _MOST_SHOWN} more" if len(fits) > _MOST_SHOWN else ""
    return None, f"ask: which column holds the score? {len(fits)} questions ask for one: {shown}{more}"


def with_score(export: Export, found: FoundScore) -> Export:
    """The declaration of an export with what was found in one file: kind of survey, scale, and numbers that carry a label."""
    return replace(
        export,
        constants=MappingProxyType({**export.constants, KIND: found.kind}),
        scales=MappingProxyType({**export.scales, SCORE: found.scale}),
        extracts=MappingProxyType({**export.extracts, SCORE: _LABELLED}),
    )


def _questions(headers: Sequence[str], below: pa.Table) -> list[str]:
    """What each column asks: its header, or that of the question to its left where it has none, and the rows below that are headers too."""
    texts: list[str] = []
    question = ""
    for place, header in enumerate(headers):
        question = header.strip() or question
        further = below.column(f"c{place}").to_pylist() if f"c{place}" in below.column_names else []
        texts.append(" ".join(dict.fromkeys(text for text in (question, *map(str.strip, further)) if text and not text.startswith(_MACHINE))))
    return texts


def _fit(questions: Sequence[ScoreQuestion], place: int, header: str, text: str, answers: pa.Table) -> FoundScore | None:
    said = pa.array([text])
    question = next((one for one in questions if matches(said, f"(?is){one.asks}").any()), None)
    if question is None or matches(pa.array([header, text]), _GROUPED).any():
        return None
    distinct = [" ".join(answer.casefold().split()) for answer in pc.unique(answers.column(f"c{place}")).to_pylist()]
    scale = next((scale for scale in question.scales if _knows(scale, distinct)), None)
    return FoundScore(place, question.kind, scale) if scale else None


def _knows(scale: Scale, answers: Sequence[str]) -> bool:
    """Whether every answer is a score of the scale, and at least one is filled."""
    given = [answer for answer in answers if answer not in scale.no_answer]
    return bool(given) and all(answer in scale.words or _is_number(answer) for answer in given)


def _is_number(answer: str) -> bool:
    number = _NUMBER.fullmatch(answer)
    return number is not None and int(number[1]) <= _MOST
