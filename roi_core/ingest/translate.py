"""Text rows of a recognised export to one typed table, with an issue for every cell and row that could not be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import call
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import CellIssue, Reading, mask
from roi_core.ingest.coded import few_texts
from roi_core.ingest.columns import read_columns
from roi_core.ingest.completeness import complete, issues_of, lacking, repeated
from roi_core.ingest.copies import copied
from roi_core.ingest.cost_totals import cost_totals
from roi_core.ingest.covariates import ENTITIES, Covariates, read_covariates
from roi_core.ingest.derive import Derived, derive
from roi_core.ingest.exclusions import excluded_by
from roi_core.ingest.flat import groups_of
from roi_core.ingest.flat_roles import ROLES, Role
from roi_core.ingest.keys import vault_entries
from roi_core.ingest.money_read import MoneyRead, money_read
from roi_core.ingest.one_currency import of_another
from roi_core.ingest.questions import Question
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.remarks import remarks
from roi_core.ingest.rules import apply_rules, likely
from roi_core.ingest.score_direction import directed
from roi_core.ingest.side_by_side import side_by_side
from roi_core.ingest.sources import Source, sources_of, spare_of
from roi_core.ingest.spill import Spill, filtered
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.ticket_keys import ticket_keys
from roi_core.ingest.trials import NoRecords, never_paid
from roi_core.ingest.words import spoken, unanswered
from roi_core.schema import LOADED, ColumnType, Privacy, Table
from roi_core.schema.parts import SUBJECT, UNREADABLE

ARROW: Mapping[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.KEY: pa.string(),
    ColumnType.TIMESTAMP: pa.timestamp("us"),
    ColumnType.MONTH: pa.int32(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.MONEY: pa.float64(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.MINUTES: pa.float64(),
}
"""How each declared type is held in a part."""

_HEAD = 1_000


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """What became of one header. `canonical` is None where it is not used, `flat.x0` and so on where it is kept beside."""

    header: str
    canonical: str | None = None
    unit: str | None = None
    zone: str | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed part.

    `table` has the canonical columns of its entity that the file fills, covariates x0.., and `row_no` (order in the
    file, from 0); texts that repeat are dictionaries. `vault` holds (kind, keyed hash, text), `set_aside` (line, reason) of rows that are not in `table`, and
    `unanswered` (n rows) tells which are surveys without an answer: no records, but counted with the others as `asked` in `meta`.
    `no_records` are rows that are none for another reason, each in one of them.
    `asks` are the questions that the columns leave open. Issues are listed up to 1,000 a column; the notes give the full count.
    """

    table: pa.Table
    columns: tuple[ColumnReport, ...]
    notes: tuple[str, ...]
    meta: dict[str, object]
    vault: tuple[tuple[str, str, str], ...]
    issues: tuple[CellIssue, ...]
    set_aside: tuple[tuple[int, str], ...]
    unanswered: npt.NDArray[np.bool_]
    no_records: tuple[NoRecords, ...] = ()
    asks: tuple[Question, ...] = ()
    money: tuple[MoneyRead, ...] = ()


def translate(text: TextTable, recognition: Recognition, match_key: bytes) -> Typed:
    """Types every mapped column, derives what follows, applies the declared rules, sets incomplete rows aside.

    Identifiers leave as keyed hashes under `match_key`; subjects and comments are read by rules and dropped. Raises KeyError where there is no such table.
    """
    schema, sources = LOADED[recognition.entity], sources_of(text, recognition)
    lines = text.spill.integers(text.lines)
    (readings, reading_notes, asks), suspects = _looked_at(schema, sources, text, match_key)
    as_read = _spread(text, sources, readings)
    scored = directed(text, schema.name, sources, as_read)
    columns = as_read | scored.columns
    derived = derive(schema.name, sources, columns, lines, match_key)
    columns |= {name: text.spill.array(derived.columns.pop(name)) for name in tuple(derived.columns)}
    labelling: tuple[Callable[[], Any], ...] = (
        partial(_label, schema, sources, columns, len(lines), suspects),
        partial(remarks, schema, text, sources, dict(columns), readings),
        partial(_vault, sources, readings),
    )
    labelled_notes, remarked, entries = side_by_side(call, labelling, len(lines), text.spill)
    covariates, spare_notes = _covariates(text, recognition)
    (silent, never), unpaid = _unanswered(schema, sources, columns, len(lines)), never_paid(schema.name, sources, columns)
    asks_copies, twice = copied(schema, text, sources)
    keep, set_aside = _kept(schema, sources, columns, lines, _records(silent, unpaid), derived.currency, twice)
    few = few_texts(sources, readings, (as_read, columns), derived.by_text, keep)
    issues, issue_notes = text.spill.relieved(issues_of(sources, readings, lines))
    return Typed(
        part := _part(schema, columns, few, covariates, keep, text.spill),
        _reports(text, recognition, sources, readings, covariates),
        (
            *lacking(schema, columns, recognition.declaration),
            *reading_notes,
            *issue_notes,
            *repeated(schema, sources),
            *remarked,
            *scored.notes,
            *derived.notes,
            *labelled_notes,
            *covariates.notes,
            *spare_notes,
            *_blank(text),
        ),
        _meta(recognition, text, sources, covariates, derived) | ({"asked": int((keep | silent).sum() - never)} if silent.any() else {}),
        (*entries, *derived.vault),
        issues,
        set_aside,
        silent,
        unpaid,
        (*asks, *scored.asks, *derived.asks, *covariates.asks, *asks_copies),
        tuple(money_read(text, sources, readings, as_read, (columns, part), keep)),
    )


