"""The question how the letters of a file are written, where its bytes make sense in more than one way."""

from collections.abc import Mapping

from roi_core.ingest.questions import Question

SUBJECT = "encoding"


def asks_encoding(readings: Mapping[str, str], header: str) -> tuple[Question, ...]:
    """One word of the file in each encoding that its bytes fit; the first is how it was read. `header` is the first one of the table."""
    ways = {encoding: f'"{start}…" ({encoding})' for encoding, start in readings.items()}
    return (Question.of(SUBJECT, (header,), ways, next(iter(ways))),) if len(ways) > 1 else ()
