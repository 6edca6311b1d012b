"""A work as one file, out of the page and in again."""

from pages._parts import bundles
from pages._parts.plain import plain
from roi_core.errors import NotSaved
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import address, again, calm, labels, press, said, visit


def exported(work, passphrase=""):
    return bundles.exported(Workspace.open(None, work), passphrase)


def downloads(app):
    return [button.proto.label.replace("\\", "") for button in app.get("download_button")]


def bring(app, content, name="work.support-roi.zip"):
    place = next(one for one in app.file_uploader if one.label == say("bundle.choose"))
    place.upload(name, content, "application/zip")
    return press(again(app), say("bundle.do_import"))


def test_an_exported_work_is_imported_and_says_what_it_lacks(flat):
    app = bring(calm(visit("data", work=flat)), exported(flat))
    assert address(app)["work"] != flat
    assert "imported without its keys" in said(app)
    (then, now) = (Workspace.open(None, work) for work in (flat, address(app)["work"]))
    assert [part.table for part in now.manifest()] == [part.table for part in then.manifest()]


def test_another_file_is_refused_in_words_and_the_work_stays(flat):
    app = bring(calm(visit("data", work=flat)), b"PK nothing", "other.zip")
    assert "is no exported work" in said(app)
    assert address(app)["work"] == flat


def test_a_short_passphrase_takes_the_download_away(flat):
    app = calm(visit("data", work=flat))
    app.text_input(key="bundle_out").set_value("short")
    app = again(app)
    assert say("bundle.short", least="12") in said(app)


def test_a_work_is_made_into_one_file_and_offered_until_it_is_changed(flat):
    app = calm(visit("data", work=flat))
    assert say("bundle.download") not in downloads(app)
    app = press(app, say("bundle.make"))
    assert say("bundle.download") in downloads(app)
    Workspace.open(None, flat).remember("company", "Acme")
    assert say("bundle.download") not in downloads(again(app))


def test_why_a_file_could_not_be_made_is_said(flat, monkeypatch):
    def full(*_):
        raise NotSaved.disk()

    monkeypatch.setattr(bundles, "write_bundle", full)
    app = press(calm(visit("data", work=flat)), say("bundle.make"))
    assert [error.value for error in app.error] == [plain(NotSaved.disk())]


def test_an_example_offers_the_import_alone():
    app = calm(visit("data"))
    assert say("bundle.do_import") in labels(app)
    assert say("bundle.export_why") not in said(app)
