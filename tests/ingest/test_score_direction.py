"""Which end of a satisfaction scale is best is decided by evidence or asked, and words are answers too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

from roi_core.ingest.plan import Plan
from roi_core.ingest.score_direction import DOWN, SUBJECT, UP
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.translate import Typed, translate
from tests.ingest.text_tables import KEY, text_table

NOTHING: Mapping[str, str] = MappingProxyType({})


def surveys(
    header: str, scores: Sequence[str], beside: Mapping[str, Sequence[str]] = MappingProxyType({}), said: Mapping[str, str] = NOTHING, above: str = ""
) -> Typed:
    """Answers of a file that the user has mapped, with further columns beside them."""
    headers = ("Nr", "When", header, *beside)
    rows = [(str(n), "2025-01-02", score, *(column[n] for column in beside.values())) for n, score in enumerate(scores)]
    text: TextTable = replace(text_table(headers, rows), notes=(above,) if above else ())
    roles = {"Nr": "surveys.response_id", "When": "surveys.answered_at", header: "surveys.score"}
    found = Plan("surveys", roles, {"surveys.kind": "csat"}).recognition("a.csv", headers)
    assert found is not None
    return translate(text, replace(found, said=said), KEY)


def read(part: Typed) -> list[float | None]:
    scores: list[float | None] = part.table.column("score").to_pylist()
    return scores


def asked(part: Typed) -> list[str]:
    return [ask.best for ask in part.asks if ask.subject == SUBJECT]


def turned_note(part: Typed) -> bool:
    return any("1 is the best answer, since" in note for note in part.notes)


LABELS = ("Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied")


def test_labels_beside_the_numbers_turn_them_round() -> None:
    part = surveys("Rating", ("1", "2", "3", "4", "5"), {"Answer": LABELS})
    assert (read(part), asked(part), turned_note(part)) == ([5.0, 4.0, 3.0, 2.0, 1.0], [], True)


def test_labels_that_agree_leave_them_and_say_nothing() -> None:
    part = surveys("Rating", ("5", "4", "3", "2", "1"), {"Answer": LABELS})
    assert (read(part), asked(part), turned_note(part)) == ([5.0, 4.0, 3.0, 2.0, 1.0], [], False)


def test_labels_that_do_not_agree_ask_and_turn_nothing() -> None:
    part = surveys("Rating", ("1", "5", "2", "4", "3"), {"Answer": LABELS})
    assert (read(part), asked(part)) == ([1.0, 5.0, 2.0, 4.0, 3.0], [UP])
    assert any(note.startswith("ask: Rating: is 1 the best answer?") for note in part.notes)


@pytest.mark.parametrize("header", ["Rating (1 = very satisfied)", "Bewertung (1=sehr gut, 5=sehr schlecht)", "Score, 1 best 5 worst", "Rating 5 = very poor"])
def test_the_header_says_that_one_is_best(header: str) -> None:
    part = surveys(header, ("1", "2", "5", "3", "4"))
    assert (read(part), asked(part), turned_note(part)) == ([5.0, 4.0, 1.0, 3.0, 2.0], [], True)


@pytest.mark.parametrize("header", ["Rating (5 = very satisfied)", "Rating (1=bad, 5=good)", "Rating", "CSAT 1-5"])
def test_other_headers_leave_them(header: str) -> None:
    part = surveys(header, ("1", "2", "5", "3", "4"))
    assert (read(part), asked(part), turned_note(part)) == ([1.0, 2.0, 5.0, 3.0, 4.0], [], False)


def test_the_text_above_the_table_says_so() -> None:
    part = surveys("Rating", ("1", "2", "5", "3", "4"), above='skipped line 1: "Scale: 1 = sehr zufrieden, 5 = sehr unzufrieden"')
    assert read(part) == [5.0, 4.0, 1.0, 3.0, 2.0]


@pytest.mark.parametrize(("said", "wanted"), [(None, [6.0, 5.0, 1.0]), (UP, [1.0, 2.0, 6.0]), (DOWN, [6.0, 5.0, 1.0])])
def test_school_grades_are_asked_about(said: str | None, wanted: list[float]) -> None:
    part = surveys("Schulnote", ("1", "2", "6"), said={f"{SUBJECT}/Schulnote": said} if said else NOTHING)
    assert read(part) == wanted
    assert asked(part) == ([] if said else [DOWN])
    assert any(note.startswith("ask: Schulnote: is 1 the best answer?") for note in part.notes) == (said is None)


def test_a_note_that_may_be_a_grade_is_asked_about_and_not_turned() -> None:
    part = surveys("Note", ("1", "2", "5"))
    assert (read(part), asked(part)) == ([1.0, 2.0, 5.0], [UP])


WORDS = {
    "german": (("sehr zufrieden", "Zufrieden", "unzufrieden", "sehr unzufrieden"), [5.0, 4.0, 2.0, 1.0], 5.0),
    "english": (("Very satisfied", "Neutral", "Very dissatisfied"), [5.0, 3.0, 1.0], 5.0),
    "two": (("Bad", "Good"), [1.0, 2.0], 2.0),
    "three": (("Bad", "Okay", "Good"), [1.0, 2.0, 3.0], 3.0),
    "numbers with labels": (("5 - Very satisfied", "1 - Very dissatisfied"), [5.0, 1.0], 5.0),
    "numbers with labels, one is best": (("1 (sehr gut)", "3 (befriedigend)", "6 (ungen\u00fcgend)"), [6.0, 4.0, 1.0], 6.0),
}


@pytest.mark.parametrize(("answers", "wanted", "top"), WORDS.values(), ids=WORDS.keys())
def test_words_alone_are_scores(answers: Sequence[str], wanted: list[float], top: float) -> None:
    part = surveys("Rating", answers)
    assert (read(part), set(part.table.column("scale").to_pylist())) == (wanted, {top})


def test_recommendations_are_never_turned_round() -> None:
    headers = ("response_id", "kind", "score", "answered_at", "label")
    rows = [(str(n), "nps", str(10 - n), "2025-01-02", LABELS[n]) for n in range(5)] + [("9", "csat", "1", "2025-01-02", "Very satisfied")]
    roles = {name: f"surveys.{name}" for name in headers[:4]}
    found = Plan("surveys", roles).recognition("a.csv", headers)
    assert found is not None
    part = translate(text_table(headers, rows), replace(found, said={f"{SUBJECT}/score": DOWN, "scale/score": "5"}), KEY)
    assert read(part) == [10.0, 9.0, 8.0, 7.0, 6.0, 5.0]
