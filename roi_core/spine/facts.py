"""The facts of one set of files: derived tables, and what they cover."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.results import Absent
from roi_core.sentences import WORDS_OF, say
from roi_core.spine.ends import Ends
from roi_core.spine.linkage import Linkage
from roi_core.spine.origins import is_nowhere
from roi_core.spine.starts import Starts

NOBODY_ASSIGNED = pa.schema([("test", pa.string()), ("treated", pa.int32()), ("assigned_s", pa.int64()), ("customer_no", pa.int64())]).empty_table()
"""Without a treatment list."""
NOBODY_REACHED = pa.schema([("customer_no", pa.int64()), ("at_s", pa.int64())]).empty_table()
"""Without an outreach list or a ticket that support opened."""
NOBODY_ANSWERED = pa.schema(
    [("customer_no", pa.int64()), ("rated_s", pa.int64()), ("csat", pa.float64()), ("csat_raw", pa.float64()), ("csat_scale", pa.float64())]
).empty_table()
"""Without a survey answer that names a customer and no ticket."""


@dataclass(frozen=True, slots=True)
class CostRow:
    """One cell of a cost sheet: month number, component of the schema, amount in the company's currency."""

    month: int
    component: str
    amount: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Derived tables of `schema.derived` and the window they cover.

    `first_month` is the first month whose customers are followed, `covered_month` the first with a ticket or money (without either the first followed):
    the period that is told goes from there. `last_contact_month` and `last_month` are the last whole months of tickets and of everything.
    `costs_left_out` says why no cost counts though a file has some. `sent` is `surveys_sent.SENT`. `seen_s` is when the window closes, in
    epoch seconds. `listed_unread` are rows of treatment lists that are broken, so that nobody knows whose they are.
    `bought` holds the orders of customers (`schema.derived`), `terms` their contracts and `reached` when the team wrote first,
    `answers` their ratings that are of no ticket, none where the files have none.
    `excluded` counts the tickets that each rule keeps out, or would. `telling_labels` are those of `undated`: no covariate may be one of them.
    `origins` says in words which columns the dates come from (`spine.origins`).
    """

    spine: pa.Table
    person_months: pa.Table
    contacts: pa.Table
    bought: pa.Table
    terms: pa.Table
    linkage: Linkage
    first_month: int
    covered_month: int
    first_contact_month: int | None
    last_contact_month: int | None
    last_month: int
    currency: str | None
    currencies: tuple[str, ...]
    costs: tuple[CostRow, ...]
    tables: tuple[str, ...]
    rows: Mapping[str, int]
    telling_labels: tuple[str, ...]
    starts: Starts
    ends: Ends
    sent: pa.Table
    assigned: pa.Table = field(default_factory=lambda: NOBODY_ASSIGNED)
    reached: pa.Table = field(default_factory=lambda: NOBODY_REACHED)
    answers: pa.Table = field(default_factory=lambda: NOBODY_ANSWERED)
    excluded: Mapping[str, int] = field(default_factory=dict)
    costs_left_out: str = ""
    seen_s: int | None = None
    listed_unread: int = 0
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """What is followed, as keys of effects name it: `churn`; in a shop `no_order`, of services `not_renewed`, all within the horizon."""
        return "no_order" if self.is_shop else "not_renewed" if self.is_services else "churn"

    @property
    def words(self) -> str:
        """The words in which sentences speak of it."""
        return WORDS_OF[self.outcome]

    @property
    def untold_ends(self) -> Absent | None:
        """Why nothing is known of leaving, where nobody in the files ever left: customers are marked as gone on no known day, or no file could say who left."""
        if self.spine.column("churned_s").null_count < self.spine.num_rows:
            return None
        undated, billed = self.ends.undated - self.ends.told, self.rows.get("subscriptions") or self.rows.get("mrr_movements")
        if undated:
            return Absent(say("ends.undated", n=f"{undated:,}"), say("ends.untold_check" if billed else "ends.untold_next"))
        return Absent(say("ends.nowhere"), say("ends.untold_next")) if is_nowhere(self.origins, "ends") and not billed else None

    @property
    def is_services(self) -> bool:
        """Whether customers are on contracts of which the files say that they were renewed or not, and no subscription is known."""
        known = self.terms.num_rows - self.terms.column("renewed").null_count
        return known > 0 and not self.rows.get("subscriptions")

    @property
    def is_shop(self) -> bool:
        """Whether customers are buyers: they order, and no file knows a subscription, a bill, a monthly revenue or an end of any of them."""
        known = self.spine.column("churned_s").null_count < self.spine.num_rows or self.spine.column("first_mrr").null_count < self.spine.num_rows
        return self.bought.num_rows > 0 and not known and not self.is_services and not any(self.rows.get(name) for name in ("subscriptions", "invoices"))


def numbers(table: pa.Table, column: str) -> NDArray[np.float64]:
    """A column as floats, nan for null, shape (rows,)."""
    filled: Any = table.column(column).cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return np.asarray(filled, dtype=np.float64)


def integers(table: pa.Table, column: str, null: int = -1) -> NDArray[np.int64]:
    """A column as integers, `null` where there is none, shape (rows,)."""
    return np.asarray(table.column(column).cast(pa.int64()).fill_null(null).to_numpy(zero_copy_only=False), dtype=np.int64)


def booleans(table: pa.Table, column: str) -> NDArray[np.bool_]:
    """A column as booleans, False for null, shape (rows,)."""
    return np.asarray(table.column(column).fill_null(fill_value=False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def labels(table: pa.Table, column: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """A text column as codes (rows,) with -1 for null, and its levels in alphabetical order."""
    values = table.column(column).cast(pa.string()).combine_chunks()
    encoded = values.dictionary_encode() if isinstance(values, pa.Array) else pa.concat_arrays(values.chunks).dictionary_encode()
    levels = encoded.dictionary.to_pylist()
    order = sorted(range(len(levels)), key=lambda i: str(levels[i]))
    rank = np.full(len(levels) + 1, -1, dtype=np.int64)
    rank[order] = np.arange(len(levels))
    codes = np.asarray(encoded.indices.fill_null(len(levels)).to_numpy(zero_copy_only=False), dtype=np.int64)
    return rank[codes], tuple(str(levels[i]) for i in order)
