"""From when each customer is followed, for how long, and whether what is waited for came: leaving, or in a shop the next order."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from roi_core.cohorts import tenure
from roi_core.cohorts.choices import CUSTOMERS
from roi_core.cohorts.contact_kinds import KINDS, kind_of
from roi_core.cohorts.follow import NEVER
from roi_core.cohorts.orders import orders_of
from roi_core.sentences import say
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import booleans, integers, labels

EVERYBODY, FIRST_CONTACT = "", "first_contact"
TRAITS = tuple(CUSTOMERS.values())
_OTHER = "other"
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spells:
    """Customers who are followed, (n,) each: `months` until it came or the files end, `came` whether it did, month numbers of both ends, and groups.

    `entry` are the months after which somebody is first seen: who began before the files is known for having stayed until then, and counts from
    then on (left truncation); -1 for who is seen from the beginning. `cluster` are the accounts of persons, `group` is the position in `names`, -1
    where it is not known.
    """

    months: NDArray[np.float64]
    entry: NDArray[np.float64]
    came: NDArray[np.bool_]
    began: Integers
    ended: Integers
    cluster: Integers
    group: Integers
    names: tuple[str, ...]

    def of(self, groups: Integers) -> "Spells":
        """Those of some groups alone, which are numbered in the order given."""
        place = np.full(len(self.names) + 1, -1)
        place[groups] = np.arange(len(groups))
        new = place[self.group]
        rows = new >= 0
        names = tuple(self.names[i] for i in groups.tolist())
        return Spells(
            self.months[rows], self.entry[rows], self.came[rows], self.began[rows], self.ended[rows], self.cluster[rows], new[rows], names
        )  # fmt: skip

    @property
    def accounts(self) -> int:
        """How many can leave by themselves: accounts where some of them are persons of one."""
        return len(np.unique(self.cluster))

    @property
    def clustered(self) -> bool:
        """Whether some of them are persons of one account."""
        return self.accounts < len(self.cluster)


def spells(facts: Facts, by: str) -> Spells:
    """Customers from their start (in a shop their first order in the files), or from their first contact; months are those of the calendar.

    Customers of whom nobody knows when they began (`tenure.starts`) are left out.
    """
    zero_s, group, names = _from_contact(facts) if by == FIRST_CONTACT else _from_start(facts, by)
    opens_s, closes_s = calendar.start_of(facts.covered_month), calendar.start_of(facts.last_month + 1)
    came_s = _next_order(facts, zero_s) if facts.is_shop else tenure.leaves(facts, integers(facts.spine, "started_s"))
    end_s = np.minimum(came_s, closes_s)
    enters_s = zero_s if facts.is_shop or by == FIRST_CONTACT else np.maximum(zero_s, opens_s)
    rows = np.flatnonzero((zero_s >= 0) & (enters_s >= opens_s) & (enters_s < end_s))
    zero_s, end_s, enters_s = zero_s[rows], end_s[rows], enters_s[rows]
    waited, began, ended = calendar.months_between(zero_s, enters_s), calendar.months_of(zero_s), calendar.months_of(end_s)
    entry, cluster = np.where(waited > 0, waited, -1.0), integers(facts.spine, "cluster_no")[rows]
    return Spells(tenure.months_stayed(zero_s, end_s), entry, (came_s < closes_s)[rows], began, ended, cluster, group[rows], names)


def starts_unknown(facts: Facts) -> int:
    """Customers of whom nobody knows when they began; of a shop none, where it is the first order in the files that counts."""
    return 0 if facts.is_shop else int((tenure.starts(facts) < 0).sum())


def _from_start(facts: Facts, by: str) -> tuple[Integers, Integers, tuple[str, ...]]:
    started = _next_order(facts, integers(facts.spine, "started_s") - 1) if facts.is_shop else tenure.starts(facts)
    if by == EVERYBODY:
        return started, np.zeros(len(started), dtype=np.int64), ("",)
    return started, *_at_start(facts, by)


def _at_start(facts: Facts, by: str) -> tuple[Integers, tuple[str, ...]]:
    """Groups of customers, as they began.

    Their plan is that of the first day, of those who are seen later that of the month from which on they are: one that somebody took afterwards
    would count the months until then as stayed on it.
    """
    codes, names = labels(facts.spine, "started_plan" if by == "plan" else by)
    if by != "plan":
        return codes, names
    opening = facts.person_months.filter(pc.equal(facts.person_months["month"], facts.covered_month))
    found, levels = labels(opening, "plan")
    every, customer = tuple(dict.fromkeys((*names, *levels))), integers(opening, "customer_no")
    place = np.array([*(every.index(level) for level in levels), -1])[found]
    before = integers(facts.spine, "started_s")[customer] < calendar.start_of(facts.covered_month)
    codes[customer[before & (place >= 0)]] = place[before & (place >= 0)]
    return codes, every


def _from_contact(facts: Facts) -> tuple[Integers, Integers, tuple[str, ...]]:
    """By the category of the first contact in the files, of those who were customers then; of nobody known where it asks to cancel."""
    customer, at_s = integers(facts.contacts, "customer_no"), integers(facts.contacts, "created_s")
    codes, levels = labels(facts.contacts, "category")
    kinds = (*KINDS, _OTHER)
    kind_no = np.array([*(kinds.index(kind_of(level) or _OTHER) for level in levels), -1])
    order = np.lexsort((at_s, customer))
    first = order[np.unique(customer[order], return_index=True)[1]]
    zero_s, group = np.full(facts.spine.num_rows, -1), np.full(facts.spine.num_rows, -1)
    zero_s[customer[first]], group[customer[first]] = at_s[first], np.where(booleans(facts.contacts, "asks_to_cancel")[first], -1, kind_no[codes[first]])
    started = integers(facts.spine, "started_s", null=NEVER)
    return np.where(started <= zero_s, zero_s, -1), group, tuple(say(f"staying.kind_{kind}") for kind in kinds)


def _next_order(facts: Facts, after_s: Integers) -> Integers:
    """When each customer's next order after a second came (customers,), `NEVER` where none did."""
    orders, customer = orders_of(facts), np.arange(len(after_s))
    place = orders.before(customer, after_s + 1)
    there = np.flatnonzero(place < len(orders.customer))
    there = there[orders.customer[place[there]] == there]
    found = np.full(len(after_s), NEVER)
    found[there] = orders.at_s[place[there]]
    return found
