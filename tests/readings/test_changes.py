"""What changed, counted by hand: restated months, new months, answers, comparison, release."""

from dataclasses import replace
from datetime import date

import pytest

from roi_core.cohorts.design import Design
from roi_core.errors import WorkspaceLocked
from roi_core.readings import Inputs, Reading, earlier, keep, readings, words
from roi_core.readings.figures import alike
from roi_core.readings.restated import Restated
from roi_core.readings.steps import Cause
from roi_core.results import Absent, Estimate
from roi_core.show import DEFAULT
from roi_core.spine import Decisions
from roi_core.spine.decisions import Decision
from roi_core.spine.exclusions import Exclusions
from roi_core.units import Unit
from roi_core.workspace import forget_older
from tests.readings.company import JAN_2025, LATER_TICKETS, add, first_quarter, since, subscriptions, told


@pytest.fixture
def workspace(tmp_path):
    return first_quarter(tmp_path)


def next_quarter(workspace, tmp_path, *ended):
    add(workspace, tmp_path / "q2", ("subscriptions",), subscriptions=subscriptions(*ended), tickets=LATER_TICKETS)


def moved(changes, key):
    return next(figure for figure in changes.figures if figure.key == key)


def test_next_quarter_restates_what_it_says_of_the_months_before(workspace, tmp_path):
    before = told(workspace)
    next_quarter(workspace, tmp_path, None, "2025-03-20", None)
    changes = since(workspace, before, told(workspace))
    march = JAN_2025 + 2
    assert changes.restated == (Restated(march, "left", 0, 1), Restated(march, "contacts", 1, 2))
    assert changes.months == (march + 1, march + 2, march + 3)
    assert [step.cause for step in changes.steps] == [Cause.RESTATED, Cause.MONTHS]
    assert words.restated_lines(changes, DEFAULT)[0] == "Mar 2025: 1 customers who left, was 0"
    assert words.months_line(changes, DEFAULT) == "3 new whole months: Apr 2025 to Jun 2025"


def test_the_causes_of_a_figure_lead_from_the_old_number_to_the_new_one(workspace, tmp_path):
    before = told(workspace)
    next_quarter(workspace, tmp_path, None, "2025-02-20", None)
    now = told(workspace)
    churn = moved(since(workspace, before, now), "monthly_churn")
    assert [part.step.cause for part in churn.parts] == [Cause.RESTATED, Cause.MONTHS]
    assert churn.before.value == 0.0
    assert churn.parts[0].now.value > churn.now.value > 0.0
    assert alike(churn.parts[0].before, churn.before)
    assert alike(churn.parts[-1].now, churn.now)
    assert alike(churn.parts[0].now, churn.parts[1].before)


def test_a_late_cancellation_alone_brings_no_new_month(workspace, tmp_path):
    next_quarter(workspace, tmp_path, None, None, None)
    before = told(workspace)
    add(workspace, tmp_path / "late", ("subscriptions",), subscriptions=subscriptions(None, "2025-05-20", None))
    changes = since(workspace, before, told(workspace))
    assert changes.months == ()
    assert [step.cause for step in changes.steps] == [Cause.RESTATED]
    assert [(one.month - JAN_2025, one.what, one.before, one.now) for one in changes.restated] == [
        (4, "left", 0, 1),
        (5, "customers", 3, 2),
        (5, "revenue", 70.0, 50.0),
    ]


def test_an_answer_is_named_with_its_old_and_its_new_value(workspace):
    before, now = told(workspace), told(workspace, gross_margin=0.6, agents=3)
    found = [(step.cause, step.words) for step in since(workspace, before, now).steps]
    assert found == [(Cause.ANSWER, "Gross margin: 60.0 % instead of 75.0 %"), (Cause.ANSWER, "Agents: 3 instead of no answer")]


def test_the_comparison_the_links_and_the_rules_are_causes_of_their_own(workspace):
    before = told(workspace)
    design = Design(horizon_months=3, exclude_categories=("billing",))
    links = Decisions().decide(Decision("reject", "customer id", "ann", "ann"))
    other = told(workspace, design)
    now = replace(other, inputs=replace(other.inputs, links=links, rules=Exclusions(frozenset({"spam"}))))
    causes = [(step.cause, step.words) for step in since(workspace, before, now).steps]
    assert [cause for cause, _ in causes] == [Cause.LINKS, Cause.RULES, Cause.DESIGN]
    assert causes[-1][1] == "Another comparison (3 months followed instead of 6; categories left out)"


def test_what_a_new_release_changes_is_measured_on_the_files_of_before(workspace, tmp_path):
    today = told(workspace)
    another = tuple(replace(figure, result=_other(figure.result)) for figure in today.figures)
    before = Reading(replace(today.inputs, release="0.0.9"), another)
    next_quarter(workspace, tmp_path, None, "2025-03-20", None)
    revenue = moved(since(workspace, before, told(workspace)), "monthly_revenue")
    assert revenue.parts[0].step.cause is Cause.RELEASE
    assert revenue.parts[0].before.value == revenue.parts[0].now.value + 1
    assert "0.0.9" in revenue.parts[0].step.words


def _other(result):
    return result if isinstance(result, Absent) else replace(result, value=result.value + 1)


