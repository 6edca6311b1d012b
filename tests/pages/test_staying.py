"""How long customers stay: followed when the drawer is opened, parted as the reader chooses."""

from pages._parts import measuring
from roi_core.sentences import say
from tests.pages.app import again, calm, said, visit


def test_nobody_is_followed_before_the_drawer_is_opened_and_groups_are_told_apart(monkeypatch):
    asked, follow = [], measuring.staying
    monkeypatch.setattr(measuring, "staying", lambda *what: asked.append(what) or follow(*what))
    app = calm(visit("retention"))
    assert not asked
    app.session_state["staying"] = True
    app = again(app)
    assert "2,000 customers were followed. Of those who start," in said(app)
    assert say("staying.cohorts_why") in said(app)
    app.session_state["staying_by"] = "plan"
    app = again(app)
    assert "the groups differ by more than chance makes them (log-rank test, q under 0.001 among all partings)." in said(app)
    app.session_state["staying_by"] = "first_contact"
    assert say("staying.contact_why") in said(again(app))


def test_a_shop_is_followed_to_the_next_order():
    app = calm(visit("retention", sample="linden_loom"))
    app.session_state["staying"] = True
    words = said(again(app))
    assert "customers were followed from their first order" in words
    assert "ordered again within 12 months" in words
    assert " left)" not in words
