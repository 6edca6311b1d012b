"""What a contact is about, told by the words of its category (or type) as set at creation: how-to, billing, a fault, a complaint."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from roi_core.cohorts.design import Filters
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine.facts import Facts, labels

KINDS = ("complaint", "billing", "fault", "how_to")
"""In the order in which they are looked for: a billing question is about billing."""


def kind_of(label: str) -> str | None:
    """The first kind whose words a category holds; None where it holds none."""
    return next((kind for kind in KINDS if holds(label, _words()[kind])), None)


def holds(label: str, words: Sequence[str]) -> bool:
    """Whether a label has a word that begins with one of the words, or is one that begins with =."""
    plain = label.casefold()
    found = re.findall(r"\w+", plain)
    return any(plain.strip() == word[1:] if word.startswith("=") else any(part.startswith(word) for part in found) for word in words)


def categories(facts: Facts, kind: str) -> tuple[str, ...]:
    """The categories of contacts in the files that are of a kind, in alphabetical order."""
    return tuple(level for level in labels(facts.contacts, "category")[1] if kind_of(level) == kind)


def only(facts: Facts, kind: str) -> Filters | Absent:
    """Contacts of `how_to`, `billing` or `critical_bug` (a fault of high priority) alone; Absent where no label tells them."""
    found = categories(facts, "fault" if kind == "critical_bug" else kind)
    if not found:
        return Absent(say("beside.no_category", kind=say(f"beside.kind_{kind}")), say("beside.next_category"))
    if kind != "critical_bug":
        return Filters(categories=found)
    urgent = tuple(level for level in labels(facts.contacts, "priority")[1] if holds(level, _words()["urgent"]))
    return Filters(categories=found, priorities=urgent) if urgent else Absent(say("beside.no_priority"), say("beside.next_priority"))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = resources.files(__package__).joinpath("contact_kinds.toml").read_text(encoding="utf-8")
    return {kind: tuple(words) for kind, words in tomllib.loads(text).items()}
