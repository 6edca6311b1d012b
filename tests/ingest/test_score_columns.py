"""The score of a survey is found by what its question says and by what was answered, or it is asked for."""

from collections.abc import Sequence

import pyarrow as pa
import pytest

from roi_core.ingest.export import Scale
from roi_core.ingest.recognise import Recognition, recognise
from roi_core.ingest.vendors.qualtrics import RESPONSES as QUALTRICS
from roi_core.ingest.vendors.surveymonkey import RESPONSES as SURVEYMONKEY
from roi_core.ingest.vendors.typeform import RESPONSES as TYPEFORM

TAIL = ("Start Date (UTC)", "Submit Date (UTC)", "Network ID")
NUMBERS = ("10", "0", "", "7")
SATISFIED = ("Very satisfied", "dissatisfied", "N/A", "")


def survey(headers: Sequence[str], *answers: Sequence[str]) -> Recognition:
    """A Typeform file with these questions, each with its answers."""
    rows = max((len(given) for given in answers), default=0)
    cells = [[*given, *[""] * (rows - len(given))] for given in (*answers, *([] for _ in TAIL))]
    return recognise((*headers, *TAIL), pa.table({f"c{place}": pa.array(given, pa.string()) for place, given in enumerate(cells)}))


def scale_of(found: Recognition) -> Scale:
    assert found.declaration is not None
    return found.declaration.scales["surveys.score"]


@pytest.mark.parametrize(
    ("question", "answers", "kind"),
    [
        ("How likely is it that you would recommend us to a friend?", NUMBERS, "nps"),
        ("How likely are you\nto RECOMMEND this?", ("10 - Extremely likely", "0 - Not at all likely"), "nps"),
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", NUMBERS, "nps"),
        ("Quelle est la probabilité que vous nous recommandiez ?", NUMBERS, "nps"),
        ("NPS", NUMBERS, "nps"),
        ("Q3_NPS", NUMBERS, "nps"),
        ("How satisfied were you with our help?", SATISFIED, "csat"),
        ("Overall satisfaction", ("4", "5", "3.5"), "csat"),
        ("Wie zufrieden sind Sie?", ("4", "5"), "csat"),
        ("How easy was it to get help?", ("Not so easy", "Extremely easy"), "ces"),
        ("They made it easy for me to handle my issue", ("Strongly agree", "Somewhat disagree"), "ces"),
        ("How much effort did it take?", ("1", "7"), "ces"),
    ],
)
def test_one_question_that_fits_is_the_score(question: str, answers: Sequence[str], kind: str) -> None:
    found = survey(("What did you buy?", question), ("4", "5"), answers)
    assert [place for place, canonical in found.mapping.items() if canonical == "surveys.score"] == [1]
    assert found.declaration is not None
    assert found.declaration.constants["surveys.kind"] == kind
    assert not any(note.startswith("ask: which") for note in found.notes)


@pytest.mark.parametrize(
    ("answers", "top", "score"),
    [
        (("Very satisfied", "Somewhat dissatisfied"), 5.0, {"very satisfied": 5.0, "somewhat dissatisfied": 2.0}),
        (("Very satisfied", "Not at all satisfied"), 5.0, {"very satisfied": 4.0, "not at all satisfied": 1.0}),
        (("Slightly satisfied", "Neutral"), 7.0, {"slightly satisfied": 5.0, "neutral": 4.0}),
        (("4", "5"), 5.0, {}),
    ],
)
def test_the_first_scale_that_knows_every_answer_is_taken(answers: Sequence[str], top: float, score: dict[str, float]) -> None:
    scale = scale_of(survey(("How satisfied are you?",), answers))
    assert scale.top == top
    assert {word: scale.words[word] for word in score} == score
    assert "" in scale.no_answer


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("What would make you more satisfied?", ("Lower prices", "5")),
        ("How likely are you to recommend us?", ("Detractor", "Promoter")),
        ("How satisfied are you?", ("11", "95")),
        ("How satisfied are you?", ("", "")),
        ("Were you dissatisfied?", ("1", "2")),
        ("Greasy hair?", ("1", "2")),
        ("nps_group", ("1", "3")),
    ],
)
def test_a_question_whose_answers_are_no_scores_is_not_taken_but_asked_for(question: str, answers: Sequence[str]) -> None:
    found = survey((question,), answers)
    assert "surveys.score" not in found.mapping.values()
    assert found.score is None
    assert any(note.startswith("ask: which column holds the score, and is it nps, csat or ces?") for note in found.notes)


def test_of_several_questions_that_fit_none_is_taken_and_each_is_named() -> None:
    found = survey(("How satisfied are you?", "NPS", "Why?"), ("4", "5"), ("9", "10"), ("x", "y"))
    assert "surveys.score" not in found.mapping.values()
    (asked,) = [note for note in found.notes if note.startswith("ask: which")]
    assert '2 questions ask for one: column 1 "How satisfied are you?" (csat), column 2 "NPS" (nps)' in asked


def test_more_questions_than_can_be_shown_are_counted() -> None:
    found = survey([f"How satisfied are you with {thing}?" for thing in "abcdef"], *([("4",)] * 6))
    assert any("6 questions ask for one" in note and note.endswith("and 2 more") for note in found.notes)


def test_a_file_without_rows_is_asked_about() -> None:
    assert survey(("NPS",), ()).score is None
    assert recognise(("NPS", *TAIL), pa.table({})).score is None


def test_a_column_without_a_name_belongs_to_the_question_to_its_left() -> None:
    headers = ("Respondent ID", "Collector ID", "How satisfied are you with these?", "", "Why?")
    below = (("", "1"), ("", "2"), ("Speed", "4"), ("Quality", "5"), ("Open-Ended Response", "x"))
    found = recognise(headers, pa.table({f"c{place}": list(cells) for place, cells in enumerate(below)}))
    assert found.export == SURVEYMONKEY.id
    assert any("How satisfied are you with these? Speed" in note and "column 4" in note for note in found.notes)


def test_the_question_may_stand_in_a_further_header_row_and_its_groups_are_no_score() -> None:
    question = "On a scale from 0-10, how likely are you to recommend us?"
    cells = {"StartDate": "", "ResponseId": "", "RecordedDate": "", "Q1_NPS_GROUP": f"{question} - Group", "Q1": question}
    columns = {f"c{place}": [text, '{"ImportId":"QID1"}', str(3 + 6 * (place == 4))] for place, text in enumerate(cells.values())}
    found = recognise(tuple(cells), pa.table(columns))
    assert found.export == QUALTRICS.id
    assert [place for place, canonical in found.mapping.items() if canonical == "surveys.score"] == [4]
    assert not any("ImportId" in note for note in found.notes)


def test_what_was_found_stays_out_of_the_declaration_of_the_vendor() -> None:
    found = survey(("NPS",), ("9",))
    assert found.declaration is not None
    assert found.declaration.constants
    assert not TYPEFORM.constants
    assert not TYPEFORM.scales
