"""Declared rules that label tickets from what was known when they were created. Each says how many rows it found."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, mask, matches


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows where one of `reads` matches `pattern` and not `unless` (RE2, case ignored) get `sets` = `to`.

    A rule for a yes/no column writes False in every other row; a rule for a word column leaves other rows as they are. Rows whose
    subject matches `but_subject` are left alone. `guesses` says that customers may write the same: many hits are asked about.
    """

    key: str
    title: str
    reads: tuple[str, ...]
    pattern: str
    sets: str
    to: str | bool
    unless: str = r"$^"
    but_subject: str = r"$^"
    guesses: bool = False


_MACHINE = (
    r"^\W*(your |the )?(daily|weekly|monthly) report( for)?\s*([:|(\[#/\x{2013}-][^?]*|\d[^?]*)?$|"
    r"^(re: ?|aw: ?)?(automatic reply|auto-?reply|(i am |i'm )?(currently )?out of (the )?office|abwesenheitsnotiz)"
    r"\s*([:(\[\x{2013}-]|until |till |from |\d|$)|"
    r"^(undeliver(able|ed)( mail| message)?\s*:|undelivered mail returned|mail delivery (failed|failure|subsystem|system)|returned mail:)|"
    r"delivery (status notification|has failed to these recipients)|^undeliverable$|"
    r"^\[(alert|monitor(ing)?|nagios|zabbix|pagerduty)\b[^\]]*\]|^(alert|monitoring|nagios|zabbix|pagerduty)\s*(:|$)"
)
"""Whole forms of reports, absence notes, bounces and alarms: `Undelivered parcel`, `Monitor is black` and `Daily report is empty` are none."""
_ABOUT_MAIL = r"\b(spam|junk|inbox|mails?|e-mails?|newsletters?|filters?|deliverability)\b"
_MUCH, _FEW = 0.02, 5

RULES = (
    Rule(
        "asks_to_cancel",
        "that ask for cancellation, by subject or type",
        ("subject", "type"),
        r"\b(cancel|cancell?ing|cancell?ation|cancell?ed|terminat(e|ion|ing)|unsubscribe|close (my|our|the|this) account|"
        r"(end|stop) (my|our) (subscription|contract|plan)|k\x{fc}ndig(en|ung)|r\x{e9}sili(er|ation))\b",
        "asks_to_cancel",
        to=True,
        unless=r"\b(order|meeting|booking|appointment|event|shipment|delivery|process|job|session|invoice|payment)\b",
    ),
    Rule(
        "automated_subject",
        "written by a machine, by subject or type",
        ("subject", "type"),
        _MACHINE,
        "automated",
        to=True,
        guesses=True,
    ),
    Rule(
        "automated_sender",
        "written by a machine, by sender",
        ("email",),
        r"^(no-?_?\.?reply|do-?_?not-?_?reply|mailer-daemon|postmaster|notifications?|alerts?|monitoring|bounces?)[+@.-]",
        "automated",
        to=True,
    ),
    Rule("outbound_channel", "written first by support", ("channel",), r"^(outbound|proactive)\b", "outbound", to=True),
    Rule(
        "merged_tag",
        "merged into another ticket, by tag or status",
        ("tags", "status"),
        r"\b(closed_by_merge|merged)\b",
        "status",
        to="merged",
        but_subject=r"\b(un)?merg(e|ed|es|ing)\b",
        guesses=True,
    ),
    Rule(
        "spam_tag",
        "spam, by tag, type or status",
        ("tags", "type", "status"),
        r"(^|,)\s*(spam|junk)\s*(,|$)",
        "status",
        to="spam",
        but_subject=_ABOUT_MAIL,
        guesses=True,
    ),
    Rule("deleted_status", "deleted, by status", ("status",), r"^(deleted|trash)", "status", to="deleted"),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Columns that rules wrote (n rows each), a note for every rule that found a row, and the rows (n) that each rule found."""

    columns: Mapping[str, pa.Array]
    notes: tuple[str, ...]
    hits: Mapping[str, npt.NDArray[np.bool_]]


def likely(cells: Mapping[str, Cells], rules: tuple[Rule, ...] = RULES) -> Mapping[str, npt.NDArray[np.int64]]:
    """Codes of the values that any rule may hit, by column name without table: one look at each value instead of two a rule."""
    return {name: _suspects(name, found.distinct, rules) for name, found in cells.items()}


def apply_rules(
    cells: Mapping[str, Cells], typed: Mapping[str, pa.Array], rows: int, suspects: Mapping[str, npt.NDArray[np.int64]], rules: tuple[Rule, ...] = RULES
) -> Labelled:
    """Applies every rule in order. `cells` are texts by column name without table, `typed` what has been read so far, `suspects` what `likely` found."""
    columns: dict[str, pa.Array] = {}
    notes: list[str] = []
    hits: dict[str, npt.NDArray[np.bool_]] = {}
    for rule in rules:
        if not any(name in cells for name in rule.reads):
            continue
        hit = _hits(rule, cells, suspects, rows)
        hits[rule.key] = hit
        columns[rule.sets] = _write(rule, hit, columns.get(rule.sets, typed.get(rule.sets)), rows)
        if hit.any():
            notes.append(_told(rule, int(hit.sum()), rows))
    return Labelled(columns, tuple(notes), hits)


def _told(rule: Rule, hits: int, rows: int) -> str:
    if rule.guesses and hits >= _FEW and hits > _MUCH * rows:
        found = f"{hits:,} of {rows:,} tickets do not count as contacts (rule {rule.key})"
        return f"ask: {found}, since they are {rule.title}. Where customers wrote them, switch the rule off"
    return f"tickets {rule.title}: {hits}, marked {rule.sets if rule.to is True else rule.to} (rule {rule.key})"


def _suspects(name: str, values: pa.StringArray, rules: tuple[Rule, ...]) -> npt.NDArray[np.int64]:
    patterns = "|".join(f"(?:{rule.pattern})" for rule in rules if name in rule.reads)
    return np.flatnonzero(matches(values, f"(?i){patterns}")) if patterns else np.empty(0, np.int64)


def _hits(rule: Rule, cells: Mapping[str, Cells], suspects: Mapping[str, npt.NDArray[np.int64]], rows: int) -> npt.NDArray[np.bool_]:
    hit = np.zeros(rows, dtype=bool)
    for name in rule.reads:
        if name in cells and len(suspects[name]):
            values = cells[name].distinct.take(pa.array(suspects[name]))
            found = np.zeros(len(cells[name].distinct), np.bool_)
            found[suspects[name]] = matches(values, f"(?i){rule.pattern}") & ~matches(values, f"(?i){rule.unless}")
            hit |= found[cells[name].codes] & (cells[name].codes >= 0)
    return hit & ~_rows_of(cells["subject"], rule.but_subject) if "subject" in cells and hit.any() else hit


def _rows_of(cells: Cells, pattern: str) -> npt.NDArray[np.bool_]:
    found = matches(cells.distinct, f"(?i){pattern}")
    return found[cells.codes] & (cells.codes >= 0) if len(found) else np.zeros(cells.rows, np.bool_)


def _write(rule: Rule, hit: npt.NDArray[np.bool_], before: pa.Array | None, rows: int) -> pa.Array:
    if isinstance(rule.to, bool):
        return pa.array(hit if before is None else hit | mask(before))
    words = pa.nulls(rows, pa.string()) if before is None else before
    return pc.if_else(pa.array(hit), rule.to, words) if hit.any() else words
