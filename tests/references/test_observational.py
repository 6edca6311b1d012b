"""Every published figure of references.json that these functions cover, within its tolerance."""

import re
from functools import cache

import numpy as np
import pytest

from roi_core.stats import balance, lifetime, linear, logistic, matching, multiplicity, power, propensity, randomised, sensitivity, splines, survival
from tests.references.published import block, columns, walk


def test_sample_size():
    assert walk("power_prop_test", lambda _: power.needed_n(0.5, 0.25, power=0.9)) == 1


def test_e_value():
    found = {
        "RR_3_9": sensitivity.e_value(3.9, 1.8, 8.7),
        "RR_0_80": sensitivity.e_value(0.80, 0.71, 0.91),
        "RR_10_73": sensitivity.e_value(10.73, 8.02, 14.36),
    }
    limits = {"CI_1_8": "RR_3_9", "CI_0_91": "RR_0_80", "CI_8_02": "RR_10_73"}

    def compute(name):
        key = name.removeprefix("E_")
        return found[limits[key]].limit if key in limits else found[key].value

    assert walk("evalue_vanderweele_ding_2017", compute) == 6


def test_6mp():
    data = columns("gehan.csv")
    time, event, arm = data["time"].astype(float), data["cens"] == "1", data["treat"]
    curve = {a: survival.kaplan_meier(time[arm == a], event[arm == a]) for a in ("6-MP", "control")}
    fixed = {
        "logrank_X2": survival.logrank(time, event, arm).statistic,
        "median_6MP": curve["6-MP"].median,
        "median_control": curve["control"].median,
    }

    def compute(name):
        return fixed[name] if name in fixed else curve["6-MP"].at(float(name[1:]))

    assert walk("gehan_6mp", compute) == 10


@cache
def lung():
    data = columns("cancer.csv")
    return data["time"].astype(float), data["status"] == "2", data


def test_lung():
    time, event, data = lung()
    sexes = survival.logrank(time, event, data["sex"])
    ecog = {f"ecog{g}": (time[data["ph.ecog"] == g], event[data["ph.ecog"] == g]) for g in "012"}
    found_medians = {group: survival.median(*rows, scale="log") for group, rows in ecog.items()}
    medians = {group: {"value": found.value, "lo": found.low, "hi": found.high} for group, found in found_medians.items()}

    def compute(name):
        if name in ("logrank_sex", "p"):
            return sexes.statistic if name == "logrank_sex" else sexes.p
        kind, group, which = (*name.split("_"), "value")[:3]
        if kind == "median":
            return medians[group][which]
        found = survival.rmst(*ecog[group], 730)
        return found.se if kind == "se" else found.value

    assert walk("lung_ncctg", compute) == 15


LALONDE = ("age", "educ", "raceblack", "racehispan", "racewhite", "married", "nodegree", "re74", "re75")


@cache
def lalonde():
    data = columns("matchit_lalonde.csv")
    x = np.column_stack([(data["race"] == c[4:]) if c.startswith("race") else data[c].astype(float) for c in LALONDE]).astype(float)
    return x, data["treat"] == "1"


def test_matching_and_balance():
    x, treated = lalonde()
    score = propensity.fit_logit(np.delete(x, LALONDE.index("racewhite"), axis=1), treated).probability
    pairs = matching.nearest(score, treated)
    table = dict(zip(("distance", *LALONDE), np.column_stack([score, x]).T, strict=True))
    counts = {
        "n_treated": treated.sum(),
        "n_control": (~treated).sum(),
        "matched_control": len(np.unique(pairs[:, 1])),
        "unmatched": (~treated).sum() - len(pairs),
        "std pair dist distance": np.abs(np.subtract(*score[pairs.T])).mean() / score[treated].std(ddof=1),
    }

    def compute(name):
        if name in counts:
            return float(counts[name])
        measure, when, column = re.fullmatch(r"(SMD|var ratio) (before|after|after NN) (\S+)", name).groups()
        values = table[column]
        one, zero = (values[treated], values[~treated]) if when == "before" else values[pairs].T
        if measure == "var ratio":
            return float(one.var(ddof=1) / zero.var(ddof=1))
        binary = np.isin(values, (0, 1)).all()
        return float((one.mean() - zero.mean()) / values[treated].std(ddof=0 if binary else 1))

    assert walk("matchit_lalonde_nn", compute) == 35


