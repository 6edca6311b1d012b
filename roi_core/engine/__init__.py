"""The engine: hardened DuckDB connections, and the SQL definitions that run on them."""

from roi_core.engine.aggregate import Group, Label, Middle, Rows, Sums, Values, counts, distinct, listed, middles, quantiles, rank, ratio_sums, span
from roi_core.engine.definitions import definition, definition_names, drop, keep, query, run, see
from roi_core.engine.embedded import IN_ORDER, LOAD, PAGE, SPILL_SUFFIX, Connection, Limits, analyst, reader
from roi_core.engine.parts import Covariate, attach, attach_all, covariates, metadata, register, scan

__all__ = [
    "IN_ORDER",
    "LOAD",
    "PAGE",
    "SPILL_SUFFIX",
    "Connection",
    "Covariate",
    "Group",
    "Label",
    "Limits",
    "Middle",
    "Rows",
    "Sums",
    "Values",
    "analyst",
    "attach",
    "attach_all",
    "counts",
    "covariates",
    "definition",
    "definition_names",
    "distinct",
    "drop",
    "keep",
    "listed",
    "metadata",
    "middles",
    "quantiles",
    "query",
    "rank",
    "ratio_sums",
    "reader",
    "register",
    "run",
    "scan",
    "see",
    "span",
]
