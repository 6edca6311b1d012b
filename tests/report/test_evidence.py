"""The evidence of a report: what stands beside the picture of the ways of asking."""

from roi_core.effects.agreement import agreement
from roi_core.report import evidence
from roi_core.report.content import Text
from roi_core.show import DEFAULT
from tests.charts import examples
from tests.report.examples import valued


def test_the_report_says_whether_the_ways_agree():
    section = evidence.main(valued(), DEFAULT)
    assert section is not None
    agreed = agreement(examples.effect().ladder)
    assert agreed.startswith("All 3 ways")
    assert agreed in " ".join(part.text for part in section.parts if isinstance(part, Text))
