"""The evidence of a report: what stands beside the picture of the ways of asking."""

from roi_core.effects.agreement import agreement
from roi_core.report import evidence
from roi_core.report.content import Table, Text
from roi_core.results import Absent, Effect, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT
from roi_core.units import Unit
from tests.charts import examples
from tests.report.examples import valued


def test_the_report_says_whether_the_ways_agree():
    section = evidence.main(valued(), DEFAULT)
    assert section is not None
    agreed = agreement(examples.effect().ladder)
    assert agreed.startswith("The 3 ways")
    assert agreed in " ".join(part.text for part in section.parts if isinstance(part, Text))


def test_the_report_says_what_would_have_to_be_hidden_as_far_as_it_is_known():
    main = valued().measured.main_effect
    e_value = Estimate(1.63, None, None, 1_812, "E-value", Unit.RATIO)
    known = Effect(**{field: getattr(main, field) for field in main.__slots__} | {"details": {"e_value": e_value, "rosenbaum": Absent("No pairs.")}})
    section = evidence.main(valued(effects={known.key: known}), DEFAULT)
    assert section is not None
    (table,) = [part for part in section.parts if isinstance(part, Table) and part.columns[0] == say("report.column_hidden")]
    assert table.rows == ((say("detail.e_value"), "1.63"),)
