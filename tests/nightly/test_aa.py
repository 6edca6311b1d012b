"""A/A: how often each method calls a difference where there is none, over data of six shapes.

Exact methods, Newcombe and intervals that may be looked at again at most in 5.6 %; the others in 4.2 to 5.8 % of 10,000 draws. Where a dozen
customers or a few amounts decide it may be less; more only where the product refuses every such draw, since too few left.
"""

from functools import partial

import pytest

from roi_core.stats.proportion import wilson
from tests.nightly import shapes
from tests.nightly.kept import STATS, Row, replications
from tests.nightly.share import part_of
from tests.nightly.verdict import none_lost
from tests.store.scores import Score

BLOCKS, TRIALS, SEGMENT_BLOCKS = part_of(100), part_of(1_000), part_of(100)
MOST_EXACT, ASYMPTOTIC, OF_TRIALS, OF_SEGMENTS = 0.056, (0.042, 0.058), (0.032, 0.068), 0.06
ODD = ("tiny", "heavy tail")


def _score(case: str, called: int, tried: int, asked: int, least: float, most: float, *, refused: bool = False) -> Score:
    """Judged by the share itself once all were drawn, before that only by its Monte Carlo limits; not where all of them are `refused`."""
    share = wilson(called, tried)
    held = least <= share.value <= most if tried >= asked else share.high >= least and share.low <= most
    measured = f"{100 * share.value:.2f} % called a difference ({100 * share.low:.2f} to {100 * share.high:.2f})"
    measured += ", all of them refused as too few" if refused else ""
    return Score(case, tried, int(not (held or refused)), measured=measured + ("" if tried >= asked else f", {asked:,} asked for"))


def _added(rows: list[Row], name: str) -> tuple[int, int]:
    pairs = [row[name] for row in rows if name in row]
    return sum(called for called, _ in pairs), sum(tried for _, tried in pairs)


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_chance_alone_is_called_a_difference_as_often_as_is_said(shape: str) -> None:
    rows, scores = replications(f"aa-{shape}", BLOCKS, partial(shapes.alarms, shape=shape), STATS), []
    too_few, draws = _added(rows, shapes.REFUSED)
    refused = shape in ODD and too_few == draws
    for name in shapes.METHODS:
        called, tried = _added(rows, name)
        if tried:
            least, most = (0.0, MOST_EXACT) if name in shapes.EXACT else ASYMPTOTIC
            scores.append(_score(f"A/A: {name}, {shape}", called, tried, BLOCKS * shapes.BLOCK, 0.0 if shape in ODD else least, most, refused=refused))
    none_lost(scores)


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_monthly_trials_call_nothing_an_effect_as_often_as_is_said(shape: str) -> None:
    rows = replications(f"trials-{shape}", TRIALS, partial(shapes.trial, shape=shape), STATS)
    found = [row["called"] for row in rows if row["called"] is not None]
    least, most = OF_TRIALS
    none_lost([_score(f"A/A: monthly trials, {shape}", sum(found), len(found), TRIALS, 0.0 if shape in ODD else least, most)] if found else [])


def test_of_24_segments_without_an_effect_hardly_ever_one_is_found() -> None:
    rows = replications("segments", SEGMENT_BLOCKS, shapes.segments, STATS)
    asked, scores = SEGMENT_BLOCKS * shapes.SEGMENT_BLOCK, []
    for name in ("Benjamini-Hochberg", "pulled toward the average"):
        called, tried = sum(row.get(name, [0, 0])[0] for row in rows), sum(row["of"] for row in rows)
        scores.append(_score(f"A/A: one of 24 segments, {name}", called, tried, asked, 0.0, OF_SEGMENTS))
    raw = sum(row.get("each by itself", [0, 0])[0] for row in rows)
    print(f"each by itself: {raw} of {scores[0].tried}")
    assert raw > scores[0].tried / 2
    none_lost(scores)
