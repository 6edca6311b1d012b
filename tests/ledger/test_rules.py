from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ledger import RULES, build_ledger, ledger_as_json, total
from roi_core.money.priced import Priced
from roi_core.results import Absent, Estimate, Grade
from roi_core.units import Unit


def priced(stream, amount=100.0, kind="benefit", grade=Grade.B, comes_from="effect", **more):
    absent = amount is None
    result = Absent("unknown") if absent else Estimate(amount, None, None, 10, "", Unit.MONEY)
    return Priced(stream, stream, kind, result, grade, "", "", comes_from, sample=None if absent else amount, **more)


SHEET = priced("cost.salaries", kind="cost", grade=Grade.D, comes_from="cost sheet")
LEFT_OUT = {
    "amount": [priced("x", None)],
    "tested_or_compared": [priced("x", grade=Grade.C)],
    "part_of": [priced("x", part_of="whole"), priced("whole")],
    "one_stream": [priced("first", group="retention"), priced("x", group="retention")],
    "saving_once": [priced("x", in_costs=True), SHEET],
    "consequence": [priced("x", kind="cost", follows="sign"), priced("sign", grade=Grade.C)],
    "sunk": [priced("x", kind="cost", grade=Grade.D, sunk=True)],
}


def test_every_rule_is_shown_what_it_leaves_out():
    assert set(LEFT_OUT) == {rule.key for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_rule_leaves_out_and_says_why(rule):
    ledger = build_ledger(LEFT_OUT[rule.key])
    assert not ledger.get("x").included
    assert rule.reason in ledger.get("x").reasons
    assert rule.reason.endswith(".")


def test_the_same_lines_count_where_the_rule_does_not_apply():
    free = [priced("a"), priced("b", group="other"), priced("c", part_of="elsewhere"), priced("d", kind="cost", follows="a"), priced("e", in_costs=True)]
    assert all(line.included for line in build_ledger(free))


def test_costs_count_whatever_their_grade():
    assert build_ledger([SHEET]).get("cost.salaries").included


def test_overlaps_are_named():
    ledger = build_ledger(LEFT_OUT["part_of"])
    assert ledger.get("x").overlaps_with == ("whole",)
    assert build_ledger(LEFT_OUT["one_stream"]).get("x").overlaps_with == ("first",)


def test_a_trusted_part_counts_where_the_whole_is_a_sign():
    ledger = build_ledger([priced("whole", grade=Grade.C, group="r"), priced("x", part_of="whole", group="r"), priced("y", part_of="whole", group="r")])
    assert [line.stream for line in ledger.of("benefit")] == ["x"]


lines = st.lists(
    st.builds(
        lambda n, grade, group, part: priced(f"s{n}", 10.0 + n, grade=grade, group=group, part_of=part),
        st.integers(0, 99),
        st.sampled_from(Grade),
        st.sampled_from(["", "retention", "referral"]),
        st.sampled_from([None, "s0", "s1"]),
    ),
    max_size=8,
    unique_by=lambda p: p.stream,
)


@given(lines)
def test_no_group_and_no_whole_counts_twice(amounts):
    counted = build_ledger(amounts).of("benefit")
    groups = [line.group for line in counted if line.group]
    assert len(groups) == len(set(groups))
    assert not {line.part_of for line in counted} & {line.stream for line in counted}
    assert all(line.grade <= Grade.B for line in counted)


@given(lines)
def test_what_names_no_other_line_holds_money_of_its_own(amounts):
    free = [line for line in build_ledger(amounts) if not line.overlaps_with]
    groups = [line.group for line in free if line.group]
    wholes = [line.part_of for line in free if line.part_of not in (None, line.stream)]
    assert len(groups) == len(set(groups))
    assert len(wholes) == len(set(wholes))
    assert not set(wholes) & {line.stream for line in free}


def test_a_sign_names_the_sign_that_it_is_a_part_of():
    signs = [priced(name, grade=Grade.C, group="r", part_of=whole) for name, whole in (("part", "whole"), ("whole", None), ("other", "whole"))]
    named = {line.stream: line.overlaps_with for line in build_ledger(signs)}
    assert named == {"part": ("whole",), "whole": (), "other": ("whole", "part")}


@given(lines)
def test_every_line_is_kept_and_those_out_say_why(amounts):
    ledger = build_ledger(amounts)
    assert sorted(line.stream for line in ledger) == sorted(p.stream for p in amounts)
    assert all(line.included != bool(line.reasons) for line in ledger)


def test_total_takes_later_support_off_the_benefit_and_leaves_it_out_of_the_cost():
    ledger = build_ledger([priced("a", 100.0), priced("cost.later", 30.0, kind="cost", follows="a"), replace(SHEET, sample=50.0)])
    totals = total(ledger, 10)
    assert (totals.benefit.value, totals.spent.value, totals.later.value) == (70, 50, 30)


def test_an_unknown_cost_leaves_the_total_unknown():
    totals = total(build_ledger([priced("a"), SHEET, priced("cost.support", None, kind="cost")]), 10)
    assert isinstance(totals.spent, Absent)


def test_json_has_the_fields_of_the_public_surface():
    (line,) = ledger_as_json(build_ledger([priced("a")]))
    assert list(line) == ["stream", "kind", "amount", "grade", "method", "population", "included", "overlaps_with", "comes_from"]
    assert line["amount"] == {"value": 100.0, "low": None, "high": None, "n": 10, "unit": "money", "method": ""}
    assert (line["kind"], line["grade"], line["included"], line["overlaps_with"]) == ("benefit", "B", True, [])


def test_lines_that_are_out_for_the_same_reason_stand_together():
    out = build_ledger([priced("a", grade=Grade.C), priced("b", grade=Grade.C), priced("c", None, grade=Grade.C), priced("d")]).left_out
    signs, amounts = (next(rule.reason for rule in RULES if rule.key == key) for key in ("tested_or_compared", "amount"))
    assert out == {signs: ("a", "b", "c"), amounts: ("c",)}
