"""Who is compared in a randomised test, counted by hand on twenty customers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.assigned import Assigned, build_assigned
from roi_core.cohorts.design import Design
from roi_core.cohorts.drawn import MOST_TESTS, count_tests, listed_tests
from roi_core.effects.tested import analyse_tests
from roi_core.spine import Facts
from tests.drawn_by_hand import Customer, facts_of

HELPED = [Customer(f"h{n}", "treatment", mrr=10.0 * (n + 1)) for n in range(8)]
OTHERS = [Customer(f"o{n}", "control", mrr=10.0 * (n + 1)) for n in range(8)]
LEAVERS = {"h0": "2025-02-09", "h1": "2025-07-10", "h2": "2025-07-11", "o0": "2025-01-11", "o1": "2025-03-01", "o2": "2025-07-09", "o3": "2025-08-01"}
"""Drawn on 10 January and followed for six months: h2 left a day too late to count, and o3 after the files."""
STRANGERS = [
    Customer("gone", "treatment", left="2025-01-10"),
    Customer("new", "control", started="2025-01-11"),
    Customer("same_day", "control", started="2025-01-10 15:00", mrr=70.0),
    Customer("late", "treatment", drawn="2025-06-20"),
]


EXTRA = (
    ("h7@mail", "control", "2025-01-12"),
    ("nobody@mail", "control", "2025-01-10"),
    ("h6", "treatment", "2025-02-20"),
    ("h5@mail", "treatment", "2025-01-11"),
)
"""h7 in both arms, one who is nobody, and two who stand twice in one arm: the first day counts."""


def twenty() -> list[Customer]:
    return [Customer(**{**vars(one), "left": LEAVERS.get(one.name, one.left)}) for one in (*HELPED, *OTHERS, *STRANGERS)]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return facts_of(tmp_path_factory.mktemp("twenty"), twenty(), extra=EXTRA)


@pytest.fixture(scope="module")
def assigned(facts: Facts) -> Assigned:
    (test,) = listed_tests(facts)
    return build_assigned(facts, test)


def names(facts: Facts, assigned: Assigned) -> list[str]:
    keys = facts.spine.column("customer_key").to_pylist()
    return [keys[number] for number in assigned.customer]


def test_who_is_on_the_list_and_who_is_set_aside(assigned: Assigned) -> None:
    drawn = assigned.drawn
    assert drawn.listed == (10, 12), "h0-h7, gone, late; o0-o7, new, same_day, h7 once more by address, and one who is nobody"
    assert drawn.found == (10, 11)
    assert (drawn.both, drawn.left_before, drawn.not_yet, drawn.not_followed) == (2, 1, 1, 1), "h7 counts in both arms"
    assert (drawn.unknown, drawn.in_order) == (0, 17)
    assert [step.customers for step in assigned.funnel] == [22, 21, 19, 17, 16]


def test_a_row_without_a_day_an_arm_or_a_name_was_drawn_all_the_same(tmp_path: Path) -> None:
    """h0-h7 and o0-o7 as above, of whom h0, h1 and h2 have no day; o7 has a second row without one, one row has no name, and one no arm."""
    people = [replace(one, drawn="" if one.name in ("h0", "h1", "h2") else one.drawn) for one in (*HELPED, *OTHERS)]
    (test,) = listed_tests(facts := facts_of(tmp_path, people, extra=(("o7", "control", ""), ("", "treatment", "2025-01-10"), ("h7", "", "2025-01-10"))))
    built = build_assigned(facts, test)
    assert (built.drawn.listed, built.drawn.found) == ((9, 8), (5, 8))
    assert (built.drawn.undated, built.drawn.unknown, built.rows) == (3, 1, 13)


def test_who_is_compared_and_who_left(facts: Facts, assigned: Assigned) -> None:
    compared = names(facts, assigned)
    assert sorted(compared) == sorted([*(f"h{n}" for n in range(7)), *(f"o{n}" for n in range(8)), "same_day"])
    left = {name: bool(gone) for name, gone in zip(compared, assigned.churned, strict=True)}
    assert assigned.horizon == 6
    assert {name for name, gone in left.items() if gone} == {"h0", "h1", "o0", "o1", "o2"}
    assert {name for name, helped in zip(compared, assigned.treated, strict=True) if helped} == {f"h{n}" for n in range(7)}


def test_months_lived_and_paid(facts: Facts, assigned: Assigned) -> None:
    place = names(facts, assigned).index("o1")
    assert assigned.alive[place].tolist() == [1, 0, 0, 0, 0, 0], "1 March lies before 10 March"
    assert assigned.revenue[place].tolist() == [20, 0, 0, 0, 0, 0]
    assert (assigned.revenue_now[place], assigned.revenue_before[place]) == (20, 20)
    assert assigned.revenue[names(facts, assigned).index("same_day")].tolist() == [70] * 6, "who came that month pays in the months after"
    assert assigned.revenue.sum() == 6 * (10 * (3 + 4 + 5 + 6 + 7 + 4 + 5 + 6 + 7 + 8) + 70) + 5 * 20 + 20 + 5 * 30, "h1, o1 and o2 pay while they are there"


def test_revenue_is_of_the_months_after_and_what_is_known_of_the_month_before(facts: Facts) -> None:
    """Each month of each customer is worth its own number: 1 in January 2025, 2 in February and so on."""
    table = facts.person_months
    told = np.asarray(table.column("month")) - (2025 * 12 - 1)
    for name in ("mrr", "usage"):
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(told.astype(float)))
    (test,) = listed_tests(facts)
    built = build_assigned(replace(facts, person_months=table), test)
    stayed = ~built.churned & (built.alive.sum(axis=1) == 6)
    assert np.unique(built.revenue[stayed], axis=0).tolist() == [[2, 3, 4, 5, 6, 7]]
    assert np.nanmax(built.revenue_before) == np.nanmin(built.revenue_before) == 0
    assert set(built.revenue_now) == {0.0, 1.0}, "same_day was no customer at the start of January"


def test_what_is_known_before_lies_before_the_draw(assigned: Assigned) -> None:
    assert set(assigned.covariates.groups) == {"log tenure", "log monthly revenue"}
    assert np.isnan(assigned.revenue_before).sum() == 1, "same_day was no customer in the month before"


def test_the_follow_up_is_the_longest_that_the_files_reach(tmp_path: Path) -> None:
    reached = {}
    for seen in ("2025-03-31", "2025-10-31", "2026-01-31"):
        (test,) = listed_tests(found := facts_of(tmp_path / seen, [*HELPED, *OTHERS], seen=seen))
        reached[seen] = build_assigned(found, test).horizon
    assert reached == {"2025-03-31": 2, "2025-10-31": 9, "2026-01-31": 12}


def test_some_who_were_drawn_late_shorten_nothing_and_more_do(tmp_path: Path) -> None:
    def horizon(late: int) -> tuple[int, int]:
        people = [*(Customer(f"e{n}", "control") for n in range(20 - late)), *(Customer(f"l{n}", "treatment", drawn="2025-04-02") for n in range(late))]
        (test,) = listed_tests(found := facts_of(tmp_path / str(late), people))
        built = build_assigned(found, test)
        return built.horizon, built.drawn.not_followed

    assert horizon(4) == (6, 4)
    assert horizon(5) == (3, 0)


def test_tests_come_in_the_order_of_their_first_draw_and_are_not_mixed(tmp_path: Path) -> None:
    people = [
        *(Customer(f"a{n}", "control" if n % 2 else "treatment", test="late", drawn="2025-02-10") for n in range(6)),
        *(Customer(f"b{n}", "control" if n % 2 else "treatment", test="early") for n in range(4)),
    ]
    facts = facts_of(tmp_path, people)
    assert [(test.name, len(test.customer)) for test in listed_tests(facts)] == [("early", 4), ("late", 6)]
    found = analyse_tests(facts, Design())
    assert [key for one in found for key in one.effects] == ["randomised.churn_6m", "randomised_2.churn_3m"]
    assert all("Of twenty tests" in effect.notes[-1] for one in found for effect in one.effects.values())


def test_a_column_of_names_is_not_a_hundred_tests(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, [Customer(f"a{n}", "control", test=f"name {n}") for n in range(100)])
    assert (count_tests(facts), len(listed_tests(facts))) == (100, MOST_TESTS)


def test_rows_in_another_order_give_the_same(tmp_path: Path) -> None:
    def built(people: list[Customer]) -> Assigned:
        (test,) = listed_tests(found := facts_of(tmp_path / people[0].name, people))
        return build_assigned(found, test)

    one, other = built(twenty()), built(twenty()[::-1])
    assert one.drawn == other.drawn
    assert (one.churned.sum(), one.treated.sum(), one.revenue.sum()) == (other.churned.sum(), other.treated.sum(), other.revenue.sum())


def test_without_a_list_there_is_no_test(tmp_path: Path) -> None:
    assert listed_tests(facts_of(tmp_path, [Customer("a", None), Customer("b", None)])) == ()
