"""The engine: hardened DuckDB connections, and the SQL definitions that run on them."""

from roi_core.engine.aggregate import Group, Middle, Rows, Sums, Values, middles, quantiles, ratio_sums, span
from roi_core.engine.definitions import definition, definition_names, drop, keep, query, run
from roi_core.engine.embedded import IN_ORDER, LOAD, PAGE, SPILL_SUFFIX, Connection, Limits, analyst, reader
from roi_core.engine.parts import Covariate, attach, attach_all, covariates, metadata, register

__all__ = [
    "IN_ORDER",
    "LOAD",
    "PAGE",
    "SPILL_SUFFIX",
    "Connection",
    "Covariate",
    "Group",
    "Limits",
    "Middle",
    "Rows",
    "Sums",
    "Values",
    "analyst",
    "attach",
    "attach_all",
    "covariates",
    "definition",
    "definition_names",
    "drop",
    "keep",
    "metadata",
    "middles",
    "quantiles",
    "query",
    "ratio_sums",
    "reader",
    "register",
    "run",
    "span",
]
