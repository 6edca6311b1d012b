"""Satisfaction with a contact: every answer on its own scale, from its lowest answer to its highest, and one answer a ticket."""

from pathlib import Path

import pytest

from roi_core.spine import Facts
from tests.spine.worlds import linked, tables, tickets
from tests.typed_tables import times, write_part


def rated(folder: Path, scores: list[float], top: float | None, file_no: int = 0) -> tuple[Path, ...]:
    found = tickets(email=["pay@acme"] * len(scores)) | {"csat_score": scores, "csat_scale": [top] * len(scores)}
    return write_part(folder, "tickets", found | {"ticket_id": [f"{file_no}-{k}" for k in range(len(scores))]}, file_no)


def csat(facts: Facts) -> list[float | None]:
    return facts.contacts.column("csat").to_pylist()


@pytest.mark.parametrize(
    ("scores", "top", "wanted"),
    [
        ([75.0, 75.0, 100.0], 100.0, [0.75, 0.75, 1.0]),
        ([75.0, 0.0, 100.0], 100.0, [0.75, 0.0, 1.0]),
        ([0.0, 0.0, 10.0], 10.0, [0.0, 0.0, 1.0]),
        ([1.0, 10.0], 10.0, [0.0, 1.0]),
        ([0.0, 1.0, 1.0], 1.0, [0.0, 1.0, 1.0]),
        ([1.0, 1.0], 1.0, [None, None]),
        ([0.0, 4.0, 5.0], 5.0, [0.0, 0.8, 1.0]),
        ([1.0, 4.0, 5.0], 5.0, [0.0, 0.75, 1.0]),
        ([1.0, 4.0, 5.0], None, [0.0, 0.75, 1.0]),
        ([2.0, 6.0, -1.0, 5.0], 5.0, [0.25, None, None, 1.0]),
    ],
)
def test_a_scale_begins_at_0_up_to_100_and_where_somebody_answered_0(
    tmp_path: Path, scores: list[float], top: float | None, wanted: list[float | None]
) -> None:
    assert csat(linked(tables(tmp_path) | {"tickets": rated(tmp_path, scores, top)})) == wanted


def test_a_column_has_a_lowest_answer_of_its_own_but_0_and_1_are_known_from_any(tmp_path: Path) -> None:
    five = rated(tmp_path, [0.0, 5.0], 5.0, 1) + rated(tmp_path, [1.0, 3.0], 5.0, 2)
    assert sorted(csat(linked(tables(tmp_path) | {"tickets": five}))) == [0.0, 0.0, 0.5, 1.0]
    one = rated(tmp_path, [0.0, 1.0], 1.0, 3) + rated(tmp_path, [1.0, 1.0], 1.0, 4)
    assert sorted(csat(linked(tables(tmp_path) | {"tickets": one}))) == [0.0, 1.0, 1.0, 1.0]


def answers(folder: Path, file_no: int, *rows: tuple[str, float, float, str | None]) -> tuple[Path, ...]:
    """Answers about tickets: ticket, score, top of the scale, day."""
    about, scores, tops, days = zip(*rows, strict=True)
    columns = {"response_id": [f"r{file_no}{k}" for k in range(len(rows))], "ticket_id": list(about), "kind": ["csat"] * len(rows)}
    return write_part(folder, "surveys", columns | {"score": list(scores), "scale": list(tops), "answered_at": times(*days)}, file_no)


def asked(folder: Path, surveys: tuple[Path, ...]) -> Facts:
    return linked(tables(folder, tickets=tickets(email=["pay@acme"] * 2)) | {"surveys": surveys})


def test_of_two_answers_about_a_ticket_the_later_one_counts(tmp_path: Path) -> None:
    given = answers(tmp_path, 0, ("t0", 5.0, 5.0, "2025-02-02"), ("t0", 1.0, 5.0, "2025-02-09"), ("t1", 1.0, 5.0, "2025-02-09"), ("t1", 5.0, 5.0, "2025-02-02"))
    assert csat(asked(tmp_path, given)) == [0.0, 0.0]
    undated = answers(tmp_path, 0, ("t0", 5.0, 5.0, "2025-02-02"), ("t0", 1.0, 5.0, None), ("t1", 5.0, 5.0, None), ("t1", 2.0, 5.0, None))
    assert csat(asked(tmp_path, undated)) == [1.0, 0.25], "a day before none, then the later row"


