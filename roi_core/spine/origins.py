"""Which file and column the dates behind an answer were read from, for whoever wants to correct them there."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from roi_core.sentences import say

ORIGINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contacts": ("tickets.created_at",),
        "owners": ("tickets.email", "tickets.customer_id", "tickets.company"),
        "starts": ("subscriptions.started_at", "customers.started_at"),
        "ends": ("subscriptions.ended_at", "customers.churned_at"),
        "orders": ("orders.ordered_at",),
        "renewals": ("contracts.renewed",),
    }
)
"""By what is read: the columns of the schema that it is read from, all that the files fill."""


def origins_of(reports: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """For each of `ORIGINS`, in words, the headers and files it was read from; that no column holds it where none does."""
    found: dict[str, list[tuple[str, str]]] = {}
    for report in reports:
        for column in report.get("columns") or ():
            found.setdefault(column["canonical"], []).append((column["header"], report.get("member") or report["file"]))
    return {name: _told(name, [place for column in columns for place in found.get(column, ())]) for name, columns in ORIGINS.items()}


def is_nowhere(origins: Mapping[str, str], name: str) -> bool:
    """Whether no column of the files holds it; False where that was not looked for."""
    return origins.get(name) == say("origin.nowhere", what=say(f"origin.{name}"))


def _told(name: str, places: Sequence[tuple[str, str]]) -> str:
    if not places:
        return say("origin.nowhere", what=say(f"origin.{name}"))
    by_file: dict[str, list[str]] = {}
    for header, file in dict.fromkeys(places):
        by_file.setdefault(file, []).append(f'"{header}"')
    written = "; ".join(say("origin.place", headers=", ".join(headers), file=file) for file, headers in by_file.items())
    return say("origin.read", what=say(f"origin.{name}"), places=written)
