"""A way of asking, declared: the function that answers, and what the answer is to us."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from roi_core.effects.comparison import Comparison
from roi_core.results import Absent, Result, Rung
from roi_core.sentences import say

Answer = Callable[[Comparison[Any], frozenset[str]], Result | None]
"""A comparison and the estimands that its gates hide, to a result; None where the way is not asked of such a comparison."""


@dataclass(frozen=True, slots=True)
class Way:
    """One rung of the ladder; its title and the field's term are the sentences `rung.<key>` and `rung.<key>_term`.

    `or_plain`: its weights are plain ones where the data do not determine outcome models, and then its term is `rung.<key>_plain_term`.
    `adjusts`: it makes the groups alike by what is known, so it must agree in sign with the others that do. `other_question`: as on `Rung`.
    """

    key: str
    answer: Answer
    default: bool = False
    struck_out: bool = False
    adjusts: bool = False
    or_plain: bool = False
    other_question: bool = False

    @property
    def title(self) -> str:
        """What it is called in plain words."""
        return say(f"rung.{self.key}")

    @property
    def term(self) -> str:
        """The field's term for it."""
        return say(f"rung.{self.key}_term")

    def rung(self, result: Result, *, plain: bool = False) -> Rung:
        """The rung with its answer, under the term that the field has for it; `plain` where outcome models were not used."""
        term = say(f"rung.{self.key}_plain_term") if plain and self.or_plain else self.term
        return Rung(self.key, self.title, term, result, default=self.default, struck_out=self.struck_out, other_question=self.other_question)


def climb(ways: Iterable[Way], comparison: Comparison[Any], hidden: frozenset[str]) -> tuple[Rung, ...]:
    """The rungs of the ways that are asked of this comparison, in their order."""
    answers = ((way, way.answer(comparison, hidden)) for way in ways)
    plain = comparison.fit is not None and comparison.fit.thin
    return tuple(way.rung(answer, plain=plain) for way, answer in answers if answer is not None)


def refused(ways: Iterable[Way], comparison: Comparison[Any], why: Absent) -> tuple[Rung, ...]:
    """What is left of the ladder where nothing may be claimed: what is struck out, and our answer with the reason why there is none."""
    return tuple(way.rung(way.answer(comparison, frozenset()) or why if way.struck_out else why) for way in ways if way.struck_out or way.default)