def test_a_score_is_dated_by_its_answer_and_without_one_by_the_ticket(tmp_path: Path) -> None:
    """Tickets t0 and t1 are of 1 February, 0:00 and 1:00; 86,400 seconds are a day."""
    first = 1_738_368_000
    later = answers(tmp_path, 0, ("t0", 5.0, 5.0, "2025-02-11"), ("t1", 1.0, 5.0, "2025-01-31"))
    assert asked(tmp_path, later).contacts.column("rated_s").to_pylist() == [first + 10 * 86_400, first + 3_600], "no answer is older than its ticket"
    undated = answers(tmp_path, 0, ("t0", 5.0, 5.0, None))
    assert asked(tmp_path, undated).contacts.column("rated_s").to_pylist() == [first, None]


def test_an_answer_of_no_ticket_is_of_the_customer_it_names(tmp_path: Path) -> None:
    """Told by id, else by an address; one of a ticket of the files is of that ticket, and nobody rates before being a customer."""
    columns = {
        "response_id": ["of a ticket", "by id", "by address", "of a lost ticket", "twice", "twice", "nobody", "too early", "nps"],
        "kind": ["csat"] * 8 + ["nps"],
        "ticket_id": ["t0", None, None, "lost", None, None, None, None, None],
        "customer_id": ["acme", "acme", None, "bolt", "cog", "cog", "stranger", "acme", "acme"],
        "email": [None, None, "pay@bolt", None, None, None, "pay@cog", None, None],
        "score": [1.0, 5.0, 3.0, 2.0, 1.0, 4.0, 1.0, 1.0, 9.0],
        "scale": [5.0] * 8 + [10.0],
        "answered_at": times(*["2025-02-03"] * 3, "2025-02-04", "2025-02-03", "2025-02-05", "2025-02-03", "2024-12-31", "2025-02-03"),
    }
    facts = asked(tmp_path, write_part(tmp_path, "surveys", columns, 0))
    names, day = facts.spine.column("customer_key").to_pylist(), 1_738_540_800
    found = [(names[row["customer_no"]], (row["rated_s"] - day) // 86_400, row["csat_raw"], row["csat"]) for row in facts.answers.to_pylist()]
    assert found == [("acme", 0, 5.0, 1.0), ("bolt", 0, 3.0, 0.5), ("bolt", 1, 2.0, 0.25), ("cog", 2, 4.0, 0.75)]
    assert csat(facts) == [0.0, None]


def test_two_answers_of_one_second_stand_in_the_same_order_wherever_they_stood(tmp_path: Path) -> None:
    def found(folder: str, *scores: float) -> list[float]:
        ids = [f"r{score}" for score in scores]
        columns = {"response_id": ids, "kind": ["csat"] * 2, "customer_id": ["acme"] * 2, "score": list(scores), "scale": [5.0] * 2}
        rows = write_part(tmp_path / folder, "surveys", columns | {"answered_at": times("2025-02-03", "2025-02-03")}, 0)
        return asked(tmp_path / folder, rows).answers.column("csat_raw").to_pylist()

    assert found("one", 5.0, 2.0) == found("other", 2.0, 5.0) == [2.0, 5.0]


def test_the_answer_that_counts_keeps_its_own_scale(tmp_path: Path) -> None:
    of_five = answers(tmp_path, 1, ("t0", 5.0, 5.0, "2025-02-02"), ("t1", 1.0, 5.0, "2025-02-12"))
    of_ten = answers(tmp_path, 2, ("t0", 10.0, 10.0, "2025-02-01"), ("t1", 10.0, 10.0, "2025-02-01"))
    facts = asked(tmp_path, of_five + of_ten)
    assert csat(facts) == [1.0, 0.0]
    assert facts.contacts.column("csat_scale").to_pylist() == [5.0, 5.0]
