"""Arms of a test by their usual names; what no word tells is asked, and nobody is put into an arm by a guess."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest

from roi_core.ingest.arms import CONTROL, SUBJECT, TREATMENT, UNKNOWN, arms_of
from roi_core.ingest.plan import Plan
from roi_core.ingest.questions import key_of
from roi_core.ingest.recognise import recognise
from roi_core.ingest.translate import Typed, translate
from tests.ingest.text_tables import KEY, text_table

NOTHING: Mapping[str, str] = MappingProxyType({})


def drawn(words: Sequence[str], said: Mapping[str, str] = NOTHING, header: str = "arm") -> Typed:
    """A treatment list with these words as arms, mapped by the user."""
    headers = ("Kunde", header, "Tag")
    rows = [(f"c{place}", word, "2025-01-02") for place, word in enumerate(words)]
    roles = {"Kunde": "assignments.customer_id", header: "assignments.arm", "Tag": "assignments.assigned_at"}
    found = Plan("assignments", roles, answers=dict(said)).recognition("list.csv", headers)
    assert found is not None
    return translate(text_table(headers, rows), found, KEY)


def read(part: Typed) -> list[str | None]:
    arms: list[str | None] = part.table.column("arm").to_pylist()
    return arms


@pytest.mark.parametrize(
    ("helped", "without"),
    [
        ("treatment", "control"), ("Test", "Holdout"), ("test", "control"), ("variant B", "variant A"), ("B", "A"), ("b", "a"), ("1", "0"),
        ("1.0", "0.0"), ("yes", "no"), ("TRUE", "FALSE"), ("Y", "N"), ("Treated", "Not treated"), ("variant", "control"), ("Group B", "Group A"),
        ("Testgruppe", "Kontrollgruppe"), ("traitement", "groupe témoin"), ("tratamiento", "control"), ("sí", "no"), ("ja", "nein"),
        ("Treatment_1", "Control_group"),        ("exposed", "hold-out"), ("T", "C"), ("on", "off"),
    ],
)  # fmt: skip
def test_usual_names_are_understood_in_any_order(helped: str, without: str) -> None:
    wanted = {helped: TREATMENT, without: CONTROL}
    assert arms_of([helped, without]) == arms_of([without, helped]) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("control", "concierge"), {"control": CONTROL, "concierge": TREATMENT}),
        (("treatment", "nothing new"), {"treatment": TREATMENT, "nothing new": CONTROL}),
        (("holdout", "call", "e-mail"), {"holdout": CONTROL, "call": TREATMENT, "e-mail": TREATMENT}),
        (("A", "B", "C"), {"A": CONTROL, "B": TREATMENT, "C": TREATMENT}),
        (("0", "1", "2"), {"0": CONTROL, "1": TREATMENT, "2": TREATMENT}),
        (("treatment",), {"treatment": TREATMENT}),
        (("1",), {"1": TREATMENT}),
        (("no",), {"no": CONTROL}),
    ],
)
def test_the_others_follow_from_what_is_known(words: Sequence[str], wanted: Mapping[str, str]) -> None:
    assert arms_of(words) == wanted


@pytest.mark.parametrize("words", [("red", "blue"), ("1", "2"), ("B", "C"), ("Anna's group", "Ben's group"), ("A", "Z"), ("phase 1", "phase 2")])
def test_what_no_word_tells_is_asked_and_nobody_is_put_anywhere(words: Sequence[str]) -> None:
    assert arms_of(words) == {}
    part = drawn(words)
    (question,) = [ask for ask in part.asks if ask.subject == SUBJECT]
    assert (question.key, question.best) == (key_of(SUBJECT, "arm"), UNKNOWN)
    assert [way.answer for way in question.ways] == [UNKNOWN, *sorted(words)]
    assert TREATMENT not in read(part)
    assert CONTROL not in read(part)
    assert any(note.startswith("ask: arm: which arm went without the help?") for note in part.notes)


def test_the_answer_puts_everybody_into_an_arm_and_is_not_asked_again() -> None:
    part = drawn(("red", "blue", "red", "green"), {key_of(SUBJECT, "arm"): "red"})
    assert read(part) == [CONTROL, TREATMENT, CONTROL, TREATMENT]
    assert part.asks == ()
    assert 'arm: "red" 2 without the help, "blue" 1 with the help, "green" 1 with the help' in part.notes


def test_an_answer_turns_what_would_have_been_understood() -> None:
    assert read(drawn(("A", "B"), {key_of(SUBJECT, "arm"): "B"})) == [TREATMENT, CONTROL]


def test_an_answer_that_names_no_arm_of_the_file_is_no_answer() -> None:
    assert read(drawn(("A", "B"), {key_of(SUBJECT, "arm"): "C"})) == [CONTROL, TREATMENT]


def test_hundreds_of_words_are_no_arms() -> None:
    part = drawn(["control", *(f"word {n}" for n in range(300))])
    assert read(part).count(TREATMENT) == 0
    assert len(part.asks[0].ways) == 13


def test_a_row_with_an_arm_or_a_day_was_drawn_and_one_with_neither_is_set_aside() -> None:
    text = text_table(
        ("customer_id", "email", "arm", "assigned_at"),
        [
            ("c1", "", "treatment", "2025-01-02"),
            ("c2", "", "", "2025-01-02"),
            ("", "", "control", "2025-01-02"),
            ("", "a@b.example", "control", "soon"),
            ("c5", "", "", ""),
        ],
    )
    part = translate(text, recognise(text.headers, text.text), KEY)
    assert (read(part), part.set_aside) == ([TREATMENT, None, CONTROL, CONTROL], ((6, "arm is blank and assigned_at is blank"),))
    assert part.table.column("assigned_at").null_count == 1


@pytest.mark.parametrize("headers", [("customer_id", "arm", "assigned_at"), ("email", "arm", "assigned_at", "test"), ("ASSIGNED_AT", "Arm", "customer_id")])
def test_a_list_is_known_by_its_headers_in_any_order(headers: tuple[str, ...]) -> None:
    text = text_table(headers, [("x",) * len(headers)])
    assert recognise(headers, text.text).entity == "assignments"


def test_outreach_stays_outreach() -> None:
    headers = ("customer_id", "at", "kind", "outcome")
    assert recognise(headers, text_table(headers, [("x",) * 4]).text).entity == "outreach"


def test_no_address_and_no_name_of_a_column_that_was_mistaken_stands_in_a_question_or_a_note() -> None:
    people = [f"ann{n}@firm.example" for n in range(5)] + ["Maria Schmidt", "plain"]
    part = drawn(people)
    (question,) = [ask for ask in part.asks if ask.subject == SUBJECT]
    assert [way.answer for way in question.ways] == [UNKNOWN, "plain"]
    understood = drawn(["control", "ann@firm.example"])
    assert read(understood) == [CONTROL, TREATMENT]
    assert not any("firm.example" in note or "Schmidt" in note for note in (*part.notes, *understood.notes))
