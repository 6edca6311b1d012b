"""The catalogue of sentences: every one is used, every slot is filled, no word that claims too much."""

import ast
import re
from pathlib import Path

import pytest

from roi_core.sentences import SERVICES, SHOP, SentenceMissing, catalogue, say, slots, speaking

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = re.compile(r"\b(prove[sdn]?|proof|validated|significan(t|ce|tly)|guarantee[sd]?)\b", re.IGNORECASE)


_KEY = re.compile(r"[a-z_0-9]+\.[a-z_0-9]+")


@pytest.fixture(scope="module")
def said() -> re.Pattern[str]:
    """Every literal that looks like a key, and every f-string that begins like one, as one pattern."""
    found: set[str] = set()
    for file in [*ROOT.glob("roi_core/**/*.py"), *ROOT.glob("pages/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KEY.fullmatch(node.value):
                found.add(re.escape(node.value))
            if isinstance(node, ast.JoinedStr):
                found.add("".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_0-9]+" for part in node.values))
    return re.compile("|".join(sorted(pattern for pattern in found if r"\." in pattern and "[" not in pattern.partition(r"\.")[0])))


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_sentence_is_said_somewhere(key: str, said: re.Pattern[str]) -> None:
    assert said.fullmatch(key), f"nothing says {key}"


@pytest.mark.parametrize(("key", "text"), sorted(catalogue().items()))
def test_no_sentence_claims_too_much_or_has_loose_braces(key: str, text: str) -> None:
    assert not FORBIDDEN.search(text), key
    assert text == text.strip()
    assert "TODO" not in text
    filled = say(key, **dict.fromkeys(slots(key), "x"))
    assert "{" not in filled or "\\" in filled


def test_a_missing_sentence_and_a_wrong_slot_are_errors() -> None:
    with pytest.raises(SentenceMissing):
        say("effect.nowhere")
    with pytest.raises(SentenceMissing, match="takes"):
        say("effect.refused", why="x")


@pytest.mark.parametrize(("language", "least"), [(SHOP, 60), (SERVICES, 40)])
def test_a_business_has_its_own_words_for_keys_that_exist_with_the_same_slots(language: str, least: int) -> None:
    usual, own = catalogue(), catalogue(language)
    assert usual.keys() == own.keys()
    other = {key for key in usual if usual[key] != own[key]}
    assert len(other) >= least
    assert all(slots(key) == slots(key, language) for key in usual)
    assert not [key for key in other if FORBIDDEN.search(own[key]) or re.search(r"\b(left|leav\w*|stay\w*|churn\w*)\b(?!})", own[key])]


def test_words_are_spoken_until_the_block_ends() -> None:
    before = say("title.supported_helped")
    with speaking(SHOP):
        assert say("title.supported_helped") == "Helped customers ordered again more often"
        assert say("title.supported_helped", "en") == before
    assert say("title.supported_helped") == before
