"""Answers to surveys on the scale they were given on, from its lowest answer to its highest."""

import pytest

from roi_core.engine import query
from roi_core.metrics import connect
from roi_core.metrics.connection import ready
from tests.metrics.test_small_tables import at, loaded, people


def answer(number, score, scale, kind="csat", day=1, **more):
    return {"response_id": f"r{number}", "kind": kind, "score": score, "scale": scale, "answered_at": at(day), **more}


@pytest.mark.parametrize(
    ("scores", "top", "wanted"),
    [
        ([75.0, 0.0], 100.0, [0.75, 0.0]),
        ([75.0, 100.0], 100.0, [0.75, 1.0]),
        ([0.0, 1.0], 1.0, [0.0, 1.0]),
        ([1.0, 1.0], 1.0, [None, None]),
        ([0.0, 4.0], 5.0, [0.0, 0.8]),
        ([1.0, 4.0], 5.0, [0.0, 0.75]),
        ([4.0, 6.0], 5.0, [0.75, None]),
    ],
)
@pytest.mark.parametrize(("kind", "column"), [("csat", "csat"), ("ces", "ease")])
def test_answers_are_stretched_from_the_lowest_of_their_scale(kind, column, scores, top, wanted):
    """Beside them answers of the other kind and to the question for a recommendation, with a 0 on a scale of the same top."""
    other = answer(8, 0.0, top, {"csat": "ces", "ces": "csat"}[kind])
    rows = [answer(i, score, top, kind) for i, score in enumerate(scores)] + ([other] if top != 1.0 else []) + [answer(9, 0.0, 10.0, "nps")]
    with connect({"spine": people(1), "surveys": loaded("surveys", rows)}, of=("answers",)) as con:
        ready(con, "answers")
        found = query(con, "SELECT csat, ease, nps FROM metric_answers ORDER BY response_id").to_pylist()
    assert [row[column] for row in found[: len(scores)]] == wanted
    assert found[-1] == {"csat": None, "ease": None, "nps": 0.0}


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_an_answer_that_was_changed_counts_as_it_was_given_last(numbers):
    rows = [answer(0, 5.0, 5.0, day=1, file_no=numbers[0]), answer(0, 1.0, 5.0, day=8, file_no=numbers[1])]
    with connect({"spine": people(1), "surveys": loaded("surveys", rows)}, of=("answers",)) as con:
        ready(con, "answers")
        assert query(con, "SELECT csat FROM metric_answers").column(0).to_pylist() == [0.0]
