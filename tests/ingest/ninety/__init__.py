"""The bad inputs that the product promises an outcome for, by number: one module a subject, each with `CASES`."""

from tests.ingest.ninety import letters, packed, rows, sheets, sizes, values
from tests.ingest.ninety.case import Bad
from tests.ingest.ninety.elsewhere import COVERED_ELSEWHERE
from tests.ingest.ninety.told import TOLD

CASES: tuple[Bad, ...] = tuple(sorted((*rows.CASES, *letters.CASES, *sizes.CASES, *values.CASES, *sheets.CASES, *packed.CASES), key=lambda case: case.number))

__all__ = ["CASES", "COVERED_ELSEWHERE", "TOLD"]