def _kept(
    schema: Table,
    sources: Mapping[str, Source],
    columns: Mapping[str, pa.Array],
    lines: npt.NDArray[np.int64],
    records: npt.NDArray[np.bool_],
    currency: str | None,
    twice: Sequence[tuple[int, str]],
) -> tuple[npt.NDArray[np.bool_], tuple[tuple[int, str], ...]]:
    """Which records become rows of the table, and (line, reason) of those that do not."""
    keep, set_aside = complete(schema, sources, columns, lines, records)
    known = {line for line, _ in set_aside}
    again = tuple(one for one in twice if one[0] not in known)
    totals = cost_totals(sources, columns, lines, keep) if schema.name == "costs" else ()
    for more in (of_another(currency, columns.get("currency"), lines, keep), totals, again):
        keep, set_aside = keep & ~np.isin(lines, [line for line, _ in more]), (*set_aside, *more)
    return keep, set_aside


def _records(silent: npt.NDArray[np.bool_], none: Sequence[NoRecords]) -> npt.NDArray[np.bool_]:
    gone: npt.NDArray[np.bool_] = np.logical_or.reduce([silent, *(one.rows for one in none)])
    return ~gone


def _spread(text: TextTable, sources: Mapping[str, Source], readings: Mapping[str, Reading]) -> dict[str, pa.Array]:
    """One value a row of every column that was read."""

    def spread(name: str) -> pa.Array:
        return text.spill.array(sources[name].cells.spread(readings[name].values))

    return dict(zip(readings, side_by_side(spread, readings, text.text.num_rows, text.spill), strict=True))


def _unanswered(schema: Table, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], rows: int) -> tuple[npt.NDArray[np.bool_], int]:
    """Surveys without an answer, and how many of them were never sent; a ticket without an answer is a ticket all the same.

    By the words of a vendor, else a blank score of a survey that has a day on which it was sent and none on which it was answered.
    """
    score = sources.get("score") if schema.name == "surveys" else None
    scale = score.export.scales.get(score.canonical) if score and score.export else None
    if score is None:
        return np.zeros(rows, np.bool_), 0
    if scale is None:
        sent, answered = (mask(pc.is_valid(columns[name])) if name in columns else np.zeros(rows, np.bool_) for name in ("sent_at", "answered_at"))
        return (score.cells.codes < 0) & sent & ~answered, 0
    silent = np.append(unanswered(score.cells, scale), "" in scale.no_answer)[score.cells.codes]
    never = np.array([text in scale.not_asked for text in spoken(score.cells)] + [False], np.bool_)[score.cells.codes]
    return silent, int(never.sum())


def _looked_at(schema: Table, sources: Mapping[str, Source], text: TextTable, match_key: bytes) -> list[Any]:
    """What `read_columns` gives and, of tickets, what the rules may hit."""
    cells = {name: source.cells for name, source in sources.items()} if schema.name == "tickets" else {}
    looks: tuple[Callable[[], Any], ...] = (partial(read_columns, schema.name, sources, match_key, text.spill), partial(likely, cells))
    return side_by_side(call, looks, text.text.num_rows, text.spill)


def _label(
    schema: Table, sources: Mapping[str, Source], columns: dict[str, pa.Array], rows: int, suspects: Mapping[str, npt.NDArray[np.int64]]
) -> tuple[str, ...]:
    if schema.name != "tickets":
        return ()
    cells = {name: source.cells for name, source in sources.items()}
    labelled = apply_rules(cells, columns, rows, suspects)
    keys, key_notes = ticket_keys(cells, columns, rows)
    out = excluded_by(labelled.hits, columns, rows)
    columns.update({**labelled.columns, **keys, "excluded_by": out})
    return (*labelled.notes, *key_notes)


