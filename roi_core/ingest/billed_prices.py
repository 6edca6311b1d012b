"""What is said and asked where invoices show that the amounts of a subscriptions file are not of a month."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from roi_core import engine
from roi_core.errors import quoted
from roi_core.ingest.merging import Merged
from roi_core.ingest.monthly_price import INTERVAL, MONTH, SUBJECT
from roi_core.ingest.questions import Question
from roi_core.workspace import Workspace
from roi_core.workspace.manifest import Part

_COLUMN = "subscriptions.mrr"


def billed_prices(workspace: Workspace, together: Sequence[Part], new: Sequence[Part]) -> dict[str, Merged]:
    """By the digest of a new part of subscriptions, or of the first new one of invoices: what bills say of the amounts, and the question.

    `together` are all parts that will count.
    """
    named = {table: [part for part in new if part.table == table] for table in ("subscriptions", "invoices")}
    parts = [part for part in together if part.table == "subscriptions" and _is_open(workspace.path(part))]
    if not any(named.values()) or not parts or not any(part.table == "invoices" for part in together):
        return {}
    with engine.analyst(workspace.tables_folder, engine.LOAD) as con:
        for table in named:
            engine.attach(con, table, [workspace.path(part) for part in together if part.table == table])
        counted = {row["file_no"]: (row["agree"], row["priced"]) for row in engine.run_few(con, "price_basis")}
    found: dict[str, Merged] = {}
    for part in parts:
        if (told := counted.get(int(part.meta["source"][:12], 16))) is None:
            continue
        speaks = part if part in named["subscriptions"] else named["invoices"][0]
        before = found.get(speaks.digest, Merged())
        asks = (_question(),) if speaks is part else ()
        found[speaks.digest] = Merged((*before.notes, _note(part, *told)), (*before.asks, *asks))
    return found


def _is_open(part: Path) -> bool:
    """Whether its amounts may be of an interval: what the reader has settled has a column that says so."""
    held = pq.read_schema(part).names
    return {"mrr", "interval"} <= set(held) and "mrr_is_monthly" not in held


def _note(part: Part, agree: int, priced: int) -> str:
    return (
        f"ask: mrr of {quoted(part.meta['file'])} is what the invoices of {agree:,} of {priced:,} customers who are not billed monthly say for a whole "
        "interval: it is divided by the months of the interval"
    )


def _question() -> Question:
    ways = {INTERVAL: "the amount pays for one billing interval, as invoices show", MONTH: "the amount is of one month, whatever is billed"}
    return Question.of(SUBJECT, (_COLUMN,), ways, INTERVAL)
