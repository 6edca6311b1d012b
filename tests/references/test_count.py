"""How many published figures are reproduced. What is left out stands in left_out.py with its reason."""

import ast
from pathlib import Path

import pytest

from tests.longest import ROOT
from tests.references.left_out import LEFT_OUT
from tests.references.published import blocks, covered, published

REPRODUCED = 246
ELSEWHERE = {
    "references/test_observational.py:test_shifted_beta_geometric": 5,
    "references/test_what_if.py:test_instruments_of_chapter_16": 7,
    "stats/test_sensitivity.py:test_robustness_value_published": 2,
    "stats/test_power.py:test_needed_mean_published": 1,
    "stats/test_sample_ratio.py:test_the_book_s_example": 1,
}
"""Figures that were published and are not in references.json, by the test that cites them; near misses do not count."""


def test_as_many_published_figures_are_reproduced_as_is_said():
    assert sum(len(covered(block["id"])) for block in blocks()) >= REPRODUCED
    assert REPRODUCED + sum(ELSEWHERE.values()) >= 262


@pytest.mark.parametrize("place", ELSEWHERE)
def test_figures_cited_elsewhere_have_their_test(place):
    file, _, name = place.partition(":")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_block_is_reproduced_or_left_out_with_a_reason():
    assert {block["id"] for block in blocks()} == set(LEFT_OUT)
    assert all(reason for reasons in LEFT_OUT.values() for reason in reasons.values())


@pytest.mark.parametrize("identifier", LEFT_OUT)
def test_what_is_said_to_be_reproduced_has_its_test(identifier):
    """Every covered block is walked in a test of this folder; `walk` compares each of its figures."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert (f'walk("{identifier}"' in tests) == bool(covered(identifier))
    assert published(identifier)
