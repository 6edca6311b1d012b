"""From files to facts, and from facts to effects: 200,000 tickets of 20,000 customers, beside what others need to parse the same files."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Figure, seconds
from roi_core.cohorts.design import Design
from roi_core.companies import write_sample
from roi_core.effects.supported import analyse_supported
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.spine import Facts, build_facts
from roi_core.workspace import Workspace

CUSTOMERS, TICKETS = 20_000, 200_000
ASKED_FOR = ("freshdesk_tickets.csv", "stripe_customers.csv", "stripe_subscriptions.csv")
TIMES = 3


def figures() -> Iterator[Figure]:
    """Medians of three. `files to all facts` reads tickets, customers and subscriptions; the second also 300,000 invoices and usage."""
    with tempfile.TemporaryDirectory() as folder:
        yield Figure(f"generate a company of {CUSTOMERS:,} and write its exports", seconds(lambda: _write(Path(folder)), 1), "s")
        few = [Path(folder) / name for name in ASKED_FOR]
        everything = sorted(Path(folder).glob("*.csv"))
        yield Figure("pandas.read_csv of tickets, customers, subscriptions", seconds(lambda: _pandas(few), TIMES), "s")
        yield Figure("DuckDB read_csv_auto of the same", seconds(lambda: _duckdb(few), TIMES), "s")
        yield Figure(f"{TICKETS:,} tickets: files to all facts", seconds(lambda: _facts(few), TIMES), "s", limit=6)
        yield Figure("the same with invoices, usage, surveys and costs", seconds(lambda: _facts(everything), TIMES), "s")
        facts = _facts(everything)
        yield Figure("helped against not, 6 months: ladder, gates, grade", seconds(lambda: analyse_supported(facts, Design(), 6), TIMES), "s")


def _write(folder: Path) -> None:
    """A generated company whose tickets are repeated under new numbers until there are 200,000."""
    write_sample(folder, "saas", customers=CUSTOMERS, seed=1)
    path = folder / ASKED_FOR[0]
    with path.open(encoding="utf-8", newline="") as source:
        header, *rows = csv.reader(source)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(header)
        writer.writerows([str(number), *rows[number % len(rows)][1:]] for number in range(TICKETS))


def _facts(files: list[Path]) -> Facts:
    with Workspace.temporary() as workspace:
        take_in(files, workspace, limits=FROM_DISK)
        return build_facts(workspace.tables())


def _pandas(files: list[Path]) -> None:
    import pandas as pd

    for file in files:
        pd.read_csv(file, low_memory=False)


def _duckdb(files: list[Path]) -> None:
    import duckdb

    with duckdb.connect() as con:
        for file in files:
            con.read_csv(str(file)).to_arrow_table()
