"""Leaving by the number of contacts, where the column that says who got help is a count: all of it, not only none against some."""

from dataclasses import replace

from roi_core.effects.flat.rows import FlatRows
from roi_core.effects.satisfaction import dose
from roi_core.measured import Dose
from roi_core.results import Estimate
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit


def by_count(rows: FlatRows) -> Dose | None:
    """Customers that left by their number of contacts; None where the column is no count, or too few are known to compare."""
    if rows.counted is None:
        return None
    found = dose(rows.counted, rows.churned, "so far")
    known = [(value, share) for value, _, _, share in found.rows if isinstance(share, Estimate)] if isinstance(found, Dose) else []
    if not isinstance(found, Dose) or len(known) < 2:
        return None
    (least, low), (most, high) = known[0], known[-1]
    slots = {"lowest": number(low.value, Unit.FRACTION), "highest": number(high.value, Unit.FRACTION), "least": f"{least:g}", "most": f"{most:g}"}
    column = rows.headers["supported"]
    return replace(found, sentence=say("flat.by_count", column=column, **slots), what=column)
