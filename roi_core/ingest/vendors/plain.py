"""Our own plain tables: headers are the canonical names, in any order; what stands beside them is kept as covariates."""

from types import MappingProxyType

from roi_core.ingest.export import Export
from roi_core.ingest.templates import GUIDE_HEADERS
from roi_core.schema import LOADED, Table

_RAW_API = MappingProxyType({"tickets": ("assignee_stations", "reason_id", "survey_id")})
"""Headers of helpdesk interfaces whose rows also have `ticket_id` and `created_at`, and are metrics or ratings, not tickets."""


def _plain(table: Table) -> Export:
    return Export(
        id=f"plain_{table.name}",
        vendor="plain",
        title=f"{table.title}, plain table",
        entity=table.name,
        signature=table.required,
        columns=MappingProxyType({f"{table.name}.{name}": (name,) for name in table.names}),
        absent=_RAW_API.get(table.name, ()),
        dates=("YYYY-MM-DD", "YYYY-MM-DD HH:MM:SS"),
        zone="UTC",
    )


_GUIDE = Export(
    id="template_guide",
    vendor="plain",
    title="How to fill a template",
    entity="",
    signature=GUIDE_HEADERS,
    columns=MappingProxyType({}),
    aggregated="the sheet says how a template is filled, and holds no data",
)

EXPORTS = (*(_plain(table) for table in LOADED.values()), _GUIDE)
