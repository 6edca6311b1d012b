"""How many published figures are reproduced. What is left out stands in left_out.py with its reason."""

from pathlib import Path

import pytest

from tests.references.left_out import LEFT_OUT
from tests.references.published import blocks, covered, published

REPRODUCED = 243


def test_as_many_published_figures_are_reproduced_as_is_said():
    assert sum(len(covered(block["id"])) for block in blocks()) >= REPRODUCED


def test_every_block_is_reproduced_or_left_out_with_a_reason():
    assert {block["id"] for block in blocks()} == set(LEFT_OUT)
    assert all(reason for reasons in LEFT_OUT.values() for reason in reasons.values())


@pytest.mark.parametrize("identifier", LEFT_OUT)
def test_what_is_said_to_be_reproduced_has_its_test(identifier):
    """Every covered block is walked in a test of this folder; `walk` compares each of its figures."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert (f'walk("{identifier}"' in tests) == bool(covered(identifier))
    assert published(identifier)
