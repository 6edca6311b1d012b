"""docs/reliability.md says what the scoreboard says, and the scoreboard can be read."""

import csv

from tests.nightly.scoreboard import BOARD, COLUMNS, PAGE, page


def test_the_page_is_written_from_the_scoreboard():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_line_says_how_much_was_tried():
    with BOARD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert all(int(row["tried"]) > 0 and 0 <= int(row["lost"]) <= int(row["tried"]) for row in rows)
