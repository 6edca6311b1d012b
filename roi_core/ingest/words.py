"""Words to canonical words: yes and no, statuses by prefix, satisfaction words to scores."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells, Reading, mask, missing
from roi_core.ingest.export import Scale

YES = ("yes", "y", "true", "t", "1", "1.0", "on", "x", "ja", "oui", "si", "s\u00ed", "churned", "left", "lost", "canceled", "cancelled", "exited", "supported")
NO = ("no", "n", "false", "f", "0", "0.0", "off", "nein", "non", "stayed", "joined", "active", "current", "existing", "retained", "not supported")

_TICKET_STATUS = {
    "new": "open", "open": "open", "reopen": "open", "in progress": "open", "assigned": "open", "active": "open", "pending": "pending",
    "waiting": "pending", "await": "pending", "on hold": "pending", "on-hold": "pending", "hold": "pending", "snoozed": "pending",
    "follow": "pending", "resolved": "resolved", "solved": "resolved", "fixed": "resolved", "fixed/wait": "pending", "fixed wait": "pending",
    "done": "resolved", "completed": "resolved", "closed": "closed", "merged": "merged", "ticket merged": "merged", "spam": "spam",
    "deleted": "deleted", "trash": "deleted",
}  # fmt: skip
_INVOICE_STATUS = {
    "draft": "draft", "open": "open", "sent": "open", "pending": "open", "overdue": "open", "unpaid": "open", "paid": "paid",
    "succeeded": "paid", "partially paid": "open", "partially refunded": "partially_refunded", "partially_refunded": "partially_refunded",
    "refunded": "refunded", "failed": "failed", "void": "void", "canceled": "void", "cancelled": "void", "uncollectible": "uncollectible",
    "disputed": "disputed",
}  # fmt: skip
_ORDER_STATUS = {
    "pending": "pending", "awaiting payment": "pending", "unpaid": "pending", "open": "pending", "on hold": "pending", "on-hold": "pending",
    "draft": "pending", "authorized": "pending", "partially paid": "pending", "paid": "paid", "succeeded": "paid", "processing": "paid",
    "complete": "paid", "shipped": "paid", "partially shipped": "paid", "delivered": "paid", "fulfilled": "paid", "awaiting fulfillment": "paid",
    "awaiting shipment": "paid", "partially refunded": "partially_refunded", "partially_refunded": "partially_refunded", "refunded": "refunded",
    "cancel": "cancelled", "void": "cancelled", "expired": "cancelled", "failed": "failed", "declined": "failed", "disputed": "disputed",
    "chargeback": "disputed",
}  # fmt: skip
_COST_COMPONENT = {
    "salar": "salaries", "wage": "salaries", "payroll": "salaries", "software": "software", "tool": "software", "licen": "software",
    "training": "training", "management": "management", "overhead": "overhead", "rent": "overhead", "outsourc": "outsourcing",
    "escalation": "escalation", "repeat": "repeat_contact", "integration": "integration", "quality": "quality", "concession": "concessions",
    "refund": "concessions", "credit": "concessions", "other": "other",
}  # fmt: skip
_CHURN_KIND = {
    "voluntary": "voluntary", "failed": "failed_payment", "payment": "failed_payment", "involuntary": "failed_payment", "merge": "merger",
    "acqui": "merger", "downgrade": "downgrade",
}  # fmt: skip

VOCABULARIES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "tickets.status": MappingProxyType(_TICKET_STATUS),
        "invoices.status": MappingProxyType(_INVOICE_STATUS),
        "orders.status": MappingProxyType(_ORDER_STATUS),
        "costs.component": MappingProxyType(_COST_COMPONENT),
        "customers.churn_kind": MappingProxyType(_CHURN_KIND),
    }
)
"""Words every vendor shares, by canonical column; an export's own words go before them."""

FALLBACKS: Mapping[str, str] = MappingProxyType({"tickets.status": "open", "invoices.status": "open", "orders.status": "pending", "costs.component": "other"})
"""What an unknown word is read as, with a question; columns not named here leave the cell blank."""


def read_words(cells: Cells, words: Mapping[str, str]) -> Reading:
    """BOOLEAN from yes and no in several languages and from `words` (to "true" or "false"); anything else is bad."""
    lowered = pc.utf8_lower(cells.distinct)
    yes = mask(pc.is_in(lowered, pa.array([*YES, *(word for word, meaning in words.items() if meaning == "true")])))
    no = mask(pc.is_in(lowered, pa.array([*NO, *(word for word, meaning in words.items() if meaning == "false")])))
    bad = {int(code): "is neither yes nor no" for code in np.flatnonzero(~(yes | no | missing(cells.distinct)))}
    return Reading(pa.array(yes, mask=~(yes | no)), bad, format="yes/no" if len(yes) else None)


