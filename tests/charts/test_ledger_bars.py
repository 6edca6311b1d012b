"""What each dollar rests on: the sums are those of the ledger, and no dollar is counted twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.charts import LIGHT, ledger_bars
from roi_core.ledger import Ledger, build_ledger, total
from roi_core.results import Absent, Grade
from roi_core.show import show
from tests.charts.examples import ledger, line
from tests.ledger.test_rules import priced


def test_the_part_up_to_compared_is_the_total_of_the_ledger():
    compared = next(layer for layer in ledger_bars.layers(ledger()) if layer.grade is Grade.B)
    assert compared.cumulated.value == pytest.approx(total(ledger(), 0).benefit.value)
    assert compared.cumulated.low == pytest.approx(total(ledger(), 0).benefit.low)


def test_each_grade_adds_its_own_lines_on_top():
    sums = {layer.grade: (layer.before, layer.cumulated.value) for layer in ledger_bars.layers(ledger())}
    assert sums == {Grade.B: (0.0, 203_000), Grade.C: (203_000, 244_000), Grade.D: (244_000, 310_000)}


def test_a_part_of_another_line_is_never_added():
    assert not any("First contact resolution" in layer.titles for layer in ledger_bars.layers(ledger()))


def test_a_sign_in_the_group_of_a_counted_line_is_the_same_money():
    twice = Ledger((line("supported", Grade.B, 100.0, 10.0, group="retention"), line("expansion", Grade.C, 50.0, 5.0, group="retention", included=False)))
    assert [layer.cumulated.value for layer in ledger_bars.layers(twice)] == [100.0]


@pytest.mark.parametrize("grade", [Grade.C, Grade.D])
def test_signs_that_are_parts_of_each_other_are_drawn_once(grade):
    signs = [line(name, grade, worth, 1.0, group="retention", part_of=whole, included=False) for name, worth, whole in SIGNS]
    assert [layer.cumulated.value for layer in ledger_bars.layers(Ledger(tuple(signs)))] == [347.0]


SIGNS = (("first_contact_resolution", 135.0, "supported"), ("fast_reply", 51.0, "supported"), ("supported", 347.0, None))


@given(
    st.lists(
        st.builds(
            lambda n, worth, grade, group, part: priced(f"s{n}", worth, grade=grade, group=group, part_of=part if n > 1 else None),
            st.integers(0, 9),
            st.floats(1, 1e6),
            st.sampled_from(Grade),
            st.sampled_from(["", "retention"]),
            st.sampled_from([None, "s0", "s1"]),
        ),
        max_size=8,
        unique_by=lambda p: p.stream,
    )
)
def test_no_layer_of_any_grade_is_above_its_largest_whole(amounts):
    """A whole with its parts adds at most the largest of them, and so does a group."""
    layers = ledger_bars.layers(build_ledger(amounts))
    for held in (_by(amounts, lambda p: p.part_of or p.stream), _by(amounts, lambda p: p.group or p.stream)):
        most = sum(max(p.amount.value for p in same) for same in held)
        assert all(layer.cumulated.value <= most * (1 + 1e-9) for layer in layers)


def _by(amounts, key):
    return [[p for p in amounts if key(p) == name] for name in {key(p) for p in amounts}]


def test_the_interval_of_a_sum_comes_from_joint_draws():
    draws = np.random.default_rng(1).normal(0, 10, 4_000)
    a = line("a", Grade.B, 100.0, 1.0, sample=np.concatenate(([100.0], 100 + draws)))
    b = line("b", Grade.B, 100.0, 1.0, sample=np.concatenate(([100.0], 100 - draws)))
    (layer,) = ledger_bars.layers(Ledger((a, b)))
    width = 0.0 if layer.cumulated.low is None or layer.cumulated.high is None else layer.cumulated.high - layer.cumulated.low
    assert width < 1e-6


def test_the_cost_is_a_dashed_line_and_is_said():
    (reference,) = ledger_bars.figure(ledger()).references
    assert reference.at == 119_000
    assert "$119k" in ledger_bars.describe(ledger())


def test_without_a_known_cost_there_is_no_line_and_the_reason_is_said():
    bare = Ledger(tuple(entry for entry in ledger() if entry.kind == "benefit"))
    assert not ledger_bars.figure(bare).references
    assert ledger_bars.cost(bare).reason in ledger_bars.describe(bare)


def test_the_cost_of_support_is_no_measure_for_a_way_of_working():
    cost = next(entry for entry in ledger() if entry.kind == "cost" and entry.follows is None)
    handled = Ledger((line("first_contact_resolution", Grade.B, 95_000, 21_000, part_of="supported"), cost))
    assert not ledger_bars.figure(handled).references
    assert "way of working" in ledger_bars.describe(handled)


def test_every_sum_is_said_as_it_is():
    said = ledger_bars.describe(ledger())
    assert all(show(layer.cumulated, compact=True) in said for layer in ledger_bars.layers(ledger()))


def test_a_ledger_without_amounts_draws_nothing():
    assert isinstance(ledger_bars.draw(Ledger(), LIGHT), Absent)


def test_where_nothing_was_found_the_range_stands_without_a_bar():
    clear, open_one = (Ledger((line("supported", Grade.B, -80_000, spread),)) for spread in (10_000, 180_000))
    (bar,), (alone,) = (ledger_bars.figure(held).rows[0].marks for held in (clear, open_one))
    assert (bar.start, round(bar.at)) == (0.0, -80_000)
    assert (alone.start, alone.at) == (0.0, 0.0)
    assert alone.low is not None
    assert alone.high is not None
    assert alone.low < 0 < alone.high
    assert "-$80k" in ledger_bars.describe(clear)
    assert "-$80k" not in ledger_bars.describe(open_one) + ledger_bars.figure(open_one).rows[0].note
    assert "which includes zero" in ledger_bars.describe(open_one)
