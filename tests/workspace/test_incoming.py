"""The desk where large files are announced and received: room, tickets, and what is left behind, which is nothing."""

import stat
from contextlib import contextmanager, suppress

import pytest

from roi_core.errors import TicketUnknown, UploadRefused
from roi_core.ingest.limits import FROM_DISK
from roi_core.workspace import temporary_staging
from roi_core.workspace.incoming import Incoming
from roi_core.workspace.upload import ROOM, Room

ANN, BOB, CID = "ann", "bob", "cid"
BROWSER = b"browser"


class World:
    """What a desk looks at, for a test to change."""

    def __init__(self):
        self.now, self.free, self.gone = 0.0, 1000, set()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def desk(home, world):
    desk = Incoming(
        is_there=lambda owner: owner not in world.gone,
        room=Room(file_bytes=100, all_bytes=150, ticket_seconds=60, kept_seconds=600),
        stage=lambda: temporary_staging(home),
        free=lambda _: world.free,
        clock=lambda: world.now,
    )
    yield desk
    desk.close()


def asked(desk, owner=ANN, size=10):
    return desk.ask(owner, BROWSER, "big.csv", size)


def send(desk, token, *blocks, browser=BROWSER, size=None):
    with desk.receive(token, browser, size) as file:
        for block in blocks:
            file.write(block)


def loaded(desk, owner=ANN, size=10):
    send(desk, asked(desk, owner, size), b"x" * size)


def files(home):
    return [path for path in home.rglob("*") if path.is_file()]


def is_here(desk, owner=ANN):
    seen = []
    with suppress(KeyboardInterrupt), desk.arrived(owner) as upload:
        seen.append(upload)
        raise KeyboardInterrupt
    return seen != [None]


def test_a_file_is_kept_private_under_a_random_name_handed_over_once_and_deleted(desk, home):
    send(desk, asked(desk), b"12345", b"67890", size=10)
    (path,) = files(home)
    assert "big" not in str(path.relative_to(home))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with desk.arrived(BOB) as upload:
        assert upload is None
    with desk.arrived(ANN) as upload:
        assert (upload.name, upload.path.read_bytes()) == ("big.csv", b"1234567890")
    assert files(home) == []
    assert not is_here(desk)


def test_reading_that_fails_deletes_the_file_and_reading_that_is_broken_off_does_not(desk, home):
    loaded(desk)
    with pytest.raises(KeyboardInterrupt), desk.arrived(ANN):
        raise KeyboardInterrupt
    assert len(files(home)) == 1
    with pytest.raises(ValueError, match="no table"), desk.arrived(ANN):
        raise ValueError("no table")
    assert files(home) == []


def test_a_ticket_is_good_once(desk):
    token = asked(desk)
    send(desk, token, b"x" * 10)
    with pytest.raises(TicketUnknown):
        send(desk, token, b"x" * 10)


@pytest.mark.parametrize("browser", [b"another", b""])
def test_a_ticket_is_worth_nothing_in_another_browser_and_is_gone_after_the_attempt(desk, home, browser):
    token = asked(desk)
    with pytest.raises(TicketUnknown) as other:
        send(desk, token, b"x" * 10, browser=browser)
    with pytest.raises(TicketUnknown) as used:
        send(desk, token, b"x" * 10)
    with pytest.raises(TicketUnknown) as invented:
        send(desk, "invented \N{SNOWMAN}", b"x" * 10)
    assert str(other.value) == str(used.value) == str(invented.value)
    assert files(home) == []


def test_a_ticket_without_a_browser_is_worth_nothing(desk):
    token = desk.ask(ANN, b"", "big.csv", 10)
    with pytest.raises(TicketUnknown):
        send(desk, token, b"x" * 10, browser=b"")


def test_a_ticket_is_short_lived_and_ends_with_its_session(desk, world):
    token = asked(desk)
    world.now = 61
    with pytest.raises(TicketUnknown):
        send(desk, token, b"x" * 10)
    token = asked(desk)
    world.gone = {ANN}
    with pytest.raises(TicketUnknown):
        send(desk, token, b"x" * 10)


def test_a_new_ticket_takes_the_place_of_one_that_was_not_used(desk):
    first, second = asked(desk), asked(desk)
    with pytest.raises(TicketUnknown):
        send(desk, first, b"x" * 10)
    send(desk, second, b"x" * 10)


