"""Which export a file is, by its headers: the longest signature wins, exact spelling above folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

import pyarrow as pa

from roi_core.errors import quoted
from roi_core.ingest.export import Confidence, Export
from roi_core.ingest.flat import FlatChoice, propose
from roi_core.ingest.headers import Header, read_header
from roi_core.ingest.score_columns import SCORE, FoundScore, find_score, with_score
from roi_core.ingest.vendors import EXPORTS

UNKNOWN = "unknown"
NOT_KNOWN = "ask: no known export has these headers"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is. `mapping` says, by position of the header (from 0), which `table.column` it fills.

    Where several headers fill one column, a row takes the first that is filled, in the order of the mapping. `confidence`
    is "exact" for a signature as declared, in any of its forms, "folded" for one in other case or zone, "proposed" for a flat
    file, "user" for a mapping of the user, "none" where nothing fits: then `entity` is empty and a note asks. `said` are the user's
    answers by `Question.key`, `constants` columns that have one value in all rows because the user says so.
    """

    vendor: str
    export: str
    entity: str
    mapping: Mapping[int, str]
    notes: tuple[str, ...] = ()
    confidence: str = "exact"
    flat: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))
    score: FoundScore | None = None
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def declaration(self) -> Export | None:
        """The declared export, with the score that was found in a survey, or None for a flat or unknown file."""
        export = EXPORTS.get(self.export)
        return with_score(export, self.score) if export and self.score else export


@dataclass(frozen=True, slots=True)
class _Fit:
    export: Export
    signature: int
    exact: int
    mapped: int

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        return self.export.vendor != "plain", self.signature, self.exact, self.mapped


def recognise(headers: Sequence[str], sample: pa.Table, flat: FlatChoice | None = None, name: str = "the file", line: int | None = None) -> Recognition:
    """Recognises a file from its headers, and a flat file also from the values of `sample` (c0..cN, text).

    `flat` names columns chosen by the user for a flat file; they stand instead of the proposal; `line` is that of the headers. Raises ColumnMissing
    where a chosen column is not in the file.
    """
    best, read = _best(tuple(headers))
    if best and not (best.export.vendor == "plain" and (best.export.entity == "flat" or _is_chosen(flat, headers))):
        found = _recognised(best, read)
        return _with_score(found, best.export, headers, sample) if best.export.finds else found
    proposal = propose(headers, sample, flat, name)
    if best and best.export.entity == "flat":
        found = _recognised(best, read)
        beside = {place: column for place, column in found.mapping.items() if column == "flat.satisfaction_scale" or not sample.num_rows}
        mapping = MappingProxyType({**proposal.mapping, **beside})
        return replace(found, mapping=mapping, notes=(*found.notes, *proposal.notes), flat=proposal.as_meta())
    if proposal.is_flat:
        return Recognition("flat", "flat_file", "flat", proposal.mapping, proposal.notes, "proposed", proposal.as_meta())
    return Recognition(UNKNOWN, UNKNOWN, "", MappingProxyType({}), (_unknown(headers, name, line),), "none")


def known_by_headers(headers: Sequence[str]) -> Recognition | None:
    """The known export that the headers fit best, without a look at any row; None for a flat file and where none fits."""
    best, read = _best(tuple(headers))
    return _recognised(best, read) if best and best.export.entity != "flat" else None


@lru_cache(maxsize=8)
def _best(headers: tuple[str, ...]) -> tuple[_Fit | None, tuple[Header, ...]]:
    """The export that fits best, and the headers as they were read: asked for before a table is read, and again after."""
    read = tuple(read_header(header) for header in headers)
    fits = [fit for export in EXPORTS.values() if (fit := _fit(export, read))]
    return max(fits, key=lambda fit: fit.rank, default=None), read


def _is_chosen(flat: FlatChoice | None, headers: Sequence[str]) -> bool:
    """Whether the user chose both groups of this very file."""
    return flat is not None and flat.supported in headers and flat.churned in headers


def _fit(export: Export, headers: tuple[Header, ...]) -> _Fit | None:
    places = {header: place for header in export.headers if (place := find(header, headers, export.drift)) is not None}
    if any(header not in places for header in export.signature):
        return None
    folded = {header.folded for header in headers}
    if any(header.casefold() in folded for header in export.absent):
        return None
    if export.vendor == "plain" and not _is_plain(export, len(places), len(headers)):
        return None
    exact = sum(headers[place].text == header for header, place in places.items())
    return _Fit(export, len(export.signature), exact, len(places))


