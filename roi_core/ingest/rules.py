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

    A rule for a yes/no column writes False in every other row; a rule for a word column leaves other rows as they are.
    """

    key: str
    title: str
    reads: tuple[str, ...]
    pattern: str
    sets: str
    to: str | bool
    unless: str = r"$^"


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
        r"(\bdaily report\b|\bweekly report\b|\bmonthly report\b|out of (the )?office|automatic reply|auto-?reply|autoreply|undeliver(able|ed)|"
        r"delivery (status notification|failure|has failed)|mail delivery|returned mail|^\[?(alert|monitor(ing)?|nagios|zabbix|pagerduty)\b)",
        "automated",
        to=True,
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
    Rule("merged_tag", "merged into another ticket, by tag or status", ("tags", "status"), r"\b(closed_by_merge|merged)\b", "status", to="merged"),
    Rule("spam_tag", "spam, by tag, type or status", ("tags", "type", "status"), r"(^|,)\s*(spam|junk)\s*(,|$)", "status", to="spam"),
    Rule("deleted_status", "deleted, by status", ("status",), r"^(deleted|trash)", "status", to="deleted"),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Columns that rules wrote (n rows each), a note for every rule that found a row, and the rows (n) that each rule found."""

    columns: Mapping[str, pa.Array]
    notes: tuple[str, ...]
    hits: Mapping[str, npt.NDArray[np.bool_]]


def apply_rules(cells: Mapping[str, Cells], typed: Mapping[str, pa.Array], rows: int, rules: tuple[Rule, ...] = RULES) -> Labelled:
    """Applies every rule in order. `cells` are texts by column name without table, `typed` what has been read so far."""
    columns: dict[str, pa.Array] = {}
    notes: list[str] = []
    hits: dict[str, npt.NDArray[np.bool_]] = {}
    suspects = {name: _suspects(name, found.distinct, rules) for name, found in cells.items()}
    for rule in rules:
        if not any(name in cells for name in rule.reads):
            continue
        hit = _hits(rule, cells, suspects, rows)
        hits[rule.key] = hit
        columns[rule.sets] = _write(rule, hit, columns.get(rule.sets, typed.get(rule.sets)), rows)
        if hit.any():
            notes.append(f"tickets {rule.title}: {int(hit.sum())}, marked {rule.sets if rule.to is True else rule.to} (rule {rule.key})")
    return Labelled(columns, tuple(notes), hits)


def _suspects(name: str, values: pa.StringArray, rules: tuple[Rule, ...]) -> npt.NDArray[np.int64]:
    """Codes of the values that any rule may hit: one look at each value instead of two a rule."""
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
    return hit


def _write(rule: Rule, hit: npt.NDArray[np.bool_], before: pa.Array | None, rows: int) -> pa.Array:
    if isinstance(rule.to, bool):
        return pa.array(hit if before is None else hit | mask(before))
    words = pa.nulls(rows, pa.string()) if before is None else before
    return pc.if_else(pa.array(hit), rule.to, words) if hit.any() else words
