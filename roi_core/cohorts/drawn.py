"""The list of a randomised test before anybody is followed: who is on it, in which arm, and how many are set aside by what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow
from roi_core.cohorts.funnel import FunnelStep
from roi_core.spine.facts import Facts, integers, labels

MOST_TESTS = 20
"""A column of names with more is none of tests; those with the most customers are read."""

BOTH = 2
"""The arm of who is in both."""

UNDATED = np.iinfo(np.int64).max
"""The second of a draw of which the list has no day that can be read: who has no other is on the list and cannot be followed."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one test (n,): customer number (-1 where nobody is found), treated (1, 0, -1 where the arm is not known), seconds of the draw.

    These are `UNDATED` where none is known.
    """

    name: str
    customer: Integers
    treated: Integers
    assigned_s: Integers


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many were listed and found in each arm (treated, control), and who of them is set aside.

    `unknown` rows have no arm, or one that no word tells, or are broken, of whichever test; `undated` are customers without a day of the draw, and not found.
    `customers` could be followed at all in the month of the first draw. Of services,
    `nothing_due` have no contract that comes due in the follow-up and of which the files say whether it was renewed.
    """

    listed: tuple[int, int]
    found: tuple[int, int]
    unknown: int
    undated: int
    both: int
    left_before: int
    not_yet: int
    not_followed: int
    nothing_due: int
    customers: int

    @property
    def in_order(self) -> int:
        """Customers found who are in one arm, were customers on the day of the draw and had not left."""
        return sum(self.found) - self.both - self.left_before - self.not_yet


def listed_tests(facts: Facts) -> tuple[Listed, ...]:
    """The tests of all treatment lists with the most rows, in the order of their first draw and then of their names."""
    codes, names = labels(facts.assigned, "test")
    rows = np.bincount(codes, minlength=len(names))
    most = sorted(range(len(names)), key=lambda place: (-int(rows[place]), names[place]))[:MOST_TESTS]
    treated, customer = (integers(facts.assigned, column) for column in ("treated", "customer_no"))
    at = integers(facts.assigned, "assigned_s", null=UNDATED)
    found = [Listed(names[place], customer[codes == place], treated[codes == place], at[codes == place]) for place in most]
    return tuple(sorted(found, key=lambda test: (int(test.assigned_s.min()), test.name)))


def count_tests(facts: Facts) -> int:
    """How many tests the treatment lists name."""
    return len(labels(facts.assigned, "test")[1])


def one_a_customer(test: Listed) -> tuple[Integers, Integers, Integers]:
    """Customers found, of whom the day of the draw is known, in ascending order, with their arm (1, 0, or both) and the first day on which they were drawn."""
    known = (test.customer >= 0) & (test.treated >= 0) & (test.assigned_s < UNDATED)
    customer, place = np.unique(test.customer[known], return_inverse=True)
    at, arms = test.assigned_s[known], test.treated[known]
    first = np.full(len(customer), UNDATED)
    np.minimum.at(first, place, at)
    helped, not_helped = (np.bincount(place[arms == side], minlength=len(customer)) > 0 for side in (1, 0))
    arm = np.where(helped & not_helped, BOTH, helped.astype(np.int64))
    return customer, arm, first


def persons_listed(test: Listed) -> tuple[int, int]:
    """Persons listed in each arm: customers once, rows that name nobody as they stand."""

    def persons(side: int) -> int:
        of_arm = test.customer[test.treated == side]
        return len(np.unique(of_arm[of_arm >= 0])) + int((of_arm < 0).sum())

    return persons(1), persons(0)


def undated(test: Listed) -> int:
    """Persons on the list in one of its arms who are customers and of whom no day of the draw can be read."""
    in_arms = (test.customer >= 0) & (test.treated >= 0)
    dated = test.customer[in_arms & (test.assigned_s < UNDATED)]
    return len(np.setdiff1d(test.customer[in_arms], dated))


def customers_at(facts: Facts, at_s: int) -> int:
    """Customers who were there at an instant."""
    return int(((integers(facts.spine, "started_s") <= at_s) & (follow.churn_seconds(facts) > at_s)).sum())


def funnel_of(drawn: Drawn, horizon: int, compared: int) -> tuple[FunnelStep, ...]:
    """From everybody in an arm to those compared."""
    listed, found = sum(drawn.listed), sum(drawn.found)
    in_time = compared + drawn.nothing_due
    due = FunnelStep(
        "Drawn early enough", in_time, in_time, "The others have no contract that comes due in the months followed, or none that says what became of it."
    )
    return (
        FunnelStep("On the list", listed, listed, "Everybody in an arm of the test."),
        FunnelStep("Found among customers", found, found, "The others have no customer in the billing files, or no day of the draw."),
        FunnelStep("In one arm", found - drawn.both, found - drawn.both, "Who is in both arms was helped and not."),
        FunnelStep("Customers on that day", drawn.in_order, drawn.in_order, "Who had left, or came later, cannot have been drawn as a customer."),
        *((due,) if drawn.nothing_due else ()),
        FunnelStep("Compared", compared, compared, f"Drawn early enough to be followed for {horizon} months."),
    )
