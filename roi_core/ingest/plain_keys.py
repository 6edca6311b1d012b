"""Identifiers of plain ASCII normalised together, to the letter as `keys` does it one by one: a large file has a hundred thousand of each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import mask, matches
from roi_core.ingest.name_parts import FREE_MAIL, LEGAL_FORMS

Marks = npt.NDArray[np.bool_]

_ADDRESS = r"^[!-&(-9;=?-~]+$"
"""Printable ASCII without blank, apostrophe, colon and angle brackets."""
_HOST = r"^[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)+$"
_ID = r"^[!-&(-?A-~]+$"
"""Printable ASCII without blank, apostrophe and @."""
_TEXT = r"^[ -~]*$"


def _lower(texts: pa.StringArray) -> pa.StringArray:
    return pc.ascii_lower(texts)


def _one_blank(texts: pa.StringArray) -> pa.StringArray:
    return pc.ascii_trim(pc.replace_substring_regex(texts, " {2,}", " "), " ")


def _host(texts: pa.StringArray) -> pa.StringArray:
    hosts = _lower(texts)
    return pc.if_else(pc.is_in(hosts, pa.array(FREE_MAIL)), "", hosts)


def _written(texts: pa.StringArray) -> pa.StringArray:
    return _one_blank(pc.replace_substring(pc.replace_substring(_lower(texts), ",", " "), ".", ""))


def _company(texts: pa.StringArray) -> pa.StringArray:
    spaced = pc.replace_substring_regex(pc.replace_substring(_lower(texts), "&", " and "), "[-/]", " ")
    return _one_blank(pc.replace_substring_regex(spaced, "[^0-9a-z_ +#]", ""))


def _host_alone(texts: pa.StringArray, _: pa.StringArray) -> Marks:
    return matches(texts, _HOST) & ~mask(pc.starts_with(texts, "www.", ignore_case=True))


def _no_legal_form(texts: pa.StringArray, folded: pa.StringArray) -> Marks:
    last = pc.struct_field(pc.extract_regex(folded, r"(?P<last>[^ ]+)$"), "last")
    return matches(texts, _TEXT) & ~mask(pc.is_in(last, pa.array(LEGAL_FORMS)))


def _whole_number_aside(texts: pa.StringArray, _: pa.StringArray) -> Marks:
    return matches(texts, _ID) & ~mask(pc.ends_with(texts, ".0"))


def _of(pattern: str) -> Callable[[pa.StringArray, pa.StringArray], Marks]:
    return lambda texts, _: matches(texts, pattern)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What a fold of `keys` does to plain texts (n,), and which (n,) of them, beside what became of them, are plain."""

    together: Callable[[pa.StringArray], pa.StringArray]
    plain: Callable[[pa.StringArray, pa.StringArray], Marks]


EMAIL = AtOnce(_lower, _of(_ADDRESS))
DOMAIN = AtOnce(_host, _host_alone)
COMPANY = AtOnce(_company, _no_legal_form)
WRITTEN = AtOnce(_written, _of(_TEXT))
ID = AtOnce(lambda texts: texts, _whole_number_aside)
