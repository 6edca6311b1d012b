"""`python -m benchmarks.from_files FILE ...`: files to all facts, and from Parquet again. Prints seconds of both.

Run by benchmarks/scale.py.
"""

import sys
from time import perf_counter

from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.spine import build_facts
from roi_core.workspace import Workspace

with Workspace.temporary() as workspace:
    start = perf_counter()
    intake = take_in(sys.argv[1:], workspace, limits=FROM_DISK)
    if any(report.rows is None or report.rows.unaccounted for report in intake.files):
        raise AssertionError("rows that do not add up")
    build_facts(workspace.tables())
    read = perf_counter()
    build_facts(workspace.tables())
    again = perf_counter()
print(read - start, again - read)
