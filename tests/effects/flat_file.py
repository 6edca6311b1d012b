"""A flat part as the reader would publish it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROLES = {"id": "Customer", "supported": "Had support", "churned": "Left", "tenure_months": None, "satisfaction": None, "revenue": None}


def flat_part(folder: Path, columns: Mapping[str, Any], covariates: Mapping[str, Any], roles: Mapping[str, str | None] | None = None) -> tuple[Path, ...]:
    """Canonical `columns`, and `covariates` by header; numbers are numbers, texts are labels."""
    rows = len(next(iter(columns.values())))
    table = pa.table({**columns, **{f"x{i}": values for i, values in enumerate(covariates.values())}, "row_no": list(range(rows)), "file_no": [0] * rows})
    described = [
        {"column": f"x{i}", "header": header, "type": "text" if pa.types.is_string(table.column(f"x{i}").type) else "number"}
        for i, header in enumerate(covariates)
    ]
    noted = {"covariates": described, "roles": {role: {"header": header} for role, header in (ROLES | dict(roles or {})).items()}}
    place = folder / "tables" / "flat"
    place.mkdir(parents=True, exist_ok=True)
    path = place / "0.parquet"
    pq.write_table(table.replace_schema_metadata({b"support_roi": json.dumps(noted).encode()}), path)
    return (path,)
