"""Does satisfaction matter: what else ratings say, worked out when its drawer is opened."""

from pages._parts import measuring
from roi_core.sentences import say
from tests.pages.app import again, calm, said, visit


def test_what_else_ratings_say_is_worked_out_when_the_drawer_is_opened(monkeypatch):
    asked, look = [], measuring.ratings
    monkeypatch.setattr(measuring, "ratings", lambda *what: asked.append(what) or look(*what))
    app = calm(visit("satisfaction"))
    assert not asked
    app.session_state["ratings"] = True
    app = again(app)
    assert say("ratings.leaving_per_point_won") in said(app)
    assert say("ratings.nps_alone") in said(app)
