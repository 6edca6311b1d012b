"""One process of the benchmark of the catalogue: `ours`, `pandas` or `polars`, and the folder; prints seconds, and the most gigabytes that it took."""

import importlib
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

from roi_core.results import Absent

_COLUMNS = ["month", "channel", "first_response_minutes", "resolution_minutes", "replied", "recontact_7d", "csat"]
_BY = ["month", "channel"]
_SATISFIED = 0.75


def ours(work: Path) -> tuple[float, ...]:
    """How many figures there are, and seconds for: all from the files, one more grouping of one of them, and of all."""
    from roi_core.metrics import METRICS, compute_all_by, connect

    start = perf_counter()
    with connect({name: work / name / "all.parquet" for name in ("spine", "contacts")}, {"tickets": [work / "tickets" / "all.parquet"]}) as con:
        found = compute_all_by(con, ("month", "channel"))
        every = perf_counter()
        compute_all_by(con, ("month", "team"), [METRICS["first_contact_resolution"]])
        one = perf_counter()
        compute_all_by(con, ("month", "team"))
        again = perf_counter()
    return float(sum(not isinstance(answer, Absent) for answer in found.values())), every - start, one - every, again - one


def pandas(work: Path) -> tuple[float, ...]:
    """Seconds for five numbers."""
    import pandas as pd

    start = perf_counter()
    rows = pd.read_parquet(work / "contacts" / "all.parquet", columns=_COLUMNS)
    rows["first"] = (~rows["recontact_7d"].astype("boolean")).where(rows["replied"])
    rows["satisfied"] = (rows["csat"] >= _SATISFIED).astype("float").where(rows["csat"].notna())
    asked: Mapping[str, tuple[str, str]] = {
        "contacts": ("month", "size"),
        "reply": ("first_response_minutes", "mean"),
        "first": ("first", "mean"),
        "resolution": ("resolution_minutes", "median"),
        "satisfied": ("satisfied", "mean"),
    }
    rows.groupby(_BY, dropna=False).agg(**asked)
    return (perf_counter() - start,)


def polars(work: Path) -> tuple[float, ...]:
    """Seconds for the same five numbers."""
    pl = importlib.import_module("polars")
    start = perf_counter()
    rows = pl.scan_parquet(work / "contacts" / "all.parquet").select(_COLUMNS)
    rows.group_by(_BY).agg(
        pl.len().alias("contacts"),
        pl.col("first_response_minutes").mean(),
        (~pl.col("recontact_7d")).filter(pl.col("replied")).mean().alias("first"),
        pl.col("resolution_minutes").median(),
        (pl.col("csat") >= _SATISFIED).mean().alias("satisfied"),
    ).collect()
    return (perf_counter() - start,)


if __name__ == "__main__":
    parts: Mapping[str, Callable[[Path], tuple[float, ...]]] = {"ours": ours, "pandas": pandas, "polars": polars}
    told = parts[sys.argv[1]](Path(sys.argv[2]))
    print(*told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9)
