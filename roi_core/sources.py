"""The literature and benchmarks that methods and defaults rest on. Declared once; docstrings, pages and reports cite the key."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, book or quoted figure. `checked` is False where the text that quotes it gives no source of its own.

    `published` is False for what is no literature: answers of the user, conventions of this product.
    """

    key: str
    citation: str
    year: int
    checked: bool = True
    published: bool = True


_ALL = (
    Source("wilson1927", "Wilson EB. Probable inference, the law of succession, and statistical inference. JASA 22:209-212", 1927),
    Source("newcombe1998a", "Newcombe RG. Two-sided confidence intervals for the single proportion. Stat Med 17:857-872", 1998),
    Source("newcombe1998b", "Newcombe RG. Interval estimation for the difference between independent proportions. Stat Med 17:873-890", 1998),
    Source("miettinen1985", "Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 4:213-226", 1985),
    Source("kaplan1958", "Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. JASA 53:457-481", 1958),
    Source(
        "robins1994",
        "Robins JM, Rotnitzky A, Zhao LP. Estimation of regression coefficients when some regressors are not always observed. JASA 89:846-866",
        1994,
    ),
    Source("li2018", "Li F, Morgan KL, Zaslavsky AM. Balancing covariates via propensity score weighting. JASA 113:390-400", 2018),
    Source("mao2019", "Mao H, Li L, Greene T. Propensity score weighting analysis and treatment effect discovery. Stat Methods Med Res 28:2439-2454", 2019),
    Source(
        "hernan2016",
        "Hernan MA, Robins JM. Using big data to emulate a target trial when a randomized trial is not available. Am J Epidemiol 183:758-764",
        2016,
    ),
    Source(
        "vanderweele2017", "VanderWeele TJ, Ding P. Sensitivity analysis in observational research: introducing the E-value. Ann Intern Med 167:268-274", 2017
    ),
    Source("cinelli2020", "Cinelli C, Hazlett C. Making sense of sensitivity: extending omitted variable bias. JRSSB 82:39-67", 2020),
    Source("rosenbaum2002", "Rosenbaum PR. Observational Studies, 2nd edition. Springer", 2002),
    Source("fader2007", "Fader PS, Hardie BGS. How to project customer retention. J Interact Mark 21:76-90", 2007),
    Source("deng2018", "Deng A, Knoblich U, Lu J. Applying the delta method in metric analytics. KDD 2018:233-242", 2018),
    Source("armitage1955", "Armitage P. Tests for linear trends in proportions and frequencies. Biometrics 11:375-386", 1955),
    Source("austin2011", "Austin PC. Optimal caliper widths for propensity-score matching. Pharm Stat 10:150-161", 2011),
    Source("benjamini1995", "Benjamini Y, Hochberg Y. Controlling the false discovery rate. JRSSB 57:289-300", 1995),
    Source("typed", "Typed in by you.", 2026, published=False),
    Source("woodruff1952", "Woodruff RS. Confidence intervals for medians and other position measures. JASA 47:635-646", 1952),
    Source("francisco1991", "Francisco CA, Fuller WA. Quantile estimation with a complex survey design. Ann Stat 19:454-469", 1991),
    Source("convention", "A convention of this product; its reason stands beside it.", 2026, published=False),
)
SOURCES = MappingProxyType({source.key: source for source in _ALL})
