"""What a column cannot tell about itself: a question with both readings, and what the user said to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
"""No question was answered."""


@dataclass(frozen=True, slots=True)
class Way:
    """One reading: the answer that stands for it, and what a cell of the file then is, in words."""

    answer: str
    example: str

    def as_json(self) -> dict[str, str]:
        """For the report."""
        return {"answer": self.answer, "example": self.example}


@dataclass(frozen=True, slots=True)
class Question:
    """Two or more readings of one or several columns of a file; the rows are read by `best` until it is answered.

    `key` is what an answer is kept under, beside the fingerprint of the headers of the file: `day_order`, or `decimal/Amount` where it is
    of one column.
    """

    key: str
    columns: tuple[str, ...]
    ways: tuple[Way, ...]
    best: str

    @classmethod
    def of(cls, subject: str, columns: tuple[str, ...], ways: Mapping[str, str], best: str, *, of_one: bool = False) -> Self:
        """A question on `subject`, of the first column alone or of the whole file; `ways` maps answers to examples."""
        key = key_of(subject, columns[0]) if of_one else subject
        return cls(key, columns, tuple(Way(answer, example) for answer, example in ways.items()), best)

    @property
    def subject(self) -> str:
        """What is asked: a key of the sentences `asked`, such as `day_order` or `scale`."""
        return self.key.partition("/")[0]

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return {"key": self.key, "subject": self.subject, "columns": list(self.columns), "ways": [way.as_json() for way in self.ways], "best": self.best}


def key_of(subject: str, header: str) -> str:
    """What an answer about one column is kept under."""
    return f"{subject}/{header}"
