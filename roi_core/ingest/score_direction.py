"""Whether 1 is the best or the worst answer of a scale: by labels beside the numbers, by the header's or the preamble's words, else asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.answer_words import folded, goodness, labelled_scale, labels_of, scale_of, scale_of_words
from roi_core.ingest.cells import Cells
from roi_core.ingest.questions import Question
from roi_core.ingest.sources import Source
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.words import top_of_scale

SUBJECT, UP, DOWN = "direction", "up", "down"
"""The question which end is best: the highest score (`up`) or 1 (`down`)."""

SCORED: Mapping[str, tuple[str, str]] = {"tickets": ("csat_score", "csat_scale"), "surveys": ("score", "scale"), "flat": ("satisfaction", "satisfaction_scale")}
"""By table, the column of satisfaction as answered, and that of the top of its scale."""

_SAID = re.compile(r"(?<![\d.,])(\d{1,2})\s*(?:[=:(\u2013-]|is\b|ist\b|\s)\s*([^\W\d][^\d,;()/|=\"]*)")
_SCHOOL = re.compile(r"schul ?note|notenskala|school ?(grade|mark)|deutsche noten", re.IGNORECASE)
_GRADE = re.compile(r"\bnoten?\b|\bgrades?\b|\bmarks?\b", re.IGNORECASE)
_SCHOOL_TOP = 6.0
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Directed:
    """Columns that replace or join the typed ones, what to say, and what to ask."""

    columns: dict[str, pa.Array] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    asks: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Which end is best, why, and whether that settles it."""

    best: str
    why: str
    settled: bool


def directed(text: TextTable, entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> Directed:
    """The scores of a table with 1 as the worst. They are turned round where evidence or the user says that 1 is the best; NPS never is."""
    name, top_name = SCORED.get(entity, ("", ""))
    source = sources.get(name)
    if source is None or name not in columns:
        return Directed()
    if scale_of(source) is not None:
        return Directed(notes=_labelled_note(source))
    scores = columns[name]
    if (highest := pc.max(scores).as_py()) is None or highest <= 1:
        return Directed()
    said = source.answer(SUBJECT)
    found = _Evidence(said, "you said so", settled=True) if said in (UP, DOWN) else _evidence(text, source, scores)
    if found is None:
        return Directed()
    turned = _turned(scores, columns, source, top_name) if found.best == DOWN else {}
    return Directed({key or name: value for key, value in turned.items()}, _notes(source, found), _asks(source, found))


def _labelled_note(source: Source) -> tuple[str, ...]:
    declared = source.export is not None and source.canonical in source.export.scales
    turned = not declared and labelled_scale(source.cells)[1]
    return (f"{source.header.text}: 1 is the best answer, since its own words say so; they are turned round",) if turned else ()


def _turned(scores: pa.Array, columns: Mapping[str, pa.Array], source: Source, top_name: str) -> dict[str, pa.Array]:
    """The turned scores under "", and the top of their scale where the file does not give it."""
    own = pc.fill_null(pc.equal(columns["kind"], "nps"), fill_value=False) if "kind" in columns else pa.array(np.zeros(len(scores), np.bool_))
    if top_name in columns:
        return {"": pc.if_else(own, scores, pc.subtract(pc.add(columns[top_name], 1.0), scores))}
    told = source.answer("scale")
    rated = scores.filter(pc.invert(own))
    top = float(told) if told else _SCHOOL_TOP if _is_school(source, rated) else top_of_scale(rated)
    tops = pc.if_else(own, 10.0, pc.if_else(pc.is_valid(scores), top, None))
    return {"": pc.if_else(own, scores, pc.subtract(pc.add(top, 1.0), scores)), top_name: tops}


def _is_school(source: Source, scores: pa.Array) -> bool:
    return bool(_SCHOOL.search(source.header.text) and (pc.max(scores).as_py() or 0) <= _SCHOOL_TOP)


def _evidence(text: TextTable, source: Source, scores: pa.Array) -> _Evidence | None:
    """The strongest evidence that there is: labels beside the numbers, then what header or preamble say, then a word that is used for both."""
    labelled = [found for place in range(len(text.headers)) if (found := _beside(text, place, source, scores))]
    if labelled:
        return next((found for found in labelled if found.settled), labelled[0])
    for where, words in (("its header", source.header.text), ("the text above the table", " ".join(text.notes))):
        if (best := _spelled_out(words)) is not None:
            return _Evidence(best, f"{where} says so", settled=True)
    if _SCHOOL.search(source.header.text):
        return _Evidence(DOWN, "its header speaks of school grades", settled=False)
    if _GRADE.search(source.header.text) and (pc.max(scores).as_py() or 0) <= _SCHOOL_TOP:
        return _Evidence(UP, "its header may mean school grades", settled=False)
    return None


def _beside(text: TextTable, place: int, source: Source, scores: pa.Array) -> _Evidence | None:
    """What a column of answers in words says of the numbers in its rows."""
    seen = {folded(one) for one in pc.unique(text.text.column(f"c{place}")[:_SAMPLE]).to_pylist()} - {""}
    if text.headers[place] == source.header.text or scale_of_words(seen) is None:
        return None
    cells = Cells.of(text.text.column(f"c{place}"), text.lines)
    labels = labels_of(cells)
    if labels is None:
        return None
    good = np.array([labels[label] for label in cells.distinct.to_pylist()])
    numbers = np.asarray(scores.fill_null(np.nan).to_numpy(zero_copy_only=False), np.float64)
    means = _means(cells.codes, numbers, len(good))
    known = np.isfinite(means)
    if known.sum() < 2 or len(set(good[known])) < 2:
        return None
    steps = np.diff(means[known][np.argsort(good[known], kind="stable")])
    settled = bool((steps > 0).all() or (steps < 0).all())
    best = DOWN if settled and steps[0] < 0 else UP
    return _Evidence(best, f"the words in {text.headers[place]} {'say so' if settled else 'do not agree with the numbers'}", settled)


def _means(codes: npt.NDArray[np.int32], numbers: npt.NDArray[np.float64], levels: int) -> npt.NDArray[np.float64]:
    chosen = (codes >= 0) & np.isfinite(numbers)
    counts = np.bincount(codes[chosen], minlength=levels)
    sums = np.bincount(codes[chosen], weights=numbers[chosen], minlength=levels)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _spelled_out(words: str) -> str | None:
    """`down` where 1 is said to be good or a higher number bad, `up` the other way round, None where nothing is said or both are."""
    told = set()
    for number, label in _SAID.findall(words):
        good = next((known for cut in _beginnings(label) if (known := goodness(cut)) is not None), None)
        if good is not None and good != 0.5:
            told.add(UP if (int(number) > 1) == (good > 0.5) else DOWN)
    return told.pop() if len(told) == 1 else None


def _beginnings(label: str) -> list[str]:
    """The first three, two and one words of a label."""
    words = folded(label).split()
    return [" ".join(words[:n]) for n in (3, 2, 1) if len(words) >= n]


def _notes(source: Source, found: _Evidence) -> tuple[str, ...]:
    header, read = source.header.text, "they are turned round" if found.best == DOWN else "they are read as they stand"
    if not found.settled:
        return (f"ask: {header}: is 1 the best answer? {found.why}; {read}",)
    return (f"{header}: 1 is the best answer, since {found.why}; {read}",) if found.best == DOWN else ()


def _asks(source: Source, found: _Evidence) -> tuple[Question, ...]:
    if found.settled:
        return ()
    return (Question.of(SUBJECT, (source.header.text,), {UP: '"1" is the worst answer', DOWN: '"1" is the best answer'}, found.best, of_one=True),)
