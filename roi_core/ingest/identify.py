"""What one file is: by what the user said of it, else by its headers; and where nothing fits, what could be proposed."""

from dataclasses import replace
from typing import Any

from roi_core.errors import quoted
from roi_core.ingest.guess import SAMPLE_ROWS, GuessedColumn, Proposal, columns_for, guess, look_at
from roi_core.ingest.mapping import Choices
from roi_core.ingest.misnamed import misnamed
from roi_core.ingest.plan import Plan, difference
from roi_core.ingest.recognise import Recognition, recognise
from roi_core.ingest.text_table import TextTable

_AS_LAST_TIME = 1.0


def identify(text: TextTable, name: str, choices: Choices) -> Recognition:
    """The recognition of a table with the user's answers, if there are any. Raises ColumnMissing and MappingRefused for a mapping that cannot be read."""
    plan = choices.plan(name, text.headers) or Plan()
    found = plan.recognition(name, text.headers) or recognise(text.headers, text.text.slice(0, SAMPLE_ROWS), choices.flat, name, text.header_line)
    before = choices.earlier(text.headers) if plan.entity is None else None
    notes = (*found.notes, *misnamed(name, found, text), *((changed(before, text),) if before and found.entity else ()))
    return replace(found, said=plan.answers, notes=notes)


def changed(before: Plan, text: TextTable) -> str:
    """That a file like this one was mapped by the user, and in which headers this one differs."""
    gone, new = difference(before, text.headers)
    last, now = (", ".join(quoted(header) for header in headers) or "none of them" for headers in (gone, new))
    return f"ask: last time you mapped a file like this one yourself. Its headers have changed: last time {last}; now {now}. Check the mapping"


def propose_mapping(text: TextTable, name: str, choices: Choices) -> dict[str, Any]:
    """For a file that nothing claims: the guess, led by the mapping of a file with nearly the same headers where there is one."""
    before = choices.earlier(text.headers)
    if before is None or before.entity is None:
        return guess(text.headers, text.text, name).as_json()
    gone, new = difference(before, text.headers)
    columns = tuple(_as_before(column, before) for column in columns_for(before.entity, look_at(text.headers, text.text)))
    proposal = Proposal(before.entity, _AS_LAST_TIME, _each_once(columns, before))
    return {**proposal.as_json(), "constants": dict(before.constants), "before": list(gone), "now": list(new)}


def _as_before(column: GuessedColumn, before: Plan) -> GuessedColumn:
    if column.header not in before.headers:
        return column
    canonical = before.columns.get(column.header)
    return replace(column, canonical=canonical, confidence=_AS_LAST_TIME, evidence=f"as last time; {column.evidence}")


def _each_once(columns: tuple[GuessedColumn, ...], before: Plan) -> tuple[GuessedColumn, ...]:
    """A new header keeps its guess only where no header of last time has that role already."""
    taken = {column.canonical for column in columns if column.header in before.headers}
    return tuple(replace(c, canonical=None, confidence=0.0) if c.header not in before.headers and c.canonical in taken else c for c in columns)
