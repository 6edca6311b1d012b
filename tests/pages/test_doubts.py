"""Do helped customers stay: whether the ways agree, and doubts that are worked out when they are chosen."""

from pages._parts import measuring
from roi_core.effects.doubts import DOUBTS
from roi_core.sentences import say
from tests.pages.app import again, calm, said, visit


def opened():
    """The page with the drawer of doubts open."""
    app = calm(visit("retention"))
    app.session_state["doubts"] = True
    return again(app)


def test_whether_the_ways_agree_stands_under_the_ladder():
    assert "ways that make the groups alike point the same way" in said(calm(visit("retention")))


def test_nothing_is_looked_into_before_it_is_chosen(monkeypatch):
    asked = []
    monkeypatch.setattr(measuring, "examined", lambda *what: asked.append(what))
    app = opened()
    assert say("doubt.why") in said(app)
    assert not asked


def test_a_chosen_doubt_shows_its_sentence_its_reason_and_its_table():
    app = opened()
    assert list(app.button_group(key="doubt").options) == [asked.title for asked in DOUBTS]
    app.button_group(key="doubt").set_value("left_out")
    app = again(app)
    assert say("doubt.left_out_why") in said(app)
    assert "The answer leans most on" in said(app)
    app.button_group(key="doubt_behind").set_value("as_table")
    assert say("doubt.left_out_e_value") in said(again(app))
    app.button_group(key="doubt").set_value("drawn_again")
    assert say("doubt.drawn_again_formula") in said(again(app))


def test_one_flat_file_has_no_drawer_of_doubts(flat):
    assert say("doubt.title") not in [box.label for box in calm(visit("retention", work=flat)).expander]
