"""The facts of a large company, kept in its work, so that they are not worked out again at every start; those of a small one are kept at hand."""

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

import roi_core
from roi_core.errors import NotSaved, WorkspaceMissing
from roi_core.spine import at_hand
from roi_core.spine.build import build_facts
from roi_core.spine.ends import Ends
from roi_core.spine.facts import CostRow, Facts
from roi_core.spine.linkage import Linkage
from roi_core.spine.origins import origins_of
from roi_core.spine.saved import Saved
from roi_core.spine.starts import Starts
from roi_core.workspace import derived

WORTH_KEEPING = 200_000
"""Rows of contacts and customer months from which on facts are kept; fewer are soon worked out again."""
_TABLES = ("spine", "person_months", "contacts", "assigned", "reached", "answers", "bought", "terms", "sent")
_TUPLES = ("currencies", "tables", "telling_labels")
_CODE = frozenset({".py", ".sql", ".toml"})


def facts_of(saved: Saved) -> Facts:
    """The facts of saved work: those that were kept where all they follow from is what it was, else `build_facts`, kept where that is worth it.

    A window that closes in the future, by the clock, is looked at anew: then less has been seen.

    Raises as `build_facts`.
    """
    return replace(_facts_of(saved), origins=origins_of(saved.reports))


def _facts_of(saved: Saved) -> Facts:
    began, place = int(time.time()), at_hand.Place.of(saved)
    if (facts := at_hand.recalled(place) or _kept(saved)) is not None and _is_past(facts, began):
        return facts
    facts = build_facts(saved.tables, saved.decisions, saved.exclusions, saved.until_s)
    is_small = facts.person_months.num_rows + facts.contacts.num_rows < WORTH_KEEPING
    if is_small and _is_past(facts, began):
        at_hand.remember(place, facts)
    if _may_be_kept(saved):
        with suppress(NotSaved, WorkspaceMissing, OSError):
            if is_small:
                derived.forget(saved.workspace)
            elif _is_past(facts, began):
                derived.keep(saved.workspace, _digest(saved), {name: getattr(facts, name) for name in _TABLES}, _rest(facts))
    return facts


def _is_past(facts: Facts, now_s: int) -> bool:
    return facts.seen_s is not None and facts.seen_s < now_s


def _may_be_kept(saved: Saved) -> bool:
    """What counts now, in work that stays and may be changed."""
    if saved.until_s is not None or not saved.lasting:
        return False
    root = saved.workspace.root
    return root.version == saved.version and not root.locked


def _kept(saved: Saved) -> Facts | None:
    if not derived.any_kept(saved.workspace) or (found := derived.kept(saved.workspace, _digest(saved))) is None:
        return None
    tables, rest = found
    told = {
        "linkage": Linkage.of(rest["linkage"]),
        "starts": Starts(**rest["starts"]),
        "ends": Ends(**rest["ends"]),
        "costs": tuple(CostRow(*row) for row in rest["costs"]),
    }
    return Facts(**{**tables, **rest, **told, **{name: tuple(rest[name]) for name in _TUPLES}})


def _rest(facts: Facts) -> dict[str, object]:
    """All but the tables and the names of files, for JSON."""
    plain = {one.name: getattr(facts, one.name) for one in fields(facts) if one.name not in (*_TABLES, "origins")}
    costs = [(row.month, row.component, row.amount) for row in facts.costs]
    return {**plain, "linkage": facts.linkage.as_json(), "starts": facts.starts.as_json(), "ends": asdict(facts.ends), "costs": costs}


def _digest(saved: Saved) -> str:
    """SHA-256 over all that facts follow from: tables, decisions, rules, window and this program."""
    of = [saved.digest, saved.decisions.digest, saved.exclusions.digest, saved.until_s, _program()]
    return hashlib.sha256(json.dumps(of).encode()).hexdigest()


@cache
def _program() -> str:
    """SHA-256 over the text of this package and the releases of what runs it."""
    digest = hashlib.sha256(f"{duckdb.__version__} {pa.__version__}".encode())
    folder = Path(roi_core.__path__[0])
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _CODE):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
