"""The roles of one flat file: which names a column of that role has, in order of preference, and what its values must be."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells
from roi_core.ingest.headers import words_of
from roi_core.ingest.words import read_words

_MOST_SCORES = 11


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that could fill a role: position and text of its header, the header as lower-case words, its cells."""

    place: int
    header: str
    words: str
    cells: Cells

    @property
    def is_empty(self) -> bool:
        """Nothing is known of the values."""
        return not len(self.cells.distinct)

    @property
    def is_blank(self) -> bool:
        """There are rows, and none has a value."""
        return self.is_empty and self.cells.rows > 0


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `names` are patterns of header words, the best first; `fits` looks at the values."""

    name: str
    column: str
    names: tuple[str, ...]
    fits: Callable[[Candidate], bool]

    def rank(self, candidate: Candidate) -> int | None:
        """Place of the first pattern that the header matches, or None where names or values do not fit."""
        place = next((i for i, name in enumerate(self.names) if re.search(name, candidate.words)), None)
        return place if place is not None and self.fits(candidate) else None


def is_unique(candidate: Candidate) -> bool:
    """Filled in every row, no value twice."""
    return len(candidate.cells.distinct) == candidate.cells.rows


def is_yes_no(candidate: Candidate) -> bool:
    """Every value says yes or no."""
    return len(candidate.cells.distinct) <= _MOST_SCORES and not read_words(candidate.cells, {}).bad


def says_yes_or_no(candidate: Candidate) -> bool:
    """As `is_yes_no`, and where there are rows some are filled: a blank column must not stand in the way of choosing another."""
    return is_yes_no(candidate) and not candidate.is_blank


def is_number(candidate: Candidate) -> bool:
    """Every value is a number, and there is one."""
    return not candidate.is_empty and not pc.any(pc.is_null(read_numbers(candidate.cells).values)).as_py()


def is_score(candidate: Candidate) -> bool:
    """Numbers of at most 11 different values."""
    return len(candidate.cells.distinct) <= _MOST_SCORES and is_number(candidate)


ROLES = (
    Role(
        "churned",
        "churned",
        (
            r"^(is |has )?churn(ed)?$",
            r"^churn (label|flag|indicator|yes no)$",
            r"^churn (value|status)$",
            r"^(is |has )?(attrition|exited|lapsed|left)$",
            r"^attrition flag$",
            r"^customer status$",
        ),
        is_yes_no,
    ),
    Role(
        "supported",
        "supported",
        (
            r"^supported$",
            r"\b(contacted|used|had|received|got) support\b",
            r"\b(tech|technical|customer|premium|priority) support\b",
            r"\bsupport(ed)?\b",
            r"\bhelp ?desk\b",
        ),
        says_yes_or_no,
    ),
    Role("id", "customer_id", (r"^(customer|client|account|user|member|subscriber) ?(id|number|no|key|code)$", r"^id$", r"\bid$", r"^row ?names?$"), is_unique),
    Role("tenure_months", "tenure_months", (r"^tenure\b", r"\btenure\b", r"^months? (as|with|since|active|on)\b", r"^account (length|age)$"), is_number),
    Role("satisfaction", "satisfaction", (r"^satisfaction (score|rating)$", r"\bsatisfaction\b", r"\bcsat\b", r"\bnps\b", r"^rating$"), is_score),
    Role(
        "revenue",
        "revenue",
        (
            r"^monthly (charges?|revenue|fee|spend|bill)$",
            r"^mrr$",
            r"^(total )?revenue$",
            r"\brevenue\b",
            r"^total (charges|spend)$",
            r"^(charges?|spend|price|amount)$",
        ),
        is_number,
    ),
)

CONTACT_COUNT = Role(
    "contacts",
    "",
    (r"\b(service|support|help ?desk) (calls?|contacts?|tickets?|cases?|requests?)\b", r"\b(tickets?|complaints?|complains)\b", r"\bcontacts?\b"),
    is_number,
)


def contact_count_rank(header: str) -> int | None:
    """Place of the first pattern of `CONTACT_COUNT` that a header matches, whatever its values; None without one."""
    return next((i for i, name in enumerate(CONTACT_COUNT.names) if re.search(name, words_of(header))), None)


def months_of(words: str) -> float:
    """Months in one unit of a tenure column, by the words of its header: years, weeks and days are told, else months."""
    for unit, months in (("year", 12.0), ("week", 12 / 52.1775), ("day", 12 / 365.25)):
        if re.search(rf"\b{unit}s?\b", words):
            return months
    return 1.0
