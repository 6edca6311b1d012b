"""The question whether a file with blank rows and a row of words in it is one table or two, and its answers."""

from roi_core.ingest.questions import Question

SUBJECT, ONE, TWO = "tables", "one", "two"


def asks_tables(line: int, header: str) -> Question:
    """One table or two; `header` is the first one of the table, `line` where the second would begin."""
    ways = {TWO: f"line {line} begins another table, and its rows are left out", ONE: f"line {line} is a row of the same table"}
    return Question.of(SUBJECT, (header,), ways, TWO)
