"""What Your files makes of a large file that has arrived, without a browser: the file is put where the route would put it."""

import pytest

from pages._parts import own_files
from pages._server.large_files import desk
from roi_core.ingest.limits import FROM_DISK
from roi_core.sentences import say
from tests.pages.app import address, again, calm, said, visit
from tests.pages.conftest import FLAT

SESSION = "test session id"  # of every AppTest


@pytest.fixture
def arrives():
    def arrives(name, content):
        ticket = desk().ask(SESSION, b"browser", name, len(content))
        monkeypatch.setattr(desk(), "_is_there", lambda _: True)
        with desk().receive(ticket, b"browser") as file:
            file.write(content)
        return file.upload.path

    with pytest.MonkeyPatch.context() as monkeypatch:
        yield arrives
    desk().close()


def test_a_file_that_has_arrived_is_read_under_its_own_name_and_deleted(arrives):
    path = arrives("customers of ours.csv", FLAT.read_bytes())
    app = calm(visit("data"))
    assert "work" in address(app)
    assert app.title[0].value == say("data.title_read_one")
    assert any(box.label.replace("\\", "").startswith("customers of ours.csv: 1,500 customers read") for box in app.expander)
    assert not path.exists()


def test_it_joins_the_files_that_are_there(arrives, without_costs):
    before = calm(visit("data", work=without_costs))
    arrives("costs.csv", b"month,cost\n2025-01-01,100\n2025-02-01,100\n")
    after = again(before)
    assert address(after)["work"] == without_costs
    assert "costs.csv" in "\n".join([said(after), *(box.label.replace("\\", "") for box in after.expander)])


def test_a_file_that_cannot_be_read_is_named_and_deleted_too(arrives):
    path = arrives("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(64))
    app = calm(visit("data"))
    assert app.title[0].value == say("data.title_refused")
    assert '"picture.csv" is a PNG picture' in said(app)
    assert not path.exists()


def test_a_fault_while_it_is_read_deletes_it_and_the_field_is_free_again(arrives, nothing, monkeypatch):
    def fail(*_, **__):
        raise OSError

    monkeypatch.setattr("roi_core.ingest.take_in", fail)
    app = calm(visit("data", work=nothing))
    app.session_state["large_file_answer"] = {"id": "1", "ticket": "2", "refused": None}
    path = arrives("big.csv", b"id,name\n1,a\n")
    app.run()
    assert "large_file_answer" not in app.session_state
    assert not path.exists()
    assert say("frame.incident", number="").split()[0] in said(app)


def test_it_is_read_with_the_limits_of_files_on_disk(arrives, monkeypatch):
    def take_in(files, _workspace, progress, limits):
        assert progress
        heard.append((files, limits))
        raise KeyboardInterrupt

    heard = []
    path = arrives("big.csv", b"id,name\n1,a\n")
    monkeypatch.setattr("roi_core.ingest.take_in", take_in)
    with pytest.raises(KeyboardInterrupt):
        own_files.load([("big.csv", path)], lambda *_: None)
    assert heard == [([("big.csv", path)], FROM_DISK)]
