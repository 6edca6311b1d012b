"""For whom it works, drawn: both answers of every group, the pulled one before its own, a line at zero and at the average."""

from dataclasses import replace

from roi_core.charts import LIGHT, segments
from roi_core.charts.figure import Kind
from roi_core.charts.palette import Tone
from roi_core.effects.segments.words import chance, sentence
from roi_core.results import Estimate
from roi_core.show import DEFAULT, show
from tests.charts import examples


def test_every_group_has_its_own_answer_behind_the_pulled_one() -> None:
    found = examples.segments()
    for row, level in zip(segments.figure(found).rows, found.levels, strict=True):
        assert row.title == level.name
        if level.pulled is None or not isinstance(level.own, Estimate):
            assert row.marks == ()
            continue
        behind, before = row.marks
        assert (behind.at, before.at) == (100 * level.own.value, 100 * level.pulled.value)
        assert (behind.tone, before.tone) == (Tone.OTHER, Tone.INDICATED), "all of them are signs"
        assert behind.kind is before.kind is Kind.POINT
        assert row.note == show(level.pulled, points=True)
        assert row.bold == (level.found != "none")
    assert [row.bold for row in segments.figure(found).rows] == [True, True, True, False]


def test_all_own_answers_lie_under_all_pulled_ones_of_their_group() -> None:
    """What is drawn later covers what is drawn before."""
    points = next(rows for layer, rows in examples.layers(segments.draw(examples.segments(), LIGHT)) if layer["mark"]["type"] == "point")
    assert [row["colour"] for row in points] == [LIGHT.other, LIGHT.indicated] * 3


def test_there_is_a_line_at_zero_and_a_dashed_one_at_the_average() -> None:
    found = examples.segments()
    figure = segments.figure(found)
    assert figure.zero
    assert [(line.at, line.label) for line in figure.references] == [(100 * found.average.value, "average")]
    low, high = figure.extent()
    assert low <= min(100 * level.own.low for level in found.levels if isinstance(level.own, Estimate) and level.own.low is not None)
    assert high >= 0


def test_words_say_the_finding_and_the_average_with_its_limits() -> None:
    found = examples.segments()
    found = replace(found, sentence=sentence(found))
    assert segments.describe(found) == found.sentence
    assert show(found.average, points=True) in found.sentence


def test_the_table_holds_both_answers_and_q_or_why_there_is_none() -> None:
    found = examples.segments()
    first, *_, last = segments.table(found, DEFAULT).to_pylist()
    assert list(first) == ["Group", "Customers", "By itself", "Pulled toward the average", "q among all"]
    level = found.levels[0]
    assert level.pulled is not None
    assert level.q is not None
    assert list(first.values()) == ["Starter", "800", show(level.own, points=True), show(level.pulled, points=True), chance(level.q)]
    assert list(last.values()) == ["Trial", "", "Too few customers left to compare.", "", ""]
