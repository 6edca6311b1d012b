"""A word of status that nobody knows is read as open, but not beside a time that says the ticket was resolved."""

from tests.ingest.test_read_or_asked import typed

HEADERS = ("ticket_id", "created_at", "resolved_at", "closed_at", "status", "email")


def statuses(*rows: tuple[str, str, str]) -> list[str | None]:
    """As read, of tickets with a time resolved, a time closed and a status."""
    part = typed(HEADERS, *((f"t{k}", "2025-01-01", resolved, closed, word, "a@firm.example") for k, (resolved, closed, word) in enumerate(rows)))
    found: list[str | None] = part.table.column("status").to_pylist()
    return found


def test_a_guess_says_nothing_against_a_time_of_resolution() -> None:
    assert statuses(("2025-01-02", "", "Abgehakt"), ("", "2025-01-02", "Abgehakt"), ("", "", "Abgehakt")) == [None, None, "open"]


def test_a_word_that_is_known_stays_beside_it() -> None:
    rows = (("2025-01-02", "", "Open"), ("2025-01-02", "", "Waiting on customer"), ("2025-01-02", "", "Closed"), ("2025-01-02", "", ""))
    assert statuses(*rows) == ["open", "pending", "closed", None]


def test_what_is_fixed_is_resolved_unless_it_waits() -> None:
    assert statuses(("", "", "Fixed"), ("", "", "Fixed/Waiting for Release")) == ["resolved", "pending"]


def test_a_0_is_said_to_be_the_lowest_answer() -> None:
    def notes(*scores: str) -> list[str]:
        headers = ("response_id", "kind", "score", "answered_at")
        rows = [(f"r{k}", "csat", score, "2025-01-01") for k, score in enumerate(scores)] + [("n", "nps", "0", "2025-01-01")]
        return [note.partition("holds every answer")[2] for note in typed(headers, *rows).notes if note.startswith("csat is read on a scale")]

    assert notes("0", "5") == ["; 0 is its lowest answer, since it occurs"]
    assert notes("1", "5") == [""]
