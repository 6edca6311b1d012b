"""Charts, one file each: a result in, an Altair chart of at most 1,000 marks a layer out, in the colours of a `Palette`.

Each file has `draw` (the chart, or the reason why there is none), `describe` (its finding in words: the alternative text)
and `table` (its numbers as an Arrow table of text).
"""

from roi_core.charts.palette import DARK, LIGHT, Palette, Tone

__all__ = ["DARK", "LIGHT", "Palette", "Tone"]