def _is_plain(export: Export, known: int, all_headers: int) -> bool:
    """One required column alone is no signature: half of the headers must then be ours."""
    return len(export.signature) > 1 or 2 * known >= all_headers


def find(wanted: str, headers: Sequence[Header], drift: Mapping[str, tuple[str, ...]], *, any_unit: bool = False) -> int | None:
    """Position of a declared header: as spelled, in a declared older or newer form, folded, or with another zone (and unit)."""
    for form in (wanted, *drift.get(wanted, ())):
        if (place := _place(form, headers, any_unit=any_unit)) is not None:
            return place
    return None


def _place(form: str, headers: Sequence[Header], *, any_unit: bool) -> int | None:
    goal = read_header(form)
    bare = goal.bare if goal.zone or (goal.unit and any_unit) else None
    ways = ([h.text == form for h in headers], [h.folded == goal.folded for h in headers], [h.bare == bare for h in headers])
    return next((way.index(True) for way in ways if True in way), None)


def _recognised(fit: _Fit, headers: tuple[Header, ...]) -> Recognition:
    export = fit.export
    mapping = map_columns(export, headers)
    written = {header.text for header in headers}
    exact = all(written & {wanted, *export.drift.get(wanted, ())} for wanted in export.signature)
    notes = [f"recognised as {export.title} by {', '.join(header or 'an unnamed column' for header in export.signature)}"]
    if not exact:
        notes.append("ask: some headers differ from the known export in case, unit or form; check the mapping")
    if export.confidence is not Confidence.READ:
        notes.append(f"what its columns mean is {export.confidence.value}, not read from a file of this vendor; check the mapping")
    if export.aggregated:
        notes.append(f"not loaded: {export.aggregated}")
    entity = "" if export.aggregated else export.entity
    return Recognition(export.vendor, export.id, entity, mapping, (*notes, *export.warnings, *_twice(headers, mapping)), "exact" if exact else "folded")


def _with_score(found: Recognition, export: Export, headers: Sequence[str], sample: pa.Table) -> Recognition:
    score, note = find_score(export, headers, found.mapping, sample)
    mapping = MappingProxyType({**found.mapping, score.place: SCORE}) if score else found.mapping
    return replace(found, mapping=mapping, notes=(*found.notes, note), score=score)


def map_columns(export: Export, headers: Sequence[Header]) -> Mapping[int, str]:
    """Position of header to `table.column`, in order of preference; a header fills one column only, all its repetitions the same.

    Headers that are joined into one value fill it where no header alone does.
    """
    mapping: dict[int, str] = {}
    joined = {canonical: wanted for canonical, wanted in export.joined.items() if is_joined(export, canonical, headers)}
    for canonical, wanted in (*export.columns.items(), *joined.items()):
        for header in wanted:
            place = find(header, headers, export.drift, any_unit=True)
            if place is not None and place not in mapping:
                mapping |= dict.fromkeys(_repetitions(place, headers), canonical)
    return MappingProxyType(mapping)


def is_joined(export: Export, canonical: str, headers: Sequence[Header]) -> bool:
    """Whether several headers make one value of a column: declared so, and no header alone fills it."""
    alone = export.columns.get(canonical, ())
    return canonical in export.joined and all(find(header, headers, export.drift, any_unit=True) is None for header in alone)


def _repetitions(place: int, headers: Sequence[Header]) -> list[int]:
    folded = headers[place].folded
    return [place, *(other for other in range(place + 1, len(headers)) if folded and headers[other].folded == folded)]


def _twice(headers: Sequence[Header], mapping: Mapping[int, str]) -> tuple[str, ...]:
    folded = [header.folded for header in headers if header.folded]
    twice = {header for header in folded if folded.count(header) > 1}
    read = {headers[place].folded for place in mapping}
    notes = []
    if twice & read:
        notes.append(f"headers that stand more than once, all are read into one column: {', '.join(sorted(twice & read))}")
    if twice - read:
        notes.append(f"headers that stand more than once and are not used: {', '.join(sorted(twice - read))}")
    return tuple(notes)


def _unknown(headers: Sequence[str], name: str, line: int | None) -> str:
    shown = ", ".join(f'"{header}"' for header in headers[:6])
    where = quoted(name) if line is None else f"{quoted(name)}, line {line}"
    return f"{NOT_KNOWN} ({shown}{' ...' if len(headers) > 6 else ''}): {where}, and no column says who left. Say which table this is"
