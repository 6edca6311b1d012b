"""Do helped customers stay: for whom it works, compared when the drawer is opened and a dimension is chosen."""

import pytest
from streamlit.testing.v1 import AppTest

from pages._parts import measuring, segments
from roi_core.cohorts.design import Design
from roi_core.effects.segments import Level, Segments
from roi_core.effects.segments.finding import pull
from roi_core.results import Absent, Estimate, Grade
from roi_core.sentences import say
from roi_core.units import Unit
from tests.charts.examples import ODD_NAMES
from tests.pages.app import again, calm, said, visit


def opened(sample: str = "harbour_desk") -> AppTest:
    app = calm(visit("retention", sample=sample))
    app.session_state["segments"] = True
    return again(app)


def test_groups_are_compared_once_a_dimension_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    work_out = measuring.segments
    monkeypatch.setattr(measuring, "segments", lambda *what: asked.append(what) or work_out(*what))
    app = calm(visit("retention"))
    assert say("segments.section") in [box.label for box in app.expander]
    app = opened()
    assert say("segments.why") in said(app)
    assert not asked
    app.button_group(key="segments_by").set_value("plan")
    app = again(app)
    assert [what[1:3] for what in asked] == [(Design(), "plan")]
    assert "Nothing shows that plans differ from each other" in said(app)
    assert all(f"| {name} |" in said(app) for name in ("Starter", "Growth", "Enterprise"))
    assert Grade.C.word in said(app)
    assert say("segments.q_means") in said(app)
    assert any('compare_segments(files, "plan", Design(' in code.value for code in app.code)


def test_only_dimensions_that_the_files_know_are_offered() -> None:
    assert [option.content for option in opened().button_group(key="segments_by").proto.options] == [say("segments.by_plan")]
    shop = opened("linden_loom").button_group(key="segments_by")
    assert [option.content for option in shop.proto.options] == [say("segments.by_country")]


def test_a_shop_is_told_of_orders() -> None:
    app = opened("linden_loom")
    app.button_group(key="segments_by").set_value("country")
    told = said(again(app))
    assert "helped customers ordered again more often is seen in" in told
    assert "fewer without a further order within 6 months" in told


def test_files_without_any_group_say_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "dimensions_known", lambda _: ())
    told = said(opened())
    assert say("segments.no_dimension") in told
    assert say("segments.next_dimension") in told


def test_why_nothing_can_be_compared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "segments", lambda *_: Absent("Of 3 plans 1 can be compared.", "Add more of them."))
    app = opened()
    app.button_group(key="segments_by").set_value("plan")
    told = said(again(app))
    assert "Of 3 plans 1 can be compared." in told
    assert "Add more of them." in told


def test_names_of_groups_are_shown_as_they_are_and_notes_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [Estimate(-0.04, -0.08, 0.0, 500, "by hand", Unit.FRACTION)] * len(ODD_NAMES)
    pulled, average, differ = pull([Level(name, one) for name, one in zip(ODD_NAMES, own, strict=True)])
    found = Segments("plan", "churn", 6, pulled, average, differ, Grade.C, f"A sign is seen in 1 of 9 plans: {ODD_NAMES[1]}.", ("A note.",))
    monkeypatch.setattr(measuring, "segments", lambda *_: found)
    app = opened()
    app.button_group(key="segments_by").set_value("plan")
    app = again(app)
    assert "A note." in said(app)
    assert "A sign is seen in 1 of 9 plans: [brackets](and) {braces}." in said(app)
    assert not [block.value for block in app.markdown if "[brackets](and)" in block.value or "</script>" in block.value]


def test_one_flat_file_has_no_groups(flat: str) -> None:
    assert say("segments.section") not in [box.label for box in calm(visit("retention", work=flat)).expander]