def test_earnings_of_trainees():
    """Recomputed for the notes of matchit_lalonde_nn: raw -635.03, least squares 1548.24 (781.28), the well-known figures; pairs 894.37 and 1344.94."""
    x, treated = lalonde()
    earned = columns("matchit_lalonde.csv")["re78"].astype(float)
    plain = np.delete(x, LALONDE.index("racewhite"), axis=1)
    design = np.column_stack([np.ones(len(x)), treated, plain]).astype(float)
    pairs = matching.nearest(propensity.fit_logit(plain, treated).probability, treated)
    adjusted = linear.least_squares(design, earned)
    assert randomised.mean_difference(earned, treated).value == pytest.approx(-635.03, abs=0.005)
    assert (adjusted.coefficients[1], adjusted.se[1]) == pytest.approx((1548.24, 781.28), abs=0.005)
    assert randomised.paired_difference(earned[pairs[:, 0]], earned[pairs[:, 1]]).value == pytest.approx(894.37, abs=0.005)
    assert linear.least_squares(design[pairs.ravel()], earned[pairs.ravel()]).coefficients[1] == pytest.approx(1344.94, abs=0.005)


def test_smd_uses_the_pooled_spread():
    x, treated = lalonde()
    age = x[:, LALONDE.index("age")]
    pooled = np.sqrt((age[treated].var(ddof=1) + age[~treated].var(ddof=1)) / 2)
    by_treated = balance.smd(age, treated)[0] * pooled / age[treated].std(ddof=1)
    assert by_treated == pytest.approx(-0.3094, abs=1e-4)


def test_shifted_beta_geometric():
    data = columns("fader_hardie_2007_sbg.csv")
    fitted = {c: lifetime.fit_sbg(10 * data[name].astype(float)[:8]) for c, name in (("HE", "high_end"), ("Reg", "regular"))}

    def compute(name):
        what, cohort = name.split("_")
        if what == "r1":
            return float(fitted[cohort].retention([1])[0])
        return {"alpha": fitted[cohort].alpha, "beta": fitted[cohort].beta, "LL": fitted[cohort].log_likelihood}[what]

    assert walk("sbg_fader_hardie_2007", compute) == 7
    assert np.round(100 * fitted["HE"].survival(range(8, 13)), 1).tolist() == [46.0, 43.6, 41.4, 39.5, 37.8]
    assert fitted["Reg"].discounted_lifetime(0.10) == pytest.approx(3.69515, abs=1e-3)


@cache
def cdnow():
    data = columns("cdnow_customers_summary.csv")
    x, last, age = (data[c].astype(float) for c in ("frequency", "recency", "T"))
    return x, last, age, lifetime.fit_bgnbd(x, last, age)


def test_bg_nbd():
    x, last, age, model = cdnow()
    rounded = lifetime.BgNbd(0.243, 4.414, 0.793, 2.426, 0.0)
    values = {
        "LL": model.log_likelihood,
        "cust1_39w": model.expected_from(39, x[0], last[0], age[0]),
        "cust1516_52w": model.expected_from(52, x[1515], last[1515], age[1515]),
        "palive_1516": model.alive(x[1515], last[1515], age[1515]),
        "incr_freq_paradox_x10": model.expected_from(52, 10, 20, 39),
        "x15": model.expected_from(52, 15, 20, 39),
        "pmf_39_0": rounded.chance_of(0, 39),
        "pmf_2_10": rounded.chance_of(10, 2),
        "pmf_30_11": rounded.chance_of(11, 30),
    }

    def compute(name):
        if name in values:
            return float(values[name])
        if name.startswith("EX_"):
            return float(model.expected(float(name[3:].replace("_", "."))))
        return getattr(model, name)

    assert walk("bgnbd_cdnow", compute) == 20


def test_benjamini_hochberg():
    p = np.array(block("benjamini_hochberg_1995")["inline_data"])
    adjusted = multiplicity.benjamini_hochberg(p)
    values = {"rejected_BH": (adjusted <= 0.05).sum(), "rejected_bonferroni": (p * len(p) <= 0.05).sum()}
    assert walk("benjamini_hochberg_1995", lambda name: float(values[name])) == 2
    assert adjusted[3] == pytest.approx(0.035625, abs=1e-12)


def test_logistic_regression_of_ucla():
    data = {name: values.astype(float) for name, values in columns("ucla_binary.csv").items()}
    names = ("const", "gre", "gpa", "rank2", "rank3", "rank4")
    design = np.column_stack([np.ones(len(data["gre"])), data["gre"], data["gpa"], *(data["rank"] == level for level in (2, 3, 4))]).astype(float)
    found = logistic.fit(design, data["admit"])
    null = logistic.fit(design[:, :1], data["admit"])
    values = dict(zip(names, found.coefficients, strict=True)) | {f"se_{n}": se for n, se in zip(names, found.se, strict=True)}
    values |= {"null_dev": -2 * null.log_likelihood, "resid_dev": -2 * found.log_likelihood, "AIC": 2 * len(names) - 2 * found.log_likelihood}
    assert walk("ucla_admissions", lambda name: float(values[name])) == 13


def test_linear_basis_keeps_every_varying_column():
    x, _ = lalonde()
    assert len(splines.hinges(x, splines=False).terms) == x.shape[1]
