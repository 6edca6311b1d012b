"""Do helped customers stay: other comparisons, worked out together when their drawer is opened."""

from pages._parts import measuring
from roi_core.effects.beside import BESIDE
from roi_core.sentences import say
from tests.pages.app import again, calm, press, said, visit


def test_comparisons_are_worked_out_when_the_drawer_is_opened_and_a_typed_share_stands_beside_them(monkeypatch):
    asked, work_out = [], measuring.beside
    monkeypatch.setattr(measuring, "beside", lambda *what: asked.append(what) or work_out(*what))
    app = calm(visit("retention"))
    assert not asked
    app.session_state["beside"] = True
    app = again(app)
    assert all(f"| {one.title} |" in said(app) for one in BESIDE)
    app.button_group(key="beside_one").set_value("billing")
    assert "Customers helped with a question about billing" in said(again(app))
    app.number_input(key="by_quoted").set_value(25.0)
    app.text_input(key="by_quoted_source").set_value("a survey")
    app = press(app, say("beside.typed_apply"))
    app.button_group(key="beside_one").set_value("quoted")
    app = again(app)
    assert say("beside.quoted_from", source="a survey") in said(app)
    assert "Assumed: nobody was compared" in said(app)
    assert app.number_input(key="by_quoted").value == 25.0


def test_contacts_by_their_course_and_early_help_are_answered_or_refused_with_a_next_step():
    app = calm(visit("retention"))
    app.session_state["beside"] = True
    app = again(app)
    assert say("beside.why", n="13") in said(app)
    app.button_group(key="beside_one").set_value("channel")
    shown = said(again(app))
    assert say("beside.named_channel", what="Email") in shown
    assert say("beside.unseen_channel") in shown
    app.button_group(key="beside_one").set_value("early")
    assert "among those who wrote early" in said(again(app))
    assert "Both are followed from day 30 on" in said(app)
    for refused in ("escalated", "reopened", "bot", "team"):
        app.button_group(key="beside_one").set_value(refused)
        shown, next_step = said(again(app)), say(f"beside.next_{'apart_team' if refused == 'team' else refused}")
        assert next_step in shown


def test_one_flat_file_has_no_other_comparisons(flat):
    assert say("beside.section") not in [box.label for box in calm(visit("retention", work=flat)).expander]
