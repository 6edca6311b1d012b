"""Cells that hold UTF-8 which another program has read as Western European once before: `JosÃ©` for `José`."""

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells, matches
from roi_core.ingest.sources import Source
from roi_core.ingest.spill import Spill

_TRAIL = r"[\x{80}-\x{bf}\x{152}\x{153}\x{160}\x{161}\x{178}\x{17d}\x{17e}\x{192}\x{2c6}\x{2dc}\x{2013}-\x{203a}\x{20ac}\x{2122}]"
_TWICE = rf"[\x{{c2}}-\x{{df}}]{_TRAIL}|[\x{{e0}}-\x{{ef}}]{_TRAIL}{{2}}|[\x{{f0}}-\x{{f4}}]{_TRAIL}{{3}}"


def once(text: str) -> str | None:
    """The text as it was before it was decoded a second time, or None where it never was."""
    for encoding in ("cp1252", "latin-1"):
        try:
            before = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return before if before != text else None
    return None


def twice_decoded(sources: Mapping[str, Source], spill: Spill) -> tuple[str, ...]:
    """A note for every column with such cells: how many, where the first stands, and what it would say. Columns are held in `spill`."""
    return tuple(note for source in sources.values() if (note := spill.relieved(_note(source.header.text, source.cells))))


def _note(header: str, cells: Cells) -> str | None:
    if pc.all(pc.string_is_ascii(cells.distinct)).as_py() is not False:
        return None
    suspects = np.flatnonzero(matches(cells.distinct, _TWICE))
    found = {int(code): before for code in suspects if (before := once(cells.distinct[int(code)].as_py()))}
    if not found:
        return None
    rows = np.flatnonzero(np.isin(cells.codes, list(found)))
    code = int(cells.codes[rows[0]])
    return (
        f"{header}: cells that look as if their letters had been decoded twice: {len(rows)}, first in line {cells.lines[rows[0]]}: "
        f"{quoted(cells.distinct[code].as_py())} would be {quoted(found[code])}; they are kept as they stand. Export the file again as UTF-8 to put them right."
    )
