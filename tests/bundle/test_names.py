"""No person, company or file is named in an export without a passphrase; under one nothing is readable without it."""

import base64
import io
import zipfile

from roi_core.bundle import export_work, import_work
from roi_core.ingest import take_in
from roi_core.workspace import Workspace
from tests.bundle.conftest import CANARIES, OPENS, labels


def readable(path):
    """All bytes of the file: as they are, and of each member."""
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return b"\n".join([content, *members.values(), *(name.encode() for name in members)]), members


def found(everything):
    return [canary for canary in CANARIES if canary.lower().encode() in everything.lower()]


def test_the_work_itself_holds_the_canaries(workspace):
    assert workspace.recall("company") == "Canary Holding"
    assert any("canary" in report["file"] for report in workspace.reports())
    assert "canary.person@canary-mail.example" in str(labels(workspace)).lower()


def test_without_a_passphrase_nothing_is_named(bundle):
    everything, members = readable(bundle())
    assert found(everything) == []
    assert "sealed" not in members


def test_with_a_passphrase_nothing_is_readable(workspace, bundle):
    everything, members = readable(bundle(OPENS))
    assert found(everything) == []
    keys = workspace.keys
    for secret in (keys.match, keys.vault, base64.b64encode(keys.match), base64.urlsafe_b64encode(keys.match), OPENS.encode()):
        assert secret not in everything
    assert "sealed" in members


def test_a_flat_file_whose_id_is_an_address_shows_none(tmp_path):
    people = "".join(f"canary.person{n}@canary-mail.example,{'yes' if n % 2 else 'no'},{'yes' if n % 3 else 'no'},{n % 50}\n" for n in range(300))
    workspace = Workspace.create(tmp_path / "home")
    take_in([("canary_export.csv", ("Customer,Premium support,Left,Tenure (months)\n" + people).encode())], workspace)
    assert workspace.parts("flat")
    export_work(workspace, tmp_path / "out.zip")
    everything, _ = readable(tmp_path / "out.zip")
    assert found(everything) == []
    assert import_work(tmp_path / "out.zip", tmp_path / "other").parts("flat")


def test_texts_of_a_table_cannot_run_in_a_spreadsheet(bundle):
    _, members = readable(bundle())
    tickets = members["tables/0.csv"].decode()
    assert '"\'=1+1"' in tickets
    assert ',"=1+1"' not in tickets
