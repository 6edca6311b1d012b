"""`python -m benchmarks.from_files FILE ...`: files to all facts, the facts again as they were kept, and worked out again. Prints seconds of all three.

Run by benchmarks/scale.py.
"""

import sys
from time import perf_counter

from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.spine import build_facts, facts_of
from roi_core.spine.saved import Saved
from roi_core.workspace import Workspace

with Workspace.temporary() as workspace:
    start = perf_counter()
    intake = take_in(sys.argv[1:], workspace, limits=FROM_DISK)
    if any(report.rows is None or report.rows.unaccounted for report in intake.files):
        raise AssertionError("rows that do not add up")
    facts_of(Saved.now(workspace))
    read = perf_counter()
    facts_of(Saved.now(workspace))
    again = perf_counter()
    build_facts(workspace.tables())
    anew = perf_counter()
print(read - start, again - read, anew - again)