def test_where_the_old_files_were_forgotten_that_is_said(workspace, tmp_path):
    before = told(workspace)
    next_quarter(workspace, tmp_path, None, "2025-03-20", None)
    forget_older(workspace)
    changes = since(workspace, before, told(workspace))
    assert [step.cause for step in changes.steps] == [Cause.UNTOLD]
    assert (changes.restated, changes.months) == ((), ())
    assert "cannot be told apart" in changes.steps[0].words


def test_a_line_leads_with_no_figure_that_reads_the_same(workspace, tmp_path):
    before = replace(told(workspace), at="2026-09-03T10:00:00.000")
    next_quarter(workspace, tmp_path, None, "2025-03-20", None)
    changes = since(workspace, before, told(workspace))
    first, *others = (figure for figure in changes.moved if isinstance(figure.before, Estimate))
    same = replace(first, now=replace(first.before, high=first.before.value + 1.5 * (first.before.high - first.before.value)))
    assert others[0].title in words.line(replace(changes, figures=(same, *others)), DEFAULT)
    alone = words.line(replace(changes, figures=(same,)), DEFAULT)
    assert same.title in alone
    old, new = alone.rsplit(": ", 1)[1].split(" -> ")
    assert old != new.rstrip(".")


def test_nothing_changed_says_so(workspace):
    before = replace(told(workspace), at="2026-09-03T10:00:00.000")
    changes = since(workspace, before, told(workspace))
    assert (changes.moved, changes.steps) == ((), ())
    assert words.line(changes, DEFAULT) == f"None of the {len(changes.figures)} headline figures has changed since 2026-09-03."
    assert words.heading(changes, DEFAULT) == "What changed since 2026-09-03"


def test_a_line_names_the_first_figure_that_moved(workspace, tmp_path):
    before = replace(told(workspace), at="2026-09-03T10:00:00.000")
    next_quarter(workspace, tmp_path, None, "2025-03-20", None)
    changes = since(workspace, before, told(workspace))
    assert words.line(changes, DEFAULT).startswith(f"{len(changes.moved)} of {len(changes.figures)} headline figures are others than on 2026-09-03.")
    for figure in changes.moved:
        assert words.sentence(figure, DEFAULT).startswith(figure.title)
        assert all(words.cause(part, figure, DEFAULT) for part in figure.parts)


def estimate(value, low, high):
    return Estimate(value, low, high, 100, "m", Unit.FRACTION)


@pytest.mark.parametrize(
    ("before", "now", "within"),
    [
        (estimate(0.10, 0.05, 0.15), estimate(0.12, 0.08, 0.16), True),
        (estimate(0.10, 0.05, 0.15), estimate(0.20, 0.08, 0.32), False),
        (estimate(0.10, 0.09, 0.11), estimate(0.20, 0.19, 0.21), False),
        (Absent("too few"), estimate(0.20, 0.19, 0.21), False),
        (Estimate(5, None, None, 5, "m", Unit.COUNT), Estimate(6, None, None, 6, "m", Unit.COUNT), False),
    ],
)
def test_within_chance_is_said_only_where_each_range_holds_the_other_number(workspace, before, now, within):
    from roi_core.readings.changes import Part, _is_within_chance
    from roi_core.readings.steps import Step

    step = Step(Cause.FILES, "New files", told(workspace).inputs)
    assert _is_within_chance((Part(step, before, now),)) is within
    assert not _is_within_chance((Part(replace(step, cause=Cause.ANSWER), before, now),))


def test_a_reading_is_kept_once_and_steps_of_a_slider_are_one(workspace):
    assert keep(workspace, told(workspace))
    assert not keep(workspace, told(workspace))
    assert keep(workspace, told(workspace, gross_margin=0.6))
    assert keep(workspace, told(workspace, gross_margin=0.5))
    found = readings(workspace)
    assert [reading.inputs.assumptions.as_json() for reading in found] == [{"gross_margin": 0.5}]
    assert found[0].says_the_same(told(workspace, gross_margin=0.5))


def test_other_files_make_another_reading(workspace, tmp_path):
    keep(workspace, told(workspace))
    next_quarter(workspace, tmp_path, None, None, None)
    keep(workspace, told(workspace))
    assert len(readings(workspace)) == 2


def test_locked_work_keeps_no_reading(workspace):
    workspace.lock(locked=True)
    assert not keep(workspace, told(workspace))
    assert readings(workspace) == ()
    with pytest.raises(WorkspaceLocked):
        workspace.remember("a", 1)


def test_a_reading_of_another_time_that_cannot_be_read_is_left_out(workspace):
    workspace.record("reading", {"inputs": {}, "figures": []})
    assert readings(workspace) == ()
    assert keep(workspace, told(workspace))


def test_an_answer_is_set_beside_the_last_one_from_other_files_or_of_an_earlier_day(workspace):
    now = told(workspace)
    day = date(2026, 11, 28)
    same_day = replace(now, at="2026-11-28T09:00:00.000")
    yesterday = replace(now, at="2026-11-27T09:00:00.000")
    other = replace(now, inputs=replace(now.inputs, tables="other"), at="2026-09-03T09:00:00.000")
    assert earlier([same_day], now.inputs, day) is None
    assert earlier([same_day, yesterday], now.inputs, day) is yesterday
    assert earlier([same_day, yesterday, other], now.inputs, day) is other


def test_inputs_come_back_from_json_as_they_were(workspace):
    design = Design(horizon_months=3, exclude_categories=("billing",))
    inputs = told(workspace, design, gross_margin=[0.5, 0.6, 0.7], agents=3).inputs
    assert Inputs.of(inputs.as_json()) == inputs
