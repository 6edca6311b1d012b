"""The process that reads a bundle, so that a hostile one ends it and nothing else; started as the reader of files is.

It answers `{"refused": text}`, or `{"part": {...}}` for each part once it is our own Parquet in staging, then `{"work": {...}, "sealed": {...} | null}`.
"""

import secrets
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from roi_core.errors import BundleRefused
from roi_core.ingest.child import Say, serve
from roi_core.ingest.limits import ReadLimits


def main() -> None:
    """One bundle."""
    serve(read)


def read(spec: Mapping[str, Any], say: Say, limits: ReadLimits) -> None:
    """Checks all of it, then unpacks it part by part. Raises nothing that is the file's fault."""
    name = spec["files"][0]["name"]
    try:
        _read(Path(spec["files"][0]["path"]), name, spec["passphrase"], Path(spec["staging"]), say, limits)
    except BundleRefused as refused:
        say({"refused": str(refused)})


def _read(path: Path, name: str, passphrase: str | None, staging: Path, say: Say, limits: ReadLimits) -> None:
    import pyarrow as pa

    from roi_core.bundle import described
    from roi_core.bundle.layout import MANIFEST, WORK
    from roi_core.bundle.opening import checked, json_of
    from roi_core.bundle.table_csv import NotTheTable, write_part

    archive, manifest = checked(path, name, limits)
    with archive:
        work = json_of(archive, WORK, name)
        try:
            decided = described.decided(work)
            parts = [described.described(part) for part in work["parts"]]
            secret = _opened(archive, name, passphrase, len(parts), manifest.members, limits)
        except (described.NotAWork, KeyError, TypeError) as fault:
            raise BundleRefused.changed(name, f"{MANIFEST} or {WORK} says what no export says ({fault})") from None
        if sorted(part.member for part in parts) != sorted(member for member in manifest.members if member.startswith("tables/")):
            raise BundleRefused.changed(name, "its tables are not those it lists")
        for place, part in enumerate(parts):
            whole = replace(part, meta=secret["metas"][place], noted=secret["noted"][place]) if secret else part
            file = f"{secrets.token_hex(8)}.parquet"
            try:
                with archive.open(part.member) as rows:
                    write_part(rows, whole, staging / file)
            except (pa.ArrowException, NotTheTable, UnicodeError):
                raise BundleRefused.changed(name, f"{part.member} is not the table that it says it is") from None
            say({"part": {"table": part.table, "file": file, "meta": dict(whole.meta)}})
    say({"work": {**decided, "reports": secret["reports"]} if secret else decided, "sealed": secret})


def _opened(
    archive: zipfile.ZipFile, name: str, passphrase: str | None, parts: int, members: Mapping[str, Any], limits: ReadLimits
) -> Mapping[str, Any] | None:
    from roi_core.bundle import described, sealed
    from roi_core.bundle.layout import SEALED

    if not passphrase:
        return None
    if SEALED not in members:
        raise BundleRefused.nothing_sealed(name)
    try:
        content = sealed.open_sealed(archive.read(SEALED), passphrase, limits.unpacked_bytes)
    except sealed.NotOpened:
        raise BundleRefused.passphrase(name) from None
    except ValueError:
        raise BundleRefused.too_large(name, "its sealed part unpacks to more than the limit") from None
    return described.sealed(content, parts)


if __name__ == "__main__":
    main()
