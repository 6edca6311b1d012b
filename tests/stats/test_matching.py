import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.stats.matching import nearest


def by_brute_force(score, treated, caliper, replace):
    """Every treated row in descending score looks at every control that is left."""
    reach = np.inf if caliper is None else caliper * np.std(score, ddof=1)
    free, pairs = list(np.flatnonzero(~treated)), []
    for row in sorted(np.flatnonzero(treated), key=lambda i: (-score[i], i)):
        if not free:
            break
        best = min(free, key=lambda c: (abs(score[c] - score[row]), c))
        if abs(score[best] - score[row]) <= reach:
            pairs.append((row, best))
            if not replace:
                free.remove(best)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


@given(
    st.lists(st.tuples(st.integers(-12, 12), st.booleans()), min_size=2, max_size=60),
    st.sampled_from([None, 0.05, 0.2, 1.0]),
    st.booleans(),
)
@settings(max_examples=300)
def test_equals_brute_force(rows, caliper, replace):
    score, treated = np.array([s / 4 for s, _ in rows]), np.array([t for _, t in rows])
    treated[0], treated[1] = True, False
    assert nearest(score, treated, caliper, replace=replace).tolist() == by_brute_force(score, treated, caliper, replace).tolist()


def test_by_hand():
    score, treated = [5.0, 4.0, 4.9, 4.2, 1.0], [1, 1, 0, 0, 0]
    assert nearest(score, treated).tolist() == [[0, 2], [1, 3]]
    assert nearest(score, treated, caliper=0.1).tolist() == [[0, 2]]


@given(st.integers(0, 1000))
@settings(max_examples=20)
def test_no_control_serves_twice_and_none_is_out_of_reach(seed):
    rng = np.random.default_rng(seed)
    score, treated = rng.normal(size=500), rng.random(500) < 0.4
    pairs = nearest(score, treated, caliper=0.2)
    assert len(np.unique(pairs[:, 1])) == len(np.unique(pairs[:, 0])) == len(pairs)
    assert np.abs(np.subtract(*score[pairs.T])).max() <= 0.2 * score.std(ddof=1)
    assert treated[pairs[:, 0]].all()
    assert not treated[pairs[:, 1]].any()


def test_more_treated_than_controls():
    assert len(nearest([1.0, 2.0, 3.0, 2.5], [1, 1, 1, 0])) == 1


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize(("score", "nearest_control"), [([0.0, 1.0, -1.0], 1), ([0.0, -1.0, 1.0], 1), ([0.0, 2.0, 1.0], 2), ([0.0, -2.0, -1.0], 2)])
def test_of_two_controls_as_near_the_lower_index_is_taken(score: list[float], nearest_control: int, replace: bool) -> None:
    assert nearest(score, [1, 0, 0], replace=replace).tolist() == [[0, nearest_control]]


@pytest.mark.parametrize("replace", [True, False])
def test_a_control_exactly_at_the_caliper_is_within_reach(replace: bool) -> None:
    """Scores 0, 3 and 6 have a standard deviation of 3; the outer two choose first one, then the other end."""
    assert nearest([6.0, 3.0, 0.0], [1, 0, 1], 1.0, replace=replace).tolist() == ([[0, 1], [2, 1]] if replace else [[0, 1]])
    assert nearest([6.0, 3.0, 0.0], [1, 0, 1], 0.999, replace=replace).tolist() == []


@pytest.mark.parametrize(
    ("score", "treated", "caliper", "words"),
    [
        ([1.0, 2.0], [1, 0], 0, "caliper == 0, must be above 0"),
        ([1.0, 2.0], [1, 0], -0.5, "caliper == -0.5, must be above 0"),
        ([1.0, np.nan], [1, 0], None, "score holds missing or infinite values, must be finite"),
        ([1.0, 2.0], [1, 1], None, 'treated rows == "2 of 2", must be such that both arms have rows'),
        ([1.0, 2.0], [0, 2], None, "treated holds values other than 0 and 1, must be 0 or 1"),
    ],
)
def test_what_cannot_be_is_refused(score: list[float], treated: list[int], caliper: float | None, words: str) -> None:
    with pytest.raises(ValueError, match="must") as refused:
        nearest(score, treated, caliper)
    assert str(refused.value) == words
