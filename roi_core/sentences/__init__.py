"""The one catalogue of sentences. A language is a folder of TOML files; a sentence has named slots.

`say("effect.found", points="3.1", ...)` fills the slots of `[effect] found = "..."`. Slots are filled with text that is
already formatted (`show`), never with user text that could be read as markup.
"""

import string
import tomllib
from functools import cache
from importlib import resources


class SentenceMissing(KeyError):
    """A sentence, or a slot of one, that does not exist: an error of the program, found by tests."""


@cache
def catalogue(language: str = "en") -> dict[str, str]:
    """All sentences of a language as {"family.name": text}."""
    texts: dict[str, str] = {}
    for file in sorted(resources.files(__package__).joinpath(language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for family, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items():
                texts |= {f"{family}.{name}": " ".join(text.split()) for name, text in sentences.items()}
    return texts


def slots(key: str, language: str = "en") -> frozenset[str]:
    """Names of the slots of a sentence. Raises SentenceMissing."""
    text = _text(key, language)
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def say(key: str, language: str = "en", /, **values: str) -> str:
    """The sentence with its slots filled. Raises SentenceMissing where the key is unknown or the slots differ."""
    if slots(key, language) != frozenset(values):
        raise SentenceMissing(f"{key} takes {sorted(slots(key, language))}, got {sorted(values)}")
    return _text(key, language).format(**values)


def _text(key: str, language: str) -> str:
    try:
        return catalogue(language)[key]
    except KeyError:
        raise SentenceMissing(key) from None
