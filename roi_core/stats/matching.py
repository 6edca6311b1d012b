"""Pairs of treated rows with their nearest control."""

from bisect import bisect_left

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, Integers, floats, two_arms


def nearest(score: ArrayLike, treated: ArrayLike, caliper: float | None = None, *, replace: bool = False) -> Integers:
    """Greedy nearest neighbours one to one: array (pairs, 2) of (treated index, control index), in the order they were made.

    Treated rows choose in descending order of `score` (n,), as MatchIt does (Ho, Imai, King, Stuart 2011 JSS 42:8); ties go to the
    lower index. `caliper` is in standard deviations of the score given (the logit; 0.2 by Austin 2011 Pharm Stat 10:150). Without
    `replace` a control is used once. Raises ValueError for an empty arm, missing scores or a caliper not above 0.
    """
    values, arm = floats(score, "score"), two_arms(treated)
    if caliper is not None and caliper <= 0:
        raise ValueError(f"caliper == {caliper}, must be above 0")
    reach = np.inf if caliper is None else caliper * float(values.std(ddof=1))
    rows, controls = np.flatnonzero(arm), np.flatnonzero(~arm)
    rows = rows[np.argsort(-values[rows], kind="stable")]
    controls = controls[np.argsort(values[controls], kind="stable")]
    places = _shared(values[rows], values[controls], controls, reach) if replace else _greedy(values[rows], values[controls], controls, reach)
    found = places >= 0
    return np.column_stack([rows[found], controls[places[found]]]).astype(np.int64)


def _shared(wanted: Floats, offered: Floats, controls: Integers, reach: float) -> Integers:
    """Place of the nearest control for each treated row, -1 where none is within reach; controls may serve many."""
    distinct, first = np.unique(offered, return_index=True)
    above = np.searchsorted(distinct, wanted)
    right, left = np.minimum(above, len(distinct) - 1), np.maximum(above - 1, 0)
    far_right, far_left = np.abs(distinct[right] - wanted), np.abs(distinct[left] - wanted)
    lower = controls[first[left]] < controls[first[right]]
    go_left = (far_left < far_right) | ((far_left == far_right) & lower)
    chosen = np.where(go_left, left, right)
    return np.where(np.minimum(far_left, far_right) <= reach, first[chosen], -1)


def _greedy(wanted: Floats, offered: Floats, controls: Integers, reach: float) -> Integers:
    """As `_shared`, but a control serves once.

    Two union-find forests over the sorted controls hold the next free place on either side, so each choice costs about a bisection.
    """
    scores, index = offered.tolist(), controls.tolist()
    first = np.searchsorted(offered, offered).tolist()
    right = list(range(len(scores) + 1))
    left = right.copy()
    places = []
    for score in wanted.tolist():
        place = _choose(score, scores, index, first, right, left, reach)
        places.append(place)
        if place >= 0:
            right[place], left[place + 1] = place + 1, place
    return np.array(places)


def _choose(score: float, scores: list[float], index: list[int], first: list[int], right: list[int], left: list[int], reach: float) -> int:
    start = bisect_left(scores, score)
    up, down = _find(right, start), _find(left, start) - 1
    far_up = scores[up] - score if up < len(scores) else np.inf
    if down >= 0:
        down = _find(right, first[down])
    far_down = score - scores[down] if down >= 0 else np.inf
    if min(far_up, far_down) > reach or (down < 0 and up == len(scores)):
        return -1
    if far_up == far_down:
        return min(up, down, key=index.__getitem__)
    return up if far_up < far_down else down


def _find(parent: list[int], place: int) -> int:
    root = place
    while parent[root] != root:
        root = parent[root]
    while parent[place] != root:
        parent[place], place = root, parent[place]
    return root
