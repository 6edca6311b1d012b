"""Published figures of counts, of two samples, of ranks and of least squares."""

import re

import numpy as np

from roi_core.stats import cluster, exact, interval, linear, proportion, randomised, sensitivity, stratified, trend
from roi_core.stats.interval import Interval
from tests.references.published import block, columns, walk
from tests.shared import shared_path


def wald_share(x: int, n: int) -> Interval:
    found = interval.wald(x / n, np.sqrt(x / n * (1 - x / n) / n))
    return Interval(found.value, max(found.low, 0.0), found.high)


def wald_difference(x1: int, n1: int, x0: int, n0: int) -> Interval:
    p1, p0 = x1 / n1, x0 / n0
    return interval.wald(p1 - p0, np.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0))


def test_one_share():
    ways = {"wilson": proportion.wilson, "clopper_pearson": proportion.clopper_pearson, "wald_truncated": wald_share}

    def compute(name):
        way, table, side = name.split()
        found = ways[way](*map(int, table.split("/")))
        return found.low if side == "lo" else found.high

    assert walk("wilson_newcombe_1998a", compute) == 24


def test_difference_of_shares():
    ways = {
        "newcombe_score(method 10)": proportion.newcombe,
        "miettinen_nurminen(method 6)": proportion.miettinen_nurminen,
        "mee/farrington_manning(method 5)": proportion.mee,
        "agresti_caffo": proportion.agresti_caffo,
        "wald": wald_difference,
    }

    def compute(name):
        way, table, side = re.fullmatch(r"(.*) (\S+) (lo|hi)", name).groups()
        found = ways[way](*map(int, re.split("[/-]", table)))
        return found.low if side == "lo" else found.high

    assert walk("newcombe_1998b_difference", compute) == 50


def test_berkeley_admissions():
    data = columns("UCBAdmissions.csv")
    freq = data["Freq"].astype(int)

    def counts(gender: str, admit: str) -> list[int]:
        return [int(freq[(data["Gender"] == gender) & (data["Admit"] == admit) & (data["Dept"] == dept)].sum()) for dept in "ABCDEF"]

    men, men_not, women, women_not = counts("Male", "Admitted"), counts("Male", "Rejected"), counts("Female", "Admitted"), counts("Female", "Rejected")
    found = stratified.mantel_haenszel(men, np.add(men, men_not), women, np.add(women, women_not))
    values = {"MH_common_OR": found.odds_ratio, "lo": found.low, "hi": found.high, "X2_cc": found.statistic, "p": found.p, "crude_OR": found.crude}
    assert walk("ucb_cmh", values.__getitem__) == 6
    assert found.reverses


def test_lady_tasting_tea():
    found = exact.fisher(3, 4, 1, 4)
    assert walk("fisher_tea", {"p_two_sided": found.p, "p_greater": found.p_greater}.__getitem__) == 2


def test_lead_in_the_blood_of_children():
    """The pair without a difference keeps its rank, as in the book; without it the R package prints .0131 for .0136."""
    data = block("rosenbaum_lead")["inline_data"]

    def compute(name):
        return sensitivity.signed_rank_bound(data["trt"], data["ctl"], float(name.partition("=")[2])).p

    assert walk("rosenbaum_lead", compute) == 5


def test_sleep():
    data = columns("sleep.csv")
    extra, first = data["extra"].astype(float), data["group"] == "1"
    welch = randomised.mean_difference(extra, first)
    paired = randomised.paired_difference(extra[first], extra[~first])
    values = {"t": welch.t, "df": welch.df, "p": welch.p, "lo": welch.low, "hi": welch.high, "paired_t": paired.t, "paired_p": paired.p}
    assert walk("welch_sleep", values.__getitem__) == 7


def test_correlations():
    data = block("rank_correlations")["inline_data"]
    tau = trend.kendall_tau_b(data["tuna_x"], data["tuna_y"])
    rho = trend.spearman(data["iq"], data["tv"])
    r = trend.pearson(*data["pb"])
    values = {"tau": tau.value, "tau_p": tau.p, "spearman": rho.value, "spearman_p": rho.p, "pointbiserial": r.value, "pb_p": r.p}
    assert walk("rank_correlations", values.__getitem__) == 6


def test_net_promoter_score():
    """Promoters count 1 and detractors -1, shares 1/2 and 1/6 of 324: a mean of customers; the source divides by n where ours does by n - 1."""
    n, up, down = 324, 162, 54
    found = cluster.ratio(n, up - down, n, up + down, n, up - down)
    values = {"nps": found.value, "var": found.se**2 * (n - 1), "se324": found.se}
    assert walk("nps_margin", values.__getitem__) == 3


def test_certified_regression():
    lines = shared_path("data/reference/Norris.dat").read_text(encoding="utf-8").splitlines()
    y, x = np.array([line.split() for line in lines[60:] if line.strip()], dtype=float).T
    found = linear.least_squares(np.column_stack([np.ones_like(x), x]), y)
    values = dict(zip(("b0", "b1", "se_b0", "se_b1"), (*found.coefficients, *found.se), strict=True)) | {"R2": found.r2}
    assert len(y) == 36
    assert walk("nist_norris", lambda name: float(values[name])) == 5
