"""The one catalogue of sentences. A language is a folder of TOML files; a sentence has named slots.

`say("effect.found", points="3.1", ...)` fills the slots of `[effect] found = "..."`. Slots are filled with text that is
already formatted (`show`), never with user text that could be read as markup.

A line of business in which nobody leaves has its own words for the same keys: `shop` and `services` hold those that differ
from `en`. Whoever speaks of such a company does so `with speaking("shop")`, or says `speak("shop")` for the rest of a page.
"""

import string
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

PLAIN, SHOP, SERVICES = "en", "shop", "services"
OWN_WORDS = (SHOP, SERVICES)
WORDS_OF = {"churn": PLAIN, "no_order": SHOP, "not_renewed": SERVICES}
"""In which words sentences speak where this is followed."""
_spoken: ContextVar[str] = ContextVar("spoken", default=PLAIN)


class SentenceMissing(KeyError):
    """A sentence, or a slot of one, that does not exist: an error of the program, found by tests."""


def speak(language: str) -> None:
    """The words in which this thread speaks from now on: `en`, `shop` or `services`."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """The words in which this thread speaks meanwhile."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def catalogue(language: str = PLAIN) -> dict[str, str]:
    """All sentences of a language as {"family.name": text}; of a line of business its own words over the usual ones."""
    texts: dict[str, str] = dict(catalogue()) if language in OWN_WORDS else {}
    for file in sorted(resources.files(__package__).joinpath(language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for family, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items():
                texts |= {f"{family}.{name}": " ".join(text.split()) for name, text in sentences.items()}
    return texts


def slots(key: str, language: str = PLAIN) -> frozenset[str]:
    """Names of the slots of a sentence. Raises SentenceMissing."""
    text = _text(key, language)
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def say(key: str, language: str | None = None, /, **values: str) -> str:
    """The sentence with its slots filled, in the words spoken. Raises SentenceMissing where the key is unknown or the slots differ."""
    language = language or _spoken.get()
    if slots(key, language) != frozenset(values):
        raise SentenceMissing(f"{key} takes {sorted(slots(key, language))}, got {sorted(values)}")
    return _text(key, language).format(**values)


def _text(key: str, language: str) -> str:
    try:
        return catalogue(language)[key]
    except KeyError:
        raise SentenceMissing(key) from None
