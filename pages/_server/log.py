"""What may be written to the log of an error: its kind and where it was raised, never its text, which can hold customer data."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from roi_core.errors import printable

OURS = "support_roi"
"""The logger that writes nothing but `without_text`."""
_TAKEN_OUT = "text_taken_out"


def without_text(error: BaseException, raised: TracebackType | None = None) -> str:
    """`ValueError at cells.py:12 < read.py:40`, on one line."""
    frames = reversed(traceback.extract_tb(raised or error.__traceback__))
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{printable(type(error).__name__)} at {printable(where)}"


def take_text_out() -> None:
    """From now on no logger of this process writes the text or the traceback of an error; Streamlit's own line on one that a page shows is left out."""
    logging.setLogRecordFactory(_bare(logging.getLogRecordFactory()))
    logging.getLogger("streamlit.error_util").addFilter(lambda record: not hasattr(record, _TAKEN_OUT))


def _bare(make: Callable[..., logging.LogRecord]) -> Callable[..., logging.LogRecord]:
    def record(*args: object, **more: object) -> logging.LogRecord:
        made = make(*args, **more)
        if made.exc_info and made.exc_info[1] is not None:
            made.msg, made.args = without_text(made.exc_info[1], made.exc_info[2]), ()
            made.exc_info = made.exc_text = None
            setattr(made, _TAKEN_OUT, True)
        return made

    return record
