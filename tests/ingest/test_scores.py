from types import MappingProxyType

from roi_core.ingest.export import Scale
from roi_core.ingest.words import read_scores, tops_of
from tests.ingest.text_tables import cells

GOOD_OR_BAD = Scale(2, MappingProxyType({"good": 2, "bad": 1}), no_answer=("offered", "not offered"))


def test_words_stay_on_their_own_scale() -> None:
    column = cells("Good", "Bad", "Offered", "")
    assert column.spread(read_scores(column, GOOD_OR_BAD).values).to_pylist() == [2, 1, None, None]
    tops, notes = tops_of(column, GOOD_OR_BAD)
    assert (set(tops.to_pylist()), notes) == ({2}, ())


def test_numbers_beside_words_are_on_another_scale_and_it_is_said() -> None:
    column = cells("Good", "4", "Offered", "2")
    assert column.spread(read_scores(column, GOOD_OR_BAD).values).to_pylist() == [2, 4, None, 2]
    tops, notes = tops_of(column, GOOD_OR_BAD)
    assert column.spread(tops).to_pylist() == [2, 5, 2, 5]
    assert notes == ("answers in numbers stand beside words of a scale of 1 to 2; the numbers are read on a scale of 1 to 5",)


def test_codes_that_are_declared_as_words_are_no_numbers() -> None:
    codes = Scale(7, MappingProxyType({"103": 7, "-103": 1}))
    column = cells("103", "-103")
    assert column.spread(read_scores(column, codes).values).to_pylist() == [7, 1]
    assert tops_of(column, codes)[0].to_pylist() == [7, 7]


def test_a_column_without_answers() -> None:
    assert tops_of(cells("", ""), GOOD_OR_BAD)[0].to_pylist() == []
