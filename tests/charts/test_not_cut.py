"""Words and numbers at the edge of a picture or a table are not cut."""

import pyarrow as pa

from roi_core.charts import LIGHT, overlap
from roi_core.charts.plot import HALF_A_NUMBER
from roi_core.charts.table import widths
from roi_core.charts.theme import SMALL_SIZE, specification
from roi_core.results import Absent


def test_the_number_at_the_right_end_of_a_plot_without_room_has_room() -> None:
    drawn = overlap.draw({"edges": (0.0, 0.4, 0.8), "treated": (0.5, 0.5), "control": (0.9, 0.1)}, LIGHT)
    assert not isinstance(drawn, Absent)
    scales = [layer["encoding"]["x"]["scale"] for layer in specification(drawn)["layer"]]
    assert all(scale["range"] == [0, {"expr": f"width - {HALF_A_NUMBER}"}] for scale in scales)
    assert len("100") * SMALL_SIZE / 2 / 2 <= HALF_A_NUMBER, "a digit is about half as wide as high"


def test_a_column_of_long_words_is_widened_and_one_of_numbers_or_short_words_is_not() -> None:
    rows = pa.table({"Source": ["Email", "Feedback Widget"], "Priority": ["Low", None], "Minutes": [1.0, 2.0], "Text": ["x" * 500, ""]})
    found = widths(rows)
    assert set(found) == {"Source", "Text"}
    assert len("Feedback Widget") * 7 <= found["Source"] < found["Text"] < 500
