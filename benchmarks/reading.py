"""`python -m benchmarks.reading FILE`: reads one file and prints the seconds, and the gigabytes of the largest child. Run by benchmarks/reader.py."""

import resource
import sys
from time import perf_counter

from roi_core.ingest import inspect

start = perf_counter()
(report,) = inspect([sys.argv[1]])["files"]
taken = perf_counter() - start
if report["rows"]["unaccounted"] or not report["rows"]["loaded"]:
    raise AssertionError("rows that do not add up")
print(taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6)
