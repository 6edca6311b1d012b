"""One table from its bytes to a typed part: read, recognised, translated, written into staging, its labels sealed."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roi_core.engine.parts import METADATA
from roi_core.errors import FileRefused, quoted
from roi_core.ingest.dump import LOADED, QUARANTINED, quarantine_as_csv, write_loaded, write_quarantined
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.mapping import Choices
from roi_core.ingest.read import Quarantined, TextTable, read_text
from roi_core.ingest.recognise import Recognition, recognise
from roi_core.ingest.translate import Typed, translate
from roi_core.workspace.vault import Vault

Entry = dict[str, Any]

QUARANTINE = "quarantine"
_SAMPLE_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Job:
    """What every table of one run shares.

    `sources` holds the SHA-256 of each file that was loaded before, with its name. `tell` hears how far a table is, 0 to 1.
    """

    staging: Path
    match_key: bytes
    vault: Vault | None
    choices: Choices
    limits: ReadLimits
    dump: bool
    sources: dict[str, str]
    tell: Callable[[float], None]


def quarantine_key(source: str, member: str | None) -> str:
    """Under which key the vault keeps what was set aside from a table; `source` is the SHA-256 of its bytes."""
    return f"{source}/{member or ''}"


def load_table(path: Path, file: str, member: str | None, job: Job) -> Entry:
    """The report of one table, with `part` (a file in staging, or None), `meta` and `dump` beside the keys of `inspect`.

    Raises SupportRoiError where the table is refused.
    """
    name = member or file
    source = _not_seen(path, name, job)
    text = read_text(path, name, job.staging, job.limits)
    job.tell(0.4)
    recognition = job.choices.recognition(name, text.headers) or recognise(text.headers, text.text.slice(0, _SAMPLE_ROWS), job.choices.flat, name)
    typed = translate(text, recognition, job.match_key) if recognition.entity else None
    job.tell(0.7)
    text, aside = _without(text, typed.set_aside if typed else ())
    _check_balance(text, typed, name)
    if job.vault:
        _seal(job.vault, quarantine_key(source, member), typed, aside)
    meta = _meta(recognition, typed, source, name)
    job.sources[source] = name
    return {
        **_report(file, member, text, recognition, typed),
        "part": _write_part(typed.table, meta, source, job.staging) if typed and typed.table.num_rows else None,
        "meta": meta,
        "dump": _dump(text, aside, job.staging) if job.dump else None,
    }


def _not_seen(path: Path, name: str, job: Job) -> str:
    with path.open("rb") as file:
        source = hashlib.file_digest(file, "sha256").hexdigest()
    if source in job.sources and path.stat().st_size:
        raise FileRefused.stopped(name, f"it holds the same bytes as {quoted(job.sources[source])}, which is loaded already")
    return source


def _check_balance(text: TextTable, typed: Typed | None, name: str) -> None:
    """Raises FileRefused.stopped where a row would be lost between the file, its text and its typed part."""
    ledger = text.ledger
    lost = abs(ledger.unaccounted) + abs(ledger.loaded - text.text.num_rows) + (abs(ledger.loaded - typed.table.num_rows) if typed else 0)
    if lost:
        raise FileRefused.stopped(name, f"{lost:,} of its {ledger.records:,} rows could not be accounted for")


def _without(text: TextTable, set_aside: tuple[tuple[int, str], ...]) -> tuple[TextTable, tuple[Quarantined, ...]]:
    """The table without the rows that translation set aside, and all quarantined rows in order of their lines."""
    if not set_aside:
        return text, text.quarantined
    reasons = dict(set_aside)
    gone = pc.is_in(text.text.column("line"), pa.array(list(reasons), pa.int64()))
    rows = text.text.filter(gone).to_pylist()
    mark = text.delimiter or ","
    moved = tuple(Quarantined(line := row.pop("line"), reasons[line], _as_record(list(row.values()), mark)) for row in rows)
    quarantined = tuple(sorted((*text.quarantined, *moved), key=lambda q: q.line))
    kept = text.text.filter(pc.invert(gone))
    left = TextTable(text.headers, kept, text.ledger.set_aside(len(moved)), quarantined, text.encoding, text.delimiter, text.notes)
    return left, quarantined


def _as_record(cells: list[str], mark: str) -> str:
    return mark.join(cell if not set(cell) & {mark, '"', "\n", "\r"} else '"' + cell.replace('"', '""') + '"' for cell in cells)


def _seal(vault: Vault, key: str, typed: Typed | None, aside: tuple[Quarantined, ...]) -> None:
    labels: dict[str, dict[str, str]] = {}
    for kind, hashed, label in typed.vault if typed else ():
        labels.setdefault(kind, {})[hashed] = label
    if aside:
        labels[QUARANTINE] = {key: quarantine_as_csv(aside)}
    for kind, named in labels.items():
        vault.put_many(kind, named)


def _meta(recognition: Recognition, typed: Typed | None, source: str, name: str) -> dict[str, Any]:
    return {**(typed.meta if typed else {}), "vendor": recognition.vendor, "export": recognition.export, "source": source, "file": name}


def _write_part(table: pa.Table, meta: Mapping[str, Any], source: str, staging: Path) -> str:
    """`file_no` comes from the content, so that the same file gives the same part whatever it is loaded with."""
    file_no = pa.array(np.full(table.num_rows, int(source[:12], 16)), pa.int64())
    described = {key: value for key, value in meta.items() if key not in {"source", "file"}}
    whole = table.append_column("file_no", file_no).replace_schema_metadata({METADATA: json.dumps(described).encode()})
    name = f"{secrets.token_hex(8)}.parquet"
    pq.write_table(whole, staging / name, compression="zstd")
    return name


def _dump(text: TextTable, aside: tuple[Quarantined, ...], staging: Path) -> str:
    stem = secrets.token_hex(8)
    write_loaded(text.headers, text.text, staging / f"{stem}{LOADED}")
    write_quarantined(aside, staging / f"{stem}{QUARANTINED}")
    return stem


def _report(file: str, member: str | None, text: TextTable, recognition: Recognition, typed: Typed | None) -> Entry:
    columns = [asdict(column) for column in typed.columns] if typed else [_unmapped(header) for header in text.headers]
    return {
        "file": file,
        "member": member,
        "vendor": recognition.vendor,
        "export": recognition.export,
        "entity": recognition.entity or None,
        "encoding": text.encoding,
        "delimiter": text.delimiter,
        "rows": text.ledger.as_json(),
        "columns": columns,
        "notes": [*text.notes, *recognition.notes, *(typed.notes if typed else ())],
    }


def _unmapped(header: str) -> dict[str, str | None]:
    return {"header": header, "canonical": None, "unit": None, "zone": None, "format": None}
