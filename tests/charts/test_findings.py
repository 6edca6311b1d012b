"""The words of a chart state the numbers of its result."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from roi_core.charts import LIGHT, balance, curves, dose, fan, funnel, honest, ladder, overlap, sparkline, tornado, trend, truth
from roi_core.charts.palette import Tone
from roi_core.charts.sparkline import Line
from roi_core.charts.trend import Trend
from roi_core.companies import read_truth
from roi_core.results import Absent, Check, Grade
from roi_core.show import Style, show
from roi_core.units import Unit
from tests.charts import examples

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
GERMAN = Style(decimal=",", thousands=".", currency="EUR")


def test_ladder_and_honest_say_the_default_and_the_struck_number():
    effect = examples.effect()
    for said in (ladder.describe(effect), honest.describe(effect)):
        assert show(effect.result, points=True) in said
        assert "-9.9 points" in said


def test_ladder_says_the_range_of_the_other_ways_without_the_struck_one():
    assert "between -3.1 points and -2.0 points" in ladder.describe(examples.effect())


def test_honest_goes_from_the_spreadsheet_over_the_clock_to_our_answer():
    rows = honest.table(examples.effect()).to_pylist()
    assert [row["Change since the step before"] for row in rows] == ["", "6.8 points", "0.7 points"]


def test_a_spreadsheets_number_that_stands_alone_is_said_to_stand_alone():
    sheet, *others = examples.effect().ladder
    alone = replace(examples.effect(), ladder=(sheet, *(replace(rung, result=Absent("Too few.")) for rung in others)))
    drawn = honest.draw(alone, LIGHT)
    assert isinstance(drawn, Absent)
    assert drawn.reason == honest.describe(alone) == "Spreadsheet's way says -9.9 points. There is no honest number yet to set against it."
    without = replace(examples.effect(), ladder=tuple(rung for rung in others if rung.default))
    assert honest.describe(without) == "There is no spreadsheet's number to set against an honest one."


def test_honest_needs_two_steps():
    assert isinstance(honest.draw(replace(examples.effect(), ladder=()), LIGHT), Absent)


def test_curves_say_both_shares_of_the_last_month():
    found = examples.curves(6)
    assert show(found.supported[-1]) in curves.describe(found)
    assert show(found.control[-1]) in curves.describe(found)


def test_curves_say_how_far_apart_they_are_before_both_are_rounded():
    ends = [replace(examples.share(1, 2), value=value) for value in (0.92449, 0.89361)]
    found = replace(examples.curves(1), supported=(ends[0],) * 2, control=(ends[1],) * 2)
    assert [show(end).partition(" ")[0] for end in ends] == ["92.4", "89.4"]
    assert "3.1 points apart before rounding" in curves.describe(found)
    assert curves.table(found).to_pylist()[-1]["Apart"] == "3.1 points"


def test_curves_label_each_line_at_its_end_apart():
    labels = [row for layer, rows in examples.layers(curves.draw(examples.curves(), LIGHT)) if layer["mark"]["type"] == "text" for row in rows]
    assert {row["label"] for row in labels} == {"supported", "78.0 %", "comparable", "74.3 %", "gap 3.7 points"}
    heights = sorted(row["y"] for row in labels)
    assert min(b - a for a, b in pairwise(heights)) > 0


def test_dose_says_both_ends_with_their_counts_and_its_sentence():
    found = examples.dose()
    said = dose.describe(found)
    assert "29 of 90 customers left" in said
    assert show(found.rows[-1][3]) in said
    assert said.endswith(found.sentence)


def test_balance_counts_what_stays_apart():
    assert "apart: 1." in balance.describe(examples.balance())
    assert "0.60" in balance.describe(examples.balance())


def test_funnel_says_the_first_and_the_last_step():
    assert "Of 2,000 customers 1,812 are compared, in 19,411 rows" in funnel.describe(examples.funnel())


def test_overlap_of_equal_groups_is_everything_and_of_strangers_nothing():
    edges = (0.0, 0.5, 1.0)
    assert "100.0 %" in overlap.describe({"edges": edges, "treated": (0.3, 0.7), "control": (0.3, 0.7)})
    assert "0.0 %" in overlap.describe({"edges": edges, "treated": (1.0, 0.0), "control": (0.0, 1.0)})


def test_overlap_leaves_out_chances_that_nobody_has():
    edges = (0.0, 0.25, 0.5, 0.75, 1.0)
    chart = overlap.draw({"edges": edges, "treated": (0.4, 0.6, 0.0, 0.0), "control": (0.9, 0.1, 0.0, 0.0)}, LIGHT)
    assert max(row["x"] for layer, rows in examples.layers(chart) if layer["mark"]["type"] == "area" for row in rows) == 50


def test_fan_says_the_last_month_and_today_only_where_they_differ():
    assert "After 24 months the net benefit adds up to $242k ($98k to $386k)." in fan.describe(examples.fan())
    assert "today it would be" in fan.describe(examples.fan())
    assert "today" not in fan.describe(examples.fan(moved=False))
    assert "A sign, not a measurement" in fan.describe(examples.fan(grade=Grade.C))
    assert "cost of support is not taken off" in fan.describe(examples.fan(net=False))


def marks(chart, kind, field):
    return [layer for layer, _ in examples.layers(chart) if layer["mark"]["type"] == kind and layer["encoding"]["y"].get("field") == field]


@pytest.mark.parametrize("moved", [True, False])
def test_where_nothing_was_found_the_fan_is_a_range_without_a_middle(moved):
    found, open_one = (examples.fan(moved=moved, found=found) for found in (True, False))
    assert marks(fan.draw(found, LIGHT), "line", "y")
    drawn = fan.draw(open_one, LIGHT)
    assert not [layer for layer, _ in examples.layers(drawn) if layer["mark"]["type"] == "line"]
    assert {row["label"] for layer, rows in examples.layers(drawn) if layer["mark"]["type"] == "text" for row in rows} == (
        {"$98k", "$386k"} if moved else {"-$3.2k", "$285k"}
    )
    said, rows = fan.describe(open_one), fan.table(open_one).to_pylist()
    assert "No effect was found" in said
    assert "today" not in said
    assert set(rows[0]) == {"Months from now", "Half of outcomes", "95 % of outcomes"}
    middle = "$242k" if moved else "$141k"
    assert middle in fan.describe(found)
    assert middle not in said


def test_where_nothing_was_found_the_tornado_says_so_and_names_no_centre():
    said, line = tornado.describe(examples.tornado(found=False)), tornado.figure(examples.tornado(found=False)).references[0]
    assert said.startswith("No effect was found")
    assert "$93k" not in said + line.label
    assert "$93k" in tornado.describe(examples.tornado())


def test_tornado_names_the_widest():
    assert "Effect of being helped: -$37k at $90k, $205k at $335k" in tornado.describe(examples.tornado())


@pytest.mark.parametrize(("planted", "verdict"), [(-0.03, "holds"), (0.0, "does not hold")])
def test_truth_says_whether_our_range_holds_it(planted, verdict):
    said = truth.describe(examples.effect(), {"episode_effect_ato": planted})
    assert f"Our range {verdict} the planted truth." in said
    assert show(examples.effect().result, points=True) in said


def test_the_planted_truth_is_a_fraction_and_is_said_in_points():
    assert "Planted truth: -3.0 points." in truth.describe(examples.effect(), {"episode_effect_ato": -0.03})


def test_the_shipped_sample_plants_its_truth_in_the_same_unit():
    planted = read_truth(SAMPLES / "harbour_desk.zip")
    assert -0.1 < planted["episode_effect_ato"] < 0
    assert "Planted truth: -" in truth.describe(examples.effect(), planted)


def test_each_contrast_has_its_own_planted_truth():
    planted = {"episode_effect_ato": -0.03, "first_contact_resolution_effect": -0.04, "first_contact_resolution_effect_ate": -0.041}
    handled = replace(examples.effect(), key="first_contact_resolution.churn_6m")
    assert "Planted truth: -4.0 points." in truth.describe(handled, planted)
    assert "Planted truth: -4.1 points." in truth.describe(replace(handled, estimand="ATE"), planted)
    assert isinstance(truth.numbers(replace(handled, estimand="ATT"), planted), Absent)


def test_the_truth_of_other_months_is_not_held_against_an_effect():
    planted = {"episode_effect_ato": -0.03, "horizon_months": 6}
    assert "Planted truth" in truth.describe(examples.effect(), planted)
    other = replace(examples.effect(), key="supported.churn_3m")
    assert "known for 6 months after a contact" in truth.describe(other, planted)
    assert truth.verdict(other, planted) == ""


def test_a_sign_is_grey_and_called_what_we_did_not_believe():
    planted = {"episode_effect_ato": 0.035}
    trouble = Check("trouble recorded", passed=False, text="The files do not show the trouble.")
    sign = replace(examples.effect(), grade=Grade.C, checks=(trouble,))
    said = truth.describe(sign, planted)
    assert "What we did not believe: -2.4 points" in said
    assert "We refused to believe this one: it is Indicated, because of this. The files do not show the trouble. Our range does not hold" in said
    accents = [{row.get("colour") for _, rows in examples.layers(truth.draw(effect, planted, LIGHT)) for row in rows} for effect in (examples.effect(), sign)]
    assert LIGHT.supported in accents[0]
    assert LIGHT.supported not in accents[1]


def test_the_way_to_a_sign_ends_in_grey():
    believed, sign = (honest.figure(replace(examples.effect(), grade=grade)).rows[-1] for grade in (Grade.B, Grade.C))
    assert (believed.marks[0].tone, believed.bold) == (Tone.SUPPORTED, True)
    assert (sign.marks[0].tone, sign.bold) == (Tone.OTHER, False)
    assert sign.title.endswith("(a sign)")


def test_a_sign_looks_the_same_on_the_ladder_as_on_the_way_to_it():
    sign = replace(examples.effect(), grade=Grade.C)
    on_the_ladder, on_the_way = (next(row for row in chart.figure(sign).rows if row.title.endswith("(a sign)")) for chart in (ladder, honest))
    assert [(row.bold, row.tone, row.marks[0].tone) for row in (on_the_ladder, on_the_way)] == [(False, Tone.TEXT, Tone.OTHER)] * 2
    assert "(a sign)" in ladder.describe(sign)
    assert "(a sign)" not in ladder.describe(examples.effect())


def test_a_real_company_has_no_truth_and_a_refused_effect_none_to_compare():
    refused = replace(examples.effect(), result=Absent("Too early to tell."), grade=Grade.C)
    assert isinstance(truth.draw(examples.effect(), None, LIGHT), Absent)
    assert truth.draw(refused, {"episode_effect_ato": -0.03}, LIGHT) == refused.result


def test_sparkline_leaves_out_a_month_without_a_figure_and_needs_two():
    found = examples.layers(sparkline.draw(Line(examples.series()), LIGHT))
    assert [len(rows) for layer, rows in found if layer["mark"]["type"] == "line"] == [11]
    assert isinstance(sparkline.draw(Line(examples.series()[:1]), LIGHT), Absent)


def test_the_course_of_a_figure_draws_its_target_and_numbers_the_days_of_stories_inside_of_it():
    line = Line(examples.series(), target=0.65)
    told = (("2025-03-14", "A new form"), ("2019-01-01", "Long before"))
    layers = examples.layers(trend.draw(Trend("CSAT", Unit.FRACTION, line, told), LIGHT))
    marked = [row for layer, rows in layers for row in rows if row.get("name") in ("A new form", "Long before")]
    assert [(row["x"], row["label"]) for row in marked] == [(2025 * 12 + 2, "1")]
    assert [row["y"] for layer, rows in layers if layer["mark"].get("strokeDash") for row in rows] == [65.0]
    assert "Target 65.0 %." in trend.describe(Trend("CSAT", Unit.FRACTION, line, told))


def test_numbers_follow_the_style_of_the_reader():
    said = ladder.describe(examples.effect(), GERMAN)
    assert "-2,4 points (-3,7 to -1,1)" in said
    chart = ladder.draw(examples.effect(), LIGHT, style=GERMAN).to_dict()
    assert chart["config"]["locale"]["number"]["decimal"] == ","
