"""What could be wrong with an answer, looked into on request: each takes longer than a page may, or is asked for seldom."""

from roi_core.effects.doubts import busy, drawn_again, left_out, negative_control, shuffled
from roi_core.effects.doubts.doubt import Asked, Doubt, Tell

DOUBTS = (
    Asked("left_out", left_out.look),
    Asked("negative_control", negative_control.look),
    Asked("busy", busy.look),
    Asked("shuffled", shuffled.look),
    Asked("drawn_again", drawn_again.look),
)
"""In the order in which they are offered."""

__all__ = ["DOUBTS", "Asked", "Doubt", "Tell"]