def _covariates(text: TextTable, recognition: Recognition) -> tuple[Covariates, tuple[str, ...]]:
    if recognition.entity in ENTITIES or recognition.vendor == "plain":
        spare = spare_of(text, recognition.mapping)
        return read_covariates([text.headers[place] for place in spare], list(spare.values()), text.delimiter, recognition.said), ()
    places = (place for place in range(len(text.headers)) if place not in recognition.mapping)
    unused = [text.headers[place] for place in places if _filled(text.text.column(f"c{place}"))]
    return Covariates((), (), ()), (f"not used: {', '.join(unused)}",) if unused else ()


def _part(
    schema: Table, columns: Mapping[str, pa.Array], few: Mapping[str, pa.Array], covariates: Covariates, keep: npt.NDArray[np.bool_], spill: Spill
) -> pa.Table:
    """The stored columns of the kept rows; those of `few` are of kept rows already."""
    stored = [column for column in schema.columns if column.name in {*columns, *few} and column.privacy is not Privacy.DROPPED]
    named = {column.name: spill.array(columns[column.name].cast(ARROW[column.type])) for column in stored if column.name not in few}
    named |= dict(covariates.columns)
    named["row_no"] = spill.array(pa.array(np.arange(len(keep)), pa.int64()))
    whole = pa.table(named)
    kept = whole if keep.all() else spill.table(filtered(whole, keep), whole.schema)
    order = [*(column.name for column in stored), *dict(covariates.columns), "row_no"]
    return pa.table({name: spill.array(few[name]) if name in few else kept.column(name) for name in order})


def _reports(
    text: TextTable, recognition: Recognition, sources: Mapping[str, Source], readings: Mapping[str, Reading], covariates: Covariates
) -> tuple[ColumnReport, ...]:
    kept = {entry["header"]: f"{recognition.entity}.{entry['column']}" for entry in covariates.described}
    reports = []
    for place, header in enumerate(text.headers):
        canonical = recognition.mapping.get(place)
        if canonical is None:
            reports.append(ColumnReport(header, kept.get(header)))
            continue
        name = canonical.partition(".")[2]
        reading = readings[name]
        of_one = LOADED[recognition.entity].lines if text.priced and text.priced.price == place else None
        canonical = f"{recognition.entity}.{of_one.price}" if of_one else canonical
        reports.append(ColumnReport(header, canonical, reading.unit or sources[name].column.unit or None, reading.zone, reading.format))
    return tuple(reports)


def _meta(recognition: Recognition, text: TextTable, sources: Mapping[str, Source], covariates: Covariates, derived: Derived) -> dict[str, object]:
    """What is noted beside the columns of a part; of a treatment list the rows that are broken, too: nobody knows who of which arm they were."""
    meta: dict[str, object] = {"vendor": recognition.vendor, "export": recognition.export, "entity": recognition.entity}
    meta |= {SUBJECT: recognition.said[SUBJECT]} if SUBJECT in recognition.said else {}
    meta |= {UNREADABLE: len(text.quarantined)} if recognition.entity == "assignments" and text.quarantined else {}
    meta |= {"covariates": list(covariates.described), "currencies": derived.currencies}
    return meta | ({"roles": {role.name: _role(role, recognition, sources) for role in ROLES}} if recognition.entity == "flat" else {})


def _role(role: Role, recognition: Recognition, sources: Mapping[str, Source]) -> dict[str, object]:
    """The proposal for a role of a flat file, with its header and the rows of each value as they are in the whole file."""
    proposed: dict[str, object] = dict(recognition.flat.get(role.name, {}))
    source = sources.get(role.column)
    if source is None:
        return proposed | {"header": None}
    groups = [] if role.name == "id" else [list(group) for group in groups_of(source.cells)]
    return proposed | {"header": source.header.text, "groups": groups}


def _vault(sources: Mapping[str, Source], readings: Mapping[str, Reading]) -> tuple[tuple[str, str, str], ...]:
    hashed = [name for name, source in sources.items() if source.column.privacy is Privacy.HASHED]
    return tuple(entry for name in hashed for entry in vault_entries(sources[name].cells, name, readings[name].values))


def _blank(text: TextTable) -> tuple[str, ...]:
    if not text.text.num_rows:
        return ()
    blank = [header for place, header in enumerate(text.headers) if not _filled(text.text.column(f"c{place}"))]
    return (f"blank in every row: {', '.join(blank)}; nothing is read there. Export again with what the system holds of it",) if blank else ()


def _filled(column: pa.ChunkedArray) -> bool:
    """Whether any cell holds more than white space; the first ones mostly tell."""
    return any(pc.any(pc.not_equal(pc.utf8_trim_whitespace(rows), "")).as_py() for rows in (column[:_HEAD], *column.chunks))
