import pytest

from roi_core.cli.design import design_of
from roi_core.cohorts.design import Design, FlatColumns, Planned, Quoted
from roi_core.errors import DesignRefused


def written(tmp_path, text):
    path = tmp_path / "design.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_is_the_default(tmp_path):
    assert design_of(written(tmp_path, "")) == Design()


def test_every_setting_is_read(tmp_path):
    text = """
    [cohort]
    supported = "column:Tech Support"
    washout_months = 2
    horizon_months = 12
    [flat]
    id = "Customer"
    churned = "Left"
    [exclude]
    categories = ["Cancellation"]
    [test]
    treated_share_percent = 90
    margin_points = 1.5
    [quoted]
    churn_percent_a_year = 20
    source = "a survey"
    """
    flat, planned = FlatColumns(id="Customer", churned="Left"), Planned(0.9, 0.015)
    expected = Design("column:Tech Support", 2, 12, exclude_categories=("Cancellation",), flat=flat, planned=planned, quoted=Quoted(0.2, "a survey"))
    assert design_of(written(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[cohort", "TOML"),
        ("[cohorts]\nx = 1", r"\[cohort\]"),
        ("cohort = 1", r"\[cohort\]"),
        ("[cohort]\nhorizon = 6", "did you mean horizon_months"),
        ("[cohort]\nhorizon_months = 7", "1, 2, 3, 6"),
        ("[cohort]\nhorizon_months = '6'", "a whole number"),
        ("[cohort]\nwashout_months = true", "a whole number"),
        ("[cohort]\nsupported = 'tickets'", "column:NAME"),
        ("[flat]\nchurned = 3", "quotation marks"),
        ("[test]\nmargin_points = '2'", "a number"),
        ("[test]\nmargin = 2", "did you mean margin_points"),
        ("[test]\ntreated_share_percent = 100", "between 0 and 1"),
        ("[quoted]\nchurn_percent_a_year = 100", "between 0 and 1"),
        ("[quoted]\nchurn = 20", "did you mean churn_percent_a_year"),
        ("[exclude]\ncategories = 'x'", "a list"),
        ("[exclude]\ncategories = [1]", "a list of category names"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(tmp_path, text, reason):
    with pytest.raises(DesignRefused, match=reason):
        design_of(written(tmp_path, text))