def test_one_file_of_a_session_at_a_time(desk):
    with pytest.raises(UploadRefused, match="one after the other"), desk.receive(asked(desk), BROWSER):
        asked(desk)
    loaded(desk)
    with pytest.raises(UploadRefused, match="one after the other"):
        asked(desk)
    asked(desk, BOB)


@pytest.mark.parametrize("blocks", [(b"x" * 11,), (b"x" * 10, b"x"), (b"x" * 9,), ()])
def test_more_or_fewer_bytes_than_announced_are_not_kept(desk, home, blocks):
    with pytest.raises(UploadRefused, match="did not arrive whole"):
        send(desk, asked(desk), *blocks)
    assert files(home) == []
    assert not is_here(desk)
    loaded(desk)


def test_another_declared_size_is_refused_before_a_file_is_made(desk, home):
    with pytest.raises(UploadRefused, match="did not arrive whole"), desk.receive(asked(desk), BROWSER, 11):
        pytest.fail("it was let in")
    assert files(home) == []


def test_one_file_and_all_together_have_a_limit(desk):
    with pytest.raises(UploadRefused, match="the limit in the browser"):
        asked(desk, size=101)
    loaded(desk, ANN, 100)
    asked(desk, BOB, 50)
    with pytest.raises(UploadRefused, match="has to wait"):
        asked(desk, CID, 1)
    with desk.arrived(ANN):
        pass
    asked(desk, CID, 1)


def test_tickets_that_nobody_used_hold_no_room(desk, world):
    asked(desk, ANN, 100)
    world.now = 61
    asked(desk, BOB, 100)


def test_twice_the_size_must_be_free_beside_what_others_were_promised(desk, world):
    world.free = 19
    with pytest.raises(UploadRefused, match="of disk"):
        asked(desk)
    world.free = 20
    asked(desk)
    with pytest.raises(UploadRefused, match="of disk"):
        asked(desk, BOB, 1)
    world.free = 22
    asked(desk, BOB, 1)


def test_what_has_come_already_is_not_asked_of_the_disk_again(desk, world):
    with desk.receive(asked(desk), BROWSER) as file:
        file.write(b"x" * 4)
        world.free = 17
        with pytest.raises(UploadRefused, match="of disk"):
            asked(desk, BOB, 1)
        world.free = 18
        asked(desk, BOB, 1)
        file.write(b"x" * 6)


def test_a_disk_that_runs_full_on_the_way_ends_it_before_it_is_full(desk, home, world):
    def fill():
        with desk.receive(asked(desk), BROWSER) as file:
            file.write(b"x" * 4)
            world.free = 5
            file.write(b"x")

    with pytest.raises(UploadRefused, match="Free some space"):
        fill()
    assert files(home) == []


def test_a_disk_that_refuses_a_write_is_told_in_words(desk, home):
    class Full:
        def write(self, _block):
            raise OSError(28, "No space left on device")

    def fill():
        with desk.receive(asked(desk), BROWSER) as file:
            type(file)(file.upload, Full(), file.free).write(b"x")

    with pytest.raises(UploadRefused, match="Free some space"):
        fill()
    assert files(home) == []


@pytest.mark.parametrize(("seconds", "gone", "kept"), [(59, True, True), (61, True, False), (61, False, True), (601, False, False)])
def test_a_file_that_nobody_reads_goes_soon_after_its_session_and_in_any_case_later(desk, home, world, seconds, gone, kept):
    loaded(desk)
    world.now, world.gone = seconds, {ANN} if gone else set()
    desk.sweep()
    assert bool(files(home)) == kept
    assert is_here(desk) == kept


def test_a_file_that_takes_long_to_come_is_not_swept(desk, world):
    with desk.receive(asked(desk), BROWSER) as file:
        world.now = 10_000
        desk.sweep()
        file.write(b"x" * 10)
    assert is_here(desk)


def test_the_end_leaves_nothing_and_a_new_start_begins_anew(desk, home):
    loaded(desk)
    desk.close()
    assert files(home) == []
    assert list((home / "temporary").iterdir()) == []
    loaded(desk)
    assert is_here(desk)


def test_a_folder_is_made_only_when_it_is_needed():
    entered = []

    @contextmanager
    def stage():
        entered.append(1)
        yield

    Incoming(bool, stage=stage).sweep()
    assert entered == []


def test_the_browser_takes_what_the_reader_reads():
    assert ROOM.file_bytes == FROM_DISK.unpacked_bytes
