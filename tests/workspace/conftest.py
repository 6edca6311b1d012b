import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.workspace import Workspace


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def workspace(home):
    return Workspace.create(home)


@pytest.fixture
def part(tmp_path):
    def write(*ids):
        path = tmp_path / f"part-{'-'.join(ids)}.parquet"
        pq.write_table(pa.table({"ticket_id": list(ids)}), path)
        return path

    return write
