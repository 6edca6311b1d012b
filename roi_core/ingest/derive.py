"""What follows from the typed columns of a row: revenue a month, e-mail domain, satisfaction scale, guests, impossible sequences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.amounts import currency_of
from roi_core.ingest.answer_words import scale_of
from roi_core.ingest.arms import Arms, read_arms
from roi_core.ingest.asking import asks_scale, asks_tenure
from roi_core.ingest.cells import Cells, mask
from roi_core.ingest.flat import groups_of
from roi_core.ingest.flat_roles import months_of
from roi_core.ingest.headers import words_of
from roi_core.ingest.keys import fold_domain, folded, hashing, keyed_hash, read_keys
from roi_core.ingest.monthly_price import monthly_price
from roi_core.ingest.one_currency import asks_currency, chosen, counted_by_line
from roi_core.ingest.questions import Question
from roi_core.ingest.score_direction import SCORED
from roi_core.ingest.signs import currency_beside, sign_in
from roi_core.ingest.sources import Source
from roi_core.ingest.words import VOCABULARIES, top_of_scale, tops_of, understood
from roi_core.schema import LOADED, ColumnType

SEQUENCES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "tickets": (("created_at", "resolved_at"), ("created_at", "first_response_at"), ("created_at", "closed_at"), ("created_at", "updated_at")),
        "subscriptions": (("started_at", "ended_at"),),
        "customers": (("started_at", "churned_at"),),
        "invoices": (("issued_at", "paid_at"),),
        "opportunities": (("opened_at", "closed_at"),),
        "contracts": (("started_at", "ends_at"),),
        "surveys": (("sent_at", "answered_at"),),
    }
)
"""Pairs of columns by table of which the first happens before the second."""

OUT_OF_ORDER = "times in the wrong order"
"""How a note begins that tells of rows whose end stands before their beginning."""
_FIRST_LINES = 5
_ENOUGH_ANSWERS = 20
_STEPS = 5.0


@dataclass(frozen=True, slots=True)
class Derived:
    """Columns that replace or join the typed ones, what to say about them, rows by currency, and (kind, keyed hash, text) for the vault.

    `by_text` are columns of which each text of some cells has one value. `currency` is the one that the user wants read alone.
    """

    columns: dict[str, pa.Array] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    currencies: dict[str, int] = field(default_factory=dict)
    vault: tuple[tuple[str, str, str], ...] = ()
    asks: tuple[Question, ...] = ()
    currency: str | None = None
    by_text: Mapping[str, tuple[Cells, pa.Array]] = field(default_factory=dict)


_Step = tuple[dict[str, pa.Array], tuple[str, ...]]


def derive(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], lines: npt.NDArray[np.int64], match_key: bytes) -> Derived:
    """Everything that follows from the columns of one table, in one go."""
    beside, beside_notes = _beside_amounts(entity, sources, columns)
    priced = monthly_price(entity, sources, columns)
    written = beside.get("currency", columns.get("currency"))
    counted, currency_notes = currencies(written, sources, lines) if written is not None else ({}, ())
    drawn = _arms(entity, sources)
    money = next((sources[name] for name in ("currency", "amount") if name in sources), None)
    alone = chosen(entity, money.said, counted) if money else None
    in_several = asks_currency(entity, money.header.text, counted) if money else ()
    if alone:
        counted, currency_notes = {alone: counted[alone]}, (f"only rows in {alone} are read, as you said",)
    steps: list[_Step] = [
        (beside, beside_notes),
        (priced.columns, priced.notes),
        ({"arm": pc.coalesce(drawn.values, columns["arm"])} if drawn else {}, drawn.notes if drawn else ()),
        _scale(entity, sources, columns),
        _status(entity, sources, columns),
        _first_reply(entity, sources, columns),
        _guests(sources, columns),
        _names(sources, columns, match_key),
        _flat(entity, sources, columns, lines, match_key),
    ]
    found: dict[str, pa.Array] = {}
    by_text: dict[str, tuple[Cells, pa.Array]] = {}
    labels: tuple[tuple[str, str, str], ...] = ()
    notes: list[str] = [*currency_notes]
    for step, said in steps:
        found |= step
        notes.extend(said)
    named = sources.get("company") or (sources["customer_id"] if "company" in found else None)
    if named is not None:
        by_text["company_written"] = (named.cells, read_keys(named.cells, "company_written", match_key).values)
    if "email" in sources and "domain" not in columns and entity != "flat":
        values, labels = domains(sources["email"].cells, match_key)
        by_text["domain"] = (sources["email"].cells, values)
    of_arms = drawn.asks if drawn else ()
    asks = (*in_several, *priced.asks, *of_arms, *_asks_scale(entity, sources, columns, found), *_asks_tenure(entity, sources))
    notes.extend(f"ask: {ask.columns[0]}: the scale is not known; its answers are read on one up to {ask.best}" for ask in asks if ask.subject == "scale")
    return Derived(found, (*notes, *impossible(entity, sources, columns, lines)), counted, labels, asks, alone, by_text)


def _first_reply(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> _Step:
    """When the first reply came, where no column says so and a duration that runs by the calendar from the opening does."""
    source, created = sources.get("vendor_first_response_minutes"), columns.get("created_at")
    declared = source.export.durations.get(source.canonical) if source is not None and source.export else None
    if entity != "tickets" or created is None or "first_response_at" in columns or declared is None or not declared.from_created:
        return {}, ()
    micros = pc.cast(pc.round(pc.multiply(columns["vendor_first_response_minutes"], 60_000_000)), pa.int64())
    waited = pc.if_else(pc.greater_equal(micros, 0), micros, None)
    return {"first_response_at": pc.add(created, pc.cast(waited, pa.duration("us")))}, ()


def _beside_amounts(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> _Step:
    """The currency of every row where no column has it, or where that one is blank; a question where headers name several."""
    money = [source for source in sources.values() if source.column.type is ColumnType.MONEY]
    source = next((sources[name] for name in ("amount", "mrr", "value") if name in sources), None)
    if source is None or "currency" not in LOADED[entity].names:
        return {}, ()
    named = {one.header.text: sign for one in money if (sign := sign_in(one.header.text))}
    mixed = (f"ask: headers name several currencies ({', '.join(named)}); their amounts are set against each other as they are",)
    several = mixed if len(set(named.values())) > 1 else ()
    if "currency" in sources:
        sign = currency_of(named.get(source.header.text))
        return ({"currency": pc.fill_null(columns["currency"], sign)} if sign else {}), several
    found, notes = currency_beside(source.cells, source.header)
    return ({} if found is None else {"currency": source.cells.spread(found)}), (*notes, *several)


def _arms(entity: str, sources: Mapping[str, Source]) -> Arms | None:
    return read_arms(sources["arm"]) if entity == "assignments" and "arm" in sources else None


def _scale(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> _Step:
    score, scale = SCORED.get(entity, ("", ""))
    if score not in columns or scale in columns:
        return {}, ()
    declared = scale_of(sources[score])
    if declared is None:
        found, notes = scales(columns[score], columns.get("kind"), sources[score].answer("scale"))
        return {scale: found}, notes
    tops, notes = tops_of(sources[score].cells, declared)
    return {scale: pc.if_else(pc.is_valid(columns[score]), sources[score].cells.spread(tops), None)}, notes


def _status(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> _Step:
    """No status where its word is not known and a time says that the ticket was resolved: a word that was guessed to be open says nothing against it."""
    source, done = sources.get("status"), [columns[name] for name in ("resolved_at", "closed_at") if name in columns]
    if entity != "tickets" or source is None or not done:
        return {}, ()
    words = {**VOCABULARIES[source.canonical], **(source.export.words.get(source.canonical, {}) if source.export else {})}
    guessed = source.cells.spread(pa.array(~understood(source.cells, words, source.column.values)))
    rows = pc.and_(pc.fill_null(guessed, fill_value=False), pc.is_valid(pc.coalesce(*done)))
    return {"status": pc.if_else(rows, None, columns["status"])}, ()


def _asks_scale(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], found: Mapping[str, pa.Array]) -> tuple[Question, ...]:
    """A question where no answer reaches the top of the scale, or too few were given to tell; never of NPS, whose scale is its own."""
    score, scale = SCORED.get(entity, ("", ""))
    if scale not in found or sources[score].answer("scale"):
        return ()
    if scale_of(sources[score]) is not None:
        return ()
    own = pc.not_equal(columns["kind"], "nps") if "kind" in columns else pc.is_valid(columns[score])
    rated = columns[score].filter(pc.fill_null(own, fill_value=True))
    top = top_of_scale(rated)
    highest = pc.max(rated).as_py()
    if top is None or (len(rated) - rated.null_count >= _ENOUGH_ANSWERS and _fills_scale(rated, highest)):
        return ()
    return (asks_scale(sources[score], highest, top),)


def _fills_scale(scores: pa.Array, highest: float) -> bool:
    """Whether answers leave no doubt of their scale: 0 and 1, every step of 1 to 5, or up to 10 or 100; one of 5 or 7 may have been cut off."""
    steps = set(pc.unique(pc.drop_null(scores)).to_pylist())
    return steps == {0.0, 1.0} or highest in (10.0, 100.0) or (highest == _STEPS and min(steps) == 1.0 and steps >= set(range(1, int(_STEPS) + 1)))


def _asks_tenure(entity: str, sources: Mapping[str, Source]) -> tuple[Question, ...]:
    source = sources.get("tenure_months") if entity == "flat" else None
    if source is None or source.answer("tenure_unit"):
        return ()
    words = words_of(source.header.text)
    return () if "month" in words or months_of(words) != 1.0 else (asks_tenure(source.header.text),)


def _guests(sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> _Step:
    export = sources["customer_id"].export if "customer_id" in sources else None
    if export is None or not export.guests_by_email or "email" not in columns:
        return {}, ()
    ids, notes = guests(columns["customer_id"], columns["email"])
    return {"customer_id": ids}, notes


def _names(sources: Mapping[str, Source], columns: Mapping[str, pa.Array], match_key: bytes) -> _Step:
    source = sources.get("customer_id")
    if source is None or source.export is None or not source.export.customers_by_name or "company" in columns:
        return {}, ()
    return {"company": source.cells.spread(read_keys(source.cells, "company", match_key).values)}, ()


def _flat(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], lines: npt.NDArray[np.int64], match_key: bytes) -> _Step:
    if entity != "flat":
        return {}, ()
    found: dict[str, pa.Array] = {}
    notes: list[str] = []
    if "customer_id" not in columns:
        found["customer_id"] = pa.array([keyed_hash(f"row {row}", match_key) for row in range(len(lines))])
    for name in ("supported", "churned"):
        if name in sources:
            groups = ", ".join(f"{value} {rows}" for value, rows in groups_of(sources[name].cells))
            notes.append(f"{name} by {sources[name].header.text}: {groups}")
    if "tenure_months" in sources:
        header = sources["tenure_months"].header.text
        factor = months_of(sources["tenure_months"].answer("tenure_unit") or words_of(header))
        found["tenure_months"] = pc.multiply(columns["tenure_months"], factor)
        notes.append(_tenure_note(header, factor, said=sources["tenure_months"].answer("tenure_unit") is not None))
    return found, tuple(notes)


def _tenure_note(header: str, factor: float, *, said: bool) -> str:
    if factor != 1.0:
        return f"{header} is turned into months, {factor:.4g} each"
    named = said or "month" in words_of(header)
    return f"{header} is read as months" if named else f"ask: {header} names no unit and is read as months"


def domains(emails: Cells, match_key: bytes) -> tuple[pa.Array, tuple[tuple[str, str, str], ...]]:
    """Keyed hash of the domain of every distinct e-mail address, null for free-mail and where there is none; and each domain for the vault."""
    hosts = pc.struct_field(pc.extract_regex(emails.distinct, r"@(?P<host>[^@]+)$"), "host").dictionary_encode()
    names, hashed = folded(hosts.dictionary, fold_domain), hashing(match_key)
    known = {host: hashed(host) for host in names if host}
    hashes = pa.array([known.get(host) for host in names], pa.string())
    return hashes.take(hosts.indices), tuple(("domain", key, host) for host, key in known.items())


def scales(scores: pa.Array, kinds: pa.Array | None, said: str | None = None) -> tuple[pa.Array, tuple[str, ...]]:
    """Top of the satisfaction scale for every answered row: 10 for NPS, else what the user `said`, else read from the answers."""
    top = np.full(len(scores), np.nan)
    notes: list[str] = []
    for kind in [None] if kinds is None else pc.unique(kinds).to_pylist():
        of_kind = pc.is_valid(scores) if kinds is None else pc.is_null(kinds) if kind is None else pc.equal(kinds, kind)
        rows = pc.and_(pc.is_valid(scores), of_kind)
        found = 10.0 if kind == "nps" else float(said) if said else top_of_scale(scores.filter(pc.fill_null(rows, fill_value=False)))
        if found is not None:
            top[mask(rows)] = found
            why = "as you said" if said and kind != "nps" else "the smallest usual scale that holds every answer"
            lowest = "; 0 is its lowest answer, since it occurs" if kind != "nps" and pc.any(pc.equal(scores.filter(rows), 0.0)).as_py() else ""
            notes.append(f"{kind or 'satisfaction'} is read on a scale up to {found:g}, {why}{lowest}")
    return pa.array(top, pa.float64(), mask=np.isnan(top)), tuple(notes)


def guests(ids: pa.Array, emails: pa.Array) -> tuple[pa.Array, tuple[str, ...]]:
    """Rows without a customer id belong to whoever has their e-mail address (both already hashed)."""
    stood_in = int(mask(pc.and_(pc.is_null(ids), pc.is_valid(emails))).sum())
    return pc.coalesce(ids, emails), (f"rows without a customer id: {stood_in}; the e-mail address stands for it",) if stood_in else ()


def impossible(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], lines: npt.NDArray[np.int64]) -> tuple[str, ...]:
    """A note for every pair of times that stands in the wrong order in some rows; the rows are kept."""
    notes = []
    for first, second in SEQUENCES.get(entity, ()):
        if first in columns and second in columns:
            wrong = np.flatnonzero(mask(pc.less(columns[second], columns[first])))
            if len(wrong):
                shown = ", ".join(str(int(line)) for line in lines[wrong[:_FIRST_LINES]])
                more = ", ..." if len(wrong) > _FIRST_LINES else ""
                found = f"{OUT_OF_ORDER}: rows with {_written_as(second, sources)} before {_written_as(first, sources)}: {len(wrong)} (line {shown}{more})"
                notes.append(f"{found}; no duration is taken from them. Correct these times, or check that both columns are in one time zone")
    return tuple(notes)


def _written_as(column: str, sources: Mapping[str, Source]) -> str:
    """A column of the table with the header that fills it, where one does."""
    return f"{column} ({quoted(sources[column].header.text)})" if column in sources else column


def currencies(column: pa.Array, sources: Mapping[str, Source], lines: npt.NDArray[np.int64]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Rows by currency, and a question where there are several, which names the lines on which each stands first."""
    counted = {str(entry["values"]): int(entry["counts"]) for entry in pc.value_counts(pc.drop_null(column)).to_pylist()}
    by_size = dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    if len(by_size) < 2:
        return by_size, ()
    listed = counted_by_line(column, by_size, lines)
    to_do = f"Load rows of one currency in {quoted(sources['currency'].header.text)}" if "currency" in sources else "Load rows of one currency"
    return by_size, (f"ask: mixed currencies ({listed}); amounts of different currencies are never added, and no exchange rate is in the file. {to_do}",)
