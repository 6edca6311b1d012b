"""How well what cells look like fits what a canonical column holds: 1 as it should be, 0 not at all."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.ingest.looks import Kind
from roi_core.schema import Column, ColumnType

_ID: Mapping[Kind, float] = {
    Kind.ID: 1.0,
    Kind.WHOLE: 0.9,
    Kind.SCORE: 0.5,
    Kind.CATEGORY: 0.7,
    Kind.NAME: 0.6,
    Kind.EMAIL: 0.5,
    Kind.TEXT: 0.4,
    Kind.NUMBER: 0.3,
    Kind.PHONE: 0.3,
    Kind.DOMAIN: 0.3,
}
_NAMES: Mapping[Kind, float] = {Kind.NAME: 1.0, Kind.CATEGORY: 0.9, Kind.TEXT: 0.7, Kind.EMAIL: 0.5, Kind.ID: 0.5, Kind.DOMAIN: 0.4, Kind.WHOLE: 0.4}
_WORDS: Mapping[Kind, float] = {
    Kind.CATEGORY: 1.0,
    Kind.NAME: 0.8,
    Kind.TEXT: 0.6,
    Kind.ID: 0.5,
    Kind.SCORE: 0.5,
    Kind.WHOLE: 0.4,
    Kind.YES_NO: 0.4,
    Kind.MONTH: 0.3,
    Kind.DOMAIN: 0.4,
    Kind.CURRENCY: 0.3,
}
_SPEECH: Mapping[Kind, float] = {Kind.TEXT: 1.0, Kind.NAME: 0.9, Kind.CATEGORY: 0.7, Kind.ID: 0.4}

_BY_TYPE: Mapping[ColumnType, Mapping[Kind, float]] = MappingProxyType(
    {
        ColumnType.TIMESTAMP: {Kind.DATE: 1.0, Kind.MONTH: 0.5},
        ColumnType.MONTH: {Kind.MONTH: 1.0, Kind.DATE: 0.8},
        ColumnType.MONEY: {Kind.MONEY: 1.0, Kind.NUMBER: 0.9, Kind.WHOLE: 0.8, Kind.SCORE: 0.5},
        ColumnType.NUMBER: {Kind.NUMBER: 1.0, Kind.WHOLE: 1.0, Kind.SCORE: 0.9, Kind.MONEY: 0.7},
        ColumnType.INTEGER: {Kind.WHOLE: 1.0, Kind.SCORE: 1.0, Kind.YES_NO: 0.3},
        ColumnType.BOOLEAN: {Kind.YES_NO: 1.0, Kind.CATEGORY: 0.3},
        ColumnType.MINUTES: {Kind.DURATION: 1.0, Kind.NUMBER: 0.9, Kind.WHOLE: 0.9, Kind.MONEY: 0.8, Kind.SCORE: 0.6},
    }
)
_BY_NAME: Mapping[str, Mapping[Kind, float]] = MappingProxyType(
    {
        "email": {Kind.EMAIL: 1.0},
        "domain": {Kind.DOMAIN: 1.0},
        "phone": {Kind.PHONE: 1.0, Kind.WHOLE: 0.6, Kind.ID: 0.4},
        "currency": {Kind.CURRENCY: 1.0},
        "company": _NAMES,
        "name": _NAMES,
        "agent": _NAMES,
        "owner": _NAMES,
        "subject": _SPEECH,
        "title": _SPEECH,
        "comment": _SPEECH,
        "score": {Kind.SCORE: 1.0, Kind.WHOLE: 0.7, Kind.NUMBER: 0.6, Kind.CATEGORY: 0.5, Kind.YES_NO: 0.3},
        "csat_score": {Kind.SCORE: 1.0, Kind.WHOLE: 0.7, Kind.NUMBER: 0.6, Kind.CATEGORY: 0.6, Kind.YES_NO: 0.3},
        "merged_into": _ID,
        "referred_by": _ID,
    }
)
_BLANK = 0.4
"""A blank column contradicts nothing."""


def fits(column: Column, kind: Kind) -> float:
    """How well cells of a kind fit a column."""
    if kind is Kind.EMPTY:
        return _BLANK
    by_name = _BY_NAME.get(column.name)
    if by_name is not None:
        return by_name.get(kind, 0.0)
    if column.type in (ColumnType.TEXT, ColumnType.KEY):
        return (_ID if column.name.endswith("_id") or column.type is ColumnType.KEY else _WORDS).get(kind, 0.0)
    return _BY_TYPE[column.type].get(kind, 0.0)
