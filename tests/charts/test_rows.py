"""Charts of rows: nothing lost, nothing squeezed, nothing crossed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from roi_core.charts import LIGHT, balance, funnel, ladder
from roi_core.charts.figure import Axis, Figure, Kind, Mark, Row
from roi_core.charts.layout import lay_out
from roi_core.charts.palette import Tone
from roi_core.charts.rows import HALF_SPAN
from roi_core.charts.ticks import within
from roi_core.measured import FunnelStep
from roi_core.results import Absent, Estimate
from roi_core.units import Unit
from tests.charts import examples

titles = st.text(st.characters(exclude_categories=["Cs"]), min_size=0, max_size=120)


def drawn(chart, field="label"):
    return [row[field] for _, rows in examples.layers(chart) for row in rows if field in row]


def marks(chart, kind):
    return sum(len(rows) for layer, rows in examples.layers(chart) if layer["mark"]["type"] == kind)


def test_odd_names_draw_all_their_rows():
    effect = examples.effect(examples.ODD_NAMES)
    chart = ladder.draw(effect, LIGHT)
    assert set(examples.ODD_NAMES) <= set(drawn(chart))
    assert marks(chart, "point") == len(examples.ODD_NAMES)


def test_rows_of_the_same_name_stay_apart():
    chart = balance.draw(examples.balance(("plan", "plan", "plan")), LIGHT)
    assert marks(chart, "point") == 6
    assert drawn(chart).count("plan") == 3


def test_odd_steps_of_a_funnel_are_all_there():
    steps = [FunnelStep(name, 100 - i, 100 - i, "") for i, name in enumerate(examples.ODD_NAMES)]
    assert marks(funnel.draw(steps, LIGHT), "bar") == len(steps)


def test_a_rung_in_months_has_no_row_among_points():
    assert "Months gained" not in [row.title for row in ladder.figure(examples.effect()).rows]


def test_a_rung_without_an_answer_keeps_its_row():
    figure = ladder.figure(examples.effect())
    assert [row.title for row in figure.rows if not row.marks] == ["Matched twins"]


def test_our_answer_alone_is_in_the_accent_and_the_spreadsheet_alone_is_struck():
    looks = {mark.name: (mark.kind, mark.tone) for _, mark in ladder.figure(examples.effect()).marks()}
    assert [name for name, (_, tone) in looks.items() if tone is Tone.SUPPORTED] == ["Closest comparable customers"]
    assert [name for name, (kind, _) in looks.items() if kind is Kind.STRUCK] == ["Spreadsheet's way"]


def test_no_rung_with_an_answer_draws_nothing():
    effect = examples.effect(("a",))
    bare = type(effect)(effect.key, Absent("too few"), "ATO", effect.grade, "Too early to tell.")
    assert isinstance(ladder.draw(bare, LIGHT), Absent)


def test_every_interval_is_drawn_and_zero_is_on_the_axis():
    found = examples.layers(ladder.draw(examples.effect(), LIGHT))
    answers = [r.result for r in examples.effect().ladder if isinstance(r.result, Estimate) and r.result.unit is Unit.FRACTION]
    spans = [(row["low"], row["high"]) for layer, rows in found if layer["encoding"].get("x2", {}).get("field") == "high" for row in rows]
    assert sorted(spans) == sorted((100 * a.low, 100 * a.high) for a in answers)
    first, last = found[0][0]["encoding"]["x"]["scale"]["domain"]
    assert first <= 0 <= last


@given(st.lists(st.tuples(titles, titles), min_size=1, max_size=12))
def test_texts_never_run_into_each_other(rows):
    figure = Figure(Axis("points"), tuple(Row(title, note, marks=(Mark(Kind.POINT, Tone.OTHER, 1.0),)) for title, note in rows))
    layout = lay_out(figure)
    heights = [line.y for line in layout.lines]
    assert all(b.y - a.y >= 17 or b.right for a, b in pairwise(layout.lines))
    assert all(0 < y < layout.height for y in (*heights, *layout.centres))
    assert list(layout.centres) == sorted(set(layout.centres))
    assert len(layout.centres) == len(rows)
    assert not any(abs(y - centre) < HALF_SPAN for y in heights for centre in layout.centres)


@given(st.floats(-1e7, 1e7), st.floats(0, 1e6))
def test_any_mark_stands_on_the_axis(at, half):
    figure = Figure(Axis("USD", money=True), (Row("a", marks=(Mark(Kind.POINT, Tone.OTHER, at, low=at - half, high=at + half),)),))
    (first, last), _ = within(*figure.extent())
    assert first <= min(at - half, 0)
    assert max(at + half, 0) <= last


def test_titles_and_numbers_share_a_line_only_where_every_row_has_the_room():
    short = lay_out(Figure(Axis("points"), (Row("Same starting date", "-3.1 points (-4.3 to -1.9)"),)))
    long = lay_out(Figure(Axis("points"), (Row("Same starting date", "-3.1 points (-4.3 to -1.9)"), Row("a" * 45, "1.0 points (-2.0 to 4.0)"))))
    assert [line.right for line in short.lines] == [False, True]
    assert not any(line.right for line in long.lines)


def test_the_ladder_of_the_sample_fits_on_one_line_a_row():
    assert len({line.y for line in lay_out(ladder.figure(examples.effect())).lines}) == len(examples.effect().ladder) - 1
