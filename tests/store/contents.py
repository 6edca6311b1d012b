"""All that a workspace holds, as plain values to compare, and all that a home holds that belongs to nobody."""

import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from roi_core.errors import SupportRoiError
from roi_core.workspace import Workspace, saved
from roi_core.workspace.database import reading
from roi_core.workspace.store import known_versions


def contents(workspace: Workspace) -> dict[str, Any]:
    """Root, versions with their reports, journal, labels, and the bytes of all parts. Raises what reading them raises."""
    now = workspace.root
    versions = {version: (workspace.manifest(version), workspace.reports(version)) for version in known_versions(workspace)}
    return {
        "root": now.as_json(),
        "versions": versions,
        "journal": workspace.journal(-1),
        "keys": (workspace.keys.match, workspace.keys.vault),
        "labels": labels(workspace),
        "tables": {str(path.relative_to(workspace.folder)): _table(path) for paths in workspace.tables().values() for path in paths},
    }


def labels(workspace: Workspace) -> dict[str, Any]:
    """What the vault holds, by kind."""
    with reading(workspace.vault_path) as con:
        kinds = [kind for (kind,) in con.execute("SELECT DISTINCT kind FROM bundles ORDER BY kind")]
    return {kind: workspace.vault.kept(kind) if kind.startswith("held:") else workspace.vault.labels(kind) for kind in kinds}


def counting(workspace: Workspace) -> dict[str, Any]:
    """What counts now, without the way to it."""
    now = workspace.root
    return {"values": dict(now.values), "designs": dict(now.designs), "parts": workspace.manifest(), "reports": workspace.reports()}


def halves(workspace: Workspace) -> list[str]:
    """Parts without a report and reports without a part."""
    parts = {part.meta["source"] for part in workspace.manifest() if "source" in part.meta}
    told = {report["source"] for report in workspace.reports() if report.get("entity") and report["rows"]["loaded"]}
    return [f"half saved: {source[:8]}" for source in parts ^ told]


def unreadable(workspace: Workspace) -> list[str]:
    """Whether work that must be whole is not."""
    try:
        Workspace.open(workspace.home, workspace.id).verify()
    except SupportRoiError as error:
        return [f"unreadable: {error}"]
    return []


def orphans(home: Path) -> list[str]:
    """Files that no work needs."""
    needed = {home / "last.json"}
    for work in saved(home):
        workspace = Workspace.open(home, work)
        needed |= {workspace.meta_path, workspace.vault_path, workspace.keys_path}
        named = {(part.table, part.digest): part for version in known_versions(workspace) for part in workspace.manifest(version)}
        needed |= {workspace.path(part) for part in named.values()}
        needed |= set((workspace.folder / "backup" / "format-1").glob("*.sqlite"))
    return [f"left behind: {path.relative_to(home)}" for path in home.rglob("*") if path.is_file() and path not in needed]


def _table(path: Path) -> str:
    digest = hashlib.sha256()
    for batch in pq.ParquetFile(path).read(use_threads=False).to_batches():
        for column in batch.columns:
            digest.update(repr(column.to_pylist()).encode())
    return digest.hexdigest()
