"""One table from its bytes to a typed part: read, recognised, translated, written into staging, its labels sealed."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.errors import FileRefused
from roi_core.ingest.cells import of_every_part
from roi_core.ingest.coded import LARGEST
from roi_core.ingest.currency import in_one_currency
from roi_core.ingest.dump import LOADED, NOT_DATA, QUARANTINED, left_out_as_csv, quarantine_as_csv, write_loaded, write_not_data, write_quarantined
from roi_core.ingest.headers import fingerprint
from roi_core.ingest.identify import identify, propose_mapping
from roi_core.ingest.kept_texts import Written, written_in
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.mapping import Choices
from roi_core.ingest.money_ledger import as_json, holds_money, money_sums, refusal
from roi_core.ingest.money_places import money_places
from roi_core.ingest.order_lines import with_lines
from roi_core.ingest.read import TextTable
from roi_core.ingest.read_table import read_table
from roi_core.ingest.recognise import UNKNOWN, Recognition
from roi_core.ingest.reshape import reshape
from roi_core.ingest.spill import Spill
from roi_core.ingest.text_table import aside_note, no_records_note
from roi_core.ingest.translate import Typed, translate
from roi_core.schema.parts import METADATA, NO_DATA, QUARANTINE, TEXTS

if TYPE_CHECKING:
    from roi_core.ingest.aside import Aside
    from roi_core.workspace.vault import Vault

Entry = dict[str, Any]

_ROW_GROUP = 1 << 20
_SAMPLE = 1 << 14
"""Rows of a column that are looked at before it is written."""
_OF_THE_MANIFEST = frozenset({"source", "file", "fingerprint", "plan"})
"""What is known of a part and not written into it: the same rows are the same part."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every table of one run shares.

    `sources` holds the SHA-256 of each file that was loaded before, with its name. `tell` hears how far a table is, 0 to 1.
    """

    staging: Path
    match_key: bytes
    vault: "Vault | Aside | None"
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
    source, text = _not_seen(path, name, job)
    job.tell(0.4)
    recognition = identify(text, name, job.choices)
    proposal = propose_mapping(text, name, job.choices) if _is_unknown(recognition) else None
    text = text if holds_money(recognition) else replace(text, raw=None)
    text, recognition = with_lines(_not_loaded(text) if _is_aggregated(recognition) else reshape(text, recognition), recognition)
    recognition = in_one_currency(text, recognition)
    typed = translate(text, recognition, job.match_key) if recognition.entity else None
    job.tell(0.7)
    text = _after(text, typed, name) if typed else text
    _check_balance(text, typed, name)
    meta = {**_meta(recognition, typed, source, name), "fingerprint": fingerprint(text.headers), "plan": job.choices.digest(name, text.headers)}
    with ThreadPoolExecutor(1) as beside:
        written = written_in(text, recognition) if job.choices.texts and job.vault else Written("", 0)
        adding_up = beside.submit(_with_money, text, typed, name)
        sealing = beside.submit(_seal_balanced, adding_up, job.vault, quarantine_key(source, member), typed, written.csv)
        part = _write_part(typed.table, meta, source, job.staging, text.spill) if typed and typed.table.num_rows else None
        text = adding_up.result()
        sealing.result()
    job.sources[source] = name
    told = _report(file, member, text, recognition, typed)
    return {
        **told,
        "notes": [*told["notes"], *written.notes],
        "proposal": proposal,
        "questions": _open(text, recognition, typed, name, job),
        "part": part,
        "meta": meta,
        "dump": _dump(text, job.staging) if job.dump else None,
    }


def _not_seen(path: Path, name: str, job: Job) -> tuple[str, TextTable]:
    """The SHA-256 of a table's bytes, and the table; the one is computed while the other is read."""
    with ThreadPoolExecutor(1) as beside:
        hashing = beside.submit(_sha256, path)
        if job.sources and path.stat().st_size and (source := hashing.result()) in job.sources:
            raise FileRefused.loaded_already(name, job.sources[source])
        noted = partial(money_places, name=name, choices=job.choices)
        text = read_table(path, name, job.staging, job.limits, noted=noted)
        said: dict[str, str] = {}
        while (more := _said(text, name, job)) and not more.keys() <= said.keys():
            said |= more
            text = read_table(path, name, job.staging, job.limits, said, noted)
    return hashing.result(), text


def _said(text: TextTable, name: str, job: Job) -> dict[str, str]:
    """What the user has said of files with these headers, where it is another reading than that of `text`; then it is not asked again."""
    answers = _answers(text, name, job)
    return {ask.key: answers[ask.key] for ask in text.asks if answers.get(ask.key) in {way.answer for way in ask.ways} - {ask.best}}


def _answers(text: TextTable, name: str, job: Job) -> Mapping[str, str]:
    plan = job.choices.plan(name, text.headers)
    return plan.answers if plan else {}


def _open(text: TextTable, recognition: Recognition, typed: Typed | None, name: str, job: Job) -> list[dict[str, Any]]:
    """Questions that are not answered; those about the text of a table are asked although nobody knows yet which it is."""
    if _is_aggregated(recognition):
        return []
    said = {**_answers(text, name, job), **recognition.said}
    return [ask.as_json() for ask in (*text.asks, *(typed.asks if typed else ())) if ask.key not in said]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_balance(text: TextTable, typed: Typed | None, name: str) -> None:
    """Raises FileRefused.stopped where a row would be lost between the file, its text and its typed part."""
    ledger = text.ledger
    lost = abs(ledger.unaccounted) + abs(ledger.loaded - text.text.num_rows) + (abs(ledger.loaded - typed.table.num_rows) if typed else 0)
    if lost:
        raise FileRefused.stopped(name, f"{lost:,} of its {ledger.records:,} rows could not be accounted for")