def read_booleans(cells: Cells, words: Mapping[str, str]) -> Reading:
    """As `read_words`; a column of counts is yes from 1 on."""
    said = read_words(cells, words)
    counts = read_numbers(cells) if said.bad else None
    if counts is None or counts.bad:
        return said
    return Reading(pc.greater(counts.values, 0.0), notes=("counts are read as yes from 1 on",), format="count")


def read_choices(cells: Cells, words: Mapping[str, str], allowed: tuple[str, ...], fallback: str | None) -> Reading:
    """One of `allowed` a distinct value: as it is, or by the longest prefix of `words`, or `fallback` with a question.

    Without `allowed` a word that has no entry is kept in lower case.
    """
    texts = spoken(cells)
    meanings = [_meaning(text, words, allowed) for text in texts]
    unknown = [code for code, meaning in enumerate(meanings) if meaning is None]
    if fallback is None:
        bad = {code: f"is not one of {', '.join(allowed)}" for code in unknown}
        return Reading(pa.array(meanings, pa.string()), bad)
    read = [meaning or fallback for meaning in meanings]
    return Reading(pa.array(read, pa.string()), notes=_custom(cells, texts, read, words, allowed))


def understood(cells: Cells, words: Mapping[str, str], allowed: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Which distinct values `read_choices` reads without its fallback."""
    return np.array([_meaning(text, words, allowed) is not None for text in spoken(cells)], dtype=np.bool_)


def _meaning(text: str, words: Mapping[str, str], allowed: tuple[str, ...]) -> str | None:
    slug = text.replace(" ", "_").replace("-", "_")
    if slug in allowed:
        return slug
    forms = (text, slug, slug.replace("_", " "))
    prefix = max((word for word in words if any(form.startswith(word) for form in forms)), key=len, default=None)
    return words[prefix] if prefix is not None else (None if allowed else slug)


def _custom(cells: Cells, texts: list[str], read: list[str], words: Mapping[str, str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    named = [code for code, text in enumerate(texts) if text not in words and text.replace(" ", "_") not in allowed]
    if not named:
        return ()
    counts = cells.counts()
    listed = ", ".join(f"{quoted(cells.distinct[code].as_py())} as {quoted(read[code])[1:-1]} ({counts[code]})" for code in named[:6])
    return (f"ask: words of your own are read by how they begin: {listed}",)


def read_scores(cells: Cells, scale: Scale | None) -> Reading:
    """Satisfaction scores of numbers, or of the words of `scale`; its words for no answer are null, other words are bad."""
    numbers = read_numbers(cells)
    if scale is None:
        return numbers
    texts = spoken(cells)
    scored = [scale.words.get(text) for text in texts]
    values = pc.coalesce(pa.array(scored, pa.float64()), pc.multiply(numbers.values, scale.times))
    silent = unanswered(cells, scale)
    bad = {code: "is not a known answer" for code in numbers.bad if scored[code] is None and not silent[code]}
    note = (f"satisfaction words are read on a scale of 1 to {scale.top:g}",) if any(score is not None for score in scored) else ()
    return Reading(pc.if_else(pa.array(silent), None, values), bad, note, f"1-{scale.top:g}" if len(values) else None)


def spoken(cells: Cells) -> list[str]:
    """The distinct values in lower case, with single blanks."""
    return [" ".join(text.casefold().split()) for text in cells.distinct.to_pylist()]


def unanswered(cells: Cells, scale: Scale) -> npt.NDArray[np.bool_]:
    """Which distinct values say that a survey was sent and not answered."""
    return np.array([text in scale.no_answer for text in spoken(cells)], dtype=np.bool_)


def tops_of(cells: Cells, scale: Scale) -> tuple[pa.Array, tuple[str, ...]]:
    """Top of the scale of each distinct answer: the declared one, but numbers above it are answers on a scale of their own."""
    numbers = pc.if_else(pa.array([text in scale.words for text in spoken(cells)], pa.bool_()), None, read_numbers(cells).values)
    own = top_of_scale(pc.multiply(numbers, scale.times))
    if own is None or own <= scale.top:
        return pa.array(np.full(len(cells.distinct), scale.top)), ()
    other = f"stand beside words of a scale of 1 to {scale.top:g}" if scale.words else f"go beyond {scale.top:g}"
    note = f"answers in numbers {other}; the numbers are read on a scale of 1 to {own:g}"
    return pc.if_else(pc.is_valid(numbers), own, scale.top), (note,)


def top_of_scale(scores: pa.Array) -> float | None:
    """The top of the scale that numeric answers seem to use: 1, 2, 3, 5, 7, 10 or 100; None where there is no answer."""
    highest = pc.max(scores).as_py()
    return None if highest is None else next((float(top) for top in (1, 2, 3, 5, 7, 10, 100) if highest <= top), float(highest))
