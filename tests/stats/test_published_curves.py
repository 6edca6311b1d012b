"""Curves, tests and incidences as printed elsewhere; sources stand beside the tables in `curve_tables`."""

import numpy as np
import pytest

from roi_core.stats.incidence import cumulative_incidence
from roi_core.stats.survival import kaplan_meier, logrank, median, risk_table, rmst, rmst_difference
from tests.references.published import columns
from tests.stats import curve_tables as printed


def rounding(text: str) -> np.ndarray:
    """Half of the last digit of each printed number, and a little for its own rounding."""
    words = [line.split() for line in text.strip().splitlines()]
    return np.array([[0.51 * 10.0 ** -len(word.partition(".")[2]) for word in row] for row in words])


def both(text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    groups = printed.times(text)
    time, event = (np.concatenate([group[i] for group in groups.values()]) for i in (0, 1))
    return time, event, np.repeat(list(groups), [len(group[0]) for group in groups.values()])


def lung(column: str, value: str) -> tuple[np.ndarray, np.ndarray]:
    data = columns("cancer.csv")
    kept = data[column] == value
    return data["time"][kept].astype(float), data["status"][kept] == "2"


@pytest.mark.parametrize(("group", "text"), [("maintained", printed.AML_MAINTAINED), ("not", printed.AML_NOT)])
def test_curve_of_leukaemia_with_log_limits(group, text):
    """90 figures: Kaplan-Meier in R, limits on the log scale."""
    curve, rows = kaplan_meier(*printed.times(printed.AML)[group], scale="log"), printed.table(text)
    at = np.searchsorted(curve.times, rows[:, 0])
    found = np.column_stack([field[at] for field in (curve.times, curve.at_risk, curve.events, curve.survival, curve.se, curve.low, curve.high)])
    assert (np.abs(found - rows) <= rounding(text)).all()


@pytest.mark.parametrize("ecog", printed.LUNG)
def test_curve_and_numbers_at_risk_of_lung_patients(ecog):
    """234 figures: 13 days of 3 groups in R, limits on the log scale, counts as under a chart."""
    rows, (time, event) = printed.table(printed.LUNG[ecog]), lung("ph.ecog", ecog)
    curve, counts = kaplan_meier(time, event, scale="log"), risk_table(time, event, rows[:, 0])
    shares = [curve.share(day) for day in rows[:, 0]]
    limits = np.array([(share.value, share.se, share.low, share.high) for share in shares])
    found = np.column_stack([counts.times, counts.at_risk, np.diff(counts.events, prepend=0), limits])
    assert (np.abs(found - rows) <= rounding(printed.LUNG[ecog])).all()


@pytest.mark.parametrize(("first", "text"), [(True, printed.LOG_LOG_ALL), (False, printed.LOG_LOG_FIRST_CENSORED)])
def test_log_log_limits_to_the_last_digit(first, text):
    """57 figures: R, limits on the log-log scale."""
    event = np.ones(16, dtype=bool)
    event[0] = first
    curve, rows = kaplan_meier(printed.LOG_LOG_TIMES, event), printed.table(text)
    inner = (curve.survival > 0) & (curve.survival < 1)
    assert np.column_stack([curve.survival, curve.low, curve.high])[inner] == pytest.approx(rows, abs=1e-12)


def test_medians_of_leukaemia():
    """tests/doaml.Rout.save of R survival: 31 (18 to open) and 23 (8 to open) on the log scale."""
    found = {group: median(*rows, scale="log") for group, rows in printed.times(printed.AML).items()}
    assert (found["maintained"].value, found["maintained"].low, found["maintained"].high) == (31, 18, None)
    assert (found["not"].value, found["not"].low, found["not"].high) == (23, 8, None)


def test_median_limits_depend_on_the_scale():
    """R's default is log; log-log gives others: both stand in the notes of references.json, lung_ncctg."""
    ecog, data = lung("ph.ecog", "0"), columns("cancer.csv")
    everybody = data["time"].astype(float), data["status"] == "2"
    for rows, scale, limits in [(ecog, "log", (348, 574)), (ecog, "log-log", (340, 558)), (everybody, "log", (285, 363)), (everybody, "log-log", (284, 361))]:
        found = median(*rows, scale=scale)
        assert (found.low, found.high) == limits
    assert median(*everybody).value == 310


def test_mean_within_730_days_of_men_and_women():
    """Notes of references.json, lung_ncctg: 311.12 (19.30) and 434.71 (27.25); the error of the mean, not the spread of the times."""
    men, women = lung("sex", "1"), lung("sex", "2")
    found = [rmst(*rows, 730) for rows in (men, women)]
    assert [(round(mean.value, 2), round(mean.se, 2)) for mean in found] == [(311.12, 19.30), (434.71, 27.25)]
    gained = rmst_difference(*women, *men, 730)
    assert gained.value == pytest.approx(434.71 - 311.12, abs=0.01)
    assert gained.se == pytest.approx(np.hypot(19.30, 27.25), abs=0.01)
    assert (gained.low, gained.high) == pytest.approx((gained.value - 1.959964 * gained.se, gained.value + 1.959964 * gained.se))


def test_mean_within_500_days_of_ovarian_cancer():
    """survRM2::rmst2(ovarian, tau = 500) is 98.88034, and survfit at 500 days, in the vignette Validation of R FastSurvival."""
    arms = printed.times(printed.OVARIAN)
    assert rmst_difference(*arms["2"], *arms["1"], 500).value == pytest.approx(98.88034, abs=5e-6)
    assert [kaplan_meier(*arms[arm]).at(500) for arm in "12"] == pytest.approx([0.5384615, 0.6581197], abs=5e-8)
    time, event, _ = both(printed.OVARIAN)
    share = kaplan_meier(time, event).share(500)
    assert (share.value, share.se) == pytest.approx((0.59607843, 0.09992615), abs=5e-9)


def test_logrank_of_ovarian_cancer():
    """survdiff(Surv(futime, fustat) ~ rx, ovarian) in R: 1.06274, p .302591, expected 5.23353 and 6.76647."""
    found = logrank(*both(printed.OVARIAN))
    assert (found.statistic, found.p) == pytest.approx((1.06274, 0.302591), abs=5e-6)
    assert found.observed == (7, 5)
    assert found.expected == pytest.approx((5.23353, 6.76647), abs=5e-6)


def test_logrank_of_leukaemia_does_not_count_a_group_that_was_gone_before():
    """tests/doaml.Rout.save and tests/difftest.Rout.save of R survival: 3.4, p .0653; a third group censored early leaves 1 degree of freedom."""
    time, event, group = both(printed.AML)
    two = logrank(time, event, group)
    assert (round(two.statistic, 1), round(two.p, 4), two.df) == (3.4, 0.0653, 1)
    assert two.observed == (7, 11)
    assert np.round(two.expected, 2).tolist() == [10.69, 7.31]
    early = [1, 2, 2, 3, 3, 3, 4]
    three = logrank(np.append(time, early), np.append(event, np.zeros(7, dtype=bool)), np.append(group, ["dummy"] * 7))
    assert (three.statistic, three.p, three.df) == pytest.approx((two.statistic, two.p, 1))


def test_logrank_of_brain_tumours():
    """Bland, Altman 2004 BMJ 328:1073: 7.50, p .006, 14 and 28 seen, 22.48 and 19.52 expected."""
    found = logrank(*both(printed.BRAIN))
    assert (round(found.statistic, 2), round(found.p, 3)) == (7.50, 0.006)
    assert found.observed == (14, 28)
    assert np.round(found.expected, 2).tolist() == [22.48, 19.52]


def test_logrank_of_eight_groups_within_hospitals():
    """19 figures: survdiff with strata in R, 21.4 on 7 degrees of freedom, p .00326."""
    data = columns("cancer.csv")
    kept = (data["pat.karno"] != "") & (data["inst"] != "") & (data["pat.karno"] != "NA") & (data["inst"] != "NA")
    time, event = data["time"][kept].astype(float), data["status"][kept] == "2"
    found, rows = logrank(time, event, data["pat.karno"][kept].astype(float), data["inst"][kept]), printed.table(printed.LUNG_BY_PLACE)
    assert (round(found.statistic, 1), found.df, round(found.p, 5)) == (21.4, 7, 0.00326)
    assert found.observed == tuple(rows[:, 1])
    assert (np.abs(np.array(found.expected) - rows[:, 2]) <= rounding(printed.LUNG_BY_PLACE)[:, 2]).all()


@pytest.mark.parametrize("group", printed.INCIDENCE)
def test_incidence_of_relapse_and_of_death(group):
    """76 figures."""
    found, rows = cumulative_incidence(*printed.kinds(group)), printed.table(printed.INCIDENCE[group])
    shares = [[found.share(kind, month).value for kind in (1, 2)] for month in rows[:, 0]]
    assert np.array(shares) == pytest.approx(rows[:, 1:], abs=6e-9)