def _with_money(text: TextTable, typed: Typed | None, name: str) -> TextTable:
    """The table with the sums of its columns of money. Raises FileRefused.stopped where they do not balance."""
    sums = money_sums(text, typed.money) if typed else ()
    for one in sums:
        if one.unaccounted:
            raise FileRefused.stopped(name, refusal(one))
    return replace(text, raw=None, ledger=replace(text.ledger, money=as_json(sums)))


def _is_aggregated(recognition: Recognition) -> bool:
    return bool(recognition.declaration and recognition.declaration.aggregated)


def _is_unknown(recognition: Recognition) -> bool:
    return recognition.export == UNKNOWN


def _not_loaded(text: TextTable) -> TextTable:
    """A table whose rows are no records: none is loaded, and none is asked to be corrected."""
    return replace(text, text=text.text.slice(0, 0), ledger=RowLedger(text.ledger.records, 0, 0, text.ledger.records), quarantined=())


def _after(text: TextTable, typed: Typed, name: str) -> TextTable:
    """The rows that translation kept; the others are set aside, or no records."""
    silent = typed.unanswered
    note = f"rows that were asked and not answered: {int(silent.sum()):,}; they count in the response rate" if silent.any() else ""
    reasons, lines = dict(typed.set_aside), text.lines
    kept = text.without(silent, note, "a survey that nobody answered")
    for one in typed.no_records:
        gone = lines[one.rows]
        kept = kept.without(np.isin(kept.lines, gone), no_records_note(one.why, gone), one.why)
    kept = kept.set_aside(reasons)
    aside = [row for row in kept.quarantined if row.line in reasons]
    return replace(kept, notes=(*kept.notes, aside_note(name, aside))) if aside else kept


def _seal_balanced(adding_up: Future[TextTable], vault: "Vault | Aside | None", key: str, typed: Typed | None, written: str) -> None:
    """Nothing is sealed of a table whose money does not balance."""
    if not adding_up.exception():
        _seal(vault, key, typed, adding_up.result(), written)


def _seal(vault: "Vault | Aside | None", key: str, typed: Typed | None, text: TextTable, written: str) -> None:
    if vault is None:
        return
    labels: dict[str, dict[str, str]] = {}
    for kind, hashed, label in typed.vault if typed else ():
        labels.setdefault(kind, {})[hashed] = label
    if text.quarantined:
        labels[QUARANTINE] = {key: quarantine_as_csv(text.quarantined)}
    if no_data := left_out_as_csv(text.left_out, text.delimiter or ","):
        labels[NO_DATA] = {key: no_data}
    if written:
        labels[TEXTS] = {key: written}
    for kind, named in labels.items():
        vault.put_many(kind, named)


def _meta(recognition: Recognition, typed: Typed | None, source: str, name: str) -> dict[str, Any]:
    return {**(typed.meta if typed else {}), "vendor": recognition.vendor, "export": recognition.export, "source": source, "file": name}


def _write_part(table: pa.Table, meta: Mapping[str, Any], source: str, staging: Path, spill: Spill) -> str:
    """`file_no` comes from the content, so that the same file gives the same part whatever it is loaded with.

    Without Arrow's own schema beside Parquet's a dictionary is read as the texts it stands for.
    """
    described = {key: value for key, value in meta.items() if key not in _OF_THE_MANIFEST}
    schema = table.schema.append(pa.field("file_no", pa.int64())).remove_metadata()
    name = f"{secrets.token_hex(8)}.parquet"
    with pq.ParquetWriter(staging / name, schema, compression="zstd", store_schema=False, **_encodings(table)) as out:
        out.add_key_value_metadata({METADATA: json.dumps(described).encode()})
        for first in range(0, table.num_rows, _ROW_GROUP):
            spill.forget()
            rows = table[first : first + _ROW_GROUP]
            file_no = pa.array(np.full(rows.num_rows, int(source[:12], 16)), pa.int64())
            out.write_table(pa.table([*rows.columns, file_no], schema), row_group_size=_ROW_GROUP)
    return name


def _encodings(table: pa.Table) -> dict[str, Any]:
    """A dictionary for columns whose values repeat: one of values that nearly all differ is built and thrown away.

    Steps for other whole numbers and times, and only for these the least and the greatest value: nothing else is read by its range.
    """
    rows = table[:_ROW_GROUP]
    repeating = [field.name for field in table.schema if pa.types.is_dictionary(field.type) or _repeats(rows.column(field.name))]
    steps = [field.name for field in table.schema if field.name not in repeating and (pa.types.is_int64(field.type) or pa.types.is_timestamp(field.type))]
    return {
        "use_dictionary": [*repeating, "file_no"],
        "dictionary_pagesize_limit": LARGEST,
        "write_statistics": steps,
        "column_encoding": dict.fromkeys(steps, "DELTA_BINARY_PACKED"),
    }


def _repeats(column: pa.ChunkedArray) -> bool:
    """Whether a value stands in four rows or so on average, judged from rows of every part: as many repeat among them as would by chance."""
    sample = column.take(pa.array(of_every_part(len(column), _SAMPLE)))
    distinct = len(sample.unique())
    return 2 * distinct <= len(sample) or (len(sample) - distinct) * len(column) >= 2 * len(sample) ** 2


def _dump(text: TextTable, staging: Path) -> str:
    stem = secrets.token_hex(8)
    write_loaded(text.headers, text.text, staging / f"{stem}{LOADED}")
    write_quarantined(text.quarantined, staging / f"{stem}{QUARANTINED}")
    write_not_data(text.left_out, text.delimiter or ",", staging / f"{stem}{NOT_DATA}")
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
